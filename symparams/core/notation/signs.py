"""Signs and fractions, for every printer of notation: whether a term is negative, and its denominator."""

from __future__ import annotations

from .forms import UNIT, Mul, Number, Pow, power, product

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .forms import Notation


def negated(term: Notation) -> Notation | None:
    """The term without its minus sign, or None when it has none."""
    if isinstance(term, Number) and term.value < 0:
        return Number(-term.value)
    if isinstance(term, Mul):
        first = term.factors[0]
        if isinstance(first, Number) and first.value < 0:
            return product((Number(-first.value), *term.factors[1:]))
    return None


def fraction(factors: Sequence[Notation]) -> tuple[list[Notation], list[Notation]]:
    """The factors above and below the bar."""
    above: list[Notation] = []
    below: list[Notation] = []
    for factor in factors:
        if isinstance(factor, Number) and factor.value.denominator != 1:
            above.extend([Number(factor.value.numerator)] if factor.value.numerator != 1 else [])
            below.append(Number(factor.value.denominator))
        elif isinstance(factor, Pow) and isinstance(factor.exponent, Number) and factor.exponent.value < 0:
            below.append(power(factor.base, Number(-factor.exponent.value)))
        else:
            above.append(factor)
    return above or [UNIT], below
