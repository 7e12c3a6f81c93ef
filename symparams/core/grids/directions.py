"""In which direction a count moves with each letter, proved from its steps: up, down, or not known."""

from __future__ import annotations

from ..arrays.bounds import bounds_of
from ..arrays.steps import ADD, LARGER, MULTIPLY, NUMBER, POWER_OF_TWO, QUOTIENT, SMALLER, SUBTRACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from ..arrays.bounds import Interval
    from ..arrays.steps import Steps

    Moves: TypeAlias = dict[int, int | None]  # by the place of a letter: 1 up, -1 down, 0 neither, None unknown

UP, DOWN, STILL = 1, -1, 0


def directions_of(steps: Steps, letters: Sequence[Interval]) -> list[int | None]:
    """How the count moves with each letter where the letters are in these intervals: 1 means that it never falls."""
    bounds = bounds_of(steps, letters)
    number = len(letters)
    moves: list[list[int | None]] = [[UP if place == letter else STILL for letter in range(number)] for place in range(number)]
    for place, (operation, one, other) in enumerate(steps.steps, number):
        if operation == NUMBER:
            moves.append([STILL] * number)
        else:
            intervals = bounds[one], bounds[other]
            moves.append([moved(operation, *each, *intervals) for each in zip(moves[one], moves[other], strict=True)])
        assert len(moves) == place + 1
    return moves[steps.answer]


def moved(operation: str, one: int | None, other: int | None, low: Interval, high: Interval) -> int | None:
    """How the result of an operation moves with a letter, where its operands move so and are in these intervals."""
    if operation in (ADD, LARGER, SMALLER):
        return together(one, other)
    if operation == SUBTRACT:
        return together(one, turned(other))
    if operation == MULTIPLY:
        return together(times_sign(one, high), times_sign(other, low))
    if operation == QUOTIENT:
        falls = turned(times_sign(other, low))
        return together(one, falls) if high[0] > 0 else None if (one, other) != (STILL, STILL) else STILL
    return one if operation == POWER_OF_TWO else None


def together(one: int | None, other: int | None) -> int | None:
    """The direction of a sum."""
    if one is None or other is None or one == -other != STILL:
        return None
    return one or other


def turned(one: int | None) -> int | None:
    return None if one is None else -one


def times_sign(one: int | None, factor: Interval) -> int | None:
    """The direction of a product with a factor that stays the same."""
    if one in (None, STILL) or factor[0] >= 0:
        return one
    return turned(one) if factor[1] <= 0 else None
