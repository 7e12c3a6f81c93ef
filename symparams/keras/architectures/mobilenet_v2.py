"""MobileNet v2 (Sandler et al., 2018): inverted residuals, wide inside and narrow between."""

from __future__ import annotations

from .architecture import Architecture, classifier, pooled_without_names
from .drawing import channels
from .mobilenet import titled, usual_sizes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

# For each stage its filters, how often its block is repeated, and the strides of the first one.
STAGES = ((16, 1, 1), (24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1))


def multiple_of_8(width: float) -> int:
    """The nearest multiple of 8 that is not more than a tenth smaller."""
    rounded = max(8, int(width + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * width else rounded


def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
    x = draw.conv(x, multiple_of_8(32 * a.alpha), 3, "Conv1", strides=2)
    x = draw.relu6(draw.norm(x, "bn_Conv1"), "Conv1_relu")
    number = 0
    for filters, repeats, strides in STAGES:
        for repeat in range(repeats):
            name = f"block_{number}_" if number else "expanded_conv_"
            width = multiple_of_8(int(filters * a.alpha))
            x = inverted_residual(draw, x, width, strides if repeat == 0 else 1, name, expands=number > 0)
            number += 1
    x = draw.conv(x, multiple_of_8(1280 * a.alpha) if a.alpha > 1 else 1280, 1, "Conv_1", padding="valid")
    return draw.relu6(draw.norm(x, "Conv_1_bn"), "out_relu")


def inverted_residual(draw: Drawing, x: KerasTensor, width: int, strides: int, name: str, *, expands: bool) -> KerasTensor:
    before = x
    if expands:
        x = draw.conv(x, 6 * channels(x), 1, f"{name}expand")
        x = draw.relu6(draw.norm(x, f"{name}expand_BN"), f"{name}expand_relu")
    if strides == 2:
        x = draw.pad_for(x, 3, f"{name}pad")
    x = draw.depthwise(x, 3, f"{name}depthwise", strides=strides, padding="same" if strides == 1 else "valid")
    x = draw.relu6(draw.norm(x, f"{name}depthwise_BN"), f"{name}depthwise_relu")
    x = draw.norm(draw.conv(x, width, 1, f"{name}project"), f"{name}project_BN")
    return draw.add([before, x], f"{name}add") if strides == 1 and before.shape[-1] == width else x


MODELS = {
    "MobileNetV2": Architecture(
        body=body,
        top=lambda draw, x, a: classifier(draw, x, a, pool=None),
        features=pooled_without_names,
        shape=usual_sizes(96, 128, 160, 192, 224),
        title=titled("mobilenetv2"),
    )
}
