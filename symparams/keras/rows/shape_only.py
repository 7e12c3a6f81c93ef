"""Layers without weights."""

from __future__ import annotations

from ...dims import volume
from ...errors import ShapeError
from ..row import Built, refuse, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...dims import OpenShape
    from ..layer import KerasLayer
    from ..shapes import Axes
    from ..signature import Arguments


def flattened(_: Arguments, x: Axes) -> OpenShape:
    return (x["batch"], volume(x.shape[1:]))


def no_input(layer: KerasLayer, _: OpenShape) -> Built:
    raise ShapeError(f"{layer.name} takes no input: it is one")


def check_rate(a: Arguments) -> None:
    if isinstance(a.rate, bool) or not isinstance(a.rate, int | float) or not 0 <= a.rate <= 1:
        raise refuse(a, "rate", "must be a number from 0 to 1")


row("Activation")
row("Dropout", check=check_rate)
row("Flatten", gives=flattened)
row("InputLayer", build=no_input)
