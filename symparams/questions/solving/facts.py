"""What JSON says of sizes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...tables.answer import Facts
    from .ranges import Ranges

SHORT = 1_000  # sizes that JSON lists one by one


def range_facts(ranges: Ranges) -> list[Facts]:
    """Ranges with both ends."""
    return [{"first": each[0], "last": each[-1], "step": each.step} for each in ranges]


def listed_sizes(ranges: Ranges) -> list[int] | None:
    """The sizes one by one, None where they are many."""
    many = sum((each[-1] - each[0]) // each.step + 1 for each in ranges)  # too many for len
    return sorted(size for each in ranges for size in each) if many <= SHORT else None
