"""PReLU."""

from __future__ import annotations

from ...core.catalogue import entry
from ...core.sizes import known
from ...errors import ShapeError, brief
from ...layers.activation import PReLU
from ..axes import shape_text
from ..conventions import KERAS
from ..row import refuse, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import Dim
    from ..axes import Axes
    from ..signature import Arguments


def check(a: Arguments) -> None:
    axes = a.shared_axes if isinstance(a.shared_axes, tuple | list) else (() if a.shared_axes is None else (a.shared_axes,))
    if not all(isinstance(axis, int) for axis in axes):
        raise refuse(a, "shared_axes", "must be whole numbers that name axes")
    a["shared_axes"] = tuple(axes)


def slopes(a: Arguments, x: Axes) -> tuple[Dim, ...]:
    """A slope for each place but the batch, one for all along the axes that share it."""
    rest = list(x.shape[1:])
    if not rest:
        raise ShapeError(f"PReLU takes a batch axis and one more, not {shape_text(x.shape)}")
    for axis in a.shared_axes:
        # Keras counts from 1, the batch being 0, and lets Python count from the end what is less: -1 is the last axis but one.
        if not -len(rest) <= axis - 1 < len(rest):
            raise ShapeError(f"PReLU: shared_axes: no axis {brief(axis)} in an input of shape {shape_text(x.shape)}")
        rest[axis - 1] = 1
    return tuple(known(size, f"PReLU: axis {place}") for place, size in enumerate(rest, 1))


row("PReLU", entry=entry("keras.PReLU", PReLU, KERAS), check=check, sizes=lambda a, x: {"shape": slopes(a, x)})
