"""Steps run on arrays, each way only where the bounds prove that no value is beyond its integers."""

from __future__ import annotations

import operator

from .bounds import bounds_of, fit
from .kinds import WIDTHS, can_hold_objects, dtype_name, is_array, range_of, widened
from .steps import ADD, LARGER, MULTIPLY, NUMBER, POWER_OF_TWO, QUOTIENT, SMALLER, SUBTRACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from .bounds import Interval
    from .kinds import Array
    from .steps import Steps


class NotASizeError(Exception):
    """Some sizes are not sizes: those where ``mask`` is true."""

    def __init__(self, mask: Array) -> None:
        super().__init__()
        self.mask = mask


class TooLargeError(Exception):
    """Some value may be beyond the integers that the library of the arrays has."""


def run(steps: Steps, values: Sequence[Any]) -> Array:
    """The count at the values of the letters, each a whole number or an array, exactly, in integers of 64 bits where they suffice.

    Raises :class:`NotASizeError`, and :class:`TooLargeError` where only Python's integers would do and the arrays have none.
    """
    arrays = [value for value in values if is_array(value)]
    if any(0 in array.shape for array in arrays):
        return sum(widened(array) for array in arrays)
    bounds = bounds_of(steps, [range_of(*each) if is_array(each[0]) else (each[0], each[0]) for each in zip(values, steps.letters)])  # noqa: B905
    if all(map(can_hold_objects, arrays)) and not fit(bounds, 64):
        return at_once(steps, [value.astype(object) if is_array(value) else value for value in values], bounds)
    values = [widened(value) if is_array(value) else value for value in values]
    if not fit(bounds, min(WIDTHS[dtype_name(value)] for value in values if is_array(value))):
        raise TooLargeError
    return at_once(steps, values, bounds)


# ---------------------------------------------------------------- operators, on arrays of any library
def larger(one: Any, other: Any) -> Any:
    """The larger of two, without a difference that could be out of reach."""
    return one * (one >= other) + other * (other > one)


def smaller(one: Any, other: Any) -> Any:
    """The smaller of two."""
    return one * (one <= other) + other * (other < one)


def power_of_two(value: Any, _: Any) -> Any:
    """The least power of two that is not smaller."""
    power, largest = value * 0 + 1, int(value.max()) if is_array(value) else value
    for _doubling in range((largest - 1).bit_length()):
        power = power + power * (power < value)
    return power


OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    ADD: operator.add,
    SUBTRACT: operator.sub,
    MULTIPLY: operator.mul,
    QUOTIENT: operator.floordiv,
    LARGER: larger,
    SMALLER: smaller,
    POWER_OF_TWO: power_of_two,
}


def check(refused: Any) -> None:
    """Raises where a condition, of numbers or of arrays, is true."""
    if bool(refused.any()) if is_array(refused) else refused:
        raise NotASizeError(refused)


def at_once(steps: Steps, values: Sequence[Any], bounds: Sequence[Interval]) -> Array:
    """The count, step by step on whole arrays; arrays of unlike shapes are broadcast where they meet."""
    found = list(values)
    letters = len(found)
    for place, lowest in steps.least:
        if place < letters and bounds[place][0] < lowest:
            check(found[place] < lowest)
    for operation, one, other in steps.steps:
        if operation == NUMBER:
            found.append(one)
            continue
        if operation == QUOTIENT and bounds[other][0] <= 0 <= bounds[other][1]:
            check(found[other] == 0)
        found.append(OPERATORS[operation](found[one], found[other]))
    for place, lowest in steps.least:
        if place >= letters and bounds[place][0] < lowest:
            check(found[place] < lowest)
    for one, other in steps.equal:
        check(found[one] != found[other])
    return found[steps.answer]
