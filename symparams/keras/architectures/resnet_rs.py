"""ResNet-RS (Bello et al., 2021): the bottlenecks of ResNet with a stem of four convolutions, and channels that are weighed by the
whole image; only Keras 2 has it."""

from __future__ import annotations

from .architecture import Architecture
from .drawing import channels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

WIDTHS = (64, 128, 256, 512)
STEM = ((32, 2), (32, 1), (64, 1), (64, 2))  # the filters and the strides of its convolutions
NORM = {"momentum": 0.0, "epsilon": 1e-5}
MEAN, VARIANCE = [0.485, 0.456, 0.406], [0.229**2, 0.224**2, 0.225**2]


def resnet_rs(depth: int, repeats: tuple[int, ...], drop_connect: float = 0.1, dropout: float = 0.25) -> Architecture:
    def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
        if a.include_preprocessing:
            x = draw.layer("Rescaling", x, scale=1 / 255)
            x = draw.layer("Normalization", x, mean=MEAN, variance=VARIANCE, axis=3) if a.input_shape[-1] == 3 else x
        for number, (filters, strides) in enumerate(STEM, 1):
            x = padded_conv(draw, x, filters, 3, f"stem_1_stem_conv_{number}", strides=strides)
            x = draw.norm(x, f"stem_1_stem_batch_norm_{number}", **NORM)
            x = draw.activation(x, f"stem_1_stem_act_{number}")
        for group, (width, many) in enumerate(zip(WIDTHS, repeats, strict=True), 2):
            for number in range(many):
                strides = 2 if group > 2 and not number else 1
                name, rate = f"BlockGroup{group}__block_{number}_", drop_connect * group / (len(WIDTHS) + 1)
                x = block(draw, x, width, strides, name, rate, projects=not number)
        return x

    def top(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
        x = draw.layer("Dropout", draw.global_average(x, "avg_pool"), "top_dropout", rate=dropout)
        return draw.dense(x, a.classes, "predictions", a.classifier_activation)

    return Architecture(body=body, top=top, title=lambda _: f"resnet-rs-{depth}")


def padded_conv(draw: Drawing, x: KerasTensor, filters: int, kernel_size: int, name: str, strides: int = 1) -> KerasTensor:
    if strides == 1:
        return draw.conv(x, filters, kernel_size, name)
    around = (kernel_size - 1) // 2, kernel_size - 1 - (kernel_size - 1) // 2
    return draw.conv(draw.pad(x, (around, around)), filters, kernel_size, name, strides=strides, padding="valid")


def block(draw: Drawing, x: KerasTensor, width: int, strides: int, name: str, rate: float, *, projects: bool) -> KerasTensor:
    shortcut = projected(draw, x, 4 * width, strides, f"{name}_projection") if projects else x
    x = draw.norm(padded_conv(draw, x, width, 1, f"{name}_conv_1"), f"{name}batch_norm_1", **NORM)
    x = padded_conv(draw, draw.activation(x, f"{name}_act_1"), width, 3, f"{name}_conv_2", strides)
    x = draw.activation(draw.norm(x, f"{name}_batch_norm_2", **NORM), f"{name}_act_2")
    x = draw.norm(padded_conv(draw, x, 4 * width, 1, f"{name}_conv_3"), f"{name}_batch_norm_3", **NORM)
    x = weighed(draw, x, width, f"{name}_se_se")
    x = draw.layer("Dropout", x, f"{name}_drop", rate=rate, noise_shape=(None, 1, 1, 1)) if rate else x
    return draw.activation(draw.add([x, shortcut]), f"{name}_output_act")


def projected(draw: Drawing, x: KerasTensor, width: int, strides: int, name: str) -> KerasTensor:
    x = draw.average_pool(x, 2, 2, f"{name}_pooling", padding="same") if strides == 2 else x
    return draw.norm(draw.conv(x, width, 1, f"{name}_conv"), f"{name}_batch_norm", **NORM)


def weighed(draw: Drawing, x: KerasTensor, width: int, name: str) -> KerasTensor:
    """Each channel times a number that depends on the whole image."""
    factor = draw.layer("Reshape", draw.global_average(x, f"{name}_squeeze"), f"{name}_reshape", target_shape=(1, 1, channels(x)))
    factor = draw.conv(factor, width, 1, f"{name}_reduce", bias=True, activation="relu")
    factor = draw.conv(factor, channels(x), 1, f"{name}_expand", bias=True, activation="sigmoid")
    return draw.layer("Multiply", [x, factor], f"{name}_excite")  # type: ignore[no-any-return]


MODELS = {
    "ResNetRS50": resnet_rs(50, (3, 4, 6, 3), drop_connect=0),
    "ResNetRS101": resnet_rs(101, (3, 4, 23, 3), drop_connect=0),
    "ResNetRS152": resnet_rs(152, (3, 8, 36, 3), drop_connect=0),
    "ResNetRS200": resnet_rs(200, (3, 24, 36, 3)),
    "ResNetRS270": resnet_rs(270, (4, 29, 53, 4)),
    "ResNetRS350": resnet_rs(350, (4, 36, 72, 4), dropout=0.4),
    "ResNetRS420": resnet_rs(420, (4, 44, 87, 4), dropout=0.4),
}
