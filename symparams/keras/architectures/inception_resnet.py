"""Inception-ResNet v2 (Szegedy et al., 2016): the branches of Inception, added to what they read."""

from __future__ import annotations

from .architecture import Architecture, pooled_without_names
from .drawing import channels
from .inception import branch, pool_branch, stem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..graph import KerasTensor
    from .drawing import Drawing
    from .inception import Step
    from .options import Options

# The branches of each kind of block, and by how much what they give is scaled.
BLOCKS: dict[str, tuple[float, list[list[Step]]]] = {
    "block35": (0.17, [[(32, 1)], [(32, 1), (32, 3)], [(32, 1), (48, 3), (64, 3)]]),
    "block17": (0.1, [[(192, 1)], [(128, 1), (160, (1, 7)), (192, (7, 1))]]),
    "block8": (0.2, [[(192, 1)], [(192, 1), (224, (1, 3)), (256, (3, 1))]]),
}


def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:  # noqa: ARG001
    x = stem(draw, x)
    branches = [
        branch(draw, x, (96, 1)),
        branch(draw, x, (48, 1), (64, 5)),
        branch(draw, x, (64, 1), (96, 3), (96, 3)),
        pool_branch(draw, x, 64),
    ]
    x = blocks(draw, draw.concatenate(branches, "mixed_5b"), "block35", 10)
    x = halved(draw, x, "mixed_6a", [(384, 3)], [(256, 1), (256, 3), (384, 3)])
    x = blocks(draw, x, "block17", 20)
    x = halved(draw, x, "mixed_7a", [(256, 1), (384, 3)], [(256, 1), (288, 3)], [(256, 1), (288, 3), (320, 3)])
    x = blocks(draw, x, "block8", 10, last_is_linear=True)
    x = draw.norm(draw.conv(x, 1536, 1, "conv_7b"), "conv_7b_bn", scale=False)
    return draw.activation(x, "conv_7b_ac")


def halved(draw: Drawing, x: KerasTensor, name: str, *branches: list[Step]) -> KerasTensor:
    found = [branch(draw, x, *steps, halves=True) for steps in branches]
    return draw.concatenate([*found, draw.max_pool(x, 3, 2)], name)


def blocks(draw: Drawing, x: KerasTensor, kind: str, copies: int, *, last_is_linear: bool = False) -> KerasTensor:
    scale, branches = BLOCKS[kind]
    for number in range(1, copies + 1):
        linear = last_is_linear and number == copies
        mixed = draw.concatenate([branch(draw, x, *steps) for steps in branches], f"{kind}_{number}_mixed")
        new = draw.conv(mixed, channels(x), 1, f"{kind}_{number}_conv", bias=True)
        x = draw.own_layer("CustomScaleLayer", [x, new], scale=1.0 if linear else scale)
        x = x if linear else draw.activation(x, f"{kind}_{number}_ac")
    return x


MODELS = {"InceptionResNetV2": Architecture(body=body, features=pooled_without_names, size=299, least=75)}
