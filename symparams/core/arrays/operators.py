"""The operators of steps, on numbers and on arrays of any library, and the refusal of what is not a size."""

from __future__ import annotations

import operator

from .kinds import is_array
from .steps import ADD, LARGER, MULTIPLY, POWER_OF_TWO, QUOTIENT, SMALLER, SUBTRACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from .kinds import Array


class NotASizeError(Exception):
    """Some sizes are not sizes: those where ``mask`` is true."""

    def __init__(self, mask: Array) -> None:
        super().__init__()
        self.mask = mask


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
