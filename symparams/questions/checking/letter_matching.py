"""Which letter of a formula is which of the model's: by name, as told, or found by trying.

A reading says it for every letter. Of all readings, the best is right; or else it has the most right terms for its wrong
ones. A letter may be none of the model's: then it stays what it is, and the terms that it is in are too much.
"""

from __future__ import annotations

from itertools import islice, product
from math import comb, perm

from ...core.terms import ONE
from .expanding import put_in
from .letters_by_count import meeting
from .model_forms import Forms, letter, names_of
from .reading import Reading, common_factor, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...core.terms import Terms
    from .model_in_letters import Lettered

MOST_TRIES = 4_000
MARK = "'"
FEW = 20  # ways to the number, of which the one that keeps most names is taken


class Matching:
    """The readings of one formula: some letters are ``told``, the others tried."""

    def __init__(self, yours: Terms, model: Lettered, told: Mapping[str, Terms]) -> None:
        self.yours, self.model = yours, model
        self.forms = Forms(model)
        self.told = {name: terms for name, terms in told.items() if name in names_of(yours)}
        self.open = [name for name in names_of(yours) if name not in self.told]
        used = {name for terms in self.told.values() for name in names_of(terms)}
        self.free = [name for name in model.letters if name not in used]

    # ------------------------------------------------------------ one reading
    def reading(self, letters: Mapping[str, Terms]) -> Reading:
        """The formula and the model side by side, where its letters are these; sizes that it does not name in the form
        that fits it best."""
        given = {**self.told, **letters}
        yours = put_in(self.yours, given)
        same = sum(terms == letter(name) for name, terms in letters.items())
        foreign = sum(terms == self.none(name) for name, terms in letters.items())
        numbers = sum(ONE in terms for terms in letters.values())
        named = frozenset(name for terms in given.values() for monomial in terms for name, _ in monomial)
        best: Reading | None = None
        first = 0  # terms that are right where the sizes are letters
        for place, (sizes, its) in enumerate(self.forms.of(named)):
            shared = sum(monomial in its for monomial in yours)
            right = sum(its.get(monomial) == c for monomial, c in yours.items())
            alone = len(yours) + len(its) - 2 * shared  # terms that only one of the two has
            first = first if place else right
            if place == 1 and yours != its and right <= first:
                continue  # in numbers, terms fall together: that is no merit
            factor = common_factor(yours, its) if yours != its and not numbers else None
            far = 0 if factor else 2 * alone + (shared - right) - 2 * right + 3 * numbers
            rank = (kind_of(yours == its, factor), far, numbers, -right, foreign, len(sizes), -same)
            if best is None or rank < best.rank:
                best = Reading(letters=given, sizes=sizes, yours=yours, its=its, factor=factor, rank=rank)
        assert best is not None, "there is a form in letters"
        if not best.fits:
            sizes, its = self.forms.in_numbers(named)
            if yours == its:
                return Reading(letters=given, sizes=sizes, yours=yours, its=its, factor=None, rank=(0, *best.rank[1:]))
        return best

    def none(self, name: str) -> Terms:
        """A letter that is no size of the model, marked where the model has another of its name."""
        return letter(f"{name}{MARK}" if name in self.model.letters else name)

    # ------------------------------------------------------------ all of them
    def readings(self, most: int = MOST_TRIES) -> list[Reading]:
        """The readings worth knowing, best first."""
        by_name = {name: letter(name) for name in self.open}
        own = self.model.count.letters
        if set(self.open) <= set(own):  # the letters are the model's own, and mean what they mean there
            first = self.reading(by_name)
            others = [] if first.fits else [each for each in self.tried(most) if each.fits]
            return [first, *others]
        kept = {name: letter(name) for name in self.open if name in own}
        if kept:  # what the user has named is another letter's only where that makes the formula right
            found = Matching(self.yours, self.model, {**self.told, **kept}).readings(most)
            others = [] if found[0].fits else [each for each in self.tried(most) if each.fits]
            return [*others, *found]
        if self.open:
            right = [each for each in islice(self.at_the_count(), FEW) if each.fits]
            if right:
                return sorted(right, key=lambda reading: reading.rank)
        found = sorted(self.tried(most), key=lambda reading: reading.rank)
        if found[0].fits or not self.open:
            return found
        for each in islice(self.unusual(), most):
            if each.fits:
                return [each, *found]
        return found

    def at_the_count(self) -> Iterator[Reading]:
        """The readings that come to the count of a model of plain numbers, at those numbers."""
        values, numbers = self.model.values, [*self.model.numbers]
        told = put_in(self.yours, self.told)
        known = {name: values[name] for name in names_of(told) if name not in self.open and name in values}
        if self.model.count.letters or known.keys() | set(self.open) != set(names_of(told)):
            return
        sizes = [*(values[name] for name in self.free), *numbers]
        choices: list[Terms] = [*map(letter, self.free), *({ONE: number} for number in numbers)]
        for places in meeting(told, self.open, sizes, known, int(self.model.count)):
            yield self.reading({name: choices[place] for name, place in zip(self.open, places, strict=True)})

    def tried(self, most: int) -> list[Reading]:
        """One reading for each way to give the open letters different letters or numbers of the model, or none; where these
        are too many, those on the way up from the names."""
        numbers: list[Terms] = [{ONE: number} for number in self.model.numbers]
        options = [
            [*map(letter, sorted(self.free, key=lambda other, name=name: other != name)), self.none(name), *numbers]  # type: ignore[misc]
            for name in self.open
        ]
        if ways(len(self.open), len(self.free) + len(numbers)) <= most:
            return [self.reading(dict(zip(self.open, each, strict=True))) for each in apart(options)]
        return self.climbed(options, most)

    def climbed(self, options: Sequence[Sequence[Terms]], most: int) -> list[Reading]:
        """Readings on the way up from the names, and from as many other starts as there is time for."""
        seen: list[Reading] = []
        for shift in range(max(map(len, options))):
            start = {name: its[(at + shift) % len(its)] for at, (name, its) in enumerate(zip(self.open, options, strict=True))}
            names = {name: letter(name) if name in self.free else self.none(name) for name in self.open}
            seen += self.up_from(start if shift else names, options)
            if len(seen) >= most:
                break
        return seen

    def up_from(self, start: dict[str, Terms], options: Sequence[Sequence[Terms]]) -> list[Reading]:
        """Readings, each letter changed in turn, or two exchanged, while that makes them better."""
        best = self.reading(start)
        seen = [best]
        better = True
        while better:
            better = False
            for name, choice in ((name, choice) for name, its in zip(self.open, options, strict=True) for choice in its):
                moved = {each: best.letters[each] for each in self.open}
                holder = next((each for each, terms in moved.items() if terms == choice), None)
                if holder is not None:
                    moved[holder] = moved[name]
                moved[name] = choice
                seen.append(self.reading(moved))
                if seen[-1].rank < best.rank:
                    best, better = seen[-1], True
        return seen

    def unusual(self) -> Iterator[Reading]:
        """Readings in which two letters are one size. Such a reading is none unless it is right."""
        numbers: list[Terms] = [{ONE: number} for number in self.model.numbers]
        options = [[*map(letter, self.free), *numbers] for _ in self.open]
        for each in product(*options):
            yield self.reading(dict(zip(self.open, each, strict=True)))


def apart(options: Sequence[Sequence[Terms]], taken: tuple[Terms, ...] = ()) -> Iterator[tuple[Terms, ...]]:
    """One option of each, no two the same."""
    if not options:
        yield taken
        return
    for each in options[0]:
        if each not in taken:
            yield from apart(options[1:], (*taken, each))


def ways(letters: int, others: int) -> int:
    """How many ways there are to give each letter another one of its own, or none."""
    return sum(comb(letters, many) * perm(others, many) for many in range(min(letters, others) + 1))
