"""EfficientNet (Tan and Le, 2019): one network, whose widths and depths are multiplied together."""

from __future__ import annotations

from math import ceil

from .architecture import Architecture
from .drawing import channels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

# For each stage the kernel, how often its block is repeated, the filters, the expansion and the strides.
STAGES = (
    (3, 1, 16, 1, 1),
    (3, 2, 24, 6, 2),
    (5, 2, 40, 6, 2),
    (3, 3, 80, 6, 2),
    (5, 3, 112, 6, 1),
    (5, 4, 192, 6, 2),
    (3, 1, 320, 6, 1),
)


def multiple_of_8(width: float, most: float = 0.9) -> int:
    """The nearest multiple of 8; not below ``most`` of the width."""
    rounded = max(8, int(width + 4) // 8 * 8)
    return rounded + 8 if rounded < most * width else rounded


def normalized(draw: Drawing, x: KerasTensor, name: str, activation: str | None = None) -> KerasTensor:
    return draw.activation(draw.norm(x, f"{name}bn"), f"{name}{activation or 'activation'}", "swish")


def efficientnet(width: float, depth: float, size: int, dropout: float = 0.2) -> Architecture:
    def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
        x = draw.layer("Normalization", draw.layer("Rescaling", x, scale=1 / 255), axis=-1)
        if a.weights == "imagenet":
            x = draw.layer("Rescaling", x, scale=[0.229**-0.5, 0.224**-0.5, 0.225**-0.5])
        x = draw.conv(draw.pad_for(x, 3, "stem_conv_pad"), multiple_of_8(32 * width), 3, "stem_conv", strides=2, padding="valid")
        x = normalized(draw, x, "stem_")
        first = True
        for stage, (kernel, repeats, filters, expansion, strides) in enumerate(STAGES, 1):
            for repeat in range(ceil(depth * repeats)):
                name = f"block{stage}{chr(ord('a') + repeat)}_"
                x = block(
                    draw, x, kernel, multiple_of_8(filters * width), expansion, 1 if repeat else strides, name, drops=not first
                )
                first = False
        return normalized(draw, draw.conv(x, multiple_of_8(1280 * width), 1, "top_conv"), "top_")

    return Architecture(body=body, top=lambda draw, x, a: with_dropout(draw, x, a, dropout), size=size)


def with_dropout(draw: Drawing, x: KerasTensor, a: Options, rate: float) -> KerasTensor:
    x = draw.layer("Dropout", draw.global_average(x, "avg_pool"), "top_dropout", rate=rate)
    return draw.dense(x, a.classes, "predictions", a.classifier_activation)


def block(
    draw: Drawing, x: KerasTensor, kernel: int, filters: int, expansion: int, strides: int, name: str, *, drops: bool
) -> KerasTensor:
    before, given = x, channels(x)
    if expansion != 1:
        x = normalized(draw, draw.conv(x, given * expansion, 1, f"{name}expand_conv"), f"{name}expand_")
    if strides == 2:
        x = draw.pad_for(x, kernel, f"{name}dwconv_pad")
    x = draw.depthwise(x, kernel, f"{name}dwconv", strides=strides, padding="valid" if strides == 2 else "same")
    x = squeezed(draw, normalized(draw, x, name), given // 4, name)
    x = draw.norm(draw.conv(x, filters, 1, f"{name}project_conv"), f"{name}project_bn")
    return added(draw, before, x, name, drops=drops) if strides == 1 and given == filters else x


def squeezed(draw: Drawing, x: KerasTensor, width: int, name: str) -> KerasTensor:
    """Each channel times a number that depends on the whole image."""
    factor = draw.layer(
        "Reshape", draw.global_average(x, f"{name}se_squeeze"), f"{name}se_reshape", target_shape=(1, 1, channels(x))
    )
    factor = draw.conv(factor, max(1, width), 1, f"{name}se_reduce", bias=True, activation="swish")
    factor = draw.conv(factor, channels(x), 1, f"{name}se_expand", bias=True, activation="sigmoid")
    return draw.layer("Multiply", [x, factor], f"{name}se_excite")  # type: ignore[no-any-return]


def added(draw: Drawing, before: KerasTensor, x: KerasTensor, name: str, *, drops: bool) -> KerasTensor:
    x = draw.layer("Dropout", x, f"{name}drop", rate=0.2, noise_shape=(None, 1, 1, 1)) if drops else x
    return draw.add([x, before], f"{name}add")


MODELS = {
    "EfficientNetB0": efficientnet(1.0, 1.0, 224),
    "EfficientNetB1": efficientnet(1.0, 1.1, 240),
    "EfficientNetB2": efficientnet(1.1, 1.2, 260, 0.3),
    "EfficientNetB3": efficientnet(1.2, 1.4, 300, 0.3),
    "EfficientNetB4": efficientnet(1.4, 1.8, 380, 0.4),
    "EfficientNetB5": efficientnet(1.6, 2.2, 456, 0.4),
    "EfficientNetB6": efficientnet(1.8, 2.6, 528, 0.5),
    "EfficientNetB7": efficientnet(2.0, 3.1, 600, 0.5),
}
