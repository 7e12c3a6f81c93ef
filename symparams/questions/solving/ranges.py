"""Sizes as ranges: gathered, and written out."""

from __future__ import annotations

from ...errors import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    Ranges: TypeAlias = tuple[range, ...]  # disjoint, in ascending order

SHORT = 100_000  # sizes that are sorted one by one
LONGEST_NUMBER = 4_000  # digits; Python writes out no more than 4,300
TOLD = 8
ROWS = 20  # of a table; more of them are a matter for ``ranges``


def gathered(found: Sequence[range]) -> Ranges:
    """Disjoint ranges in ascending order; those of several progressions are merged where they are short."""
    if len(found) <= 1:
        return tuple(found)
    if sum((each[-1] - each[0]) // each.step + 1 for each in found) > SHORT:
        return tuple(sorted(found, key=lambda each: each[0]))
    return tuple(runs(sorted(n for each in found for n in each)))


def runs(numbers: Sequence[int]) -> Iterable[range]:
    """Ascending numbers as ranges, each with the step of its first two; a pair that leads nowhere is two."""
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


def spelled(ranges: Sequence[range]) -> str:
    """``3, 17 and 40 to 52``."""
    words = [one_range(each) for each in ranges[:TOLD]]
    if len(ranges) > TOLD:
        words.append(f"{len(ranges) - TOLD} more")
    return listed(words)


def one_range(each: range) -> str:
    """``40 to 52``, ``64, 128, ..., 512``."""
    first, last = each[0], each[-1]
    if first == last:
        return shown(first)
    if each.step == 1:
        return f"{shown(first)} to {shown(last)}"
    if last <= first + 3 * each.step:
        return ", ".join(map(shown, each))
    return f"{shown(first)}, {shown(first + each.step)}, ..., {shown(last)}"


def shown(number: int) -> str:
    """A number; of a very long one, how long it is, for Python refuses to write it out."""
    if number.bit_length() < 3 * LONGEST_NUMBER:
        return str(number)
    digits = (abs(number).bit_length() - 1) * 30103 // 100000  # log10(2) from below
    while 10**digits <= abs(number):
        digits += 1
    return f"{'-' if number < 0 else ''}(a number of {digits} digits)"


def table_foot(more: int, key: str) -> list[dict[str, str]]:
    """How many rows a table leaves out, in the column ``key``."""
    return [{key: f"and {more:,} more"}] if more else []
