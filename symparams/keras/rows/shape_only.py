"""Layers without weights."""

from __future__ import annotations

from ...dims import volume
from ...errors import ShapeError
from ..table import Built, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...dims import OpenShape
    from ..layer import KerasLayer
    from ..shapes import Axes
    from ..signature import Arguments


def flattened(a: Arguments, x: Axes) -> OpenShape:
    return (x["batch"], volume(x.shape[1:]))


def no_input(layer: KerasLayer, shape: OpenShape) -> Built:
    raise ShapeError("an InputLayer takes no input: it is one")


row("Activation")
row("Dropout")
row("Flatten", gives=flattened)
row("InputLayer", build=no_input)
