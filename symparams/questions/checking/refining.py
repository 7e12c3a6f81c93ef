"""A reading of a formula that is not right, made exact: the sizes of the model, which may only happen to be equal, are written
in the formula's letters one by one, so that as much as possible of the formula is right."""

from __future__ import annotations

from itertools import product
from math import prod

from ...core.terms import ONE
from .expanding import terms_with_values
from .model_forms import letters_in_terms
from .reading import FormulaReading, common_factor, distance, fit_rank
from .right_readings import MARK
from .roles import DOUBLED, FRACTION, fits_numbers, fits_repeats, fits_size, misreading
from .tensor_fit import relations
from .text_meanings import is_size_mark
from .written_sizes import WrittenSizes, is_letter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ...core.terms import Terms
    from .model_in_letters import ModelInLetters

SMALL = 128  # the largest size that a formula may write as a number, or as a multiple of another size
LIKELY_BY_CHANCE = 1024  # the largest number that two sizes of different kinds may share by chance
MOST_WAYS = 600
MOST_ROUNDS = 3
MOST_TERMS = 400  # beyond, sizes of one number stay one letter


class Refining:
    """The sizes of a model as a formula with ``terms`` may write them; ``coarse`` is a reading in which equal sizes are one. The
    letters in ``told`` have the meanings that the user gives."""

    def __init__(self, terms: Terms, coarse: FormulaReading, model: ModelInLetters, told: Collection[str] = ()) -> None:
        self.coarse, self.model, self.told = coarse, model, told
        self.divides = not is_whole(terms)
        self.equal_sizes = model.equal_sizes
        self.first = {names[0]: number for number, names in self.equal_sizes.items()}
        self.values: dict[str, int] = {}
        self.plain: dict[str, Terms] = {}
        for name, meaning in coarse.letters.items():
            ((monomial, _), *_) = meaning.items()
            if len(meaning) == 1 and monomial != ONE and monomial[0][0] in self.first:
                self.values[f"{name}{MARK}"] = self.first[monomial[0][0]]
            elif not self.is_foreign(meaning):
                self.plain[name] = meaning
        foreign = {name for name in coarse.letters if f"{name}{MARK}" not in self.values and name not in self.plain}
        self.written: dict[str, Terms] = self.plain | {
            name: {((f"{name}{MARK}", 1),): 1} for name in coarse.letters if f"{name}{MARK}" in self.values or name in foreign
        }
        self.yours = terms_with_values(terms, self.written)

    def is_foreign(self, meaning: Terms) -> bool:
        """Whether a letter is read as no size of the model."""
        known = {*self.model.letters, *self.model.count.letters}
        return any(name not in known for monomial in meaning for name, _ in monomial)

    # ------------------------------------------------------------ the ways to write the sizes
    def reading(self, near: Mapping[str, Terms] | None = None) -> FormulaReading:
        """The reading in which the most is right; ``near`` has the sizes of one that is right but for one mistake."""
        sizes = self.start() if near is None else self.without_idle_relations(dict(near))
        factor = None if self.coarse.factor is None else common_factor(self.yours, self.its(sizes))
        sizes = sizes if factor or near is not None else self.improved(sizes)
        its = self.its(sizes)
        letters = {name: self.meaning(name, sizes) for name in self.coarse.letters}
        strain = self.strain(letters, sizes)
        far = 0 if factor else distance(self.yours, its) + strain
        rank = (fit_rank(self.yours == its, factor), far, *self.coarse.rank[2:])
        return FormulaReading(
            letters=letters, sizes=sizes, yours=self.yours, its=its, factor=factor, rank=rank, written=self.written, strain=strain
        )

    @property
    def unusual_numbers(self) -> int:
        """The letters that are read as a mere number, without the usual name of one."""
        numbers = {name: int(terms[ONE]) for name, terms in self.coarse.letters.items() if ONE in terms and not is_size_mark(name)}
        return sum(not self.fits_number(name, number) for name, number in numbers.items())

    def fits_number(self, name: str, number: int) -> bool:
        """Whether a letter is usual for a number of the model, or for any number that the user gives."""
        docs = self.model.numbers.get(number)
        return (fits_repeats(name) if docs is None else fits_numbers(name, docs)) > 0

    def strain(self, letters: Mapping[str, Terms], sizes: Mapping[str, Terms]) -> int:
        """How unusual the meanings of the letters are, and the ways to write the sizes: a fraction of a letter, in a formula
        that divides nothing, is less likely than a wrong term."""
        open_letters = {name: terms for name, terms in letters.items() if name not in self.told and not is_size_mark(name)}
        misread = sum(misreading(*each, self.model.sizes, self.model.numbers) for each in open_letters.items())
        doubled = self.doubled(open_letters.values())
        parts = 0 if self.divides else len({frozenset(terms.items()) for terms in sizes.values() if not is_whole(terms)})
        return 3 * self.unusual_numbers + misread + DOUBLED * doubled + FRACTION * parts

    def doubled(self, meanings: Iterable[Terms]) -> int:
        """How many letters are read as a size that another letter is already, beyond the sizes that are equal to it."""
        names = [name for terms in meanings if ONE not in terms and len(terms) == 1 for name in letters_in_terms(terms)]
        known = {name: self.model.values.get(name) for name in names}
        groups = [[name] if number is None else self.equal_sizes[number] for name, number in known.items()]
        distinct = {tuple(group) for group in groups}
        return sum(max(sum(map(names.count, group)) - len(group), 0) for group in distinct)

    def start(self) -> dict[str, Terms]:
        """The sizes as in the coarse reading."""
        by_number: dict[str, Terms] = {
            name: {((letter, 1),): 1} for letter, number in self.values.items() for name in self.first if self.first[name] == number
        }
        found: dict[str, Terms] = {}
        for name, number in self.model.values.items():
            same = self.equal_sizes[number][0]
            letters = self.letters_of(name)
            if letters:
                found[name] = {((letters[0], 1),): 1}
            elif same in self.coarse.sizes:
                found[name] = terms_with_values(self.coarse.sizes[same], by_number)
            else:
                found[name] = {((same, 1),): 1}
        return found

    def letters_of(self, size: str) -> list[str]:
        """The formula's letters that may be a size, the likeliest first."""
        its = self.model.sizes[size]
        equal = [letter for letter, value in self.values.items() if value == its.number]
        return sorted(equal, key=lambda letter: -fits_size(letter.removesuffix(MARK), its))

    def options(self, size: str) -> list[Terms]:
        """The ways to write a size: as a letter, as a number, as a multiple or quotient of letters, or in a letter of the model."""
        number = self.model.values[size]
        found: list[Terms] = [{((letter, 1),): 1} for letter in self.letters_of(size)]
        known = bool(found)
        kept: Terms = {((self.equal_sizes[number][0], 1),): 1}
        if number <= SMALL and not any(self.fits(letter, size) for letter in self.letters_of(size)):
            found.append({ONE: number})
        if number > 1:
            found += [terms for terms in relations(number, self.values) if is_plain(terms) and (is_whole(terms) or not known)]
        if not known or (number <= LIKELY_BY_CHANCE and not any(self.fits(letter, size) for letter in self.letters_of(size))):
            found.append(kept)
        return found

    def fits(self, letter: str, size: str) -> bool:
        """Whether a letter is usual for a size."""
        return fits_size(letter.removesuffix(MARK), self.model.sizes[size]) > 0

    def its(self, sizes: Mapping[str, Terms]) -> Terms:
        """The model's terms with its sizes written so."""
        return terms_with_values(self.model.total, sizes)

    def improved(self, start: dict[str, Terms]) -> dict[str, Terms]:
        """The best of the ways that differ from the start in one size, and so on; of few, all are compared."""
        if len(self.model.total) > MOST_TERMS:
            return start
        written = WrittenSizes(self.yours, self.model.total, start)
        shared = {size: letters for size in start if len(letters := self.letters_of(size)) > 1}
        if 1 < prod(map(len, shared.values())) <= MOST_WAYS:
            best, cost = dict(start), written.cost
            for choice in product(*shared.values()):
                for size, letter in zip(shared, choice, strict=True):
                    written.put(size, {((letter, 1),): 1})
                if written.cost < cost:
                    best, cost = dict(written.sizes), written.cost
            for size in shared:
                written.put(size, best[size])
        options = {size: self.options(size) for size in start}
        for _ in range(MOST_ROUNDS):
            before = written.cost
            for size, its in options.items():
                written.put_best(size, its)
            if written.cost == before:
                break
        return self.without_idle_relations(dict(written.sizes))

    def without_idle_relations(self, sizes: dict[str, Terms]) -> dict[str, Terms]:
        """The same with a letter of the model for each size that is a fraction of another by chance, without any use."""
        if not self.model.known_apart:
            return sizes
        right = self.right(sizes)
        for size, terms in sizes.items():
            moved = sizes | {size: {((self.equal_sizes[self.model.values[size]][0], 1),): 1}}
            if not is_letter(terms) and not is_whole(terms) and self.right(moved) >= right:
                sizes = moved
        return sizes

    def right(self, sizes: Mapping[str, Terms]) -> int:
        """The number of terms that are right."""
        its = self.its(sizes)
        return sum(its.get(monomial) == c for monomial, c in self.yours.items())

    def meaning(self, name: str, sizes: Mapping[str, Terms]) -> Terms:
        """The meaning of a letter: of several equal sizes, the likeliest that it is written for."""
        written = {((f"{name}{MARK}", 1),): 1}
        found = [size for size, terms in sizes.items() if terms == written]
        if not found:
            return self.coarse.letters[name]
        order = list(self.model.values)
        return {((min(found, key=lambda size: (-fits_size(name, self.model.sizes[size]), order.index(size))), 1),): 1}


def is_whole(terms: Terms) -> bool:
    """Whether terms have no fraction."""
    return all(c.denominator == 1 and all(power > 0 for _, power in monomial) for monomial, c in terms.items())


def is_plain(terms: Terms) -> bool:
    """Whether terms are a small multiple or fraction of a letter, or a quotient."""
    if len(terms) > 1:
        return False
    ((monomial, c),) = terms.items()
    return max(c.numerator, c.denominator) <= SMALL and sum(abs(power) for _, power in monomial) <= 2
