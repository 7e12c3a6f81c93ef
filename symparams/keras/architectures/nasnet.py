"""NASNet (Zoph et al., 2018): two cells that a search has found, stacked."""

from __future__ import annotations

from .architecture import Architecture, classifier, pooled_without_names
from .input_shapes import input_shape_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

NORM = {"momentum": 0.9997, "epsilon": 1e-3}


def nasnet(filters: int, repeats: int, stem: int, *, skips: bool, size: int) -> Architecture:
    """``filters`` is the width of the first normal cells; ``skips``: a cell after a reduction skips the cell before that."""

    def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:  # noqa: ARG001
        x = draw.norm(draw.conv(x, stem, 3, "stem_conv1", strides=2, padding="valid"), "stem_bn1", **NORM)
        x, before = reduction(draw, x, None, filters // 4, "stem_1")
        x, before = reduction(draw, x, before, filters // 2, "stem_2")
        for stage in range(3):
            if stage:
                x, last = reduction(draw, x, before, filters * 2**stage, f"reduce_{stage * repeats}")
                before = before if skips else last
            for number in range(repeats):
                x, before = normal(draw, x, before, filters * 2**stage, str(stage * repeats + number + (stage > 0)))
        return draw.activation(x)

    return Architecture(
        body=body,
        top=lambda draw, x, a: classifier(draw, x, a, pool=None),
        features=pooled_without_names,
        size=size,
        shape=input_shape_of if skips else own_size,
    )


def own_size(a: Options, size: int, least: int) -> tuple[Any, ...]:
    """The shape, which is the network's own also without the classifier."""
    if a.given["input_shape"] is None:
        return (size, size, 3)
    return input_shape_of(a, size, least)


def projected(draw: Drawing, x: KerasTensor, filters: int, kind: str, name: str) -> KerasTensor:
    return draw.norm(draw.conv(draw.activation(x), filters, 1, f"{kind}_conv_1_{name}"), f"{kind}_bn_1_{name}", **NORM)


def normal(draw: Drawing, x: KerasTensor, before: KerasTensor, filters: int, name: str) -> tuple[KerasTensor, KerasTensor]:
    p = adjusted(draw, before, x, filters, name)
    h = projected(draw, x, filters, "normal", name)

    def separable(x: KerasTensor, kernel: int, side: str) -> KerasTensor:
        return two_separable(draw, x, filters, kernel, f"normal_{side}_{name}")

    def pool(x: KerasTensor, side: str) -> KerasTensor:
        return draw.average_pool(x, 3, 1, f"normal_{side}_{name}", "same")

    def added(number: int, *tensors: KerasTensor) -> KerasTensor:
        return draw.add(tensors, f"normal_add_{number}_{name}")

    parts = [
        added(1, separable(h, 5, "left1"), separable(p, 3, "right1")),
        added(2, separable(p, 5, "left2"), separable(p, 3, "right2")),
        added(3, pool(h, "left3"), p),
        added(4, pool(p, "left4"), pool(p, "right4")),
        added(5, separable(h, 3, "left5"), h),
    ]
    return draw.concatenate([p, *parts], f"normal_concat_{name}"), x


def reduction(
    draw: Drawing, x: KerasTensor, before: KerasTensor | None, filters: int, name: str
) -> tuple[KerasTensor, KerasTensor]:
    p = adjusted(draw, before, x, filters, name)
    h = projected(draw, x, filters, "reduction", name)
    padded = draw.pad_for(h, 3, f"reduction_pad_1_{name}")

    def separable(x: KerasTensor, kernel: int, side: str, strides: int = 2) -> KerasTensor:
        return two_separable(draw, x, filters, kernel, f"reduction_{side}_{name}", strides)

    one = draw.add([separable(h, 5, "left1"), separable(p, 7, "right1")], f"reduction_add_1_{name}")
    two = draw.add([draw.max_pool(padded, 3, 2, f"reduction_left2_{name}"), separable(p, 7, "right2")], f"reduction_add_2_{name}")
    three = draw.average_pool(padded, 3, 2, f"reduction_left3_{name}")
    three = draw.add([three, separable(p, 5, "right3")], f"reduction_add3_{name}")
    four = draw.add([two, draw.average_pool(one, 3, 1, f"reduction_left4_{name}", "same")])
    five = [separable(one, 3, "left4", strides=1), draw.max_pool(padded, 3, 2, f"reduction_right5_{name}")]
    parts = [two, three, four, draw.add(five, f"reduction_add4_{name}")]
    return draw.concatenate(parts, f"reduction_concat_{name}"), x


def two_separable(draw: Drawing, x: KerasTensor, filters: int, kernel: int, name: str, strides: int = 1) -> KerasTensor:
    x = draw.activation(x)
    if strides == 2:
        x = draw.pad_for(x, kernel, f"separable_conv_1_pad_{name}")
    x = draw.separable(x, filters, kernel, f"separable_conv_1_{name}", strides=strides, padding="valid" if strides == 2 else "same")
    x = draw.activation(draw.norm(x, f"separable_conv_1_bn_{name}", **NORM))
    return draw.norm(draw.separable(x, filters, kernel, f"separable_conv_2_{name}"), f"separable_conv_2_bn_{name}", **NORM)


def adjusted(draw: Drawing, before: KerasTensor | None, x: KerasTensor, filters: int, name: str) -> KerasTensor:
    """The output of the cell before the last, with the image and the channels of the new cell."""
    if before is None:
        return x
    if before.shape[-2] != x.shape[-2]:
        return halved(draw, before, filters, name)
    if before.shape[-1] == filters:
        return before
    found = draw.conv(draw.activation(before), filters, 1, f"adjust_conv_projection_{name}")
    return draw.norm(found, f"adjust_bn_{name}", **NORM)


def halved(draw: Drawing, x: KerasTensor, filters: int, name: str) -> KerasTensor:
    """Two paths, of which the second reads the image moved by one; "same" is what "valid" is for a pool of one pixel."""
    x = draw.activation(x, f"adjust_relu_1_{name}")
    one = draw.conv(draw.average_pool(x, 1, 2, f"adjust_avg_pool_1_{name}", "same"), filters // 2, 1, f"adjust_conv_1_{name}")
    moved = draw.layer("Cropping2D", draw.pad(x, ((0, 1), (0, 1))), cropping=((1, 0), (1, 0)))
    two = draw.conv(draw.average_pool(moved, 1, 2, f"adjust_avg_pool_2_{name}", "same"), filters // 2, 1, f"adjust_conv_2_{name}")
    return draw.norm(draw.concatenate([one, two]), f"adjust_bn_{name}", **NORM)


MODELS = {
    "NASNetLarge": nasnet(168, 6, 96, skips=True, size=331),
    "NASNetMobile": nasnet(44, 4, 32, skips=False, size=224),
}
