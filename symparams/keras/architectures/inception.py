"""Inception v3 (Szegedy et al., 2015): branches of convolutions, side by side."""

from __future__ import annotations

from .architecture import Architecture, pooled_without_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from ..graph import KerasTensor
    from .drawing import Drawing
    from .options import Options

    Step: TypeAlias = "tuple[int, int | tuple[int, int]]"  # filters, and the kernel


def conv(
    draw: Drawing, x: KerasTensor, filters: int, kernel: int | tuple[int, int] = 1, strides: int = 1, padding: str = "same"
) -> KerasTensor:
    x = draw.conv(x, filters, kernel, strides=strides, padding=padding)
    return draw.activation(draw.norm(x, scale=False))


def branch(draw: Drawing, x: KerasTensor, *steps: Step, halves: bool = False) -> KerasTensor:
    """Convolutions one after another; the last one may halve the image."""
    for filters, kernel in steps[:-1]:
        x = conv(draw, x, filters, kernel)
    return conv(draw, x, *steps[-1], 2, "valid") if halves else conv(draw, x, *steps[-1])


def pool_branch(draw: Drawing, x: KerasTensor, filters: int) -> KerasTensor:
    return conv(draw, draw.average_pool(x, 3, 1, padding="same"), filters)


def stem(draw: Drawing, x: KerasTensor) -> KerasTensor:
    x = conv(draw, x, 32, 3, 2, "valid")
    x = conv(draw, conv(draw, x, 32, 3, padding="valid"), 64, 3)
    x = conv(draw, draw.max_pool(x, 3, 2), 80, 1, padding="valid")
    return draw.max_pool(conv(draw, x, 192, 3, padding="valid"), 3, 2)


def body(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:  # noqa: ARG001
    x = stem(draw, x)
    for number, width in enumerate((32, 64, 64)):
        x = wide_kernels(draw, x, width, f"mixed{number}")
    x = draw.concatenate(
        [
            branch(draw, x, (384, 3), halves=True),
            branch(draw, x, (64, 1), (96, 3), (96, 3), halves=True),
            draw.max_pool(x, 3, 2),
        ],
        "mixed3",
    )
    for number, width in enumerate((128, 160, 160, 192), 4):
        x = long_kernels(draw, x, width, f"mixed{number}")
    x = draw.concatenate(
        [
            branch(draw, x, (192, 1), (320, 3), halves=True),
            branch(draw, x, (192, 1), (192, (1, 7)), (192, (7, 1)), (192, 3), halves=True),
            draw.max_pool(x, 3, 2),
        ],
        "mixed8",
    )
    for number in (0, 1):
        x = split_kernels(draw, x, f"mixed9_{number}", f"mixed{9 + number}")
    return x


def wide_kernels(draw: Drawing, x: KerasTensor, pool_filters: int, name: str) -> KerasTensor:
    branches = [
        branch(draw, x, (64, 1)),
        branch(draw, x, (48, 1), (64, 5)),
        branch(draw, x, (64, 1), (96, 3), (96, 3)),
        pool_branch(draw, x, pool_filters),
    ]
    return draw.concatenate(branches, name)


def long_kernels(draw: Drawing, x: KerasTensor, width: int, name: str) -> KerasTensor:
    """Kernels of 1 by 7 and 7 by 1 in place of 7 by 7."""
    branches = [
        branch(draw, x, (192, 1)),
        branch(draw, x, (width, 1), (width, (1, 7)), (192, (7, 1))),
        branch(draw, x, (width, 1), (width, (7, 1)), (width, (1, 7)), (width, (7, 1)), (192, (1, 7))),
        pool_branch(draw, x, 192),
    ]
    return draw.concatenate(branches, name)


def split_kernels(draw: Drawing, x: KerasTensor, inner_name: str, name: str) -> KerasTensor:
    """Kernels of 1 by 3 and 3 by 1 side by side."""

    def both(x: KerasTensor, name: str | None = None) -> KerasTensor:
        return draw.concatenate([conv(draw, x, 384, (1, 3)), conv(draw, x, 384, (3, 1))], name)

    branches = [
        branch(draw, x, (320, 1)),
        both(branch(draw, x, (384, 1)), inner_name),
        both(branch(draw, x, (448, 1), (384, 3))),
        pool_branch(draw, x, 192),
    ]
    return draw.concatenate(branches, name)


MODELS = {"InceptionV3": Architecture(body=body, features=pooled_without_names, size=299, least=75)}
