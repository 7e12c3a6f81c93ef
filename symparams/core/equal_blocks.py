"""Equal blocks of a list, folded: ``a, 12 x (b, c), d``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, TypeVar

    T = TypeVar("T")

LONGEST_BLOCK = 100  # layers; longer blocks are not looked for


def folded(items: Sequence[T], key: Callable[[T], Any] = lambda item: item) -> Iterator[tuple[int, Sequence[T]]]:
    """The list as blocks: the number of repeats of each, and all of its items. A single item is a block that occurs once."""
    keys = [key(item) for item in items]
    start = 0
    while start < len(items):
        length, times = longest_repeat(keys, start)
        yield times, items[start : start + length * times]
        start += length * times


def widest_folded(items: Sequence[T], key: Callable[[T], Any] = lambda item: item) -> Iterator[tuple[int, Sequence[T]]]:
    """The same, where a block may begin later if it covers more: in ``a, a, b, a, b``, ``a`` is followed by twice ``a, b``."""
    keys = [key(item) for item in items]
    start = 0
    while start < len(items):
        best = start, *longest_repeat(keys, start)
        covered = start + best[1] * best[2] if best[2] > 1 else start
        for later in range(start + 1, covered):
            length, times = longest_repeat(keys, later)
            if times > 1 and length * times > best[1] * best[2]:
                best = later, length, times
        yield from ((1, [item]) for item in items[start : best[0]])
        end = best[0] + best[1] * best[2]
        yield best[2], items[best[0] : end]
        start = end


def longest_repeat(keys: list[Any], start: int) -> tuple[int, int]:
    """The repeated block at an index that covers most: its length, and how often it is repeated."""
    best = (1, 1)
    for length in range(1, min(LONGEST_BLOCK, (len(keys) - start) // 2) + 1):
        if keys[start + length] != keys[start]:
            continue
        times, block = 1, keys[start : start + length]
        while keys[start + times * length : start + (times + 1) * length] == block:
            times += 1
        if times > 1 and length * times > best[0] * best[1]:
            best = (length, times)
    return best


def folded_text(names: Sequence[str]) -> str:
    """The names, with equal blocks folded: ``Embedding, 12 x (LayerNormalization, Dense), Dense``."""
    parts = []
    for times, covered in folded(names):
        block = list(covered[: len(covered) // times])
        inside = folded_text(block) if times > 1 and len(block) > 1 else ", ".join(block)
        parts.append(inside if times == 1 else f"{times} x ({inside})" if len(block) > 1 else f"{times} x {inside}")
    return ", ".join(parts)


def some(names: Sequence[str], most: int = 4) -> str:
    """The names, or of many the first two and the last: ``h.0, h.1 ... h.11``."""
    return ", ".join(names) if len(names) <= most else f"{names[0]}, {names[1]} ... {names[-1]}"
