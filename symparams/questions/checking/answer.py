"""The answer of ``check``: a row for each term, with the tensors that own it."""

from __future__ import annotations

from functools import cached_property
from itertools import chain

from ...core.frozen import Frozen
from ...core.notation.forms import Letter, Number, power, product, summed
from ...core.notation.text import plain
from ...core.polynomial import Polynomial, evaluated
from ...core.terms import ONE, exact, plus
from ...tables.answer import Answer, Table
from ...tables.cells import Expression, in_text, words
from .expanding import terms_with_values
from .facts import number_fact, term_facts
from .lacking_factor import lacking_factors
from .model_forms import letter_terms, letters_in_terms
from .right_readings import MARK, is_letter_or_number, letter_of
from .roles import fits_size
from .rows import MISSING, RIGHT, TOO_MUCH, WRONG_FACTOR, TermRow, TermShare
from .square_heads import square_heads
from .terms_in_numbers import term_of_tensor, value_of, with_other_size, with_value
from .text_meanings import is_size_mark, marked_size, without_marks
from .wording import (
    HEADS,
    NOT_ALL_TRIED,
    check_verdict,
    claim_in_words,
    factor_in_words,
    here_in_words,
    meaning_in_words,
    meanings_in_words,
    other_factor_in_words,
    other_readings_in_words,
    other_size_in_words,
    part_in_words,
    quotients_in_words,
    relations_in_words,
    row_cells,
    rows_in_words,
    size_in_words,
    table_lines,
    totals_in_words,
    value_cell,
)
from .written_rows import rows_as_written
from .wrong_size import WrongSize, owners_by_term, wrong_sizes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from ...core.notation.forms import Notation
    from ...core.terms import Monomial, Terms
    from ...tables.answer import Facts
    from ...tables.cells import Words
    from ...tables.writers import Block
    from .in_general import InGeneral
    from .independent_sizes import Owner
    from .model_in_letters import ModelInLetters
    from .reading import FormulaReading


SECOND_BIAS = "There are two, one for the input and one for the state; you have one."


class Here(Frozen):
    """A formula that gives the count only because some sizes of the model are equal, or multiples of each other.

    ``general`` is the formula beside the same model with different sizes. ``merged`` tells that the formula has one letter for
    the sizes that are equal, so that it is right wherever they are."""

    general: InGeneral
    merged: bool


