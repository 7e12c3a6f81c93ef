"""Sizes as JSON."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...tables.answer import Facts
    from .ranges import Ranges

SHORT = 1_000  # sizes that JSON lists one by one


def range_facts(ranges: Ranges) -> list[Facts]:
    """Ranges with their first and last size, both included."""
    return [{"first": sizes[0], "last": sizes[-1], "step": sizes.step} for sizes in ranges]


def short_list(ranges: Ranges) -> list[int] | None:
    """The sizes one by one; None where there are many."""
    number = sum((sizes[-1] - sizes[0]) // sizes.step + 1 for sizes in ranges)  # may be too large for len
    return sorted(size for sizes in ranges for size in sizes) if number <= SHORT else None
