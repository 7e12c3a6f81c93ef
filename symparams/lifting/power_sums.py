"""Sums over the numbers of blocks whose widths change from block to block: ``c + i*g`` over ``i``, ``c*2**i``."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from .expressions import PIECES, UNIT, ZERO, Expression, constant, divided, raised
from .functions import power

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .expressions import Piece
    from .numbering import Numbers


def summed(term: Expression, place: str, numbers: Numbers) -> Expression | None:
    """The sum of an expression with a hole over its numbers, closed; None where it has no closed form here."""
    whole = over(term, place, numbers)
    if numbers.missing is None or whole is None:
        return whole
    less = summed(term, place, numbers.missing)
    return None if less is None else whole - less


def over(term: Expression, place: str, numbers: Numbers) -> Expression | None:
    total = ZERO
    for monomial, coefficient in term.terms.items():
        own = [(name, exponent) for name, exponent in monomial if place in {each.text for each in deep(name)}]
        rest = Expression({tuple(factor for factor in monomial if factor not in own): coefficient})
        sums = over_product(own, place, numbers)
        if sums is None:
            return None
        total = total + rest * sums
    return total


def deep(name: str) -> list[Piece]:
    its = PIECES[name]
    return [its, *(each for argument in its.arguments for each in argument.everything())]


def is_hole(expression: Expression, place: str) -> bool:
    return expression.single is not None and expression.single.text == place


def over_product(factors: list[tuple[str, int]], place: str, numbers: Numbers) -> Expression | None:
    """The sum of ``i**k``, or of ``b**i``, over the numbers."""
    exponent, bases = 0, []
    for name, its in factors:
        if name == place and its > 0:
            exponent += its
        elif PIECES[name].function == "power" and is_hole(PIECES[name].arguments[1], place) and its > 0:
            bases.append(raised(PIECES[name].arguments[0], its))
        else:
            return None
    if bases:
        base = UNIT
        for each in bases:
            base = base * each
        return geometric(base, numbers) if not exponent and base.constant is not None else None
    total = ZERO  # (start + step*j)**exponent, multiplied out
    for k in range(exponent + 1):
        part = raised(numbers.start, exponent - k) * raised(numbers.step, k).scaled(comb(exponent, k))
        total = total + part * powers(k, numbers.count)
    return total


def powers(k: int, count: Expression) -> Expression:
    """The sum of ``j**k`` over ``j`` from 0 to ``count - 1``: with n**(k+1) = sum of comb(k+1, m)*S_m."""
    total = raised(count, k + 1)
    for m in range(k):
        total = total - powers(m, count).scaled(comb(k + 1, m))
    return total.scaled(Fraction(1, k + 1))


def geometric(base: Expression, numbers: Numbers) -> Expression | None:
    """The sum of ``base**(start + step*j)``."""
    step = numbers.step.constant
    if not isinstance(step, int) or base.constant is None:
        return None
    ratio = Fraction(base.constant) ** step
    if ratio == 1:
        return numbers.count
    grown = power(constant(ratio), numbers.count) - UNIT
    return divided(power(base, numbers.start) * grown, constant(ratio - 1))
