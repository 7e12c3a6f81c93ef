"""How one count follows from another: ``after = 2*before - k``."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.notation import forms as notation
from ...core.notation.latex import typeset
from ...core.notation.text import plain
from ...core.polynomial import Polynomial
from ...core.terms import ONE, degree, exact, magnitude
from ...tables.answer import Answer, Table
from ...tables.cells import Count, Typeset, in_text, words
from ...tables.facts import number_or_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...core.algebra import Expr
    from ...core.notation.forms import Notation
    from ...core.terms import Number
    from ...tables.answer import Facts
    from ...tables.cells import Words
    from ...tables.writers import Block
    from .rows import Row


SIMPLEST, LARGEST = 4, 64  # no factor like 101/301: a model is a few copies of another, or a few gates of four
TYPICAL = 100  # what a letter is taken for where the size of a remainder is asked
SMALL = 20  # a multiple leaves no more than such a part of after in tensors that are what they were


class Left(Frozen):
    """One tensor of what a multiple leaves over: its path, and how much of the remainder it is."""

    path: str
    polynomial: Polynomial

    @property
    def amount(self) -> Expr:
        """Its share of the remainder, a SymPy expression."""
        return self.polynomial.expression()

    def __str__(self) -> str:
        from ...core.notation.text import plain

        return f"{plain(notation.expanded(self.polynomial))} in {self.path}"

    __repr__ = __str__


class Relation(Frozen, Answer):
    """``after = factor*before + remainder``, with the factor that leaves least over; ``left`` has the remainder's tensors."""

    factor: Number
    rest: Polynomial
    left: list[Left]

    @property
    def remainder(self) -> Expr:
        """What the multiple of ``before`` leaves over, a SymPy expression."""
        return self.rest.expression()

    def notation(self, before: str = "before") -> Notation:
        """The right side, with that name for what it was before."""
        multiple = notation.product((notation.Number(self.factor), notation.Letter(before)))
        return notation.summed((multiple, notation.expanded(self.rest)))

    def facts(self) -> Facts:
        """The relation, and the tensors of its remainder."""
        left = [{"tensor": each.path, "amount": number_or_text(each.polynomial)} for each in self.left]
        return {
            "relation": str(self),
            "factor": self.factor if isinstance(self.factor, int) else str(self.factor),
            "remainder": number_or_text(self.rest),
            "left": left,
        }

    def table(self) -> Table:
        """The tensors of the remainder, and the remainder."""
        rows = [{"tensor": each.path, "amount": Count(each.polynomial)} for each in self.left]
        return Table({"tensor": "Tensor", "amount": "Left over"}, rows, [{"tensor": "Remainder", "amount": Count(self.rest)}])

    def content(self) -> Sequence[Block]:
        """The relation, and the tensors of its remainder where there is a factor."""
        return [self._sentence, *([self.table()] if self.factor != 1 and self.left else [])]

    def explain(self) -> str:
        """The relation in one line."""
        return in_text(self._sentence)

    @property
    def _sentence(self) -> Words:
        return words(Typeset(f"after = {plain(self.notation())}", self._tex("commas")))

    def __repr__(self) -> str:
        return self.explain()

    def latex(self) -> str:  # type: ignore[override]  # a formula, not a table
        r"""The relation as LaTeX: ``P_{\text{after}} = 2 P_{\text{before}} - k``."""
        return self._tex("plain")

    def _tex(self, numbers: str) -> str:
        right = typeset(self.notation(), {"before": r"P_{\text{before}}"}, numbers)
        return rf"P_{{\text{{after}}}} = {right}"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.latex()}$"


def relation(before: Polynomial, after: Polynomial, rows: Iterable[Row]) -> Relation:
    """The relation that leaves least over, out of the tensors of both sides.

    A factor is one by which some tensor grew. It is none where it leaves over what did not change at all, or half as much as
    no factor would, or half of what is there: an embedding that stays what it was is no multiple of itself, less the rest.
    And it is none where what it leaves over is no simpler: a sum of as many terms, or of fractions.
    """
    rows = list(rows)
    difference = after - before
    plain = size_of(difference)

    def is_good(factor: Number) -> bool:
        unchanged = sum(size_of(row.before.polynomial) for row in rows if row.before == row.after)
        rest = after - before.scaled(factor)
        return (
            unchanged * SMALL <= size_of(after) and 2 * size_of(rest) <= min(plain, size_of(after)) and is_simpler(rest, difference)
        )

    def left_over(factor: Number) -> tuple[Number, int, Number, Number]:
        rest = after - before.scaled(factor)
        return size_of(rest), len(rest.terms), factor.denominator, magnitude(factor - 1)

    best = min([1, *filter(is_good, factors(rows))], key=left_over)
    shares = ((row.path, row.after.polynomial - row.before.polynomial.scaled(best)) for row in rows)
    left = [Left(path=path, polynomial=share) for path, share in shares if share.terms]
    return Relation(factor=best, rest=after - before.scaled(best), left=left)


def is_simpler(rest: Polynomial, difference: Polynomial) -> bool:
    """Whether a remainder is easier to read than the difference: fewer terms, a number at most, and no fractions of its own."""
    fewer = len(rest.terms) < len(difference.terms) or rest.terms.keys() <= {ONE}
    return fewer and (is_whole(rest) or not is_whole(difference))


def is_whole(polynomial: Polynomial) -> bool:
    return all(coefficient.denominator == 1 for coefficient in polynomial.terms.values())


def factors(rows: list[Row]) -> set[Number]:
    """The factors by which tensors grew, whole numbers and simple fractions."""
    found = {ratio(row.before.polynomial, row.after.polynomial) for row in rows}
    return {each for each in found if each is not None and each.denominator <= SIMPLEST and each.numerator <= LARGEST}


def ratio(before: Polynomial, after: Polynomial) -> Number | None:
    """The number by which one count is multiplied to be the other; None where there is none."""
    if not before.terms or before.terms.keys() != after.terms.keys():
        return None
    ratios = {
        exact(new.numerator * old.denominator, new.denominator * old.numerator)
        for old, new in ((old, after.terms[monomial]) for monomial, old in before.terms.items())
    }
    found = ratios.pop()
    return found if not ratios and found > 0 else None


def size_of(polynomial: Polynomial) -> Number:
    """How large a count is, roughly: with a typical number for each letter."""
    total: Number = 0
    for monomial, coefficient in polynomial.terms.items():
        power: int = TYPICAL ** max(degree(monomial), 0)
        total += magnitude(coefficient) * power
    return total
