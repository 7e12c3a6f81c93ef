"""A formula compared with a model tensor by tensor: the sizes of the model written in the formula's letters.

Each size is a letter of its number, a number, or a multiple, quotient, product or sum of letters. The terms of each tensor must
be among those of the formula that no other tensor has used; together they must be all of them.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from itertools import combinations, permutations, product

from ...core.terms import ONE, exact
from .expanding import terms_with_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...core.terms import Monomial, Number, Terms

MOST_STEPS = 40_000
MOST_TENSORS = 600  # that differ
FEW_LETTERS = 8  # among which products, quotients and sums are tried
SMALL_MULTIPLE = 8  # of a letter that is 1
NEAR = 3  # positions + 2


class TensorFit:
    """The sizes of a model in the letters of a formula. ``values`` has the number of each letter of the formula, and ``sizes``
    that of each letter of the model that replaces a number; ``order`` has the likeliest letters for a size, and ``pinned`` the only
    ones. ``stopped`` tells that there were more ways than are tried."""

    def __init__(
        self,
        yours: Terms,
        tensors: Iterable[Terms],
        values: Mapping[str, int],
        sizes: Mapping[str, int],
        order: Mapping[str, Sequence[str]],
        pinned: Mapping[str, Sequence[str]],
    ) -> None:
        self.yours, self.values = yours, values
        self.options: dict[str, list[Terms]] = {}
        for name, number in sizes.items():
            letters: list[Terms] = [{((letter, 1),): 1} for letter in pinned.get(name, ())]
            self.options[name] = letters or sizes_in_letters(number, values, order.get(name, ()))
        self.stopped, self.steps = False, 0
        counted: dict[frozenset[tuple[Monomial, Number]], int] = {}
        for terms in tensors:
            key = frozenset(terms.items())
            counted[key] = counted.get(key, 0) + 1
        self.tensors = in_order([(dict(key), many) for key, many in counted.items()], sizes)
        self.names = [
            sorted({name for monomial in terms for name, _ in monomial} & self.options.keys()) for terms, _ in self.tensors
        ]
        self.known: dict[tuple[int, ...], Terms] = {}
        self.grows = all(c > 0 for terms, _ in self.tensors for c in terms.values()) and all(c > 0 for c in yours.values())

    def found(self, lacking: int = 0, extra: int = 0, most: int = MOST_STEPS) -> dict[str, Terms] | None:
        """The sizes in letters, in the first way that fits; None if there is none. The formula may lack so many tensors, and have
        so many terms too much."""
        if len(self.tensors) > MOST_TENSORS:
            self.stopped = True
            return None
        self.steps, self.extra, self.most = 0, extra, most
        return next(self.deeper(0, dict(self.yours), {}, lacking), None)

    def deeper(
        self, place: int, left: dict[Monomial, Number], written: dict[str, Terms], lacking: int
    ) -> Iterator[dict[str, Terms]]:
        if place == len(self.tensors):
            if sum(bool(c) for c in left.values()) <= self.extra:
                yield written
            return
        terms, many = self.tensors[place]
        names = self.names[place]
        unknown = [name for name in names if name not in written]
        for choice in product(*(self.options[name] for name in unknown)):
            self.steps += 1
            if self.steps > self.most:
                self.stopped = True
                return
            now = {**written, **dict(zip(unknown, choice, strict=True))}
            key = (place, *(id(now[name]) for name in names))  # of the options, which stay where they are
            its = self.known.get(key)
            if its is None:
                its = self.known[key] = terms_with_values(terms, now)
            for fewer in range(min(lacking, many) + 1):
                if self.has(left, its, many - fewer):
                    rest = without(left, its, many - fewer)
                    yield from self.deeper(place + 1, rest, now, lacking - fewer)

    def has(self, left: Mapping[Monomial, Number], terms: Terms, many: int) -> bool:
        """Whether the terms of so many tensors are among those that are left."""
        return not self.grows or all(left.get(monomial, 0) >= c * many for monomial, c in terms.items())


def without(left: Mapping[Monomial, Number], terms: Terms, many: int) -> dict[Monomial, Number]:
    """The terms that are left after those of so many tensors."""
    return {**left, **{monomial: left.get(monomial, 0) - c * many for monomial, c in terms.items()}}


def in_order(tensors: list[tuple[Terms, int]], sizes: Mapping[str, int]) -> list[tuple[Terms, int]]:
    """The tensors in an order in which each has few sizes that those before it do not have."""
    needs = [{name for monomial in terms for name, _ in monomial if name in sizes} for terms, _ in tensors]
    users: dict[str, list[int]] = {}
    for place, names in enumerate(needs):
        for name in names:
            users.setdefault(name, []).append(place)
    lacking = [len(names) for names in needs]
    waiting = [(many, place) for place, many in enumerate(lacking)]
    heapify(waiting)
    ordered: dict[int, tuple[Terms, int]] = {}
    while waiting:
        many, place = heappop(waiting)
        if place in ordered or many != lacking[place]:
            continue
        ordered[place] = tensors[place]
        for name in needs[place]:
            for user in users.pop(name, ()):
                lacking[user] -= 1
                heappush(waiting, (lacking[user], user))
    return [*ordered.values()]


def sizes_in_letters(number: int, values: Mapping[str, int], preferred: Sequence[str]) -> list[Terms]:
    """A number in letters that have these values, the likeliest first."""
    letters = [name for name in preferred if values.get(name) == number]
    letters += [name for name, value in values.items() if value == number and name not in letters]
    found: list[Terms] = [{((name, 1),): 1} for name in letters]
    found.append({ONE: number})
    if number > 1:
        found += relations(number, values)
    return found


def relations(number: int, values: Mapping[str, int]) -> Iterator[Terms]:
    """A number as a multiple or a fraction of a letter, a quotient, product or sum of two."""
    large = {name: value for name, value in values.items() if value > 1}
    for name, value in sorted(large.items(), key=lambda each: max(number, each[1]) / min(number, each[1])):
        if value != number and not max(number, value) % min(number, value):
            yield {((name, 1),): exact(number, value)}
    if number <= SMALL_MULTIPLE:
        for name in values:
            if values[name] == 1:
                yield {((name, 1),): number}
    if len(large) > FEW_LETTERS:
        return
    for one, other in product(values, large):
        if values[one] == 1 and large[other] == number:
            yield {tuple(sorted(((one, 1), (other, 1)))): 1}
    for one, other in permutations(large, 2):
        if number * large[other] == large[one]:
            yield {tuple(sorted(((one, 1), (other, -1)))): 1}
    for one, other in combinations(large, 2):
        if large[one] * large[other] == number:
            yield {tuple(sorted(((one, 1), (other, 1)))): 1}
        if large[one] + large[other] == number:
            yield {((one, 1),): 1, ((other, 1),): 1}
    for name, value in large.items():
        if 0 < abs(number - value) <= NEAR and value > NEAR:
            yield {((name, 1),): 1, ONE: number - value}
