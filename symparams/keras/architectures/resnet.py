"""ResNet (He et al., 2015): bottlenecks beside shortcuts; and its second version (2016), which normalizes before each convolution."""

from __future__ import annotations

from .architecture import Architecture

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

WIDTHS = (64, 128, 256, 512)
EPSILON = 1.001e-5


def normalized(draw: Drawing, x: KerasTensor, name: str) -> KerasTensor:
    return draw.activation(draw.norm(x, f"{name}_bn", epsilon=EPSILON), f"{name}_relu")


def stem(draw: Drawing, x: KerasTensor, *, normalizes: bool) -> KerasTensor:
    x = draw.conv(draw.pad(x, 3, "conv1_pad"), 64, 7, "conv1_conv", strides=2, padding="valid", bias=True)
    x = normalized(draw, x, "conv1") if normalizes else x
    return draw.max_pool(draw.pad(x, 1, "pool1_pad"), 3, 2, "pool1_pool")


# ---------------------------------------------------------------- the first version
def resnet(*depths: int) -> Architecture:
    def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:  # noqa: ARG001
        x = stem(draw, x, normalizes=True)
        for stage, (width, depth) in enumerate(zip(WIDTHS, depths, strict=True), 2):
            for block in range(1, depth + 1):
                strides = 2 if block == 1 and stage > 2 else 1
                x = bottleneck(draw, x, width, strides, f"conv{stage}_block{block}", projects=block == 1)
        return x

    return Architecture(body=body)


def bottleneck(draw: Drawing, x: KerasTensor, width: int, strides: int, name: str, *, projects: bool) -> KerasTensor:
    shortcut = x
    if projects:
        shortcut = draw.conv(x, 4 * width, 1, f"{name}_0_conv", strides=strides, padding="valid", bias=True)
        shortcut = draw.norm(shortcut, f"{name}_0_bn", epsilon=EPSILON)
    x = draw.conv(x, width, 1, f"{name}_1_conv", strides=strides, padding="valid", bias=True)
    x = draw.conv(normalized(draw, x, f"{name}_1"), width, 3, f"{name}_2_conv", bias=True)
    x = draw.conv(normalized(draw, x, f"{name}_2"), 4 * width, 1, f"{name}_3_conv", padding="valid", bias=True)
    x = draw.norm(x, f"{name}_3_bn", epsilon=EPSILON)
    return draw.activation(draw.add([shortcut, x], f"{name}_add"), f"{name}_out")


# ---------------------------------------------------------------- the second version
def resnet_v2(*depths: int) -> Architecture:
    def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:  # noqa: ARG001
        x = stem(draw, x, normalizes=False)
        for stage, (width, depth) in enumerate(zip(WIDTHS, depths, strict=True), 2):
            for block in range(1, depth + 1):
                strides = 2 if block == depth and stage < 5 else 1
                x = bottleneck_v2(draw, x, width, strides, f"conv{stage}_block{block}", projects=block == 1)
        return normalized(draw, x, "post")

    return Architecture(body=body)


def bottleneck_v2(draw: Drawing, x: KerasTensor, width: int, strides: int, name: str, *, projects: bool) -> KerasTensor:
    before = normalized(draw, x, f"{name}_preact")
    if projects:
        shortcut = draw.conv(before, 4 * width, 1, f"{name}_0_conv", strides=strides, padding="valid", bias=True)
    else:
        shortcut = draw.max_pool(x, 1, strides) if strides > 1 else x
    x = draw.conv(before, width, 1, f"{name}_1_conv", padding="valid")
    x = draw.pad(normalized(draw, x, f"{name}_1"), 1, f"{name}_2_pad")
    x = draw.conv(x, width, 3, f"{name}_2_conv", strides=strides, padding="valid")
    x = draw.conv(normalized(draw, x, f"{name}_2"), 4 * width, 1, f"{name}_3_conv", padding="valid", bias=True)
    return draw.add([shortcut, x], f"{name}_out")


MODELS = {
    "ResNet50": resnet(3, 4, 6, 3),
    "ResNet101": resnet(3, 4, 23, 3),
    "ResNet152": resnet(3, 8, 36, 3),
    "ResNet50V2": resnet_v2(3, 4, 6, 3),
    "ResNet101V2": resnet_v2(3, 4, 23, 3),
    "ResNet152V2": resnet_v2(3, 8, 36, 3),
}
