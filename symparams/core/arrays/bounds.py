"""The least and the largest value of each step, in exact arithmetic: the proof that integers of a fixed width suffice."""

from __future__ import annotations

from .steps import ADD, LARGER, MULTIPLY, NUMBER, POWER_OF_TWO, QUOTIENT, SMALLER, SUBTRACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from .steps import Steps

    Interval: TypeAlias = tuple[int, int]  # the least value and the largest

WIDEST = 64  # bits


def bounds_of(steps: Steps, letters: Sequence[Interval]) -> list[Interval]:
    """The interval of each letter and of each step."""
    found = list(letters)
    for operation, one, other in steps.steps:
        found.append((one, one) if operation == NUMBER else INTERVALS[operation](found[one], found[other]))
    return found


def fit(bounds: Sequence[Interval], bits: int) -> bool:
    """Whether all values fit into signed integers of a width."""
    limit = 1 << (bits - 1)
    return all(-limit <= low and high < limit for low, high in bounds)


def sum_of(one: Interval, other: Interval) -> Interval:
    return one[0] + other[0], one[1] + other[1]


def difference_of(one: Interval, other: Interval) -> Interval:
    return one[0] - other[1], one[1] - other[0]


def product_of(one: Interval, other: Interval) -> Interval:
    if one[0] >= 0 and other[0] >= 0:
        return one[0] * other[0], one[1] * other[1]
    products = [a * b for a in one for b in other]
    return min(products), max(products)


def quotient_of(one: Interval, other: Interval) -> Interval:
    """The quotients, rounded down; where the divisor may be 0, those by other divisors."""
    if other[0] > 0 or other[1] < 0:
        quotients = [a // b for a in one for b in other]
        return min(quotients), max(quotients)
    largest = max(abs(one[0]), abs(one[1])) + 1
    return -largest, largest


def larger_of(one: Interval, other: Interval) -> Interval:
    return max(one[0], other[0]), max(one[1], other[1])


def smaller_of(one: Interval, other: Interval) -> Interval:
    return min(one[0], other[0]), min(one[1], other[1])


def power_of_two_of(one: Interval, _other: Interval) -> Interval:
    return 1, 1 << max(one[1] - 1, 0).bit_length()


INTERVALS: Mapping[str, Callable[[Interval, Interval], Interval]] = {
    ADD: sum_of,
    SUBTRACT: difference_of,
    MULTIPLY: product_of,
    QUOTIENT: quotient_of,
    LARGER: larger_of,
    SMALLER: smaller_of,
    POWER_OF_TWO: power_of_two_of,
}
