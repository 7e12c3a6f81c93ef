"""The work that an expression asks for, estimated before it is done: ``(a + b + c + d)**64`` is short, and has 47,905 terms.

Everything that multiplies out, factors or rounds an expression asks here first, so that a short text cannot take hours.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb
from typing import NamedTuple

from .._startup.limits import DEGREE, DIGITS, NESTING_OF_A_SIZE, PARTS_OF_A_SIZE, TERMS_OF_A_SIZE
from ..errors import LimitError
from .algebra import Expr, number, view

BITS = DIGITS * 10 // 3


class Work(NamedTuple):
    """The most that an expression can have of each: terms and degree when it is multiplied out, bits of a coefficient, parts, levels."""

    terms: int = 1
    degree: int = 0
    bits: int = 1
    parts: int = 1
    levels: int = 1


def within_limits(size: Expr) -> Expr:
    """The expression. Raises :class:`LimitError` where it asks for more than the limits allow."""
    try:
        work = work_of(size)
    except RecursionError:
        work = Work(levels=NESTING_OF_A_SIZE + 1)
    if not beyond(work):
        return size
    what, most = next((what, most) for much, most, what in zip(work, MOST, WORDS, strict=True) if much > most)
    raise LimitError(f"a size is too large to be worked with: {what.format(most=most)}")


MOST = Work(TERMS_OF_A_SIZE, DEGREE, BITS, PARTS_OF_A_SIZE, NESTING_OF_A_SIZE)
WORDS = (
    "multiplied out, it may have at most {most} terms",
    "its degree may be at most {most}",
    f"its numbers may have at most {DIGITS} digits",
    "it may have at most {most} letters, numbers and operations",
    "its operations may be nested at most {most} levels deep",
)


@lru_cache(maxsize=1 << 14)
def work_of(size: Expr) -> Work:
    """The work of an expression, from that of its parts."""
    kind, operands = view(size, ordered=False)
    if kind == "symbol":
        return Work(degree=1)
    if kind == "number":
        above, below = operands
        return Work(bits=max(above.bit_length(), below.bit_length()))
    inside = [work_of(each) for each in operands if isinstance(each, Expr)]
    parts, levels = 1 + sum(each.parts for each in inside), 1 + max((each.levels for each in inside), default=0)
    if kind == "add":
        bits = max(each.bits for each in inside) + len(inside).bit_length()
        return Work(capped(sum(each.terms for each in inside)), max(each.degree for each in inside), bits, capped(parts), levels)
    if kind == "mul":
        return Work(
            product_of_terms(inside), sum(each.degree for each in inside), sum(each.bits for each in inside), capped(parts), levels
        )
    power = number(operands[1]) if kind == "pow" else None
    if power is not None:
        base, times = inside[0], abs(power)
        terms = power_terms(base.terms, times) if power > 0 else 1
        return Work(terms, base.degree * times, (base.bits + base.terms.bit_length()) * times, capped(parts), levels)
    return next((each for each in inside if beyond(each)), Work(1, 1, 1, capped(parts), levels))  # floor(...) is one piece


def beyond(work: Work) -> bool:
    """Whether a part is over a limit by itself."""
    terms, degree, bits, parts, levels = work  # one by one: every size of a count is asked
    return terms > TERMS_OF_A_SIZE or degree > DEGREE or bits > BITS or parts > PARTS_OF_A_SIZE or levels > NESTING_OF_A_SIZE


def product_of_terms(factors: list[Work]) -> int:
    """The terms of a product."""
    terms = 1
    for each in factors:
        terms = capped(terms * each.terms)
    return terms


def power_terms(terms: int, power: int) -> int:
    """The terms of a power: the ways to choose that many of the terms."""
    if terms == 1 or power == 0:
        return 1
    return TERMS_OF_A_SIZE + 1 if min(power, terms) > 20 and max(power, terms) > 40 else capped(comb(terms + power - 1, power))


def capped(number: int) -> int:
    """A number, or one beyond every limit where it is larger: numbers of many digits take time themselves."""
    return min(number, 10**6)
