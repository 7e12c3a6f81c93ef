"""Convolutions: Conv1d to Conv3d, ConvTranspose1d to ConvTranspose3d."""

from __future__ import annotations

from ...core.catalogue import entry
from ...core.sizes import split
from ...layers.convolution import Conv
from ..conventions import CONVOLUTION, TRANSPOSED
from ..row import Lazy, channel_size, check_choice, refusal, row, set_axis_sizes, sizes_check
from .dense import NO_BIAS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.signatures import Arguments
    from ...core.sizes import Dim, Shape
    from ..row import Fields

PADDING_MODES = ("zeros", "reflect", "replicate", "circular")


def check(rank: int, transposed: bool) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        name = a["class_name"]
        sizes_check("groups", "in_channels", "out_channels")(a)
        set_axis_sizes(a, "kernel_size", rank)
        for argument in ("stride", "dilation"):
            set_axis_sizes(a, argument, rank, one_for_all=True)
        if transposed:
            set_axis_sizes(a, "output_padding", rank, least=0, one_for_all=True)
        if isinstance(a.padding, str) and not transposed:
            check_choice(a, "padding", ("same", "valid"))
            if a.padding == "same" and any(stride != 1 for stride in a.stride):
                raise refusal(a, "padding", "must be a number or 'valid' with a stride above 1")
        else:
            set_axis_sizes(a, "padding", rank, least=0, one_for_all=True)
        check_choice(a, "padding_mode", PADDING_MODES[:1] if transposed else PADDING_MODES)
        split(a.in_channels, a.groups, f"{name}: in_channels over groups")
        split(a.out_channels, a.groups, f"{name}: out_channels over groups")

    return check


def sizes(a: Arguments) -> Fields:
    return {"window": a.kernel_size, "inputs": a.in_channels, "filters": a.out_channels, "groups": a.groups}


def width(rank: int) -> Callable[[Arguments, Shape], Dim]:
    return lambda a, shape: channel_size(a, shape, (rank + 1, rank + 2), unbatched=rank + 1)


for rank in (1, 2, 3):
    for name, convention, transposed in (("Conv", CONVOLUTION, False), ("ConvTranspose", TRANSPOSED, True)):
        row(
            f"{name}{rank}d",
            entry=entry(f"torch.nn.{name}{rank}d", Conv, convention, NO_BIAS, window=("k", "a b", "a b e")[rank - 1]),
            check=check(rank, transposed),
            sizes=sizes,
            absent="bias",
        )
        row(f"Lazy{name}{rank}d", lazy=Lazy(becomes=f"{name}{rank}d", argument="in_channels", width=width(rank)))
