"""Which letter of a formula is which letter of the model: by name, as the user says, or found by trial.

A reading decides this for every letter. The best reading is one with which the formula is right, or else the one with the
fewest errors. A letter may match none of the model's: then it is kept, and the terms with it are too much.
"""

from __future__ import annotations

from functools import cached_property
from math import comb, perm

from ...core.terms import ONE
from .expanding import terms_with_values
from .model_forms import ModelForms, letter_terms, letters_in_terms
from .reading import FormulaReading, common_factor, distance, fit_rank
from .right_readings import MARK
from .roles import fits_numbers, fits_size, is_on_other_side, tell_sides

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...core.terms import Terms
    from .independent_sizes import Size
    from .model_in_letters import ModelInLetters

MOST_TRIES = 1_200


class LetterMatching:
    """The readings of one formula for a model with one letter for each number, which is that of several ``equal`` sizes: some
    letters are ``told`` by the user, the others tried."""

    def __init__(self, yours: Terms, model: ModelInLetters, told: Mapping[str, Terms], equal: Mapping[str, Sequence[Size]]) -> None:
        self.yours, self.model, self.equal = yours, model, equal
        self.forms = ModelForms(model)
        self.told = {name: terms for name, terms in told.items() if name in letters_in_terms(yours)}
        self.open = [name for name in letters_in_terms(yours) if name not in self.told]
        used = {name for terms in self.told.values() for name in letters_in_terms(terms)}
        self.free = [name for name in model.letters if name not in used]
        self.tells_sides = tell_sides(letters_in_terms(yours))

    # ------------------------------------------------------------ one reading
    def reading(self, letters: Mapping[str, Terms]) -> FormulaReading:
        """The formula and the model side by side with these letters; the sizes that the formula does not name are in the form
        that fits best."""
        given = {**self.told, **letters}
        yours = terms_with_values(self.yours, given)
        same = sum(self.usual(name, terms) for name, terms in letters.items())
        foreign = sum(terms == self.none(name) for name, terms in letters.items())
        numbers = sum(ONE in terms and not self.usual(name, terms) for name, terms in letters.items())
        named = frozenset(name for terms in given.values() for monomial in terms for name, _ in monomial)
        best: FormulaReading | None = None
        first = 0  # terms that are right while the sizes are letters
        for place, (sizes, its) in enumerate(self.forms.of(named)):
            right = sum(its.get(monomial) == c for monomial, c in yours.items())
            first = first if place else right
            if place == 1 and yours != its and right <= first:
                continue  # in numbers, more terms are equal by chance
            factor = common_factor(yours, its) if yours != its and not numbers else None
            far = 0 if factor else distance(yours, its) + 3 * numbers
            rank = (fit_rank(yours == its, factor), far, numbers, -right, foreign, len(sizes), -same)
            if best is None or rank < best.rank:
                best = FormulaReading(letters=given, sizes=sizes, yours=yours, its=its, factor=factor, rank=rank, written=given)
        assert best is not None, "every model has a form in letters"
        if not best.fits:
            sizes, its = self.forms.in_numbers(named)
            if yours == its:
                return FormulaReading(
                    letters=given, sizes=sizes, yours=yours, its=its, factor=None, rank=(0, *best.rank[1:]), written=given
                )
        return best

    def usual(self, name: str, terms: Terms) -> int:
        """How usual a letter is for its meaning."""
        if terms == self.none(name):
            return 0
        ((monomial, _), *_) = terms.items()
        if monomial == ONE:
            return fits_numbers(name, self.model.numbers.get(int(terms[ONE]), ()))
        sizes = self.equal.get(monomial[0][0])
        return 3 * (terms == letter_terms(name)) if sizes is None else max(fits_size(name, size) for size in sizes)

    def none(self, name: str) -> Terms:
        """A letter that is not a size of the model, marked where the model has another letter of its name."""
        return letter_terms(f"{name}{MARK}" if name in self.model.letters else name)

    # ------------------------------------------------------------ all of them
    def readings(self, most: int = MOST_TRIES) -> list[FormulaReading]:
        """The readings worth reporting, best first. A letter that the model has itself keeps its meaning."""
        own = {name: letter_terms(name) for name in self.open if name in self.model.count.letters}
        if own:
            return LetterMatching(self.yours, self.model, {**self.told, **own}, self.equal).readings(most)
        return sorted(self.tried(most), key=lambda reading: reading.rank)

    def usual_reading(self) -> FormulaReading:
        """The reading in which each letter has its most usual meaning."""
        return self.reading(self.usual_choices(self.options))

    def usual_choices(self, options: Sequence[Sequence[Terms]]) -> dict[str, Terms]:
        """The most usual meaning of each letter that is left by those before it."""
        usual: dict[str, Terms] = {}
        for name, choices in zip(self.open, options, strict=True):
            usual[name] = next((choice for choice in choices if self.is_left(choice, [*usual.values()])), choices[0])
        return usual

    @cached_property
    def options(self) -> list[list[Terms]]:
        """The meanings that each open letter may have, the most usual first."""
        every: list[Terms] = [*map(letter_terms, self.free), *({ONE: number} for number in self.model.numbers)]
        possible = {name: [*(each for each in every if not self.is_swapped(name, each)), self.none(name)] for name in self.open}
        return [sorted(possible[name], key=lambda terms, name=name: -self.usual(name, terms)) for name in self.open]  # type: ignore[misc]

    def is_swapped(self, name: str, terms: Terms) -> bool:
        """Whether a letter says that it is on the other side of a layer than this size, in a formula that tells the sides apart."""
        if not self.tells_sides:
            return False
        equal = {letter: self.equal.get(letter) for letter in letters_in_terms(terms)}
        fields = [[size.field for size in sizes] if sizes else [self.model.field_of(letter)] for letter, sizes in equal.items()]
        return is_on_other_side(name, [field for each in fields for field in each])

    def tried(self, most: int) -> list[FormulaReading]:
        """One reading for each way to match the open letters with different letters or numbers of the model, or with none; of
        too many, those that a search from the names passes through."""
        options = self.options
        if number_of_ways(len(self.open), len(self.free) + len(self.model.numbers)) <= most:
            return [self.reading(dict(zip(self.open, choices, strict=True))) for choices in self.distinct_choices(options)]
        return self.climbed(options, most)

    def distinct_choices(self, options: Sequence[Sequence[Terms]], taken: tuple[Terms, ...] = ()) -> Iterator[tuple[Terms, ...]]:
        """Every choice of one option from each list that leaves none twice, except for a letter that is several equal sizes."""
        if not options:
            yield taken
            return
        for option in options[0]:
            if self.is_left(option, taken):
                yield from self.distinct_choices(options[1:], (*taken, option))

    def climbed(self, options: Sequence[Sequence[Terms]], most: int) -> list[FormulaReading]:
        """The readings of searches that start from the names, and from other choices until there are enough."""
        seen = self.up_from(self.usual_choices(options), options, most)
        for shift in range(max(map(len, options))):
            start = {
                name: choices[(at + shift) % len(choices)]
                for at, (name, choices) in enumerate(zip(self.open, options, strict=True))
            }
            if len(seen) >= most:
                break
            seen += self.up_from(start, options, most - len(seen))
        return seen

    def is_left(self, choice: Terms, taken: Sequence[Terms]) -> bool:
        """Whether a meaning is left for another letter: as many letters may have it as there are equal sizes."""
        return taken.count(choice) < max([1, *(len(self.equal.get(name, ())) for name in letters_in_terms(choice))])

    def up_from(self, start: dict[str, Terms], options: Sequence[Sequence[Terms]], most: int) -> list[FormulaReading]:
        """The readings of one search, at most so many: it changes one letter, or exchanges two, while that improves the reading."""
        best = self.reading(start)
        seen = [best]
        better = True
        while better:
            better = False
            for name, choice in ((name, choice) for name, choices in zip(self.open, options, strict=True) for choice in choices):
                if len(seen) >= most:
                    return seen
                moved = {other: best.letters[other] for other in self.open}
                holder = next((other for other, terms in moved.items() if terms == choice), None)
                if holder is not None:
                    moved[holder] = moved[name]
                moved[name] = choice
                seen.append(self.reading(moved))
                if seen[-1].rank < best.rank:
                    best, better = seen[-1], True
        return seen


def number_of_ways(letters: int, others: int) -> int:
    """The number of ways to give each letter a different one of the others, or none."""
    return sum(comb(letters, many) * perm(others, many) for many in range(min(letters, others) + 1))
