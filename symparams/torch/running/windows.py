"""Windows that slide over an input: convolutions, pooling, unfolding."""

from __future__ import annotations

from math import prod

from ...core.sizes import at_least, quotient, rounded_up, same, shown
from ...errors import ShapeError
from ..tensors import Tensor
from .operations import made, operation
from .reductions import Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.sizes import Shape


def per_axis(value: Any, rank: int) -> tuple[Any, ...]:
    """One value for each axis."""
    if isinstance(value, tuple | list):
        return tuple(value) * rank if len(value) == 1 else tuple(value)
    return (value,) * rank


def split_axes(input: Tensor, rank: int, of: str) -> tuple[Shape, Any, Shape]:
    """The batch, if there is one, the channels, and the lengths of an input."""
    if input.ndim not in (rank + 1, rank + 2):
        raise ShapeError(f"{of} takes an input of {rank + 1} or {rank + 2} axes, not one of shape {shown(input.shape)}")
    return input.shape[: -rank - 1], input.shape[-rank - 1], input.shape[-rank:]


def window_places(length: Any, window: Any, stride: Any, padding: Any, dilation: Any, of: str, up: bool = False) -> Any:
    """The number of places of a window along an axis."""
    room = length + 2 * padding - dilation * (window - 1) - 1
    if isinstance(room, int) and room < 0:
        raise ShapeError(f"{of}: a window of {window} is longer than its axis of {length}; pad the input or make it longer")
    if not up:
        return quotient(room, stride) + 1
    places = rounded_up(room, stride) + 1
    if isinstance(places, int) and isinstance(length, int):  # the last window must begin inside
        return places - 1 if (places - 1) * stride >= length + padding else places
    if not at_least(dilation * (window - 1) + 1, stride + padding):
        raise ShapeError(f"{of}: with ceil_mode and a stride longer than its window, the length {length} must be a number")
    return places


def places_along(lengths: Shape, settings: tuple[Any, ...], rank: int, of: str, up: bool = False) -> list[Any]:
    """The number of places along each axis, for kernel, stride, padding and dilation."""
    each_axis = zip(lengths, *(per_axis(each, rank) for each in settings), strict=True)
    return [window_places(length, window, stride, pad, rate, of, up) for length, window, stride, pad, rate in each_axis]


# ---------------------------------------------------------------- convolutions
def convolved(
    input: Tensor, inputs: Any, outputs: Any, kernel: Any, stride: Any, padding: Any, dilation: Any, rank: int, of: str
) -> Tensor:
    """A convolution of ``inputs`` channels."""
    batch, channels, lengths = split_axes(input, rank, of)
    if not same(channels, inputs):
        raise ShapeError(f"{of} takes an input of {inputs} channels, not one of shape {shown(input.shape)}")
    if padding == "same":
        return made((*batch, outputs, *lengths), input.dtype)
    padding = 0 if padding == "valid" else padding
    places = places_along(lengths, (kernel, stride, padding, dilation), rank, of)
    return made((*batch, outputs, *places), input.dtype)


def convolved_back(
    input: Tensor, inputs: Any, outputs: Any, kernel: Any, stride: Any, padding: Any, more: Any, dilation: Any, rank: int, of: str
) -> Tensor:
    """A transposed convolution."""
    batch, channels, lengths = split_axes(input, rank, of)
    if not same(channels, inputs):
        raise ShapeError(f"{of} takes an input of {inputs} channels, not one of shape {shown(input.shape)}")
    found = [
        (length - 1) * step - 2 * pad + rate * (window - 1) + extra + 1
        for length, window, step, pad, extra, rate in zip(
            lengths, *(per_axis(each, rank) for each in (kernel, stride, padding, more, dilation)), strict=True
        )
    ]
    return made((*batch, outputs, *found), input.dtype)


