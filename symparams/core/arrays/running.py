"""Steps run on arrays, each way only where the bounds prove that no value is beyond its integers."""

from __future__ import annotations

from .bounds import bounds_of, fit
from .kinds import WIDTHS, can_hold_objects, dtype_name, is_array, range_of, widened
from .limbs import TwoLimbs, objects_of
from .operators import OPERATORS, check
from .steps import NUMBER, QUOTIENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .bounds import Interval
    from .kinds import Array
    from .steps import Steps


class TooLargeError(Exception):
    """Some value may be beyond the integers that the library of the arrays has."""


def run(steps: Steps, values: Sequence[Any]) -> Array:
    """The count at the values of the letters, each a whole number or an array, exactly, in integers of 64 bits where they suffice.

    Raises :class:`NotASizeError`, and :class:`TooLargeError` where only Python's integers would do and the arrays have none.
    """
    arrays = [value for value in values if is_array(value)]
    if any(0 in array.shape for array in arrays):
        return sum(widened(array) for array in arrays)
    bounds = bounds_of(steps, ranges_of(steps, values))
    if all(map(can_hold_objects, arrays)) and not fit(bounds, 64):
        limbs = TwoLimbs(steps, bounds).run(values)
        if limbs is not None:
            return objects_of(*limbs)
        return at_once(steps, [value.astype(object) if is_array(value) else value for value in values], bounds)
    values = [widened(value) if is_array(value) else value for value in values]
    if not fit(bounds, min(WIDTHS[dtype_name(value)] for value in values if is_array(value))):
        raise TooLargeError
    return at_once(steps, values, bounds)


def ranges_of(steps: Steps, values: Sequence[Any]) -> list[Interval]:
    """The least and the largest size of each letter."""
    named = zip(values, steps.letters, strict=True)
    return [range_of(value, name) if is_array(value) else (value, value) for value, name in named]


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
