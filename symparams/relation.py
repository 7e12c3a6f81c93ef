"""How one count follows from another: ``after = 2*before - k``."""

from __future__ import annotations

from . import notation
from .frozen import Frozen
from .polynomial import ONE, Polynomial, exact, magnitude

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .algebra import Expr
    from .notation import Notation
    from .polynomial import Number


SIMPLEST, LARGEST = 4, 64  # no factor like 101/301: a model is a few copies of another, or a few gates of four


class Relation(Frozen):
    """``after = factor*before + remainder``, with the factor that leaves least over."""

    __slots__ = ("factor", "rest")
    factor: Number
    rest: Polynomial

    @property
    def remainder(self) -> Expr:
        """What the multiple of ``before`` leaves over, a SymPy expression."""
        return self.rest.expression()

    def notation(self, before: str = "before") -> Notation:
        """The right side, with that name for what it was before."""
        multiple = notation.product((notation.Number(self.factor), notation.Letter(before)))
        return notation.summed((multiple, notation.expanded(self.rest)))

    def __str__(self) -> str:
        from .printing.plain import plain

        return f"after = {plain(self.notation())}"

    __repr__ = __str__

    def latex(self) -> str:
        r"""The relation as LaTeX: ``P_{\text{after}} = 2 P_{\text{before}} - k``."""
        from .printing.tex import typeset

        right = typeset(self.notation(), {"before": r"P_{\text{before}}"})
        return rf"P_{{\text{{after}}}} = {right}"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.latex()}$"


def relation(before: Polynomial, after: Polynomial) -> Relation:
    """The relation with the fewest terms left over, then the smallest numbers, then the simplest factor."""

    def left_over(factor: Number) -> tuple[int, Number, Number, Number]:
        rest = after - before.scaled(factor)
        size: Number = sum(magnitude(coefficient) for coefficient in rest.terms.values())
        return len(rest.terms), size, factor.denominator, magnitude(factor - 1)

    best = min(factors(before, after), key=left_over)
    if 2 * len((after - before.scaled(best)).terms) > len((after - before).terms) + 1:
        best = 1  # a multiple that leaves nearly as much over explains nothing
    return Relation(factor=best, rest=after - before.scaled(best))


def factors(before: Polynomial, after: Polynomial) -> set[Number]:
    """The factors worth trying: whole numbers and simple fractions that make some term vanish.

    For plain numbers, the whole factors around the ratio.
    """
    found: set[Number] = {1}
    for monomial, old in before.terms.items():
        new = after.terms.get(monomial, 0)
        if before.terms.keys() | after.terms.keys() == {ONE}:
            found |= {whole for whole in (new // old, new // old + 1) if 0 < whole <= LARGEST}
            continue
        ratio = exact(new.numerator * old.denominator, new.denominator * old.numerator)
        if ratio > 0 and ratio.denominator <= SIMPLEST and ratio.numerator <= LARGEST:
            found.add(ratio)
    return found
