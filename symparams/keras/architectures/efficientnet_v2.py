"""EfficientNet v2 (Tan and Le, 2021): its first stages have one convolution in place of a pointwise and a depthwise one."""

from __future__ import annotations

from math import ceil

from .architecture import Architecture
from .drawing import channels
from .efficientnet import added, multiple_of_8, normalized, squeezed, with_dropout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

    Stage: TypeAlias = tuple[int, int, int, int]

FUSED = 3  # the stages with one convolution in each block
# For each stage how often its block is repeated, the filters, the expansion and the strides.
BASE: list[Stage] = [(1, 16, 1, 1), (2, 32, 4, 2), (2, 48, 4, 2), (3, 96, 4, 2), (5, 112, 6, 1), (8, 192, 6, 2)]
S: list[Stage] = [(2, 24, 1, 1), (4, 48, 4, 2), (4, 64, 4, 2), (6, 128, 4, 2), (9, 160, 6, 1), (15, 256, 6, 2)]
M: list[Stage] = [(3, 24, 1, 1), (5, 48, 4, 2), (5, 80, 4, 2), (7, 160, 4, 2), (14, 176, 6, 1), (18, 304, 6, 2), (5, 512, 6, 1)]
L: list[Stage] = [(4, 32, 1, 1), (7, 64, 4, 2), (7, 96, 4, 2), (10, 192, 4, 2), (19, 224, 6, 1), (25, 384, 6, 2), (7, 640, 6, 1)]


def efficientnet_v2(stages: Sequence[Stage], size: int, stem: int, width: float = 1.0, depth: float = 1.0) -> Architecture:
    def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
        x = preprocessed(draw, x, a, standardizes=stages is BASE and a.input_shape[-1] == 3) if a.include_preprocessing else x
        x = normalized(draw, draw.conv(x, rounded(stem * width), 3, "stem_conv", strides=2), "stem_")
        first = True
        for stage, (repeats, filters, expansion, strides) in enumerate(stages, 1):
            block = fused if stage <= FUSED else separable
            for repeat in range(ceil(depth * repeats)):
                name = f"block{stage}{chr(ord('a') + repeat)}_"
                before, step = x, 1 if repeat else strides
                x = block(draw, x, rounded(filters * width), expansion, step, name)
                x = added(draw, before, x, name, drops=not first) if step == 1 and channels(before) == channels(x) else x
                first = False
        return normalized(draw, draw.conv(x, rounded(1280 * width), 1, "top_conv"), "top_")

    return Architecture(body=body, top=lambda draw, x, a: with_dropout(draw, x, a, 0.2), size=size)


def rounded(width: float) -> int:
    return multiple_of_8(width, most=0)


def preprocessed(draw: Drawing, x: KerasTensor, a: Options, *, standardizes: bool) -> KerasTensor:  # noqa: ARG001
    if not standardizes:
        return draw.layer("Rescaling", x, scale=1 / 128, offset=-1)  # type: ignore[no-any-return]
    x = draw.layer("Rescaling", x, scale=1 / 255)
    return draw.layer("Normalization", x, mean=[0.485, 0.456, 0.406], variance=[0.229**2, 0.224**2, 0.225**2], axis=-1)  # type: ignore[no-any-return]  # fmt: skip


def fused(draw: Drawing, x: KerasTensor, filters: int, expansion: int, strides: int, name: str) -> KerasTensor:
    if expansion == 1:
        return normalized(draw, draw.conv(x, filters, 3, f"{name}project_conv", strides=strides), f"{name}project_")
    x = normalized(draw, draw.conv(x, channels(x) * expansion, 3, f"{name}expand_conv", strides=strides), f"{name}expand_")
    return draw.norm(draw.conv(x, filters, 1, f"{name}project_conv"), f"{name}project_bn")


def separable(draw: Drawing, x: KerasTensor, filters: int, expansion: int, strides: int, name: str) -> KerasTensor:
    given = channels(x)
    x = normalized(draw, draw.conv(x, given * expansion, 1, f"{name}expand_conv"), f"{name}expand_")
    x = normalized(draw, draw.depthwise(x, 3, f"{name}dwconv2", strides=strides), name)
    x = squeezed(draw, x, given // 4, name)
    return draw.norm(draw.conv(x, filters, 1, f"{name}project_conv"), f"{name}project_bn")


MODELS = {
    "EfficientNetV2B0": efficientnet_v2(BASE, 224, 32),
    "EfficientNetV2B1": efficientnet_v2(BASE, 240, 32, 1.0, 1.1),
    "EfficientNetV2B2": efficientnet_v2(BASE, 260, 32, 1.1, 1.2),
    "EfficientNetV2B3": efficientnet_v2(BASE, 300, 32, 1.2, 1.4),
    "EfficientNetV2S": efficientnet_v2(S, 384, 24),
    "EfficientNetV2M": efficientnet_v2(M, 480, 24),
    "EfficientNetV2L": efficientnet_v2(L, 480, 32),
}
