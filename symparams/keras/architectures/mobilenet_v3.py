"""MobileNet v3 (Howard et al., 2019): inverted residuals with squeeze and excitation, found by a search."""

from __future__ import annotations

from .architecture import Architecture
from .drawing import channels
from .input_shapes import checked_shape
from .mobilenet_v2 import multiple_of_8

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

    Block: TypeAlias = tuple[float, int, int, int, bool, bool]

# For each block the expansion, the filters, the kernel and the strides; whether it squeezes; whether it has the hard swish.
LARGE: list[Block] = [
    (1, 16, 3, 1, False, False), (4, 24, 3, 2, False, False), (3, 24, 3, 1, False, False), (3, 40, 5, 2, True, False),
    (3, 40, 5, 1, True, False), (3, 40, 5, 1, True, False), (6, 80, 3, 2, False, True), (2.5, 80, 3, 1, False, True),
    (2.3, 80, 3, 1, False, True), (2.3, 80, 3, 1, False, True), (6, 112, 3, 1, True, True), (6, 112, 3, 1, True, True),
    (6, 160, 5, 2, True, True), (6, 160, 5, 1, True, True), (6, 160, 5, 1, True, True),
]  # fmt: skip
SMALL: list[Block] = [
    (1, 16, 3, 2, True, False), (72.0 / 16, 24, 3, 2, False, False), (88.0 / 24, 24, 3, 1, False, False), (4, 40, 5, 2, True, True),
    (6, 40, 5, 1, True, True), (6, 40, 5, 1, True, True), (3, 48, 5, 1, True, True), (3, 48, 5, 1, True, True),
    (6, 96, 5, 2, True, True), (6, 96, 5, 1, True, True), (6, 96, 5, 1, True, True),
]  # fmt: skip


def activated(draw: Drawing, x: KerasTensor, a: Options, *, swishes: bool = True) -> KerasTensor:
    """The hard swish, which the minimalistic networks do not have, and which Keras 2 makes of other layers."""
    if not swishes or a.minimalistic:
        return draw.layer("ReLU", x)  # type: ignore[no-any-return]
    return draw.activation(x, None, "hard_swish") if draw.version == "v3" else draw.layer("Multiply", [x, hard_sigmoid(draw, x)])


def hard_sigmoid(draw: Drawing, x: Any) -> Any:
    """A sigmoid of straight lines, of operations on tensors."""
    inner: Any = draw.relu6(x + 3.0)
    return inner * (1 / 6)


def mobilenet_v3(blocks: list[Block], last: int) -> Architecture:
    def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
        if a.include_preprocessing:
            x = draw.layer("Rescaling", x, scale=1 / 127.5, offset=-1.0)
        x = activated(draw, draw.norm(draw.conv(x, 16, 3, "conv", strides=2), "conv_bn"), a)
        for number, block in enumerate(blocks):
            x = inverted_residual(draw, x, block, f"expanded_conv_{number}_" if number else "expanded_conv_", a, expands=number > 0)
        x = draw.norm(draw.conv(x, multiple_of_8(channels(x) * 6), 1, "conv_1"), "conv_1_bn")
        return activated(draw, x, a)

    def top(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
        width = multiple_of_8(last * a.alpha) if a.alpha > 1 else last
        x = draw.conv(draw.global_average(x, keepdims=True), width, 1, "conv_2", bias=True)
        x = activated(draw, x, a)
        x = draw.layer("Dropout", x, rate=a.dropout_rate) if a.dropout_rate > 0 else x
        x = draw.layer("Flatten", draw.conv(x, a.classes, 1, "logits", bias=True))
        return draw.activation(x, "predictions", a.classifier_activation)

    return Architecture(body=body, top=top, shape=any_size)


def inverted_residual(draw: Drawing, x: KerasTensor, block: Block, name: str, a: Options, *, expands: bool) -> KerasTensor:
    expansion, filters, kernel, strides, squeezes, swishes = block
    kernel = 3 if a.minimalistic else kernel
    width, inner, before = multiple_of_8(filters * a.alpha), multiple_of_8(channels(x) * expansion), x
    if expands:
        x = draw.norm(draw.conv(x, inner, 1, f"{name}expand"), f"{name}expand_bn")
        x = activated(draw, x, a, swishes=swishes)
    if strides == 2:
        x = draw.pad_for(x, kernel, f"{name}depthwise_pad")
    x = draw.depthwise(x, kernel, f"{name}depthwise", strides=strides, padding="same" if strides == 1 else "valid")
    x = activated(draw, draw.norm(x, f"{name}depthwise_bn"), a, swishes=swishes)
    x = squeezed(draw, x, inner, f"{name}squeeze_excite_") if squeezes and not a.minimalistic else x
    x = draw.norm(draw.conv(x, width, 1, f"{name}project"), f"{name}project_bn")
    return draw.add([before, x], f"{name}add") if strides == 1 and channels(before) == width else x


def squeezed(draw: Drawing, x: KerasTensor, width: int, name: str) -> KerasTensor:
    """Each channel times a number that depends on the whole image."""
    mean = draw.global_average(x, f"{name}avg_pool", keepdims=True)
    inner = draw.layer("ReLU", draw.conv(mean, multiple_of_8(width * 0.25), 1, f"{name}conv", bias=True), f"{name}relu")
    factor = draw.conv(inner, width, 1, f"{name}conv_1", bias=True)
    return draw.layer("Multiply", [x, hard_sigmoid(draw, factor)], f"{name}mul")  # type: ignore[no-any-return]


def any_size(a: Options, size: int, least: int) -> tuple[Any, ...]:  # noqa: ARG001
    """The shape, which may be unknown with the classifier as well."""
    given = a.given["input_shape"]
    return (None, None, 3) if given is None else checked_shape(given, least)


MODELS = {"MobileNetV3Large": mobilenet_v3(LARGE, 1280), "MobileNetV3Small": mobilenet_v3(SMALL, 1024)}
