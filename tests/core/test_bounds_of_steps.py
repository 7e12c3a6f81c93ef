"""The bounds of a step hold at every point, and are no wider than the points are: they prove that 64 bits suffice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from symparams.core.arrays.bounds import INTERVALS, fit
from symparams.core.arrays.steps import ADD, LARGER, MULTIPLY, POWER_OF_TWO, QUOTIENT, SMALLER, SUBTRACT

if TYPE_CHECKING:
    from collections.abc import Callable

    from symparams.core.arrays.bounds import Interval

ENDS = st.integers(-6, 9)
INTERVAL = st.tuples(ENDS, ENDS).map(lambda ends: (min(ends), max(ends)))
STEPS: dict[int, Callable[[int, int], int]] = {
    ADD: lambda a, b: a + b,
    SUBTRACT: lambda a, b: a - b,
    MULTIPLY: lambda a, b: a * b,
    LARGER: max,
    SMALLER: min,
}


def values(step: Callable[[int, int], int], one: Interval, other: Interval) -> list[int]:
    return [step(a, b) for a in range(one[0], one[1] + 1) for b in range(other[0], other[1] + 1)]


@given(INTERVAL, INTERVAL)
def test_bounds_are_the_least_and_the_largest_value(one: Interval, other: Interval) -> None:
    for kind, step in STEPS.items():
        found = values(step, one, other)
        assert INTERVALS[kind](one, other) == (min(found), max(found)), kind


@given(INTERVAL, INTERVAL)
def test_bounds_of_a_quotient_hold_for_every_divisor_but_0(one: Interval, other: Interval) -> None:
    divisors = [each for each in range(other[0], other[1] + 1) if each]
    found = [a // b for a in range(one[0], one[1] + 1) for b in divisors]
    low, high = INTERVALS[QUOTIENT](one, other)
    assert all(low <= each <= high for each in found)
    if found and (other[0] > 0 or other[1] < 0):
        assert (low, high) == (min(found), max(found))
    assert max(abs(low), abs(high)) <= max(map(abs, one)) + 1


@given(st.integers(-3, 70))
def test_bounds_of_a_power_of_two_reach_the_next_one(most: int) -> None:
    low, high = INTERVALS[POWER_OF_TWO]((min(1, most), most), (0, 0))
    assert low == 1
    assert high == next(1 << power for power in range(9) if 1 << power >= most)


@given(st.integers(1, 70), st.integers(-1, 1), st.booleans())
def test_what_fits_has_one_bit_for_the_sign(bits: int, beyond: int, negative: bool) -> None:
    end = -(1 << (bits - 1)) if negative else (1 << (bits - 1)) - 1
    bound = (end - beyond, 0) if negative else (0, end + beyond)
    assert fit([(0, 0), bound], bits) is (beyond <= 0)
