"""RegNet (Radosavovic et al., 2020): stages of bottlenecks whose convolutions have groups of one width; only Keras 2 has it.

The networks called Y weigh each channel by the whole image (Hu et al., 2018) inside each block, those called X do not.
"""

from __future__ import annotations

from .architecture import Architecture, pooled_without_names
from .drawing import channels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

STEM = 32  # the width of the first convolution
NORM = {"momentum": 0.9, "epsilon": 1e-5}


def regnet(kind: str, depths: tuple[int, ...], widths: tuple[int, ...], group_width: int) -> Architecture:
    def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
        name = a.model_name
        if a.include_preprocessing:
            x = draw.layer("Rescaling", x, f"{name}_prestem_rescaling", scale=1 / 255)
        x = draw.norm(draw.conv(x, STEM, 3, f"{name}_stem_conv", strides=2), f"{name}_stem_bn", **NORM)
        x = draw.layer("ReLU", x, f"{name}_stem_relu")
        for stage, (depth, width) in enumerate(zip(depths, widths, strict=True)):
            for number in range(depth):
                x = block(
                    draw,
                    x,
                    width,
                    group_width,
                    f"{name}_Stage_{stage}_{kind}Block_{number}",
                    weighs=kind == "Y",
                    narrows=not number,
                )
        return x

    return Architecture(body=body, top=head, features=pooled_without_names, title=lambda a: str(a.model_name))


def block(draw: Drawing, x: Any, width: int, group_width: int, name: str, *, weighs: bool, narrows: bool) -> Any:
    shortcut, given, strides = x, channels(x), 2 if narrows else 1
    if narrows:
        shortcut = draw.conv(x, width, 1, f"{name}_skip_1x1", strides=2, padding="valid")
        shortcut = draw.norm(shortcut, f"{name}_skip_bn", **NORM)
    x = normalized(draw, draw.conv(x, width, 1, f"{name}_conv_1x1_1", padding="valid"), f"{name}_conv_1x1_1")
    x = draw.conv(x, width, 3, f"{name}_conv_3x3", strides=strides, groups=width // group_width)
    x = normalized(draw, x, f"{name}_conv_3x3")
    x = weighed(draw, x, given // 4, f"{name}_squeeze_and_excite") if weighs else x
    x = draw.norm(draw.conv(x, width, 1, f"{name}_conv_1x1_2", padding="valid"), f"{name}_conv_1x1_2_bn", **NORM)
    return draw.layer("ReLU", x + shortcut, f"{name}_exit_relu")


def normalized(draw: Drawing, x: KerasTensor, name: str) -> Any:
    return draw.layer("ReLU", draw.norm(x, f"{name}_bn", **NORM), f"{name}_relu")


def weighed(draw: Drawing, x: KerasTensor, width: int, name: str) -> KerasTensor:
    """Each channel times a number that depends on the whole image; ``width`` is a quarter of what the block reads."""
    factor = draw.global_average(x, f"{name}_gap", keepdims=True)
    factor = draw.conv(factor, width, 1, f"{name}_squeeze", padding="valid", bias=True, activation="relu")
    factor = draw.conv(factor, channels(x), 1, f"{name}_excite", padding="valid", bias=True, activation="sigmoid")
    return factor * x  # type: ignore[operator, no-any-return]


def head(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
    """A classifier, which has no activation whatever is asked for; its number is that of a new session."""
    return draw.dense(draw.global_average(x, "1_head_gap"), a.classes, "1head_dense")


# Of each network the depths and the widths of its four stages, and the width of a group.
X = {
    "002": ((1, 1, 4, 7), (24, 56, 152, 368), 8),
    "004": ((1, 2, 7, 12), (32, 64, 160, 384), 16),
    "006": ((1, 3, 5, 7), (48, 96, 240, 528), 24),
    "008": ((1, 3, 7, 5), (64, 128, 288, 672), 16),
    "016": ((2, 4, 10, 2), (72, 168, 408, 912), 24),
    "032": ((2, 6, 15, 2), (96, 192, 432, 1008), 48),
    "040": ((2, 5, 14, 2), (80, 240, 560, 1360), 40),
    "064": ((2, 4, 10, 1), (168, 392, 784, 1624), 56),
    "080": ((2, 5, 15, 1), (80, 240, 720, 1920), 120),
    "120": ((2, 5, 11, 1), (224, 448, 896, 2240), 112),
    "160": ((2, 6, 13, 1), (256, 512, 896, 2048), 128),
    "320": ((2, 7, 13, 1), (336, 672, 1344, 2520), 168),
}
Y = {
    "002": ((1, 1, 4, 7), (24, 56, 152, 368), 8),
    "004": ((1, 3, 6, 6), (48, 104, 208, 440), 8),
    "006": ((1, 3, 7, 4), (48, 112, 256, 608), 16),
    "008": ((1, 3, 8, 2), (64, 128, 320, 768), 16),
    "016": ((2, 6, 17, 2), (48, 120, 336, 888), 24),
    "032": ((2, 5, 13, 1), (72, 216, 576, 1512), 24),
    "040": ((2, 6, 12, 2), (128, 192, 512, 1088), 64),
    "064": ((2, 7, 14, 2), (144, 288, 576, 1296), 72),
    "080": ((2, 4, 10, 1), (168, 448, 896, 2016), 56),
    "120": ((2, 5, 11, 1), (224, 448, 896, 2240), 112),
    "160": ((2, 4, 11, 1), (224, 448, 1232, 3024), 112),
    "320": ((2, 5, 12, 1), (232, 696, 1392, 3712), 232),
}
MODELS = {
    f"RegNet{kind}{size}": regnet(kind, *sizes) for kind, all_sizes in (("X", X), ("Y", Y)) for size, sizes in all_sizes.items()
}
