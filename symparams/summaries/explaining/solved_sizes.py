"""The sizes that give a count, found exactly or not at all."""

from __future__ import annotations

from math import isqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGEST = 10**7  # the divisors of larger numbers are not searched


def solved_size(count: Callable[[int], int | None], total: int) -> int | None:
    """The size at which a count that is linear in it is ``total``; None where there is none.

    >>> solved_size(lambda m: 3 * (m * 16 + 16**2 + 16), 1536)
    15
    """
    first, second = count(1), count(2)
    if first is None or second is None or second <= first or (total - first) % (second - first):
        return None
    size = 1 + (total - first) // (second - first)
    return size if size >= 1 and count(size) == total else None


def solved_growing_size(count: Callable[[int], int | None], total: int) -> int | None:
    """The size at which a count that grows with it is ``total``; None where there is none.

    >>> solved_growing_size(lambda n: 3 * (15 * n + n**2 + n), 1536)
    16
    """
    low, high = 0, 1
    while (value := count(high)) is not None and value < total and high <= LARGEST:
        low, high = high, 2 * high
    while value is not None and high - low > 1:
        middle = (low + high) // 2
        value = count(middle)
        low, high = (middle, high) if value is not None and value < total else (low, middle)
    return high if count(high) == total else None


def windows_of_volume(volume: int, rank: int) -> Iterator[tuple[int, ...]]:
    """Every window with that number of positions, those with equal sides first.

    >>> list(windows_of_volume(9, 2))
    [(3, 3), (1, 9), (9, 1)]
    """
    found = {*window_sides(volume, rank)} if volume <= LARGEST else set()
    yield from sorted(found, key=lambda window: (len({*window}), max(window), window))


def window_sides(volume: int, rank: int) -> Iterator[tuple[int, ...]]:
    """The sides of every window with that number of positions."""
    if rank == 1:
        yield (volume,)
        return
    for side in divisors_in_order(volume):
        for rest in window_sides(volume // side, rank - 1):
            yield (side, *rest)


def divisors_in_order(number: int) -> list[int]:
    """All divisors, the small ones first."""
    small = [divisor for divisor in range(1, isqrt(number) + 1) if number % divisor == 0]
    return small + [number // divisor for divisor in reversed(small) if divisor * divisor != number]
