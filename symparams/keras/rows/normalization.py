"""BatchNormalization, LayerNormalization."""

from __future__ import annotations

from ...catalogue import entry, when
from ...conventions import KERAS
from ...dims import known, shown
from ...errors import ShapeError
from ...layers.normalization import BatchNormalization, LayerNormalization
from ..row import refuse, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...dims import Dim
    from ..shapes import Axes
    from ..signature import Arguments

NO_SCALE = when("scale", False, "scale=False leaves gamma out", scales=0)
NO_SHIFT = when("center", False, "center=False leaves beta out", shifts=0)
RENORM = when(
    "renorm",
    True,
    "renorm=True keeps a moving standard deviation, and the mean and deviation it corrects towards",
    renorm_statistics=3,
)


def normalized(axis: Any, x: Axes) -> tuple[Dim, ...]:
    """The axes that an ``axis`` argument names, in the order of the input."""
    wanted = axis if isinstance(axis, tuple | list) else (axis,)
    rank = len(x.shape)
    places = []
    for each in wanted:
        if not isinstance(each, int) or isinstance(each, bool) or not -rank <= each < rank:
            raise ShapeError(f"{x.owner}: no axis {each!r} in an input of shape {shown(x.shape)}")
        places.append(each % rank)
    return tuple(known(x.shape[place], f"{x.owner}: axis {place}") for place in places)


def batch_axes(a: Arguments, x: Axes) -> tuple[Dim, ...]:
    """One axis; in Keras 2 perhaps several, with a 1 for each that they leave out."""
    if not isinstance(a.axis, tuple | list) or len(a.axis) == 1:
        return normalized(a.axis, x)
    if a["version"] == "v3" or not a.axis:
        raise refuse(a, "axis", "must be one axis")
    sizes = dict(zip((each % len(x.shape) for each in a.axis), normalized(a.axis, x), strict=True))
    return tuple(sizes.get(place, 1) for place in range(len(x.shape)))


row(
    "BatchNormalization",
    entry=entry("keras.BatchNormalization", BatchNormalization, KERAS, NO_SCALE, NO_SHIFT, RENORM),
    sizes=lambda a, x: {"channels": batch_axes(a, x)},
)
row(
    "LayerNormalization",
    entry=entry("keras.LayerNormalization", LayerNormalization, KERAS, NO_SCALE, NO_SHIFT),
    sizes=lambda a, x: {"shape": normalized(a.axis, x)},
)
