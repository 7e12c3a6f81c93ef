"""The row of InputLayer, with which a model begins."""

from __future__ import annotations

from ...errors import ArgumentError, ShapeError
from ..axes import open_shape
from ..built import Built
from ..row import row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import OpenShape
    from ..signature import Arguments


def input_layer_shape(a: Arguments) -> OpenShape:
    """The shape of an InputLayer: ``shape`` (``input_shape`` in Keras 2) without the batch axis, or ``batch_shape`` with it."""
    name = "Input"  # the function that most models use
    plain = a.get("shape") if a.get("shape") is not None else a.get("input_shape")
    full = a.get("batch_shape") if a.get("batch_shape") is not None else a.get("batch_input_shape")
    batch = a.get("batch_size")
    if (plain is None) == (full is None):
        raise ArgumentError(f"{name} takes either a shape without the batch axis, such as Input((64, 15)), or batch_shape with it")
    if full is not None and batch is not None and a["version"] == "v3":
        raise ArgumentError(
            f"{name} takes batch_size only with shape, since batch_shape already contains it; leave one of them out"
        )
    shape = open_shape(full, f"{name}: batch_shape") if full is not None else (None, *open_shape(plain, f"{name}: shape"))
    return (*open_shape((batch,), f"{name}: batch_size"), *shape[1:]) if batch is not None else shape


def refuse_input(a: Arguments, _: OpenShape) -> Built:
    raise ShapeError(f"{a['class_name']} is an input itself and cannot be called; call the next layer on its output")


row("InputLayer", build=refuse_input, source=input_layer_shape)
