"""DenseNet (Huang et al., 2017): every layer reads all layers of its block before it."""

from __future__ import annotations

from .architecture import Architecture
from .drawing import channels
from .resnet import normalized

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

GROWTH = 32  # the channels that a layer adds


def densenet(*depths: int) -> Architecture:
    def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:  # noqa: ARG001
        x = draw.conv(draw.pad(x, 3), 64, 7, "conv1_conv", strides=2, padding="valid")
        x = draw.max_pool(draw.pad(normalized(draw, x, "conv1"), 1), 3, 2, "pool1")
        for stage, depth in enumerate(depths, 2):
            for number in range(1, depth + 1):
                x = dense_layer(draw, x, f"conv{stage}_block{number}")
            x = transition(draw, x, f"pool{stage}") if stage < 5 else x
        return draw.activation(draw.norm(x, "bn", epsilon=1.001e-5), "relu")

    return Architecture(body=body)


def dense_layer(draw: Drawing, x: KerasTensor, name: str) -> KerasTensor:
    new = draw.conv(normalized(draw, x, f"{name}_0"), 4 * GROWTH, 1, f"{name}_1_conv", padding="valid")
    new = draw.conv(normalized(draw, new, f"{name}_1"), GROWTH, 3, f"{name}_2_conv")
    return draw.concatenate([x, new], f"{name}_concat")


def transition(draw: Drawing, x: KerasTensor, name: str) -> KerasTensor:
    """Halves the channels and the image."""
    x = draw.conv(normalized(draw, x, name), channels(x) // 2, 1, f"{name}_conv", padding="valid")
    return draw.average_pool(x, 2, 2, f"{name}_pool")


MODELS = {
    "DenseNet121": densenet(6, 12, 24, 16),
    "DenseNet169": densenet(6, 12, 32, 32),
    "DenseNet201": densenet(6, 12, 48, 32),
}
