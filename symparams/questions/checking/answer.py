"""The answer of ``check``: a row for each term, with the tensors that own it."""

from __future__ import annotations

from functools import cached_property
from itertools import chain

from ...core.notation.forms import Letter, Number, power, product, summed
from ...core.notation.text import plain
from ...core.polynomial import Polynomial, evaluated
from ...tables.answer import Answer, Table
from ...tables.cells import Expression, in_text, words
from .expanding import terms_with_values
from .facts import number_fact, term_facts
from .letter_matching import MARK
from .model_forms import letter_terms
from .rows import RIGHT, TOO_MUCH, TermRow, TermShare
from .text_meanings import is_size_mark, without_marks
from .wording import (
    HEADS,
    check_verdict,
    claim_in_words,
    factor_in_words,
    meaning_in_words,
    meanings_in_words,
    other_readings_in_words,
    quotients_in_words,
    row_cells,
    rows_in_words,
    table_lines,
    value_cell,
    values_in_words,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ...core.notation.forms import Notation
    from ...core.terms import Monomial, Terms
    from ...tables.answer import Facts
    from ...tables.cells import Words
    from ...tables.writers import Block
    from .model_in_letters import ModelInLetters
    from .reading import FormulaReading


class Check(Answer):
    """The answer of :func:`symparams.check`; ``print`` it for the whole answer.

    ``formula`` is the formula as it was read, ``rows`` has a row for each term of the formula or of the model.
    """

    def __init__(
        self,
        formula: Notation,
        model: ModelInLetters,
        reading: FormulaReading,
        others: list[FormulaReading],
        claimed: int | None,
        where: dict[str, Terms],
    ) -> None:
        self.notation, self.model, self.reading, self.others, self.claimed = formula, model, reading, others, claimed
        self.where = where  # the quotients that make it right

    @property
    def formula(self) -> str:
        """The formula as it was read, in its own letters."""
        return plain(without_marks(self.notation))

    @property
    def agrees(self) -> bool:
        """Whether the formula is the model's count: term by term, or in number where it has no letters."""
        return self.reading.fits or (self.value is not None and self.value == self.count and not self.letters)

    @cached_property
    def rows(self) -> list[TermRow]:
        """All terms, those of the model first."""
        yours, its = self.reading.yours, self.reading.its
        shares: dict[Monomial, list[TermShare]] = {}
        for owner in self.model.owners:
            for monomial, factor in self._in_sizes(owner.terms).items():
                shares.setdefault(monomial, []).append(TermShare(owner.path, owner.layer, factor))
        ordered = [monomial for monomial, _ in Polynomial({**its, **dict.fromkeys(yours.keys() - its.keys(), 1)}).ordered()]
        rows = [TermRow(self.shown(term), yours.get(term, 0), its.get(term, 0), tuple(shares.get(term, ()))) for term in ordered]
        return sorted(rows, key=lambda row: row.verdict == TOO_MUCH)

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
        return {name: self.meant(terms) for name, terms in given.items()}

    def meant(self, terms: Terms) -> str | None:
        """The meaning of a letter, whose ``terms`` are in the model's letters."""
        known = all(name in self.model.letters for monomial in terms for name, _ in monomial)
        return plain(terms_notation(terms)) if known else None

    @cached_property
    def names(self) -> dict[str, Notation]:
        """The notation of the model's letters: the formula's letters, its numbers, or else their own names."""
        given = self.reading.letters
        found: dict[str, Notation] = {f"{name}{MARK}": Letter(name) for name in given}
        for name in self.model.letters:
            same = [given_name for given_name, terms in given.items() if terms == letter_terms(name)]
            letters = [given_name for given_name in same if not is_size_mark(given_name)]
            if letters:
                found[name] = Letter(letters[0])
            elif same and not letters:
                found[name] = Number(self.model.values[name])
            elif name in given:  # the formula uses this name for another letter
                found[name] = Letter(
                    next(free for k in range(1, 1000) if (free := f"{name}_{k}") not in {*given, *self.model.letters})
                )
        return found

    def shown(self, monomial: Monomial) -> Notation:
        """A monomial in the letters of the answer."""
        return product(power(self.names.get(name, Letter(name)), Number(exponent)) for name, exponent in monomial)

    def text(self, terms: Terms) -> str:
        """Terms in the letters of the answer."""
        return in_text(self._shown(terms))

    def _shown(self, terms: Terms) -> Expression:
        ordered = Polynomial(terms).ordered()
        return Expression(summed(product((Number(c), self.shown(monomial))) for monomial, c in ordered))

    # ------------------------------------------------------------ numbers
    @property
    def value(self) -> int | Fraction | None:
        """The number that the formula gives at the model's own sizes; None where letters remain."""
        return self._at(self.reading.yours)

    @property
    def count(self) -> int | Fraction | None:
        """The model's number of parameters; None where letters remain."""
        return self._at(self.reading.its)

    def _at(self, terms: Terms) -> int | Fraction | None:
        values = self.model.values
        if any(name not in values for monomial in terms for name, _ in monomial):
            return None
        return evaluated(Polynomial(terms), values)

    # ------------------------------------------------------------ as an answer
    @property
    def sentences(self) -> list[str]:
        """A sentence for each row that is not right, or a single one where a quotient for a letter, or a factor of all terms,
        makes the formula right."""
        return list(map(in_text, self._sentences))

    @property
    def _sentences(self) -> list[Words]:
        if self.where:
            return [quotients_in_words([(self._shown(letter_terms(name)), self._shown(size)) for name, size in self.where.items()])]
        if self.reading.factor is not None:
            return [factor_in_words(self.reading.factor, self._shown)]
        return rows_in_words(self.wrong)

    def explain(self) -> str:
        """The whole answer, for a person to read."""
        meant = [f"  {line}" for line in self._meanings]
        paragraphs: list[Sequence[str | Words]] = [
            [f"{self.formula}{self._verdict}"],
            meant,
            table_lines(self.rows),
            *self._paragraphs,
        ]
        return "\n\n".join("\n".join(map(in_text, lines)) for lines in paragraphs if lines)

    @property
    def _verdict(self) -> str:
        return check_verdict(self.model.title, self.reading.fits, self.agrees, self.rows)

    @property
    def _meanings(self) -> list[str]:
        return meanings_in_words(self.rows, self.letters, self.names, self.model)

    @property
    def _paragraphs(self) -> list[Sequence[str | Words]]:
        """The sentences below the table."""
        return [
            [] if self.agrees else self._sentences,
            [] if self.reading.fits else values_in_words(self.value, self.count),
            claim_in_words(self.claimed, self.value),
            other_readings_in_words([self._otherwise(other) for other in self.others], bool(self.others) and self.others[0].fits),
        ]

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
            "letters": self.letters,
            "rows": [term_facts(row) for row in self.rows],
            "sentences": self.sentences,
            "yours": number_fact(self.value),
            "count": number_fact(self.count),
        }

    def _otherwise(self, reading: FormulaReading) -> dict[str, str]:
        """The meanings of the letters in another reading, in words, where they differ."""
        mine, others = self.reading.letters, reading.letters
        different = {name: terms for name, terms in others.items() if not is_size_mark(name) and terms != mine.get(name)}
        return {name: meaning_in_words(self.meant(terms), self.model) for name, terms in different.items()}

    def __repr__(self) -> str:
        return f"<Check: {'right' if self.agrees else f'{len(self.wrong)} of {len(self.rows)} terms differ'}>"


def terms_notation(terms: Terms) -> Notation:
    """Terms in the model's own letters."""
    return summed(
        product([Number(c), *(power(Letter(name), Number(exponent)) for name, exponent in monomial)])
        for monomial, c in Polynomial(terms).ordered()
    )
