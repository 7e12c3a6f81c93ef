"""Sizes as ranges, combined and written out."""

from __future__ import annotations

from ..._startup.limits import DIGITS
from ...errors import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    Ranges: TypeAlias = tuple[range, ...]  # disjoint, in ascending order

SHORT = 100_000  # sizes that are sorted one by one
TOLD = 8
ROWS = 20  # rows of a table; ``ranges`` has the others


def disjoint_ranges(found: Sequence[range]) -> Ranges:
    """Disjoint ranges in ascending order; those of several progressions are merged where they are short."""
    if len(found) <= 1:
        return tuple(found)
    if sum((sizes[-1] - sizes[0]) // sizes.step + 1 for sizes in found) > SHORT:
        return tuple(sorted(found, key=lambda sizes: sizes[0]))
    return tuple(ranges_of_numbers(sorted(n for sizes in found for n in sizes)))


def ranges_of_numbers(numbers: Sequence[int]) -> Iterable[range]:
    """Ascending numbers as ranges, each with the step of its first two; a pair that does not continue becomes two ranges."""
    place = 0
    while place < len(numbers):
        end = place + 1
        if end < len(numbers):
            step = numbers[end] - numbers[place]
            while end + 1 < len(numbers) and numbers[end + 1] - numbers[end] == step:
                end += 1
            if end - place >= 2 or step == 1:
                yield range(numbers[place], numbers[end] + 1, step)
                place = end + 1
                continue
        yield range(numbers[place], numbers[place] + 1)
        place += 1


def ranges_text(ranges: Sequence[range]) -> str:
    """``3, 17 and 40 to 52``."""
    words = [range_text(sizes) for sizes in ranges[:TOLD]]
    if len(ranges) > TOLD:
        words.append(f"{len(ranges) - TOLD} more")
    return listed(words)


def range_text(sizes: range) -> str:
    """``40 to 52``, ``64, 128, ..., 512``."""
    first, last = sizes[0], sizes[-1]
    if first == last:
        return number_text(first)
    if sizes.step == 1:
        return f"{number_text(first)} to {number_text(last)}"
    if last <= first + 3 * sizes.step:
        return ", ".join(map(number_text, sizes))
    return f"{number_text(first)}, {number_text(first + sizes.step)}, ..., {number_text(last)}"


def number_text(number: int) -> str:
    """A number; of a very long one, which Python refuses to write out, its length."""
    if number.bit_length() < 3 * DIGITS:
        return str(number)
    digits = (abs(number).bit_length() - 1) * 30103 // 100000  # log10(2) from below
    while 10**digits <= abs(number):
        digits += 1
    return f"{'-' if number < 0 else ''}(a number of {digits} digits)"


def table_foot(more: int, key: str) -> list[dict[str, str]]:
    """The number of rows that a table leaves out, in the column ``key``."""
    return [{key: f"and {more:,} more"}] if more else []
