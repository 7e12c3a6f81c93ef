"""A network while it is drawn: each layer is made and called at once, with the name that Keras gives it."""

from __future__ import annotations

from ...core.sizes import rounded_up
from ..layer import layer_class
from ..names import automatic_name
from ..reading.applications import OWN
from ..reading.custom import CustomLayer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ...core.sizes import Dim
    from ..graph import KerasTensor
    from ..layer import KerasLayer


class Drawing:
    """The layers of one version; those without a name are numbered in the order in which they are made, as in a new session."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.numbers: dict[str, int] = {}

    def layer(self, class_name: str, x: object, name: str | None = None, **arguments: object) -> Any:
        """The output of a new layer."""
        return self.called(layer_class(self.version, class_name)(name=name, **arguments), name, x)

    def own_layer(self, class_name: str, x: object, name: str | None = None, **config: object) -> Any:
        """The output of a layer that ``keras.applications`` defines itself."""
        layer = CustomLayer(class_name, config, OWN[class_name][2], self.version, name or automatic_name(class_name))
        layer.named_by_user = layer.name_is_chosen = name is not None
        return self.called(layer, name, x)

    def called(self, layer: KerasLayer, name: str | None, x: object) -> Any:
        if name is None:
            number = self.numbers[layer.name] = self.numbers.get(layer.name, -1) + 1
            layer.name = f"{layer.name}_{number}" if number else layer.name
        return layer(x)

    # ------------------------------------------------------------ with weights
    def conv(
        self,
        x: KerasTensor,
        filters: Dim,
        kernel_size: int | tuple[int, int] = 1,
        name: str | None = None,
        *,
        strides: int = 1,
        padding: str = "same",
        bias: bool = False,
        **arguments: object,
    ) -> KerasTensor:
        return self.layer("Conv2D", x, name, filters=filters, kernel_size=kernel_size, strides=strides, padding=padding, use_bias=bias, **arguments)  # type: ignore[no-any-return]  # fmt: skip

    def depthwise(
        self, x: KerasTensor, kernel_size: int, name: str, *, strides: int = 1, padding: str = "same", **arguments: object
    ) -> KerasTensor:
        return self.layer("DepthwiseConv2D", x, name, kernel_size=kernel_size, strides=strides, padding=padding, use_bias=False, **arguments)  # type: ignore[no-any-return]  # fmt: skip

    def separable(
        self, x: KerasTensor, filters: int, kernel_size: int, name: str, *, strides: int = 1, padding: str = "same"
    ) -> KerasTensor:
        return self.layer("SeparableConv2D", x, name, filters=filters, kernel_size=kernel_size, strides=strides, padding=padding, use_bias=False)  # type: ignore[no-any-return]  # fmt: skip

    def dense(self, x: KerasTensor, units: Dim, name: str, activation: object = None) -> KerasTensor:
        return self.layer("Dense", x, name, units=units, activation=activation)  # type: ignore[no-any-return]

    def norm(self, x: KerasTensor, name: str | None = None, **arguments: object) -> KerasTensor:
        return self.layer("BatchNormalization", x, name, **arguments)  # type: ignore[no-any-return]

    # ------------------------------------------------------------ without weights
    def activation(self, x: KerasTensor, name: str | None = None, activation: object = "relu") -> KerasTensor:
        return self.layer("Activation", x, name, activation=activation)  # type: ignore[no-any-return]

    def relu6(self, x: KerasTensor, name: str | None = None) -> KerasTensor:
        return self.layer("ReLU", x, name, max_value=6.0)  # type: ignore[no-any-return]

    def pad(self, x: KerasTensor, padding: object, name: str | None = None) -> KerasTensor:
        return self.layer("ZeroPadding2D", x, name, padding=padding)  # type: ignore[no-any-return]

    def pad_for(self, x: KerasTensor, kernel_size: int, name: str | None = None) -> KerasTensor:
        """Pads so that a kernel with a stride of 2 gives half of the size, rounded up, for even and odd sizes alike."""
        half = kernel_size // 2
        return self.pad(x, tuple((half - 1 + odd(size), half) for size in x.shape[1:3]), name)

    def max_pool(self, x: KerasTensor, size: int, strides: int, name: str | None = None, padding: str = "valid") -> KerasTensor:
        return self.layer("MaxPooling2D", x, name, pool_size=size, strides=strides, padding=padding)  # type: ignore[no-any-return]

    def average_pool(self, x: KerasTensor, size: int, strides: int, name: str | None = None, padding: str = "valid") -> KerasTensor:
        return self.layer("AveragePooling2D", x, name, pool_size=size, strides=strides, padding=padding)  # type: ignore[no-any-return]

    def global_average(self, x: KerasTensor, name: str | None = None, keepdims: bool = False) -> KerasTensor:
        return self.layer("GlobalAveragePooling2D", x, name, keepdims=keepdims)  # type: ignore[no-any-return]

    def add(self, tensors: Sequence[KerasTensor], name: str | None = None) -> KerasTensor:
        return self.layer("Add", list(tensors), name)  # type: ignore[no-any-return]

    def concatenate(self, tensors: Sequence[KerasTensor], name: str | None = None) -> KerasTensor:
        return self.layer("Concatenate", list(tensors), name, axis=-1)  # type: ignore[no-any-return]


def odd(size: Dim | None) -> Dim:
    """1 for an odd size, 0 for an even or an unknown one."""
    if size is None:
        return 0
    return size % 2 if isinstance(size, int) else 2 * rounded_up(size, 2) - size


def channels(x: KerasTensor) -> int:
    """How many channels there are, which is a number behind the first convolution."""
    width = x.shape[-1]
    assert isinstance(width, int)
    return width
