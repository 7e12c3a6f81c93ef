"""What blocks are counted by: the ends of loops, and where comparisons with their indices turn."""

from __future__ import annotations

from .conditions import cycles, ends, place, shift_of
from .expressions import constant
from .functions import ceiled, floored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conditions import Comparison
    from .expressions import Expression
    from .loops import Loop
    from .path import Way


def ends_of(way: Way) -> list[Expression]:
    """Expressions that the numbers of blocks may be, shortest first: they follow from the code, where a fit would be a guess."""
    found: dict[Expression, None] = {}
    for index, loops in way.loops.items():
        turning = [comparison for comparison in way.outcomes if any(each.text == index for each in comparison.indices())]
        for loop in loops:
            found |= dict.fromkeys([loop.stop, loop.stop - loop.start, loop.start])
            for comparison in turning:
                found |= dict.fromkeys(parts_of(comparison, loop))
    return sorted((each for each in found if each.constant is None), key=lambda each: (len(str(each)), str(each)))


def parts_of(comparison: Comparison, loop: Loop) -> Iterator[Expression]:
    """How many turns of a loop are before and after a comparison turns, and those of one remainder, and the others."""
    for end in ends(comparison, loop):
        yield from (end, loop.stop - end, end - loop.start)
    spot = place(comparison, loop)
    if spot is not None:
        yield spot
    for cycle, rest in cycles(comparison, loop):
        first = rest - shift_of(comparison, loop)
        last = [each - constant(1) - first for each in (loop.stop, loop.start)]
        after = [each - first for each in (loop.stop, loop.start)]
        for many in (
            floored(last[0], cycle) - floored(last[1], cycle),
            ceiled(after[0], cycle) - ceiled(after[1], cycle),
        ):
            yield from (many, loop.stop - loop.start - many)
        yield from (cycle, first, cycle + first)
