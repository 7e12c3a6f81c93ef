"""InputLayer, where a model begins."""

from __future__ import annotations

from ...errors import ArgumentError, ShapeError
from ..axes import open_shape
from ..built import Built
from ..row import row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import OpenShape
    from ..signature import Arguments


def given_shape(a: Arguments) -> OpenShape:
    """The shape of an InputLayer: ``shape`` (``input_shape`` in Keras 2) without the batch axis, or ``batch_shape`` with it."""
    name = "Input"  # which is how nearly everybody makes one
    plain = a.get("shape") if a.get("shape") is not None else a.get("input_shape")
    full = a.get("batch_shape") if a.get("batch_shape") is not None else a.get("batch_input_shape")
    batch = a.get("batch_size")
    if (plain is None) == (full is None):
        raise ArgumentError(
            f"{name} takes a shape without the batch axis, such as Input((64, 15)), or batch_shape with it, and not both"
        )
    if full is not None and batch is not None and a["version"] == "v3":
        raise ArgumentError(f"{name} takes batch_size beside a shape, or batch_shape, which has it already, and not both")
    shape = open_shape(full, f"{name}: batch_shape") if full is not None else (None, *open_shape(plain, f"{name}: shape"))
    return (*open_shape((batch,), f"{name}: batch_size"), *shape[1:]) if batch is not None else shape


def no_input(a: Arguments, _: OpenShape) -> Built:
    raise ShapeError(f"{a['class_name']} takes no input: it is one")


row("InputLayer", build=no_input, source=given_shape)
