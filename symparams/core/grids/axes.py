"""The sizes along one axis of a grid: a range of any length, or a list."""

from __future__ import annotations

from itertools import islice, pairwise
from math import gcd

from ..._startup.limits import SIZES_IN_A_RANGE, SIZES_ON_AN_AXIS
from ...errors import LimitError, SettingError, SizeError, brief
from ..number_texts import is_short_number, number_of_text
from ..sizes import size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Axis: TypeAlias = Sequence[int]  # a range or a tuple, in ascending order where questions are asked


def axis_of(values: object, letter: str, least: int) -> Axis:
    """The sizes that a user gives for a letter: a range, a list, an array, or one number."""
    if isinstance(values, range):
        if values:
            size(min(values[0], values[-1]), letter, least)
            if (values[-1] - values[0]) // values.step >= SIZES_IN_A_RANGE:  # len() has a limit of its own
                raise LimitError(f"{letter} takes a range of at most 10**18 sizes, not {brief(values)}")
        return values
    if isinstance(values, int) or is_short_number(values):
        return (one_size(values, letter, least),)
    if isinstance(values, str | bytes) or not hasattr(values, "__iter__"):
        raise SettingError(f"{letter} takes the sizes along its axis, such as range(1, 1025) or [64, 128], not {brief(values)}")
    listed = values.tolist() if hasattr(values, "tolist") else [*islice(values, SIZES_ON_AN_AXIS + 1)]
    if len(listed) > SIZES_ON_AN_AXIS:
        raise SettingError(f"{letter} takes a list of at most {SIZES_ON_AN_AXIS:,} sizes; a range may be longer")
    return tuple(one_size(value, letter, least) for value in listed)


def one_size(value: object, letter: str, least: int) -> int:
    """One size of a list."""
    found = size(number_of_text(value, letter) if is_short_number(value) else value, letter, least)
    if not isinstance(found, int):
        raise SizeError(f"{letter} must be a list of whole numbers; one of them is {brief(value)}")
    return found


def is_ascending(axis: Axis) -> bool:
    """Whether the sizes only grow along the axis."""
    return axis.step > 0 if isinstance(axis, range) else all(a < b for a, b in pairwise(axis))


def ascending(axis: Axis) -> Axis:
    """The same sizes from the smallest to the largest, each once."""
    if is_ascending(axis):
        return axis
    return axis[::-1] if isinstance(axis, range) else tuple(sorted(set(axis)))


def multiples_on(axis: Axis, divisor: int) -> Axis:
    """The sizes of an ascending axis that a number divides, for a range without going through it."""
    if not isinstance(axis, range):
        return tuple(each for each in axis if each % divisor == 0)
    common = gcd(axis.step, divisor)
    if not axis or axis.start % common:
        return range(0)
    step, modulus = axis.step // common, divisor // common
    skipped = -(axis.start // common) * pow(step, -1, modulus) % modulus if modulus > 1 else 0
    return axis[skipped::modulus]
