"""The row of PReLU."""

from __future__ import annotations

from ...core.catalogue import entry
from ...core.sizes import known
from ...errors import ShapeError, brief
from ...layers.activation import PReLU
from ..axes import shape_text
from ..conventions import KERAS
from ..row import refusal, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import Dim
    from ..axes import Axes
    from ..signature import Arguments


def check(a: Arguments) -> None:
    axes = a.shared_axes if isinstance(a.shared_axes, tuple | list) else (() if a.shared_axes is None else (a.shared_axes,))
    if not all(isinstance(axis, int) for axis in axes):
        raise refusal(a, "shared_axes", "must be the numbers of axes")
    a["shared_axes"] = tuple(axes)


def slopes(a: Arguments, x: Axes) -> tuple[Dim, ...]:
    """The axes of the slopes: those of the input without the batch, 1 for each axis that shares its slopes."""
    rest = list(x.shape[1:])
    if not rest:
        raise ShapeError(f"PReLU takes a batch axis and at least one more, not an input of shape {shape_text(x.shape)}")
    for axis in a.shared_axes:
        # Keras uses axis - 1 as a Python index without the batch: 1 is the first axis after it, and -1 the last but one.
        if not -len(rest) <= axis - 1 < len(rest):
            raise ShapeError(f"PReLU: shared_axes: an input of shape {shape_text(x.shape)} has no axis {brief(axis)}")
        rest[axis - 1] = 1
    return tuple(known(size, f"PReLU: axis {place}") for place, size in enumerate(rest, 1))


row("PReLU", entry=entry("keras.PReLU", PReLU, KERAS), check=check, sizes=lambda a, x: {"shape": slopes(a, x)})
