"""Rows that were seen on one side alone of a comparison that came out both ways: nothing is known of them on the other.

A second block may be there for large depths only, and all runs with another width may have had one block.
"""

from __future__ import annotations

from .conditions import holds_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from .conditions import Comparison
    from .evaluating import Point
    from .numbering import Numbers
    from .rows import Row

    Side: TypeAlias = tuple[tuple[Numbers, ...], Comparison, bool]  # which tensors, and how it came out wherever they were


def one_sided(rows: Sequence[Row], comparisons: Iterable[Comparison], points: Sequence[Point]) -> Iterator[Side]:
    """The numbers of rows, and a comparison, with the one side of it on which there were tensors with these numbers."""
    kinds = {row.numbers: [point for point in points if are_there(row.numbers, point)] for row in rows if row.numbers}
    for comparison in comparisons:
        for numbers, there in kinds.items():
            sides = {holds_at(comparison, point) for point in there} if len(there) < len(points) else set[bool | None]()
            if len(sides) == 1:
                side = sides.pop()
                if side is not None:
                    yield numbers, comparison, side


def are_there(numbers: Sequence[Numbers], point: Point) -> bool:
    """Whether there is a tensor with these numbers at a point."""
    try:
        return all(each.at(point) for each in numbers)
    except (ArithmeticError, KeyError):
        return False
