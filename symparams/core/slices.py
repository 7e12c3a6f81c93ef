"""Slices of an axis whose length is a letter: their length where it is certain at every size, and None where it is not."""

from __future__ import annotations

from .sizes import at_least, is_symbolic, rounded_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeGuard

    from .sizes import Dim


def certain_length(length: Dim, key: slice) -> Dim | None:
    """The length of a slice with a step of at least 1.

    >>> from symparams import symbols
    >>> d = symbols("d")
    >>> certain_length(2 * d, slice(d, None)), certain_length(2 * d, slice(None, -d)), certain_length(d, slice(2, None))
    (d, d, None)
    """
    step = 1 if key.step is None else key.step
    first, last = (end_of(length, end, default) for end, default in ((key.start, 0), (key.stop, length)))
    if type(step) is not int or step < 1 or first is None or last is None:
        return None
    if is_at_least(last, first):
        return rounded_up(last - first, step)
    return 0 if is_at_least(first, last) else None


def end_of(length: Dim, end: object, default: Dim) -> Dim | None:
    """The place of an end of a slice, counted from the beginning and not beyond the axis; None where it depends on the sizes."""
    if end is None:
        return default
    if not is_size(end):
        return None
    place = length + end if is_negative(end) else end
    if is_negative(place):
        return 0
    if not is_at_least(place, 0):
        return None
    return place if is_at_least(length, place) else length if is_at_least(place, length) else None


def is_inside(length: Dim, index: object) -> bool:
    """Whether an index is certainly one of an axis."""
    if not is_size(index):
        return False
    return is_at_least(length + index, 0) if is_negative(index) else is_at_least(index, 0) and is_at_least(length, index + 1)


def is_size(value: object) -> TypeGuard[Dim]:
    return type(value) is int or is_symbolic(value)


def is_negative(size: Dim) -> bool:
    """Whether a size is certainly below 0."""
    return size < 0 if isinstance(size, int) else bool(size.is_negative)


def is_at_least(one: Dim, other: Dim) -> bool:
    """Whether a size is certainly at least another; what is rounded down is at most what it is rounded from."""
    if isinstance(one, int) and isinstance(other, int):
        return one >= other
    if at_least(one, other) or (other == 1 and not isinstance(one, int) and bool(one.is_positive)):
        return True
    from .algebra import without_rounding_down

    least = without_rounding_down(one - other)  # type: ignore[arg-type]  # one of them has letters
    return bool(least.is_nonnegative)
