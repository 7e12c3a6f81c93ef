"""Polynomials in one whole number, exactly: where they are negative, zero or positive, and where they grow.

A polynomial is a tuple of its coefficients, lowest first. Real roots are not needed: on the whole numbers, p grows where
p(q + 1) - p(q) is positive, which is a polynomial of lower degree. So the signs of this difference are found first, p is
monotonic between its sign changes, and bisection does the rest. Numbers may be of any length.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, isqrt, lcm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from ...core.terms import Number

    Coefficients: TypeAlias = tuple[Number, ...]
    Whole: TypeAlias = tuple[int, ...]
    Run: TypeAlias = tuple[int, int | None, int]


UNIT = (1,)


# ---------------------------------------------------------------- arithmetic
def trimmed_polynomial(p: Sequence[Number]) -> Coefficients:
    """A polynomial without zeros at the end, so that the last coefficient is the leading one."""
    end = len(p)
    while end and not p[end - 1]:
        end -= 1
    return tuple(p[:end])


def polynomial_value(p: Coefficients, at: int) -> Number:
    """The exact value at a number."""
    total: Number = 0
    for coefficient in reversed(p):
        total = total * at + coefficient
    return total


def polynomial_sum(p: Coefficients, q: Coefficients) -> Coefficients:
    """The sum of two polynomials."""
    long, short = (p, q) if len(p) >= len(q) else (q, p)
    return trimmed_polynomial([*(a + b for a, b in zip(long, short, strict=False)), *long[len(short) :]])


def polynomial_multiple(p: Coefficients, factor: Number) -> Coefficients:
    """A multiple of a polynomial."""
    return trimmed_polynomial([factor * coefficient for coefficient in p])


def polynomial_product(p: Coefficients, q: Coefficients) -> Coefficients:
    """The product of two polynomials."""
    if UNIT in (p, q):
        return q if p == UNIT else p
    product: list[Number] = [0] * (len(p) + len(q) - 1 if p and q else 0)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            product[i + j] += a * b
    return trimmed_polynomial(product)


def polynomial_division(p: Coefficients, by: Coefficients) -> tuple[Coefficients, Coefficients]:
    """Quotient and remainder, exactly."""
    if by == UNIT:
        return trimmed_polynomial(p), ()
    rest = list(p)
    quotient: list[Number] = [0] * max(0, len(p) - len(by) + 1)
    for place in reversed(range(len(quotient))):
        factor = quotient[place] = Fraction(rest[place + len(by) - 1]) / by[-1]
        for offset, coefficient in enumerate(by):
            rest[place + offset] -= factor * coefficient
    return trimmed_polynomial(quotient), trimmed_polynomial(rest)


def polynomial_on_progression(p: Coefficients, step: int, start: int) -> Coefficients:
    """``p(step*q + start)`` as a polynomial in q."""
    if (step, start) == (1, 0):
        return p
    result: Coefficients = ()
    for coefficient in reversed(p):
        result = polynomial_sum(polynomial_product(result, (start, step)), (coefficient,))
    return result


def common_denominator(p: Coefficients) -> int:
    """The least number that makes all coefficients whole."""
    return lcm(*(coefficient.denominator for coefficient in p))


def whole_multiple(p: Coefficients) -> Whole:
    """A positive multiple with whole coefficients, which has the same sign everywhere."""
    if {*map(type, p)} <= {int}:
        return p  # type: ignore[return-value]
    scale = common_denominator(p)
    return tuple(int(coefficient * scale) for coefficient in p)


def forward_difference(p: Whole) -> Whole:
    """``p(q + 1) - p(q)``, the growth of p, divided by a common factor."""
    shifted = list(p)
    for start in range(len(p) - 1):
        for place in range(len(p) - 2, start - 1, -1):
            shifted[place] += shifted[place + 1]
    grown = [new - old for new, old in zip(shifted, p, strict=True)][:-1]
    content = gcd(*grown) or 1
    return tuple(coefficient // content for coefficient in grown)


# ---------------------------------------------------------------- signs
def sign_runs(p: Whole, first: int, last: int | None) -> list[Run]:
    """The runs of whole numbers from ``first`` to ``last`` (None for no end) on which p has one sign, in order."""
    runs: list[Run] = []
    for start, end, slope in slope_runs(p, first, last):
        for run in _signs_of_monotonic(p, start, end, slope):
            if runs and runs[-1][2] == run[2]:
                run = (runs.pop()[0], *run[1:])  # noqa: PLW2901
            runs.append(run)
    return runs


def not_negative_stretches(p: Whole, first: int, last: int | None) -> list[tuple[int, int | None]]:
    """The stretches on which p is 0 or more."""
    found: list[tuple[int, int | None]] = []
    for start, end, sign in sign_runs(p, first, last):
        if sign >= 0:
            joined = found and found[-1][1] == start - 1
            found.append((found.pop()[0] if joined else start, end))
    return found


def slope_runs(p: Whole, first: int, last: int | None) -> list[Run]:
    """The runs on which p grows (1), falls (-1) or stays (0) from each number to the next; the last run includes ``last``."""
    if last is not None and last <= first:
        return [(first, last, 0)] if last == first else []
    if len(p) <= 1:
        return [(first, last, 0)]
    if first >= 0 and all(coefficient >= 0 for coefficient in p[1:]):
        return [(first, last, 1)]
    runs = sign_runs(forward_difference(p), first, None if last is None else last - 1)
    start, _, slope = runs[-1]
    return [*runs[:-1], (start, last, slope)]


def _signs_of_monotonic(p: Whole, first: int, last: int | None, slope: int) -> list[Run]:
    if slope == 0:
        at = _whole_value(p, first)
        return [(first, last, (at > 0) - (at < 0))]
    if slope < 0:
        return [(start, end, -sign) for start, end, sign in _signs_of_monotonic(tuple(-c for c in p), first, last, 1)]
    zero = first_reaching(p, first, last)
    runs: list[Run] = [(first, zero - 1, -1)] if zero > first else []
    if last is not None and zero > last:
        return runs
    positive = zero
    if not _whole_value(p, zero):
        runs.append((zero, zero, 0))
        positive += 1
    if last is None or positive <= last:
        runs.append((positive, last, 1))
    return runs


def first_reaching(p: Whole, first: int, last: int | None) -> int:
    """The first number at which a growing polynomial is 0 or more; ``last + 1`` where it never is."""
    if len(p) == 3 and p[2] > 0:  # one square root instead of twenty evaluations
        return _limited(_first_of_parabola(p), first, last)
    if last is not None and _whole_value(p, last) < 0:
        return last + 1
    step = 1 << max(0, (p[0].bit_length() - p[-1].bit_length()) // (len(p) - 1)) if p[0] < 0 else 1
    low, high = first, first  # low - 1 is known to be negative
    downwards = p[::-1]
    while True:
        total = 0
        for coefficient in downwards:
            total = total * high + coefficient
        if total >= 0:
            break
        low, high, step = high + 1, high + step, 2 * step
        if last is not None and high > last:
            high = last
            break
    if high - low >> 64:
        low, high = narrowed_interval(p, low, high)
    while low < high:
        middle = (low + high) >> 1
        total = 0
        for coefficient in downwards:
            total = total * middle + coefficient
        if total >= 0:
            high = middle
        else:
            low = middle + 1
    return high


def _first_of_parabola(p: Whole) -> int:
    """The first whole number at or above the larger root; -1 without a root."""
    c, b, a = p
    under = b * b - 4 * a * c
    if under < 0:
        return -1
    root = (isqrt(under) - b) // (2 * a)
    return root if c + root * (b + a * root) >= 0 else root + 1


def _limited(number: int, first: int, last: int | None) -> int:
    """The number, limited to ``first`` below and to ``last + 1`` above."""
    return first if number < first else number if last is None or number <= last else last + 1


def narrowed_interval(p: Whole, low: int, high: int) -> tuple[int, int]:
    """A shorter interval around the first number at which p is not negative, found by Newton's method for very long numbers.

    Every step is checked before it is taken, and every round at least halves the interval.
    """
    slope_of = tuple(place * coefficient for place, coefficient in enumerate(p))[1:]
    while high - low >> 64:
        slope = _whole_value(slope_of, high)
        by = _whole_value(p, high) // slope if slope > 0 else 0
        for guess in (high - by, high - 2 * by - 1, (low + high) >> 1):
            if low <= guess < high:
                if _whole_value(p, guess) >= 0:
                    high = guess
                else:
                    low = guess + 1
    return low, high


def _whole_value(p: Whole, at: int) -> int:
    """The value of a polynomial with whole coefficients."""
    total = 0
    for coefficient in reversed(p):
        total = total * at + coefficient
    return total


def settled_sign(p: Coefficients) -> tuple[int, int]:
    """The number (at least 1) from which on p keeps one sign, and that sign."""
    if len(p) == 1:
        return 1, 1 if p[0] > 0 else -1
    first, _, sign = sign_runs(whole_multiple(p), 1, None)[-1]
    return first, sign
