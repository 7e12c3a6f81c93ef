"""Xception (Chollet, 2017): depthwise separable convolutions beside shortcuts."""

from __future__ import annotations

from .architecture import Architecture, pooled_without_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options


def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:  # noqa: ARG001
    for number, width in enumerate((32, 64), 1):
        name = f"block1_conv{number}"
        x = draw.conv(x, width, 3, name, strides=3 - number, padding="valid")
        x = draw.activation(draw.norm(x, f"{name}_bn"), f"{name}_act")
    for block, width in enumerate((128, 256, 728), 2):
        x = narrowing(draw, x, (width, width), f"block{block}", activates=block > 2)
    for block in range(5, 13):
        x = draw.add([three_convolutions(draw, x, f"block{block}"), x])
    x = narrowing(draw, x, (728, 1024), "block13")
    for number, width in enumerate((1536, 2048), 1):
        name = f"block14_sepconv{number}"
        x = draw.activation(draw.norm(draw.separable(x, width, 3, name), f"{name}_bn"), f"{name}_act")
    return x


def narrowing(draw: Drawing, x: KerasTensor, widths: tuple[int, int], name: str, *, activates: bool = True) -> KerasTensor:
    """Halves the image: two convolutions and a pooling, beside a convolution of 1 by 1."""
    shortcut = draw.norm(draw.conv(x, widths[1], 1, strides=2))
    for number, width in enumerate(widths, 1):
        x = draw.activation(x, f"{name}_sepconv{number}_act") if activates or number == 2 else x
        x = draw.norm(draw.separable(x, width, 3, f"{name}_sepconv{number}"), f"{name}_sepconv{number}_bn")
    return draw.add([draw.max_pool(x, 3, 2, f"{name}_pool", "same"), shortcut])


def three_convolutions(draw: Drawing, x: KerasTensor, name: str) -> KerasTensor:
    for number in (1, 2, 3):
        x = draw.activation(x, f"{name}_sepconv{number}_act")
        x = draw.norm(draw.separable(x, 728, 3, f"{name}_sepconv{number}"), f"{name}_sepconv{number}_bn")
    return x


MODELS = {"Xception": Architecture(body=body, features=pooled_without_names, size=299, least=71)}
