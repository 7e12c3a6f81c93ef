"""Shares of a count and decimals, written out."""

from __future__ import annotations

from fractions import Fraction

from ...core.notation import forms as notation
from ...core.notation.text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.algebra import Expr


def share_text(share: Expr) -> str:
    """``2/3``, ``1/(m + 1)``."""
    return plain(notation.Mul((notation.of_size(share),)))


def percent(share: Fraction) -> str:
    """``74.8%``; a little is never 0.0%, and not quite all never 100.0%."""
    if 0 < share < Fraction(1, 2000):
        return "< 0.1%"
    if Fraction(1999, 2000) <= share < 1:
        return "> 99.9%"
    return f"{decimal(100 * share, 1)}%"


def decimal(number: Fraction, places: int = 2) -> str:
    """A fraction rounded to so many places, by whole numbers alone."""
    scaled = round(abs(number) * 10**places)
    whole, rest = divmod(scaled, 10**places)
    return f"{'-' if number < 0 and scaled else ''}{whole}.{rest:0{places}}"
