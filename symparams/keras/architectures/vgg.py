"""VGG (Simonyan and Zisserman, 2014): five blocks of convolutions of 3 by 3, and two wide layers."""

from __future__ import annotations

from .architecture import Architecture, pooled_without_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

WIDTHS = (64, 128, 256, 512, 512)


def vgg(*convolutions: int) -> Architecture:
    def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:  # noqa: ARG001
        for block, (width, depth) in enumerate(zip(WIDTHS, convolutions, strict=True), 1):
            for number in range(1, depth + 1):
                x = draw.conv(x, width, 3, f"block{block}_conv{number}", bias=True, activation="relu")
            x = draw.max_pool(x, 2, 2, f"block{block}_pool")
        return x

    return Architecture(body=body, top=wide_layers, features=pooled_without_names)


def wide_layers(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
    x = draw.layer("Flatten", x, "flatten")
    for name in ("fc1", "fc2"):
        x = draw.dense(x, 4096, name, "relu")
    return draw.dense(x, a.classes, "predictions", a.classifier_activation)


MODELS = {"VGG16": vgg(2, 2, 3, 3, 3), "VGG19": vgg(2, 2, 4, 4, 4)}
