"""What lifting finds: rows, each a pattern of names with the rule for its numbers, its axes, its tie."""

from __future__ import annotations

from itertools import product

from ..core.frozen import Frozen
from .evaluating import Point
from .expressions import Expression
from .names import put_together
from .numbering import Numbers
from .writing import INDICES, text, tuple_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    Shape: TypeAlias = tuple[int, ...]
    Facts: TypeAlias = tuple[Shape, bool, str | None]  # shape, trainable, tied to


class Tie(Frozen):
    """The tensor that a row uses again: a pattern, and the numbers in it."""

    pattern: str
    numbers: tuple[Expression, ...]

    @property
    def name(self) -> str:
        return put_together(
            self.pattern, [number if number.constant is not None else f"{{{text(number)}}}" for number in self.numbers]
        )

    def at(self, point: Point) -> str:
        return put_together(self.pattern, [number.at(point) for number in self.numbers])


class Row(Frozen):
    """Tensors of one rule. ``numbers`` has the rule for each gap of ``pattern``; axes may have holes for them."""

    pattern: str
    numbers: tuple[Numbers, ...]
    axes: tuple[Expression, ...]
    trainable: bool
    tied_to: Tie | None
    order: int

    def at(self, point: Point) -> Iterator[tuple[str, Facts]]:
        """The tensors at a point."""
        for chosen in product(*(numbers.at(point) for numbers in self.numbers)):
            here = with_holes(point, chosen)
            shape = tuple(int(axis.at(here)) for axis in self.axes)
            tie = None if self.tied_to is None else self.tied_to.at(here)
            yield put_together(self.pattern, chosen), (shape, self.trainable, tie)

    @property
    def name(self) -> str:
        """``layers.{i}.weight``."""
        return put_together(self.pattern, [shown_number(numbers, place) for place, numbers in enumerate(self.numbers)])

    def letters(self) -> set[str]:
        axes = (axis.letters() for axis in self.axes)
        return set[str]().union(*axes, *(numbers.letters() for numbers in self.numbers))

    def __str__(self) -> str:
        return f"{self.name} {tuple_text(text(axis) for axis in self.axes)}"


def shown_number(numbers: Numbers, place: int) -> str:
    """A number in a name: a letter, or the number where there is one only."""
    return f"{{{INDICES[place]}}}" if numbers.only is None else str(numbers.only)


def with_holes(point: Point, numbers: Sequence[int]) -> Point:
    """A point with the numbers of holes; pieces in letters alone are computed there once."""
    if not numbers:
        return point
    here = Point(point)
    here.update({f"[{place}]": number for place, number in enumerate(numbers)})
    return here


def tensors_at(rows: Sequence[Row], point: Point) -> dict[str, Facts]:
    """All tensors at a point, by name."""
    plainly = Point(point)
    return dict(sorted((name, facts) for row in rows for name, facts in row.at(plainly)))
