"""ConvNeXt (Liu et al., 2022): a convolutional network after the pattern of a vision transformer."""

from __future__ import annotations

from ..layer import layer_class
from ..model import Sequential
from .architecture import Architecture, pooled_without_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

EPSILON = 1e-6


def convnext(depths: tuple[int, ...], widths: tuple[int, ...]) -> Architecture:
    def body(draw: Drawing, x: Any, a: Options) -> Any:
        if a.include_preprocessing and a.input_shape[-1] == 3:
            mean, variance = [123.675, 116.28, 103.53], [58.395**2, 57.12**2, 57.375**2]
            x = draw.layer("Normalization", x, f"{a.name}_prestem_normalization", mean=mean, variance=variance)
        for stage, (depth, width) in enumerate(zip(depths, widths, strict=True)):
            x = narrowing(draw, stage, width, a.name)(x)
            for number in range(depth):
                x = x + block(draw, x, width, f"{a.name}_stage_{stage}_block_{number}")
        return x

    return Architecture(body=body, top=head, features=features)


def narrowing(draw: Drawing, stage: int, width: int, name: str) -> Sequential:
    """The stem, which is a convolution of 4 by 4, or a convolution of 2 by 2 after a normalization."""

    def conv(size: int, name: str) -> object:
        return layer_class(draw.version, "Conv2D")(width, size, strides=size, name=name)

    def norm(name: str) -> object:
        return layer_class(draw.version, "LayerNormalization")(epsilon=EPSILON, name=name)

    if stage == 0:
        return Sequential([conv(4, f"{name}_stem_conv"), norm(f"{name}_stem_layernorm")], name=f"{name}_stem")
    inside = [norm(f"{name}_downsampling_layernorm_{stage - 1}"), conv(2, f"{name}_downsampling_conv_{stage - 1}")]
    return Sequential(inside, name=f"{name}_downsampling_block_{stage - 1}")


def block(draw: Drawing, x: KerasTensor, width: int, name: str) -> KerasTensor:
    x = draw.conv(x, width, 7, f"{name}_depthwise_conv", bias=True, groups=width)
    x = draw.layer("LayerNormalization", x, f"{name}_layernorm", epsilon=EPSILON)
    x = draw.activation(draw.dense(x, 4 * width, f"{name}_pointwise_conv_1"), f"{name}_gelu", "gelu")
    x = draw.dense(x, width, f"{name}_pointwise_conv_2")
    x = draw.own_layer("LayerScale", x, f"{name}_layer_scale", init_values=1e-6, projection_dim=width)
    return draw.activation(x, f"{name}_identity", "linear")


def head(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
    x = draw.layer("LayerNormalization", draw.global_average(x, f"{a.name}_head_gap"), f"{a.name}_head_layernorm", epsilon=EPSILON)
    return draw.dense(x, a.classes, f"{a.name}_head_dense", a.classifier_activation)


def features(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
    return draw.layer("LayerNormalization", pooled_without_names(draw, x, a), epsilon=EPSILON)  # type: ignore[no-any-return]


MODELS = {
    "ConvNeXtTiny": convnext((3, 3, 9, 3), (96, 192, 384, 768)),
    "ConvNeXtSmall": convnext((3, 3, 27, 3), (96, 192, 384, 768)),
    "ConvNeXtBase": convnext((3, 3, 27, 3), (128, 256, 512, 1024)),
    "ConvNeXtLarge": convnext((3, 3, 27, 3), (192, 384, 768, 1536)),
    "ConvNeXtXLarge": convnext((3, 3, 27, 3), (256, 512, 1024, 2048)),
}