def convolution(rank: int) -> None:
    of = f"conv{rank}d"

    @operation(of)
    def forward(
        input: Tensor,
        weight: Tensor,
        bias: Any = None,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: Any = 1,
    ) -> Tensor:
        return convolved(input, weight.shape[1] * groups, weight.shape[0], weight.shape[2:], stride, padding, dilation, rank, of)

    back = f"conv_transpose{rank}d"

    @operation(back)
    def transposed(
        input: Tensor, weight: Tensor, bias: Any = None, stride: Any = 1, padding: Any = 0, output_padding: Any = 0, groups: Any = 1,
        dilation: Any = 1,
    ) -> Tensor:  # fmt: skip
        kernel, outputs = weight.shape[2:], weight.shape[1] * groups
        return convolved_back(input, weight.shape[0], outputs, kernel, stride, padding, output_padding, dilation, rank, back)


# ---------------------------------------------------------------- pooling
def pooled(input: Tensor, kernel: Any, stride: Any, padding: Any, dilation: Any, up: bool, rank: int, of: str) -> Tensor:
    """One element for each place of a window; without a stride, windows lie side by side."""
    batch, channels, lengths = split_axes(input, rank, of)
    steps = kernel if stride in (None, (), []) else stride
    places = places_along(lengths, (kernel, steps, padding, dilation), rank, of, up)
    return made((*batch, channels, *places), input.dtype)


def pooling(rank: int) -> None:
    @operation(f"max_pool{rank}d")
    def largest(
        input: Tensor, kernel_size: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1, ceil_mode: bool = False,
        return_indices: bool = False,
    ) -> Any:  # fmt: skip
        found = pooled(input, kernel_size, stride, padding, dilation, ceil_mode, rank, f"max_pool{rank}d")
        return Found(found, made(found.shape, "torch.int64")) if return_indices else found

    @operation(f"avg_pool{rank}d")
    def mean(
        input: Tensor, kernel_size: Any, stride: Any = None, padding: Any = 0, ceil_mode: bool = False, *_: object, **__: object
    ) -> Tensor:
        return pooled(input, kernel_size, stride, padding, 1, ceil_mode, rank, f"avg_pool{rank}d")

    @operation(f"lp_pool{rank}d")
    def norm(input: Tensor, norm_type: object, kernel_size: Any, stride: Any = None, ceil_mode: bool = False) -> Tensor:
        return pooled(input, kernel_size, stride, 0, 1, ceil_mode, rank, f"lp_pool{rank}d")

    @operation(f"adaptive_avg_pool{rank}d adaptive_max_pool{rank}d")
    def adaptive(input: Tensor, output_size: Any, return_indices: bool = False) -> Any:
        batch, channels, lengths = split_axes(input, rank, f"adaptive pooling in {rank} dimensions")
        wanted = per_axis(output_size, rank)
        found = made(
            (*batch, channels, *(old if new is None else new for old, new in zip(lengths, wanted, strict=True))), input.dtype
        )
        return Found(found, made(found.shape, "torch.int64")) if return_indices else found

    @operation(f"max_unpool{rank}d")
    def unpooled(
        input: Tensor,
        indices: Tensor,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        output_size: Any = None,
    ) -> Tensor:
        batch, channels, lengths = split_axes(input, rank, f"max_unpool{rank}d")
        if output_size is not None:
            return made((*batch, channels, *tuple(output_size)[-rank:]), input.dtype)
        steps = kernel_size if stride is None else stride
        settings = zip(lengths, *(per_axis(each, rank) for each in (kernel_size, steps, padding)), strict=True)
        return made((*batch, channels, *((n - 1) * step - 2 * pad + window for n, window, step, pad in settings)), input.dtype)


for rank in (1, 2, 3):
    convolution(rank)
    pooling(rank)


# ---------------------------------------------------------------- windows as columns
@operation("unfold")
def unfolded(input: Tensor, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1) -> Tensor:
    """Each window of an image as a column."""
    batch, channels, lengths = split_axes(input, 2, "unfold")
    places = places_along(lengths, (kernel_size, stride, padding, dilation), 2, "unfold")
    return made((*batch, channels * prod(per_axis(kernel_size, 2)), prod(places)), input.dtype)


@operation("fold")
def folded(input: Tensor, output_size: Any, kernel_size: Any, *_: object, **__: object) -> Tensor:
    """Columns put back into an image."""
    channels = quotient(input.shape[-2], prod(per_axis(kernel_size, 2)))
    return made((*input.shape[:-2], channels, *per_axis(output_size, 2)), input.dtype)
