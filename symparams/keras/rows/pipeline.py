"""The row of Pipeline, a chain of layers as one layer."""

from __future__ import annotations

from ...errors import ShapeError
from ..built import Buildable, Built
from ..row import is_layer, refusal, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..signature import Arguments


def check(a: Arguments) -> None:
    if not isinstance(a.layers, tuple | list) or not a.layers or not all(isinstance(each, Buildable) for each in a.layers):
        raise refusal(a, "layers", "must be a list of layers, such as [Resizing(64, 64), RandomFlip()]")
    a["layers"] = list(a.layers)
    names: dict[str, int] = {}
    for place, layer in enumerate(a.layers):
        if any(layer is other for other in a.layers[:place]) or getattr(layer, "named_by_user", True):
            continue
        number = names[layer.name] = names.get(layer.name, -1) + 1
        if number:  # as Keras numbers automatic names
            layer.name += f"_{number}"


def build(a: Arguments, shape: Any) -> Built:
    because = ""
    for each in a.layers:
        reads_several = is_layer(each) and bool(each.row.reads)
        if isinstance(shape, list) is not reads_several:
            given = f"{len(shape)} tensors" if isinstance(shape, list) else "one tensor"
            raise ShapeError(f"{a['class_name']}: {each.name} cannot be called on {given}, the output of the layer before it")
        inside = each._built(shape)
        shape, because = inside.output, inside.width_because
    return Built(output=shape, inner=tuple(dict.fromkeys(a.layers)), width_because=because)


row("Pipeline", check=check, build=build, own_input=lambda a, taken: a.layers[0].own_input(taken))
