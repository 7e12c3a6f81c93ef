"""Shares of a count and decimals, as shown in a table."""

from __future__ import annotations

from fractions import Fraction

from ...core.notation.forms import Mul, Number, of_size
from ...core.notation.text import plain
from ...tables.cells import Expression, Told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.algebra import Expr


def limit_text(share: Expr) -> str:
    """``2/3``, ``1/(m + 1)``."""
    return plain(Mul((of_size(share),)))


def limit_cell(share: Expr) -> Told:
    """The limit of a share as a formula; for programs the nearest number, where no letter is left."""
    notation = of_size(share)
    return Told(float(notation.value) if isinstance(notation, Number) else limit_text(share), Expression(Mul((notation,))))


def percent_cell(share: Fraction) -> Told:
    """``74.8%``; a small share is never shown as 0.0%, nor a share below 1 as 100.0%."""
    if 0 < share < Fraction(1, 2000):
        return Told(float(share), "< 0.1%")
    if Fraction(1999, 2000) <= share < 1:
        return Told(float(share), "> 99.9%")
    return Told(float(share), f"{decimal_text(100 * share, 1)}%")


def decimal_text(number: Fraction, places: int = 2) -> str:
    """A fraction rounded to that many places, computed with whole numbers only."""
    scaled = round(abs(number) * 10**places)
    whole, rest = divmod(scaled, 10**places)
    return f"{'-' if number < 0 and scaled else ''}{whole}.{rest:0{places}}"
