"""One use of an operation: its tensors, arguments and axes."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.sizes import is_symbolic, same, shown
from ...errors import ShapeError
from ..plain_values import python_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeAlias

    from ...core.sizes import Dim, OpenShape

    Shapes: TypeAlias = OpenShape | list[OpenShape]

MISSING = object()


class Operand(Frozen):
    """A tensor among the arguments: its shape, and its values if it is the shape of another tensor or part of one."""

    shape: OpenShape
    holds: OpenShape | None = None


class Use:
    """One use of an operation: the shapes of its tensors, in order, and its arguments by position or by name."""

    def __init__(self, shapes: list[OpenShape], args: tuple[object, ...], named: dict[str, object]) -> None:
        self.shapes, self.args, self.named = shapes, args, named

    @property
    def first(self) -> OpenShape:
        return self.shapes[0]

    def operand(self, place: int, *names: str) -> OpenShape:
        """The shape of an argument, which is a tensor or a constant."""
        value = next((self.named[name] for name in names if name in self.named), None)
        value = self.args[place] if value is None and place < len(self.args) else value
        if isinstance(value, Operand):
            return value.shape
        if value is None:
            raise Unknown
        return constant_shape(value)

    def get(self, *names: str, place: int = 99, default: object = MISSING) -> Any:
        """An argument under any of its names, or at its position."""
        for name in names:
            if name in self.named:
                return python_value(self.named[name])
        if place < len(self.args):
            return python_value(self.args[place])
        if default is MISSING:
            raise Unknown
        return default


class Unknown(Exception):
    """Raised where the arguments of an operation do not determine its output shape."""


def constant_shape(value: object) -> OpenShape:
    """The shape of a constant: a list, an array, or a number, which has ()."""
    if hasattr(value, "shape") and not isinstance(value, Operand):
        return tuple(map(int, value.shape))
    value = python_value(value)
    shape: OpenShape = ()
    while isinstance(value, tuple) and value:
        shape, value = (*shape, len(value)), value[0]
    return shape if isinstance(value, int | float) else ()


def axis_indices(wanted: object, rank: int) -> list[int]:
    """The indices of axes, counted from the front."""
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    if not all(type(axis) is int and -rank <= axis < rank for axis in wanted):
        raise Unknown
    return [axis % rank for axis in wanted]


def broadcast_shapes(shapes: Sequence[OpenShape]) -> OpenShape:
    """Shapes broadcast by NumPy's rule; an axis that is unknown in one and not 1 in another has the size of the other."""
    result: list[Dim | None] = []
    for place in range(-max(map(len, shapes), default=0), 0):
        axes = [shape[place] for shape in shapes if len(shape) >= -place]
        wide = [axis for axis in axes if axis != 1 and axis is not None]
        if not all(same(axis, wide[0]) for axis in wide):
            raise ShapeError(f"shapes {' and '.join(map(shown, shapes))} cannot be broadcast together; make their axes equal or 1")
        result.append(wide[0] if wide else None if None in axes else 1)
    return tuple(result)


def sizes_in(value: object) -> OpenShape:
    """The shape in an argument; a computed axis is unknown, unless it is the size of another tensor."""
    if isinstance(value, Operand) and value.holds is not None:
        return value.holds
    if not isinstance(value, list | tuple):
        raise Unknown
    axes = tuple((axis.holds or (None,))[0] if isinstance(axis, Operand) else axis for axis in value)
    if not all(axis is None or isinstance(axis, int) or is_symbolic(axis) for axis in axes):
        raise Unknown
    return axes
