"""The readings of a formula with which it is right: every letter is tried as every size, unless it is told or named."""

from __future__ import annotations

from collections import Counter

from ...core.polynomial import Polynomial, evaluated
from ...core.terms import ONE, exact
from .expanding import terms_with_values
from .letters_by_count import MOST_POINTS, Choice, LettersByCount
from .model_forms import letter_terms, letters_in_terms
from .reading import FormulaReading
from .roles import fits_numbers, fits_repeats, fits_size, is_on_other_side, tell_sides
from .tensor_fit import MOST_STEPS, TensorFit
from .text_meanings import is_size_mark, marked_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ...core.terms import Number, Terms
    from .letters_told import Told
    from .model_in_letters import ModelInLetters

FEW = 40  # choices of letters that give the count, for each of which the tensors are compared
MARK = "'"
MOST_COUNTS = 20_000
NEAR_POINTS = 4_000
NEAR_STEPS = 3_000
CORRECTED_STEPS = 10_000
ONE_MISTAKE = [(1, 0), (0, 1), (1, 1), (1, 2)]  # tensors that a formula lacks, and terms that it has too much
HEADS = ("heads", "key_width", "value_width")  # sizes that a formula often leaves out


class RightReadings:
    """The readings of one formula, whose ``terms`` are given, that give the count of a model.

    ``told`` has the meanings that the user gives."""

    def __init__(self, terms: Terms, model: ModelInLetters, told: Told) -> None:
        self.terms, self.model, self.told = terms, model, told
        self.letters = letters_in_terms(terms)
        self.tells_sides = tell_sides(self.letters)
        self.equal_sizes = model.equal_sizes
        self.own = model.count.letters
        self.point = {**primes(letters_in_terms(model.total), model.values), **model.values}
        self.count = evaluated(Polynomial(model.total), self.point)
        self.stopped, self.steps = False, 0
        self.hits: dict[frozenset[str], list[dict[str, Choice]]] = {}

    # ------------------------------------------------------------ the meanings that are tried
    def choices(self, name: str) -> list[Choice]:
        """The meanings of a letter, the likeliest first."""
        if is_size_mark(name):
            return [Choice(letter_terms(self.of_number(marked_size(name))), marked_size(name))]
        if name in self.told.meanings:
            return self.of_told(self.told.meanings[name])
        sizes = [
            (self.role(name, names), Choice(letter_terms(names[0]), number))
            for number, names in self.equal_sizes.items()
            if not self.is_swapped(name, names)
        ]
        numbers = [(fits_numbers(name, docs), Choice({ONE: number}, number)) for number, docs in self.model.numbers.items()]
        own = [
            (3 * (name == each), Choice(letter_terms(each), self.point[each]))
            for each in self.own
            if each in self.point and not self.is_swapped(name, [each])
        ]
        found = sorted([*own, *sizes, *numbers], key=lambda each: -each[0])
        return [choice for _, choice in found]

    def is_swapped(self, name: str, sizes: Sequence[str]) -> bool:
        """Whether a letter says that it is on the other side of a layer than a size, in a formula that tells the sides apart."""
        return self.tells_sides and is_on_other_side(name, [self.model.field_of(each) for each in sizes])

    def of_told(self, meanings: Sequence[Terms]) -> list[Choice]:
        """The meanings of a letter that is told."""
        values = [
            evaluated(Polynomial(terms), self.point) for terms in meanings if set(letters_in_terms(terms)) <= self.point.keys()
        ]
        return [Choice(terms, value) for terms, value in zip(meanings, values, strict=False) if isinstance(value, int)]

    def of_number(self, number: int) -> str:
        """The model's first letter for a number."""
        return self.equal_sizes[number][0]

    def role(self, name: str, sizes: Sequence[str]) -> int:
        """How usual a letter is for the likeliest of several sizes."""
        return max(fits_size(name, self.model.sizes[size]) for size in sizes)

    # ------------------------------------------------------------ the readings
    @property
    def open(self) -> list[str]:
        """The letters that are not told."""
        return [name for name in self.letters if name not in self.told.meanings and not is_size_mark(name)]

    def named_as_in_the_model(self) -> set[str]:
        """The letters that the model has itself; one that only occurs inside others, such as ``h`` in a floor, has no number here."""
        return {name for name in self.open if name in self.own and name in self.point}

    def pinned(self, reading: FormulaReading) -> dict[str, list[str]]:
        """The sizes that are one letter of the formula: the user says so, or all letters of a number are the usual ones of sizes
        that have it, as m is for the inputs and n for the units."""
        numbers = {name: self.model.values[size] for name, size in sizes_meant(reading) if size in self.model.values}
        usual = Counter(size.usual for size in self.model.sizes.values())
        named = {
            size: [its.usual]
            for size, its in self.model.sizes.items()
            if numbers.get(its.usual) == its.number and usual[its.usual] == 1 and its.usual in self.open
        }
        told = {size: names for size, names in self.told.pinned.items() if names[0] in numbers}
        letters = {letter for names in named.values() for letter in names}
        rivals = Counter(numbers.values())
        whole = {
            number
            for number, many in rivals.items()
            if many > 1 and all(name in letters for name in numbers if numbers[name] == number)
        }
        return {size: names for size, names in named.items() if self.model.values[size] in whole} | told

    def fit_again(self, reading: FormulaReading, pinned: Mapping[str, Sequence[str]]) -> FormulaReading | None:
        """The reading with its letters for the pinned sizes, if the formula is right even so."""
        point = self.point
        meanings = {name: Choice(terms, point[size]) for name, size in sizes_meant(reading) if (terms := letter_terms(size))}
        numbers = {name: Choice(terms, 1) for name, terms in reading.letters.items() if name not in meanings}
        return self.fit({**numbers, **meanings}, pinned)

    def giving_the_count(self, kept: Iterable[str] = ()) -> list[dict[str, Choice]]:
        """The meanings of the letters with which the formula gives the count; those ``kept`` are the model's own letters."""
        key = frozenset(kept)
        if key not in self.hits:
            self.hits[key] = list(self.giving({self.count}, key, FEW))
        return self.hits[key]

    def giving(
        self, counts: Collection[Number], kept: Iterable[str], most: int, points: int = MOST_POINTS
    ) -> Iterator[dict[str, Choice]]:
        """The meanings of the letters with which the formula gives one of these counts, at most so many."""
        kept = set(kept)
        options = {
            name: [Choice(letter_terms(name), self.point[name])] if name in kept else self.choices(name) for name in self.letters
        }
        search = LettersByCount(self.terms, options, points)
        for number, found in enumerate(search.giving(counts)):
            if number == most:
                self.stopped = True
                return
            yield found
        self.stopped |= search.stopped

    def near_the_count(self) -> list[dict[str, Choice]]:
        """The meanings of the letters with which the formula is one tensor, or one size of a tensor, away from the count."""
        tensors = {evaluated(Polynomial(owner.terms), self.point) for owner in self.model.owners}
        counts = {self.count + sign * value for value in tensors for sign in (1, -1)}
        found = list(self.giving(counts, self.named_as_in_the_model(), FEW, NEAR_POINTS))
        sizes = {*self.point.values(), *self.model.numbers}
        if len(tensors) * len(sizes) ** 2 <= MOST_COUNTS:
            other = {value * exact(new, old) - value for value in tensors for old in sizes for new in sizes if old != new}
            found += self.giving({self.count + each for each in other}, self.named_as_in_the_model(), FEW, NEAR_POINTS)
        return found

    def fit(
        self, meanings: Mapping[str, Choice], pinned: Mapping[str, Sequence[str]], *, merged: bool = False, most: int = MOST_STEPS
    ) -> FormulaReading | None:
        """The reading with these meanings, if the formula is right tensor by tensor; with ``merged``, letters of equal sizes
        need not be told apart."""
        written, values = self.written(meanings)
        if merged:
            first = {value: name for name, value in reversed(values.items())}
            written = {
                name: letter_terms(first[values[f"{name}{MARK}"]]) if f"{name}{MARK}" in values else of
                for name, of in written.items()
            }
            values, pinned = {name: value for name, value in values.items() if first[value] == name}, {}
        search = self.tensor_fit(written, values, pinned)
        sizes = search.found(most=most)
        self.steps = search.steps
        self.stopped |= search.stopped and sizes is None
        if sizes is None or self.hides_a_size(meanings, sizes):
            return None
        its = terms_with_values(self.model.total, sizes)
        assert its == search.yours, "every tensor is compared"
        letters = {name: self.meaning(name, choice.terms, sizes) for name, choice in meanings.items()}
        return FormulaReading(letters=letters, sizes=sizes, yours=its, its=its, factor=None, rank=(0,), written=written)

    def written(self, meanings: Mapping[str, Choice]) -> tuple[dict[str, Terms], dict[str, int]]:
        """The letters as they are in the terms of a reading, and the values of those that are sizes."""
        written: dict[str, Terms] = {}
        values: dict[str, int] = {}
        for name, choice in meanings.items():
            (one, *_) = choice.terms.items()
            if len(choice.terms) > 1 or one[0] == ONE or one[0][0][0] not in self.model.values:
                written[name] = choice.terms  # a letter of the model's own, or a number
            else:
                values[f"{name}{MARK}"] = choice.value
                written[name] = letter_terms(f"{name}{MARK}")
        return written, values

    def tensor_fit(self, written: Mapping[str, Terms], values: Mapping[str, int], pinned: Mapping[str, Sequence[str]]) -> TensorFit:
        """The comparison of the formula with the tensors, its letters written so."""
        only = {size: [f"{name}{MARK}" for name in names] for size, names in pinned.items()}
        tensors = (owner.terms for owner in self.model.owners)
        yours = terms_with_values(self.terms, written)
        return TensorFit(yours, tensors, values, self.model.values, self.preferences(values), only)

    def hides_a_size(self, meanings: Mapping[str, Choice], sizes: Mapping[str, Terms]) -> bool:
        """Whether letters are read as mere numbers by chance: one may be a size that is written as that number, or several have
        an unusual name, or no letter is left for a size."""
        mere = {name: choice.value for name, choice in meanings.items() if ONE in choice.terms and name in self.open}
        numbers = {its.number for size, its in self.model.sizes.items() if ONE in sizes.get(size, ()) and its.field not in HEADS}
        unusual = [name for name, value in mere.items() if not self.fits_repeats(name, value)]
        return bool(set(mere.values()) & numbers) or len(unusual) > 1 or (bool(unusual) and len(mere) == len(meanings))

    def fits_repeats(self, name: str, number: int) -> int:
        """How usual a letter is for a number that is no size of a weight."""
        docs = self.model.numbers.get(number)
        return fits_repeats(name) if docs is None else fits_numbers(name, docs)

    def meaning(self, name: str, terms: Terms, sizes: Mapping[str, Terms]) -> Terms:
        """The meaning of a letter as a letter of the model: of several equal sizes, the likeliest that it is written for."""
        written = letter_terms(f"{name}{MARK}")
        found = [size for size, its in sizes.items() if its == written]
        if not found:
            return terms
        order = list(self.model.values)
        return letter_terms(min(found, key=lambda size: (-fits_size(name, self.model.sizes[size]), order.index(size))))

    def preferences(self, values: Mapping[str, int]) -> dict[str, list[str]]:
        """The letters for each size, the likeliest first."""
        found = {}
        for size, its in self.model.sizes.items():
            equal = [name for name, value in values.items() if value == its.number]
            if len(equal) > 1:
                found[size] = sorted(equal, key=lambda name: -fits_size(name.removesuffix(MARK), its))
        return found

    def right(self, kept: Iterable[str] = ()) -> list[FormulaReading]:
        """The readings with which the formula is right tensor by tensor, likeliest first."""
        found = []
        for meanings in self.giving_the_count(kept):
            reading = self.fit(meanings, {})
            if reading is not None:
                found.append(reading)
        return sorted(found, key=self.unlikely)

    def nearly(self, letters: Mapping[str, Terms], steps: int) -> tuple[dict[str, Terms] | None, int]:
        """The sizes as the formula writes them where it lacks one tensor at most, and has one term too much at most; and the
        number of steps that are left of so many."""
        meanings = {name: Choice(terms, self.model.values.get(letter_of(terms), 1)) for name, terms in letters.items()}
        search = self.tensor_fit(*self.written(meanings), {})
        for lacking, extra in ONE_MISTAKE:
            if steps <= 0:
                break
            sizes = search.found(lacking, extra, min(steps, NEAR_STEPS))
            steps -= search.steps
            if sizes is not None:
                return sizes, steps
        return None, steps

    def with_one_term_corrected(self, letters: Mapping[str, Terms], steps: int) -> tuple[dict[str, Terms] | None, int]:
        """The sizes as the formula writes them where it is right if one of its terms is not counted twice, None without such a term; and
        the number of steps that are left of so many."""
        if len(self.terms) == 1 or any(letter_of(terms) not in self.point and set(terms) != {ONE} for terms in letters.values()):
            return None, steps
        meanings = {name: Choice(terms, int(evaluated(Polynomial(terms), self.point))) for name, terms in letters.items()}
        values = {name: choice.value for name, choice in meanings.items()}
        extra = evaluated(Polynomial(self.terms), values) - self.count
        for monomial, c in self.terms.items():
            value = evaluated(Polynomial({monomial: 1}), values)
            factor = c - exact(extra.numerator * value.denominator, extra.denominator * value.numerator)
            if 2 * factor == c and steps > 0:
                search = RightReadings({**self.terms, monomial: factor}, self.model, self.told)
                reading = search.fit(meanings, {}, most=min(steps, CORRECTED_STEPS))
                steps -= search.steps
                if reading is not None:
                    return reading.sizes, steps
        return None, steps

    def here(self, kept: Iterable[str] = ()) -> Iterator[FormulaReading]:
        """The readings with which the formula is right where equal sizes need not be told apart."""
        for meanings in self.giving_the_count(kept):
            values = [choice.value for choice in meanings.values() if letter_of(choice.terms) in self.model.values]
            if len(values) > len(set(values)) and (reading := self.fit(meanings, {}, merged=True)) is not None:
                yield reading

    def unlikely(self, reading: FormulaReading) -> tuple[int, ...]:
        """The rank of a right reading: sizes written otherwise than as letters and numbers, then letters in unusual roles."""
        related = sum(1 for terms in reading.sizes.values() if not is_letter_or_number(terms))
        numbers = sum(ONE in terms for terms in reading.letters.values())
        usual = 0
        for name, terms in reading.letters.items():
            ((monomial, _), *_) = terms.items()
            if monomial == ONE:
                usual += self.fits_repeats(name, int(terms[ONE]))
            elif monomial[0][0] in self.model.sizes:
                usual += fits_size(name, self.model.sizes[monomial[0][0]])
            else:
                usual += 3 * (monomial[0][0] == name)
        return related, -usual, numbers


def sizes_meant(reading: FormulaReading) -> list[tuple[str, str]]:
    """The letters of a formula that mean a letter of the model, with it."""
    return [(name, letter) for name, terms in reading.letters.items() if (letter := letter_of(terms))]


def letter_of(terms: Terms) -> str:
    """The letter that terms are; an empty string for anything else."""
    found = letters_in_terms(terms)
    return found[0] if len(found) == 1 and terms == letter_terms(found[0]) else ""


def is_letter_or_number(terms: Terms) -> bool:
    """Whether terms are a single letter, or a number."""
    return (
        len(terms) == 1
        and all(c == 1 or monomial == ONE for monomial, c in terms.items())
        and all(sum(abs(power) for _, power in monomial) <= 1 for monomial in terms)
    )


def primes(letters: Iterable[str], numbers: Mapping[str, int]) -> dict[str, int]:
    """A large prime for each letter that has no number, so that different formulas have different values."""
    found: dict[str, int] = {}
    candidate = 10_007
    for name in letters:
        if name in numbers:
            continue
        while any(candidate % factor == 0 for factor in range(3, int(candidate**0.5) + 1, 2)):
            candidate += 2
        found[name] = candidate
        candidate += 212
    return found
