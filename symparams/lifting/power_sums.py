"""Sums over the numbers of blocks whose widths change from block to block: ``c + i*g`` over ``i``, ``c*2**i``."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from .expressions import PIECES, UNIT, ZERO, Expression, constant, divided, raised
from .functions import power

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..core.terms import Number
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


def over_product(factors: list[tuple[str, int]], place: str, numbers: Numbers) -> Expression | None:
    """The sum of ``i**k``, or of ``b**(r + s*i)``, over the numbers."""
    exponent = slope = 0
    rest, bases = ZERO, set()
    for name, its in factors:
        raised_to = PIECES[name].arguments[1] if PIECES[name].function == "power" else None
        line = None if raised_to is None else in_line(raised_to, place)
        base = None if line is None else PIECES[name].arguments[0].constant
        if name == place and its > 0:
            exponent += its
        elif line is None or base is None or its < 0:
            return None
        else:
            bases.add(base)
            rest, slope = rest + line[0].scaled(its), slope + line[1] * its
    if bases:
        return geometric(bases.pop(), rest, slope, numbers) if not exponent and len(bases) == 1 else None
    total = ZERO  # (start + step*j)**exponent, multiplied out
    for k in range(exponent + 1):
        part = raised(numbers.start, exponent - k) * raised(numbers.step, k).scaled(comb(exponent, k))
        total = total + part * powers(k, numbers.count)
    return total


def in_line(expression: Expression, place: str) -> tuple[Expression, int] | None:
    """The r and s of ``r + s*i``."""
    slope = expression.terms.get(((place, 1),), 0)
    rest = expression - Expression({((place, 1),): slope})
    return None if slope.denominator != 1 or place in {each.text for each in rest.everything()} else (rest, int(slope))


def powers(k: int, count: Expression) -> Expression:
    """The sum of ``j**k`` over ``j`` from 0 to ``count - 1``: with n**(k+1) = sum of comb(k+1, m)*S_m."""
    total = raised(count, k + 1)
    for m in range(k):
        total = total - powers(m, count).scaled(comb(k + 1, m))
    return total.scaled(Fraction(1, k + 1))


def geometric(base: Number, rest: Expression, slope: int, numbers: Numbers) -> Expression | None:
    """The sum of ``base**(rest + slope*(start + step*j))``; of one that falls, from its last, so that all powers are whole."""
    step = numbers.step.constant
    if not isinstance(step, int):
        return None
    ratio = Fraction(base) ** abs(slope * step)
    least = numbers.start if slope * step > 0 else numbers.start + numbers.step * (numbers.count - UNIT)
    first = power(constant(base), rest + least.scaled(slope))
    if ratio == 1:
        return first * numbers.count
    return first * divided(power(constant(ratio), numbers.count) - UNIT, constant(ratio - 1))
