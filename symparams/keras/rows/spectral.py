"""The row of SpectralNormalization."""

from __future__ import annotations

from ...core.catalogue import entry
from ...errors import ShapeError
from ...layers.normalization import SpectralNormalization
from ..built import Buildable, Built
from ..conventions import KERAS
from ..row import is_layer, refusal, row, sizes_check
from .wrappers import wrapper_own_input

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.conventions import Tensor
    from ...core.sizes import OpenShape
    from ..signature import Arguments


KERNELS = ("kernel", "embeddings")


def check(a: Arguments) -> None:
    if not isinstance(a.layer, Buildable):
        raise refusal(a, "layer", "must be a layer such as Dense(8)")
    if not isinstance(a.power_iterations, float):
        sizes_check("power_iterations")(a)
    elif not a.power_iterations > 0:
        raise refusal(a, "power_iterations", "must be a number above 0")


def build(a: Arguments, shape: OpenShape) -> Built:
    """The layer inside and the vector, in Keras's order, which treats the kernel as the wrapper's own."""
    inside = a.layer._built(shape)
    kernel = kernel_of(a.layer)
    if kernel is None:
        raise ShapeError(f"{a['class_name']}: {a.layer.class_name} has neither a kernel nor embeddings to normalize")
    adapted = getattr(inside.core, "lora_rank", 0) != 0  # its kernel is then a sum, not a weight
    return Built(
        output=inside.output,
        width_because=inside.width_because,
        inner=(a.layer,),
        own=SpectralNormalization(units=kernel.shape[-1]),
        steps=a["version"] == "v3",
        leading="" if adapted else kernel.name,
    )


def kernel_of(layer: Buildable) -> Tensor | None:
    """The weight that Keras finds as ``layer.kernel`` or ``layer.embeddings``: the layer's own, not that of a layer inside it."""
    if not is_layer(layer):
        return None
    if layer.class_name == "SpectralNormalization":
        return kernel_of(layer.arguments.layer)
    if layer.row.states or layer._current.inner:  # recurrent layers, cells and wrappers do not expose a kernel
        return None
    own = (tensor for tensor in layer.weights if tensor.path.count("/") == 1 and tensor.name in KERNELS)
    return next(own, None)


row(
    "SpectralNormalization",
    entry=entry("keras.SpectralNormalization", SpectralNormalization, KERAS),
    check=check,
    build=build,
    own_input=wrapper_own_input,
)