class Check(Answer):
    """The answer of :func:`symparams.check`; ``print`` it for the whole answer.

    ``formula`` is the formula as it was read, ``rows`` has a row for each term of the formula or of the model. There are two
    verdicts: ``gives_this_count``, in number, and ``is_the_formula``, at all sizes of the model.
    """

    def __init__(
        self,
        formula: Notation,
        model: ModelInLetters,
        reading: FormulaReading,
        others: list[FormulaReading],
        claimed: int | None,
        where: dict[str, Terms],
        here: Here | None,
        cancelled: list[str],
        stopped: bool,
    ) -> None:
        self.notation, self.model, self.reading, self.others, self.claimed = formula, model, reading, others, claimed
        self.where = where  # the quotients that make it right
        self.here = here
        self.cancelled = cancelled
        self.stopped = stopped  # whether there were more readings than are tried
        self.counted = ""  # how one has to count to get the formula's value, where the terms do not tell

    @property
    def formula(self) -> str:
        """The formula as it was read, in its own letters."""
        return plain(without_marks(self.notation))

    @property
    def agrees(self) -> bool:
        """Whether the formula is the model's count whatever its letters are; one without letters, whether it has its value."""
        return self.reading.fits or (self.gives_this_count and not self.letters)

    @property
    def errors(self) -> tuple[bool, int, bool, int, int, int]:
        """How far the formula is from being right: more than a factor or a quotient; in so many terms; in all terms; with
        letters, in so many rows; for so many tensors; and of a formula in numbers, the fewer of them are sizes."""
        is_far = self.reading.factor is None and not self.where
        lost = len({owner for row in self.wrong for owner in row.owners})
        many = self._mistakes_in(self.rows) if self._rows_as_written else self._errors_in(self.rows)
        return (
            is_far,
            many + self.reading.strain,
            len(self.wrong) == len(self.rows),
            len(self.wrong) if self.letters else 0,
            lost,
            0 if self.letters else -len(self.reading.letters),
        )

    def _errors_in(self, rows: Sequence[TermRow]) -> int:
        """The number of wrong terms, where a wrong one of tensors of several kinds is two, since it hides which of them is wrong."""
        wrong = [row for row in rows if row.verdict != RIGHT]
        hidden = [row for row in wrong if row.verdict == WRONG_FACTOR and len({each.rpartition("/")[2] for each in row.owners}) > 1]
        return len(wrong) + len(hidden)

    def _mistakes_in(self, rows: Sequence[TermRow]) -> int:
        """The same, where two that differ in a size or in a factor are one."""
        pairs = self._pairs_in(rows)
        free = [row for row in rows if not any(row in pair for pair in pairs)]
        return self._errors_in(rows) - len(pairs) - len(lacking_factors(free))

    @property
    def gives_this_count(self) -> bool:
        """Whether the formula has the value of the count at the model's sizes."""
        return self.reading.fits or (self.value is not None and self.value == self.count)

    @property
    def is_the_formula(self) -> bool:
        """Whether the formula is the count at all sizes of the model, not only where some are equal or multiples of others."""
        return self.reading.fits and self.here is None and not self.relations and not self.shared

    @cached_property
    def shared(self) -> dict[str, list[str]]:
        """The letters of the formula that it has for several sizes which are independent in the model, with these sizes; the one that
        it means comes first."""
        found: dict[str, list[str]] = {}
        for size, terms in self.reading.sizes.items() if self.model.known_apart else ():
            letter = next(iter(letters_in_terms(terms)), "")
            if terms == letter_terms(letter) and letter.endswith(MARK) and not is_size_mark(letter):
                found.setdefault(letter.removesuffix(MARK), []).append(size)
        meant = {name: letter_of(terms) for name, terms in self.reading.letters.items()}
        return {letter: sorted(sizes, key=lambda size: size != meant[letter]) for letter, sizes in found.items() if len(sizes) > 1}

    @cached_property
    def relations(self) -> dict[str, Terms]:
        """The sizes that the formula writes as multiples, quotients, products or sums of others: f as 4*d."""
        return {name: terms for name, terms in self.reading.sizes.items() if not is_letter_or_number(terms)}

    @cached_property
    def rows(self) -> list[TermRow]:
        """All terms, those of the model first; those of a formula in numbers as they are written, where that tells more."""
        rows = self._rows_as_written or self.rows_by_term
        return rows if self.letters else [self._in_numbers(row, rows) for row in rows]

    @cached_property
    def _rows_as_written(self) -> list[TermRow]:
        """The rows of a formula in numbers, its terms as they are written; empty where they do not tell more than the terms added up."""
        if self.here is not None or self.where or self.reading.factor is not None:
            return []
        rows = rows_as_written(self.notation, self.reading, self.model, self.shown)
        if self.reading.fits or self.value == self.count:
            return rows if all(row.verdict == RIGHT for row in rows) else []
        return rows if rows and self._mistakes_in(rows) <= self._errors_in(self.rows_by_term) else []

    @cached_property
    def rows_by_term(self) -> list[TermRow]:
        """All terms, those of a formula in numbers added up."""
        yours, its = self.reading.yours, self.reading.its
        shares: dict[Monomial, list[TermShare]] = {}
        for owner in self.model.owners:
            for monomial, factor in self._in_sizes(owner.terms).items():
                shares.setdefault(monomial, []).append(TermShare(owner.path, owner.layer, factor))
        ordered = [monomial for monomial, _ in Polynomial({**its, **dict.fromkeys(yours.keys() - its.keys(), 1)}).ordered()]
        rows = [
            TermRow(self.shown(term), yours.get(term, 0), its.get(term, 0), tuple(shares.get(term, ())), term) for term in ordered
        ]
        return sorted(rows, key=lambda row: row.verdict == TOO_MUCH)

    def _in_numbers(self, row: TermRow, rows: Sequence[TermRow]) -> TermRow:
        """The row of a formula without letters with the sizes of its tensor one by one, and those that the formula has instead."""
        if row.verdict == TOO_MUCH:
            missing = [its for its in rows if its.verdict == MISSING and self._wrong_size(its, row)]
            factors = [its for its, other in lacking_factors(rows) if other is row]
            yours = self._with_other_size(missing[0], row) if missing else self._with_factor(factors[0], row) if factors else None
            return row if yours is None else row.but(in_numbers=(yours, yours))
        its = self._term_of_tensor(row)
        if its is None:
            return row
        yours = self._with_other_size(row, row) if row.verdict == WRONG_FACTOR else its
        return row if yours is None else row.but(in_numbers=(yours, its))

    def _term_of_tensor(self, row: TermRow) -> Notation | None:
        """The term of a row as its tensor has it, where it is a single one."""
        its = term_of_tensor(row.shares[0].path, self.model.count) if len(row.shares) == 1 else None
        return its if its is not None and value_of(its) == self._at({row.monomial: row.its}) else None

    def _with_factor(self, its: TermRow, yours: TermRow) -> Notation | None:
        """The term of a tensor without the factor that the formula lacks, or with the one that it has too much."""
        term, value = self._term_of_tensor(its), self._at({yours.monomial: yours.yours})
        return with_value(term, value) if term is not None and isinstance(value, int) else None

    def _with_other_size(self, its: TermRow, yours: TermRow) -> Notation | None:
        """The term of a tensor with the one size that the formula has in place of the right one."""
        term, wrong = self._term_of_tensor(its), self._wrong_size(its, yours)
        if term is None or wrong is None or wrong.times > 1:
            return None
        right, other = self._at(wrong.right), self._at(wrong.yours)
        if not isinstance(right, int) or not isinstance(other, int):
            return None
        return with_other_size(term, wrong, right, other, self.model.sizes[wrong.name].field)

    def _in_sizes(self, terms: Terms) -> Terms:
        return terms_with_values(terms, self.reading.sizes) if self.reading.sizes else terms

    @property
    def wrong(self) -> list[TermRow]:
        """The rows that are not right."""
        return [row for row in self.rows if row.verdict != RIGHT]

    # ------------------------------------------------------------ letters
    @property
    def letters(self) -> dict[str, str | None]:
        """The meaning of each letter of the formula: a letter of the model, a number, or None for a size that it does not have."""
        given = {name: terms for name, terms in self.reading.letters.items() if not is_size_mark(name)}
        return {name: self.meant(terms) for name, terms in given.items()} | dict.fromkeys(self.cancelled)

    def meant(self, terms: Terms) -> str | None:
        """The meaning of a letter, whose ``terms`` are in the model's letters."""
        known = all(name in self.model.letters for monomial in terms for name, _ in monomial)
        return plain(terms_notation(terms)) if known else None

    @cached_property
    def names(self) -> dict[str, Notation]:
        """The notation of the model's letters: the formula's letters, its numbers, or else their own names."""
        return self._names(self.reading)

    def _names(self, reading: FormulaReading) -> dict[str, Notation]:
        given = reading.letters
        found: dict[str, Notation] = {}
        for name, terms in sorted(reading.written.items(), key=lambda each: -self._usual(*each)):
            letters = letters_in_terms(terms)
            if len(letters) == 1 and terms == letter_terms(letters[0]) and letters[0] not in found:
                found[letters[0]] = Number(marked_size(name)) if is_size_mark(name) else Letter(name)
        taken = {name for name in given if not is_size_mark(name)}
        if not taken:  # a formula of numbers
            found |= {name: Number(value) for name, value in self.model.values.items() if name not in found}
        for name in self.model.letters:
            if name in taken and name not in found:  # the formula uses this name for another letter
                found[name] = Letter(
                    next(free for k in range(1, 1000) if (free := f"{name}_{k}") not in {*given, *self.model.letters})
                )
        return found

    def _usual(self, name: str, terms: Terms) -> int:
        """How usual a letter is for the size that it means."""
        return sum(fits_size(name, self.model.sizes[letter]) for letter in letters_in_terms(terms) if letter in self.model.sizes)

    def shown(self, monomial: Monomial) -> Notation:
        """A monomial in the letters of the answer."""
        return monomial_in(monomial, self.names, self._orders)

    def text(self, terms: Terms) -> str:
        """Terms in the letters of the answer."""
        return in_text(self._shown(terms))

    def _shown(self, terms: Terms) -> Expression:
        return expression_in(terms, self.names, self._orders)

    def _in_general(self, terms: Terms) -> Expression:
        """Terms in the letters of the same formula for different sizes."""
        assert self.here is not None
        return expression_in(terms, self._names(self.here.general.reading), {})

    # ------------------------------------------------------------ numbers
    @property
    def value(self) -> int | Fraction | None:
        """The number that the formula gives at the model's own sizes; None where letters remain."""
        return self._at(self.reading.yours)

    @property
    def count(self) -> int | Fraction | None:
        """The model's number of parameters; None where letters remain."""
        found, given = self._at(self.reading.its), self.model.given
        if found is None and given and given.keys() >= set(self.model.count.letters):  # with a floor, for example
            return self.model.count.at(given)
        return found

    def _at(self, terms: Terms) -> int | Fraction | None:
        values = self._values
        if any(name not in values for monomial in terms for name, _ in monomial):
            return None
        return evaluated(Polynomial(terms), values)

    @cached_property
    def _values(self) -> dict[str, int]:
        """The numbers of the model's letters, and of the formula's."""
        sizes = {**self.model.given, **self.model.values}
        meant = {name: letters_in_terms(terms) for name, terms in self.reading.letters.items()}
        return sizes | {f"{name}{MARK}": sizes[of[0]] for name, of in meant.items() if len(of) == 1 and of[0] in sizes}

    @cached_property
    def _orders(self) -> dict[str, str]:
        """The letters that the formula's numbers replace."""
        return {f"{name}{MARK}": letters_in_terms(terms)[0] for name, terms in self.reading.letters.items() if is_size_mark(name)}

    @cached_property
    def difference(self) -> Terms:
        """The formula minus the model's count, in the letters of the reading."""
        if self._rows_as_written:
            return Polynomial(plus({row.monomial: row.yours - row.its} for row in self.wrong)).terms
        minus = {monomial: -c for monomial, c in self.reading.its.items()}
        return Polynomial(plus((self.reading.yours, minus))).terms

    # ------------------------------------------------------------ as an answer
    @property
    def sentences(self) -> list[str]:
        """A sentence for each row that is not right, or a single one where a quotient for a letter, or a factor of all terms,
        makes the formula right."""
        return list(map(in_text, self._sentences))

    @property
    def _sentences(self) -> list[Words]:
        if self.here is not None:
            return []
        if self.where:
            equal = [(letter_terms(name), size) for name, size in self.where.items()]
            return [
                quotients_in_words([(self._shown(its), self._shown(yours), self._at(its), self._at(yours)) for its, yours in equal])
            ]
        if self.reading.factor is not None:
            return [factor_in_words(self.reading.factor, self._shown, self._axis_as_factor)]
        pairs = self._pairs
        paired = {row for pair in pairs for row in pair}
        rows = [row for row in self.wrong if row not in paired]
        factors = lacking_factors(rows)
        explained = {row for pair in factors for row in pair}
        rows = [row for row in rows if row not in explained]
        sizes = {row: size for row in rows if row.verdict == WRONG_FACTOR and (size := self._size_or_number(row))}
        return [
            *(other_size_in_words(*pair, self._size(found)) for pair, found in pairs.items()),
            *(self._other_factor(*pair, factor) for pair, factor in factors.items()),
            *rows_in_words(rows, self.rows, sizes),
            *map(words, self._square_heads),
        ]

    @property
    def _square_heads(self) -> list[str]:
        """That heads are counted as square matrices, in a term that is wrong."""
        if not self.wrong:
            return []
        letters = {name: letters_in_terms(terms) for name, terms in self.reading.letters.items()}
        sizes = {name: self._values[of[0]] for name, of in letters.items() if len(of) == 1 and of[0] in self._values}
        plain_numbers = {name: int(terms[ONE]) for name, terms in self.reading.letters.items() if terms.keys() == {ONE}}
        values = {self._at({row.monomial: row.yours}) for row in self.rows if row.verdict == RIGHT}
        return square_heads(self.notation, sizes | plain_numbers, self.model.fields_of_numbers, {*values})

    @property
    def _axis_as_factor(self) -> str:
        """The letter that is an axis of the input and a factor of the whole formula; empty where there is none."""
        for name, terms in self.reading.letters.items():
            if terms == self.reading.factor and ONE in terms:
                return name
        return ""

    @cached_property
    def _pairs(self) -> dict[tuple[TermRow, TermRow], WrongSize]:
        return self._pairs_in(self.rows)

    def _pairs_in(self, rows: Sequence[TermRow]) -> dict[tuple[TermRow, TermRow], WrongSize]:
        """The terms that are missing, each with one that is too much and differs from it in one size."""
        found: dict[tuple[TermRow, TermRow], WrongSize] = {}
        free = [row for row in rows if row.verdict == TOO_MUCH]
        for its in rows:
            for yours in free if its.verdict == MISSING else ():
                wrong = self._wrong_size(its, yours)
                if wrong is not None:
                    found[its, yours] = wrong
                    free.remove(yours)
                    break
        return found

    def _other_factor(self, its: TermRow, yours: TermRow, factor: Terms) -> Words:
        """A term of the formula that lacks a factor, or has one too many."""
        ((((name, power),), _),) = factor.items()
        return other_factor_in_words(its, yours, self._shown(letter_terms(name)), power > 0)

    @cached_property
    def _owners_by_term(self) -> dict[tuple[Monomial, int | Fraction], list[Owner]]:
        return owners_by_term(self.reading, self.model)

    def _wrong_size(self, its: TermRow, yours: TermRow) -> WrongSize | None:
        """The size that makes the difference between a term of the model and one of the formula."""
        owners = self._owners_by_term.get((its.monomial, its.its), ())
        found = wrong_sizes(its.monomial, its.its, yours.monomial, yours.yours, self.reading, self.model, owners)
        return found[0] if found else None

    def _size_or_number(self, row: TermRow) -> Words | None:
        """The size, or the number of gates or copies, that is wrong in a term of one tensor."""
        if self._lacks_a_bias_set(row):
            return words(SECOND_BIAS)
        if divisor := self._extra_divisor(row):
            return words(f"Without the division by {divisor}, it is right.")
        many = row.yours % row.its != 0 and len(row.shares) == 1
        doc = self._number_in(row) if many else None
        wrong = self._wrong_size(row, row) if doc is None else None
        if wrong is not None:
            return self._size(wrong)
        return None if doc is None or row.yours.denominator != 1 else words(f"There are {row.its}: {doc}; you have {row.yours}.")

    def _extra_divisor(self, row: TermRow) -> str:
        """What a term of the formula is divided by and the model's is not; empty where that is not the mistake."""
        times = exact(row.its.numerator * row.yours.denominator, row.its.denominator * row.yours.numerator)
        if row.yours.denominator == 1 or times.denominator > 1:
            return ""
        names = [name for name, terms in self.reading.letters.items() if terms == {ONE: times}]
        return names[0] if names else str(times)

    def _number_in(self, row: TermRow) -> str | None:
        """What the factor of a term of one tensor is: a number of its own layer rather than of another one."""
        (share,) = row.shares
        is_bias = share.path.rpartition("/")[2] == "bias"
        docs = [doc for doc in self.model.numbers.get(int(row.its), ()) if is_bias or not doc.startswith("the bias sets")]
        return min(docs, key=lambda doc: not doc.endswith(f"of {share.layer}"), default=None)

    def _lacks_a_bias_set(self, row: TermRow) -> bool:
        """Whether a term is half that of a recurrent layer's bias, which has one part for the input and one for the state."""
        (share, *others) = row.shares
        is_bias = share.path.rpartition("/")[2] == "bias" and row.its == 2 * row.yours
        return not others and is_bias and f"the bias sets of {share.layer}" in self.model.numbers.get(2, ())

    def _size(self, wrong: WrongSize) -> Words:
        docs = self.model.numbers.get(wrong.times, ())
        return size_in_words(wrong, self.model.sizes[wrong.name], docs, self._shown if self.letters else self._value_shown)

    def _value_shown(self, terms: Terms) -> Expression:
        """The number of a size, for a formula without letters."""
        value = self._at(terms)
        return self._shown(terms) if value is None else Expression(Number(value))

    def explain(self) -> str:
        """The whole answer, for a person to read."""
        meant = [f"  {line}" for line in self._meanings]
        paragraphs: list[Sequence[str | Words]] = [
            [words(self.formula, self._verdict)],
            meant,
            table_lines(self.rows),
            *self._paragraphs,
        ]
        return "\n\n".join("\n".join(map(in_text, lines)) for lines in paragraphs if lines)

    @property
    def _verdict(self) -> Words | str:
        if self.here is not None:
            return here_in_words(self.value, self.here.general, self._in_general)
        in_number_only = not self.reading.letters and len(self.model.owners) > 1
        return check_verdict(self.model.title, self.reading.fits, in_number_only, self.gives_this_count, self.letters, self.rows)

    @property
    def _meanings(self) -> list[str]:
        return meanings_in_words(self.rows, self.letters, self.names, self.model, self.cancelled)

    @property
    def _paragraphs(self) -> list[Sequence[str | Words]]:
        """The sentences below the table."""
        right = bool(self.others) and self.others[0].fits
        return [
            [] if self.agrees else self._sentences,
            relations_in_words(self.relations, self.shared, self.model, self._shown)
            if self.reading.fits and self.here is None
            else [],
            self._totals,
            claim_in_words(self.claimed, self.value),
            [f"Your number, {self.value}, is what one gets if {self.counted}."] if self.counted else [],
            other_readings_in_words([self._otherwise(other) for other in self.others], right),
            [NOT_ALL_TRIED] if self.stopped and self.here is None else [],
        ]

    @property
    def _totals(self) -> Sequence[str | Words]:
        """The two totals and their difference, of a formula that is not right."""
        if self.reading.fits or self.here is not None or (self.where and self.value in (None, self.count)):
            return []
        totals = totals_in_words(self.value, self.count, self._shown(self.difference))
        is_part = {row.verdict for row in self.rows} == {RIGHT, MISSING} and self.here is None
        return [*totals, *(part_in_words(self.value, self.count) if is_part else [])]

    def content(self) -> Sequence[Block]:
        """The verdict, the meanings of the letters, the terms, and the errors in them."""
        headline = words(Expression(without_marks(self.notation)), self._verdict)
        return [headline, *self._meanings, self.table(), *chain.from_iterable(self._paragraphs)]

    def table(self) -> Table:
        """The terms side by side, and their values at the model's sizes."""
        numbers = {"yours": value_cell(self.value), "its": value_cell(self.count)}
        foot = [{"verdict": "At these sizes", **numbers}] if None not in numbers.values() else []
        return Table(HEADS, map(row_cells, self.rows), foot)

    def facts(self) -> Facts:
        """The terms, and the errors in them; a number that is not whole is a string, ``1/2``."""
        return {
            "formula": self.formula,
            "model": self.model.title,
            "agrees": self.agrees,
            "gives_this_count": self.gives_this_count,
            "is_the_formula": self.is_the_formula,
            "letters": self.letters,
            "rows": [term_facts(row) for row in self.rows],
            "sentences": self.sentences,
            "yours": number_fact(self.value),
            "count": number_fact(self.count),
            "difference": self.text(self.difference),
        }

    def _otherwise(self, reading: FormulaReading) -> dict[str, str]:
        """The meanings of the letters in another reading, in words, where they differ."""
        mine, others = self.reading.letters, reading.letters
        different = {name: terms for name, terms in others.items() if not is_size_mark(name) and terms != mine.get(name)}
        return {name: meaning_in_words(name, self.meant(terms), self.model) for name, terms in different.items()}

    def __repr__(self) -> str:
        return f"<Check: {'right' if self.agrees else 'right at these sizes only' if self.here else f'{len(self.wrong)} of {len(self.rows)} terms differ'}>"


def monomial_in(monomial: Monomial, names: Mapping[str, Notation], orders: Mapping[str, str]) -> Notation:
    """A monomial with these notations of its letters, numbers in the order of the letters that they replace."""
    ordered = sorted(monomial, key=lambda factor: orders.get(factor[0], factor[0]))
    return product(power(names.get(name, Letter(name)), Number(exponent)) for name, exponent in ordered)


def expression_in(terms: Terms, names: Mapping[str, Notation], orders: Mapping[str, str]) -> Expression:
    """Terms with these notations of their letters."""
    ordered = Polynomial(terms).ordered()
    return Expression(summed(product((Number(c), monomial_in(monomial, names, orders))) for monomial, c in ordered))


def terms_notation(terms: Terms) -> Notation:
    """Terms in the model's own letters."""
    return summed(
        product([Number(c), *(power(Letter(name), Number(exponent)) for name, exponent in monomial)])
        for monomial, c in Polynomial(terms).ordered()
    )
