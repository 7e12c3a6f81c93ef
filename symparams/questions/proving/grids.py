"""The points at which a framework is asked: the grid that proves, and others that look for what the premise leaves open."""

from __future__ import annotations

from itertools import combinations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .domains import Point

FIRST = 2  # a size of 1 is a case of its own in many a framework; it is tried, but not in the grid
FURTHER = (1, 10, 20)


def axes(degrees: Sequence[int], apart: bool = True) -> list[range]:
    """For each letter one number more than its degree, and at least two.

    Where letters are kept apart, no number belongs to two of them: no two sizes coincide on the grid, and a letter is smaller than
    those behind it.
    """
    found, start = [], FIRST
    for degree in degrees:
        found.append(range(start, start + max(degree, 1) + 1))
        start = found[-1].stop if apart else FIRST
    return found


def lines(axes: Sequence[range]) -> Iterator[Point]:
    """Points where one letter alone leaves its first number, for numbers far from it."""
    base = tuple(axis[0] for axis in axes)
    for place in range(len(base)):
        yield from ((*base[:place], each, *base[place + 1 :]) for each in FURTHER)


def coincidences(axes: Sequence[range]) -> Iterator[Point]:
    """Points where two letters are the same number, or all of them."""
    base = tuple(axis[0] for axis in axes)
    for one, other in combinations(range(len(base)), 2):
        yield (*base[:other], base[one], *base[other + 1 :])
    yield from ((same,) * len(base) for same in (1, 4))
