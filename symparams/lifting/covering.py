"""What runs drawn at random have not shown of a row, so that a run is made to show it.

A row may have been seen on one side alone of a comparison that came out both ways: a second block may be there for large depths
only, and all runs with another width may have had one block. Or there was more than one of every p-th block for p = 2 alone.
"""

from __future__ import annotations

from .conditions import holds_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from ..core.terms import Number
    from .conditions import Comparison
    from .evaluating import Point
    from .numbering import Numbers
    from .rows import Row

    Thin: TypeAlias = tuple[tuple[Numbers, ...], str, frozenset[Number]]  # which tensors, a letter, and the values it had
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


def thinly_seen(rows: Sequence[Row], points: Sequence[Point]) -> Iterator[Thin]:
    """The numbers of rows, and a letter of their rule that did not have two values where there were several tensors."""
    for numbers in dict.fromkeys(row.numbers for row in rows):
        at = [point for point in points if are_several(numbers, point)]
        for letter in sorted(set[str]().union(*(each.letters() for each in numbers))):
            values = frozenset(point[letter] for point in at if is_telling(point[letter]))
            if len(values) < 2:
                yield numbers, letter, values


def is_telling(value: Number) -> bool:
    """Whether a size is not one of those at which rules agree by chance: every first one is every one."""
    return value >= 2 or value.denominator > 1


def are_several(numbers: Sequence[Numbers], point: Point) -> bool:
    """Whether there are several tensors at a point in each list whose length a letter decides."""
    try:
        return all(len(each.at(point)) > 1 for each in numbers if each.letters())
    except (ArithmeticError, KeyError):
        return False


def are_there(numbers: Sequence[Numbers], point: Point) -> bool:
    """Whether there is a tensor with these numbers at a point."""
    try:
        return all(each.at(point) for each in numbers)
    except (ArithmeticError, KeyError):
        return False
