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
    from .rows import WeightRow


SIMPLEST, LARGEST = 4, 64  # the largest denominator and factor: a model is a few copies of another, or 3 gates instead of 4
TYPICAL = 100  # the number put in for each letter to estimate the size of a remainder
MOST_LEFT = 3  # of the tensors of a multiple in numbers, at most this fraction (1/3) may have another factor
SMALL = 20  # of a multiple, at most this fraction (1/20) of after may be in unchanged tensors


class LeftoverTensor(Frozen):
    """One tensor of a remainder: its path, and its share of the remainder."""

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
    """``after = factor*before + remainder``, with the factor that leaves the smallest one; ``left`` has the remainder's tensors."""

    factor: Number
    rest: Polynomial
    left: list[LeftoverTensor]

    def __hash__(self) -> int:
        return hash((self.factor, self.rest, *self.left))

    @property
    def remainder(self) -> Expr:
        """The count after less the multiple of the count before, a SymPy expression."""
        return self.rest.expression()

    def notation(self, before: str = "before") -> Notation:
        """The right side, with ``before`` as the name of the count before."""
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


def relation(before: Polynomial, after: Polynomial, rows: Iterable[WeightRow]) -> Relation:
    """The relation with the smallest remainder, found from the tensors of both sides.

    A candidate factor is one by which some tensor grew. A factor that explains too little is not reported: one whose remainder
    is mostly unchanged tensors (an unchanged embedding is not twice itself less the rest), or is more than half of the
    difference or of the count after. Nor is one whose remainder is not simpler than the difference: it has as many terms, or
    fractions.
    """
    rows = list(rows)
    difference = after - before
    plain = rough_size(difference)

    def is_good(factor: Number) -> bool:
        unchanged = sum(rough_size(row.before.polynomial) for row in rows if row.before == row.after)
        rest = after - before.scaled(factor)
        if rest.terms.keys() <= {ONE} and factor != 1:  # between numbers, a factor that few tensors have is a coincidence
            left = sum(row.after.polynomial != row.before.polynomial.scaled(factor) for row in rows)
            if left > max(1, len(rows) // MOST_LEFT):
                return False
        return (
            unchanged * SMALL <= rough_size(after)
            and 2 * rough_size(rest) <= min(plain, rough_size(after))
            and is_simpler(rest, difference)
        )

    def left_over(factor: Number) -> tuple[Number, int, Number, Number]:
        rest = after - before.scaled(factor)
        return rough_size(rest), len(rest.terms), factor.denominator, magnitude(factor - 1)

    best = min([1, *filter(is_good, tensor_factors(rows))], key=left_over)
    shares = ((row.path, row.after.polynomial - row.before.polynomial.scaled(best)) for row in rows)
    left = [LeftoverTensor(path=path, polynomial=share) for path, share in shares if share.terms]
    return Relation(factor=best, rest=after - before.scaled(best), left=left)


def is_simpler(rest: Polynomial, difference: Polynomial) -> bool:
    """Whether a remainder is easier to read than the difference: fewer terms, a lower degree or a plain number, and no fractions
    of its own."""
    fewer = len(rest.terms) < len(difference.terms) or rest.terms.keys() <= {ONE}
    fewer = fewer or (len(rest.terms) == len(difference.terms) and highest_degree(rest) < highest_degree(difference))
    return fewer and (has_whole_coefficients(rest) or not has_whole_coefficients(difference))


def highest_degree(polynomial: Polynomial) -> int:
    """The degree of a polynomial."""
    return max((degree(monomial) for monomial in polynomial.terms), default=0)


def has_whole_coefficients(polynomial: Polynomial) -> bool:
    """Whether all coefficients are whole numbers."""
    return all(coefficient.denominator == 1 for coefficient in polynomial.terms.values())


def tensor_factors(rows: list[WeightRow]) -> set[Number]:
    """The factors by which tensors grew, whole numbers and simple fractions."""
    found = {count_ratio(row.before.polynomial, row.after.polynomial) for row in rows}
    return {each for each in found if each is not None and each.denominator <= SIMPLEST and each.numerator <= LARGEST}


def count_ratio(before: Polynomial, after: Polynomial) -> Number | None:
    """The factor between two counts; None where one is not a multiple of the other."""
    if not before.terms or before.terms.keys() != after.terms.keys():
        return None
    ratios = {
        exact(new.numerator * old.denominator, new.denominator * old.numerator)
        for old, new in ((old, after.terms[monomial]) for monomial, old in before.terms.items())
    }
    found = ratios.pop()
    return found if not ratios and found > 0 else None


def rough_size(polynomial: Polynomial) -> Number:
    """A rough size of a count, with a typical number for each letter."""
    total: Number = 0
    for monomial, coefficient in polynomial.terms.items():
        power: int = TYPICAL ** max(degree(monomial), 0)
        total += magnitude(coefficient) * power
    return total
