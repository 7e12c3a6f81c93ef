"""Which letter of a formula is which letter of the model: by name, as the user says, or found by trial.

A reading decides this for every letter. The best reading is one with which the formula is right, or else the one with the
fewest errors. A letter may match none of the model's: then it is kept, and the terms with it are too much.
"""

from __future__ import annotations

from itertools import islice, product
from math import comb, perm

from ...core.terms import ONE
from .expanding import terms_with_values
from .letters_by_count import places_giving_count
from .model_forms import ModelForms, letter_terms, letters_in_terms
from .reading import FormulaReading, common_factor, fit_rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...core.terms import Terms
    from .model_in_letters import ModelInLetters

MOST_TRIES = 4_000
MARK = "'"
FEW = 20  # readings that give the number, of which the one that keeps the most names is chosen


class LetterMatching:
    """The readings of one formula: some letters are ``told`` by the user, the others tried."""

    def __init__(self, yours: Terms, model: ModelInLetters, told: Mapping[str, Terms]) -> None:
        self.yours, self.model = yours, model
        self.forms = ModelForms(model)
        self.told = {name: terms for name, terms in told.items() if name in letters_in_terms(yours)}
        self.open = [name for name in letters_in_terms(yours) if name not in self.told]
        used = {name for terms in self.told.values() for name in letters_in_terms(terms)}
        self.free = [name for name in model.letters if name not in used]

    # ------------------------------------------------------------ one reading
    def reading(self, letters: Mapping[str, Terms]) -> FormulaReading:
        """The formula and the model side by side with these letters; the sizes that the formula does not name are in the form
        that fits best."""
        given = {**self.told, **letters}
        yours = terms_with_values(self.yours, given)
        same = sum(terms == letter_terms(name) for name, terms in letters.items())
        foreign = sum(terms == self.none(name) for name, terms in letters.items())
        numbers = sum(ONE in terms for terms in letters.values())
        named = frozenset(name for terms in given.values() for monomial in terms for name, _ in monomial)
        best: FormulaReading | None = None
        first = 0  # terms that are right while the sizes are letters
        for place, (sizes, its) in enumerate(self.forms.of(named)):
            shared = sum(monomial in its for monomial in yours)
            right = sum(its.get(monomial) == c for monomial, c in yours.items())
            alone = len(yours) + len(its) - 2 * shared  # terms that only one of the two has
            first = first if place else right
            if place == 1 and yours != its and right <= first:
                continue  # in numbers, more terms are equal by chance
            factor = common_factor(yours, its) if yours != its and not numbers else None
            far = 0 if factor else 2 * alone + (shared - right) - 2 * right + 3 * numbers
            rank = (fit_rank(yours == its, factor), far, numbers, -right, foreign, len(sizes), -same)
            if best is None or rank < best.rank:
                best = FormulaReading(letters=given, sizes=sizes, yours=yours, its=its, factor=factor, rank=rank)
        assert best is not None, "every model has a form in letters"
        if not best.fits:
            sizes, its = self.forms.in_numbers(named)
            if yours == its:
                return FormulaReading(letters=given, sizes=sizes, yours=yours, its=its, factor=None, rank=(0, *best.rank[1:]))
        return best

    def none(self, name: str) -> Terms:
        """A letter that is not a size of the model, marked where the model has another letter of its name."""
        return letter_terms(f"{name}{MARK}" if name in self.model.letters else name)

    # ------------------------------------------------------------ all of them
    def readings(self, most: int = MOST_TRIES) -> list[FormulaReading]:
        """The readings worth reporting, best first."""
        by_name = {name: letter_terms(name) for name in self.open}
        own = self.model.count.letters
        if set(self.open) <= set(own):  # the letters are the model's own, with the same meaning
            first = self.reading(by_name)
            others = [] if first.fits else [reading for reading in self.tried(most) if reading.fits]
            return [first, *others]
        kept = {name: letter_terms(name) for name in self.open if name in own}
        if kept:  # a name that the model has is read as another letter only where that makes the formula right
            found = LetterMatching(self.yours, self.model, {**self.told, **kept}).readings(most)
            others = [] if found[0].fits else [reading for reading in self.tried(most) if reading.fits]
            return [*others, *found]
        if self.open:
            right = [reading for reading in islice(self.at_the_count(), FEW) if reading.fits]
            if right:
                return sorted(right, key=lambda reading: reading.rank)
        found = sorted(self.tried(most), key=lambda reading: reading.rank)
        if found[0].fits or not self.open:
            return found
        for reading in islice(self.unusual(), most):
            if reading.fits:
                return [reading, *found]
        return found

    def at_the_count(self) -> Iterator[FormulaReading]:
        """The readings whose value is the count of a model of plain numbers."""
        values, numbers = self.model.values, [*self.model.numbers]
        told = terms_with_values(self.yours, self.told)
        known = {name: values[name] for name in letters_in_terms(told) if name not in self.open and name in values}
        if self.model.count.letters or known.keys() | set(self.open) != set(letters_in_terms(told)):
            return
        sizes = [*(values[name] for name in self.free), *numbers]
        choices: list[Terms] = [*map(letter_terms, self.free), *({ONE: number} for number in numbers)]
        for places in places_giving_count(told, self.open, sizes, known, int(self.model.count)):
            yield self.reading({name: choices[place] for name, place in zip(self.open, places, strict=True)})

    def tried(self, most: int) -> list[FormulaReading]:
        """One reading for each way to match the open letters with different letters or numbers of the model, or with none; of
        too many, those that a search from the names passes through."""
        numbers: list[Terms] = [{ONE: number} for number in self.model.numbers]
        options = [
            [*map(letter_terms, sorted(self.free, key=lambda other, name=name: other != name)), self.none(name), *numbers]  # type: ignore[misc]
            for name in self.open
        ]
        if number_of_ways(len(self.open), len(self.free) + len(numbers)) <= most:
            return [self.reading(dict(zip(self.open, choices, strict=True))) for choices in distinct_choices(options)]
        return self.climbed(options, most)

    def climbed(self, options: Sequence[Sequence[Terms]], most: int) -> list[FormulaReading]:
        """The readings of searches that start from the names, and from other choices until there are enough."""
        seen: list[FormulaReading] = []
        for shift in range(max(map(len, options))):
            start = {
                name: choices[(at + shift) % len(choices)]
                for at, (name, choices) in enumerate(zip(self.open, options, strict=True))
            }
            names = {name: letter_terms(name) if name in self.free else self.none(name) for name in self.open}
            seen += self.up_from(start if shift else names, options)
            if len(seen) >= most:
                break
        return seen

    def up_from(self, start: dict[str, Terms], options: Sequence[Sequence[Terms]]) -> list[FormulaReading]:
        """The readings of one search, which changes one letter, or exchanges two, while that improves the reading."""
        best = self.reading(start)
        seen = [best]
        better = True
        while better:
            better = False
            for name, choice in ((name, choice) for name, choices in zip(self.open, options, strict=True) for choice in choices):
                moved = {other: best.letters[other] for other in self.open}
                holder = next((other for other, terms in moved.items() if terms == choice), None)
                if holder is not None:
                    moved[holder] = moved[name]
                moved[name] = choice
                seen.append(self.reading(moved))
                if seen[-1].rank < best.rank:
                    best, better = seen[-1], True
        return seen

    def unusual(self) -> Iterator[FormulaReading]:
        """Readings in which two letters are one size. Such a reading counts only where the formula is right."""
        numbers: list[Terms] = [{ONE: number} for number in self.model.numbers]
        options = [[*map(letter_terms, self.free), *numbers] for _ in self.open]
        for choices in product(*options):
            yield self.reading(dict(zip(self.open, choices, strict=True)))


def distinct_choices(options: Sequence[Sequence[Terms]], taken: tuple[Terms, ...] = ()) -> Iterator[tuple[Terms, ...]]:
    """Every choice of one option from each list, no two of them equal."""
    if not options:
        yield taken
        return
    for option in options[0]:
        if option not in taken:
            yield from distinct_choices(options[1:], (*taken, option))


def number_of_ways(letters: int, others: int) -> int:
    """The number of ways to give each letter a different one of the others, or none."""
    return sum(comb(letters, many) * perm(others, many) for many in range(min(letters, others) + 1))
