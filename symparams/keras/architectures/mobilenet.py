"""MobileNet (Howard et al., 2017): a depthwise and a pointwise convolution in each block."""

from __future__ import annotations

from .architecture import Architecture, pooled_without_names
from .input_shapes import input_shape_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

BLOCKS = ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1))  # filters and strides


def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
    x = draw.conv(x, int(32 * a.alpha), 3, "conv1", strides=2)
    x = draw.relu6(draw.norm(x, "conv1_bn"), "conv1_relu")
    for number, (filters, strides) in enumerate(BLOCKS, 1):
        if strides == 2:
            x = draw.pad(x, ((0, 1), (0, 1)), f"conv_pad_{number}")
        x = draw.depthwise(x, 3, f"conv_dw_{number}", strides=strides, padding="same" if strides == 1 else "valid", depth_multiplier=a.depth_multiplier)  # fmt: skip
        x = draw.relu6(draw.norm(x, f"conv_dw_{number}_bn"), f"conv_dw_{number}_relu")
        x = draw.conv(x, int(filters * a.alpha), 1, f"conv_pw_{number}")
        x = draw.relu6(draw.norm(x, f"conv_pw_{number}_bn"), f"conv_pw_{number}_relu")
    return x


def top(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
    x = draw.layer("Dropout", draw.global_average(x, keepdims=True), "dropout", rate=a.dropout)
    x = draw.layer("Reshape", draw.conv(x, a.classes, 1, "conv_preds", bias=True), "reshape_2", target_shape=(a.classes,))
    return draw.activation(x, "predictions", a.classifier_activation)


def usual_sizes(*sizes: int) -> Any:
    """The shape, where square images of some sizes have weights of their own."""

    def shape(a: Options, size: int, least: int) -> tuple[Any, ...]:
        given = a.given["input_shape"]
        known = given is not None and given[0] == given[1] and given[0] in sizes
        return input_shape_of(a, given[0] if known else size, least)

    return shape


def titled(front: str) -> Any:
    """The name of the model, with its width and its size."""
    return lambda a: (
        a.name or f"{front}_{a.alpha:0.2f}_{224 if a.weights == 'imagenet' and a.input_shape[0] is None else a.input_shape[0]}"
    )


MODELS = {
    "MobileNet": Architecture(
        body=body, top=top, features=pooled_without_names, shape=usual_sizes(128, 160, 192, 224), title=titled("mobilenet")
    )
}
