"""Images made larger or smaller: padding, interpolation, shuffled pixels, grids."""

from __future__ import annotations

from fractions import Fraction

from ...core.sizes import is_symbolic, quotient, split
from ...errors import ArgumentError, ShapeError
from ..tensors import Tensor
from .operations import made, operation
from .windows import per_axis

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@operation("pad")
def padded(input: Tensor, pad: Any, *_: object, **__: object) -> Tensor:
    """More elements before and after the last axes, which are given from the last one on."""
    if len(pad) % 2 or len(pad) > 2 * input.ndim:
        raise ShapeError(f"pad takes two numbers for each axis, at most {2 * input.ndim} here, not {len(pad)}")
    shape = [*input.shape]
    for number in range(len(pad) // 2):
        shape[-1 - number] += pad[2 * number] + pad[2 * number + 1]
    return made(shape, input.dtype)


@operation("interpolate upsample upsample_nearest upsample_bilinear")
def interpolated(input: Tensor, size: Any = None, scale_factor: Any = None, *_: object, **__: object) -> Tensor:
    """The axes after the channels with other lengths."""
    rank = input.ndim - 2
    if size is None and scale_factor is None:
        raise ArgumentError("interpolate needs size or scale_factor")
    if size is not None:
        return made((*input.shape[:2], *per_axis(size, rank)), input.dtype)
    factors = per_axis(scale_factor, rank)
    return made((*input.shape[:2], *(scaled(n, factor) for n, factor in zip(input.shape[2:], factors, strict=True))), input.dtype)


def scaled(length: Any, factor: Any) -> Any:
    """A length times a factor, rounded down."""
    if isinstance(factor, int) or is_symbolic(factor):
        return length * factor
    exact = Fraction(factor)
    return quotient(length * exact.numerator, exact.denominator)


@operation("pixel_shuffle")
def shuffled(input: Tensor, upscale_factor: Any) -> Tensor:
    """Channels turned into pixels."""
    *batch, channels, rows, columns = input.shape
    r = upscale_factor
    return made((*batch, split(channels, r * r, "pixel_shuffle: channels"), rows * r, columns * r), input.dtype)


@operation("pixel_unshuffle")
def unshuffled(input: Tensor, downscale_factor: Any) -> Tensor:
    """Pixels turned into channels."""
    *batch, channels, rows, columns = input.shape
    r = downscale_factor
    fewer = (split(each, r, "pixel_unshuffle: an axis") for each in (rows, columns))
    return made((*batch, channels * r * r, *fewer), input.dtype)


@operation("channel_shuffle native_channel_shuffle")
def same(input: Tensor, groups: Any) -> Tensor:
    return made(input.shape, input.dtype)


@operation("affine_grid")
def affine_grid(theta: Tensor, size: Any, align_corners: Any = None) -> Tensor:
    batch, _, *lengths = size
    return made((batch, *lengths, len(lengths)), theta.dtype)


@operation("grid_sample")
def sampled(input: Tensor, grid: Tensor, *_: object, **__: object) -> Tensor:
    return made((*input.shape[:2], *grid.shape[1:-1]), input.dtype)
