"""Layers that cannot be read, since they are programs: Lambda, layers of other frameworks, base classes for a user's layers.

Their code is never run. A Lambda with an output shape is accepted; layers that may have weights are refused.
"""

from __future__ import annotations

from ...errors import SettingError, ShapeError
from ..axes import open_shape
from ..graph import KerasTensor, tensors_in
from ..row import refusal, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..axes import Axes
    from ..built import Shapes
    from ..signature import Arguments


# ---------------------------------------------------------------- Lambda
def check_lambda(a: Arguments) -> None:
    """Refuses anything but a function, or its form in a saved model."""
    if not callable(a.function) and not isinstance(a.function, dict | list | tuple | str):
        raise refusal(a, "function", "must be a function")
    if a.output_shape is not None and not callable(a.output_shape) and not isinstance(a.output_shape, dict):
        declared_shape(a, a.output_shape)


def declared_shape(a: Arguments, shape: object) -> Any:
    """One shape, or the shapes of several outputs, each without the batch axis."""
    if isinstance(shape, list | tuple) and any(isinstance(each, list | tuple) for each in shape):
        return [declared_shape(a, each) for each in shape]
    return open_shape(shape, f"{a['class_name']}: output_shape")


def lambda_output_shape(a: Arguments, x: Axes) -> Shapes:
    """The output shape, taken from ``output_shape``, since the function is not run."""
    if a.output_shape is None and callable(a.function):
        return function_output_shape(a, x)
    if callable(a.output_shape):
        return tuple(a.output_shape(x.shape))
    if a.output_shape is None or isinstance(a.output_shape, dict):
        raise ShapeError(
            "Lambda: the output shape is unknown, since a function from a file is not run: give output_shape=(...), a tuple of sizes "
            "without the batch axis"
        )

    def with_batch(shape: Any) -> Shapes:
        return [with_batch(each) for each in shape] if isinstance(shape, list) else (x["batch"], *shape)

    return with_batch(declared_shape(a, a.output_shape))


def function_output_shape(a: Arguments, x: Axes) -> Shapes:
    """The output shape of a user's own function, which runs on a symbolic tensor as in Keras."""
    try:
        given = a.function(KerasTensor(x.shape), **(a.arguments or {}))
        shapes = [tensor.shape for tensor in tensors_in(given)]
        return shapes[0] if len(shapes) == 1 and isinstance(given, KerasTensor) else shapes
    except Exception as error:
        raise ShapeError(
            f"Lambda: its function cannot be run on shapes: {type(error).__name__}: {error}; write it with keras.ops and operators, or "
            "give output_shape=(...), a tuple of sizes without the batch axis"
        ) from error


row("Lambda", takes="batch ...", check=check_lambda, gives=lambda_output_shape, states=True)


# ---------------------------------------------------------------- layers with unknown weights
def refusing_check(what: str, way_out: str) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        name = a["class_name"]
        raise SettingError(f"{name} {what}: {way_out.format(name)}")

    return check


WRITTEN_OUT = "use equivalent Keras layers, or read the saved model with from_keras(..., extra={{{0!r}: reader}})"
OWN = (
    "write your layer as a Layer of symparams (see docs/how-to/add-a-layer.md), or read a saved model that contains it with "
    "from_keras(..., extra={{'MyLayer': reader}})"
)

for name, what in {
    "TorchModuleWrapper": "wraps a live PyTorch module; read the module with from_torch(module)",
    "JaxLayer": "wraps a function of JAX, whose parameters cannot be seen",
    "FlaxLayer": "wraps a module of Flax, whose variables cannot be seen",
    "TFSMLayer": "runs a SavedModel of TensorFlow, whose variables cannot be seen",
}.items():
    row(name, check=refusing_check(what, WRITTEN_OUT))
for name in ("Layer", "AbstractRNNCell"):
    row(name, check=refusing_check("is a base class for your own layers, whose Python code is not run", OWN))
