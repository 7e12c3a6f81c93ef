"""Letters found from the value of a formula: which sizes of a model of plain numbers make a formula its count.

Every choice of a size for each letter is tried, except those whose first terms alone exceed the count; a choice that gives
the count has yet to be checked term by term.
"""

from __future__ import annotations

from math import prod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...core.terms import Number, Terms

MOST_POINTS = 60_000


def places_giving_count(
    terms: Terms, letters: Sequence[str], sizes: Sequence[int], known: Mapping[str, int], count: Number
) -> Iterator[list[int]]:
    """The places in ``sizes``, one for each letter, at which the terms add up to the count; of very many, the first."""
    order = {name: at for at, name in enumerate(letters)}
    ends: list[list[tuple[Number, list[tuple[str, int]]]]] = [[] for _ in range(len(letters) + 1)]
    for monomial, coefficient in terms.items():
        last = max((order[name] + 1 for name, _ in monomial if name in order), default=0)
        ends[last].append((coefficient, list(monomial)))
    if any(power < 0 for monomial in terms for _, power in monomial):
        return  # formulas that divide are not searched
    grows = all(coefficient > 0 for coefficient in terms.values())
    point = dict(known)
    tries = 0

    def those_of(at: int) -> Number:
        found: Number = 0
        for coefficient, monomial in ends[at]:
            found += coefficient * prod(point[name] ** power for name, power in monomial)
        return found

    def deeper(at: int, total: Number, taken: list[int]) -> Iterator[list[int]]:
        nonlocal tries
        if at == len(letters):
            if total == count:
                yield list(taken)
            return
        for place, size in enumerate(sizes):
            tries += 1
            if tries > MOST_POINTS:
                return
            point[letters[at]] = size
            so_far = total + those_of(at + 1)
            if not grows or so_far <= count:
                yield from deeper(at + 1, so_far, [*taken, place])

    yield from deeper(0, those_of(0), [])
