"""Convolutions: ordinary, grouped, transposed, depthwise and separable."""

from __future__ import annotations

from math import isfinite

from ...core.catalogue import NO_BIAS, always, entry
from ...core.sizes import split
from ...layers.convolution import Conv, SeparableConv
from ..conventions import KERAS, KERAS_DEPTHWISE, KERAS_TRANSPOSED
from ..row import refusal, row
from ..sliding_windows import (
    check_strides_or_dilation,
    check_window,
    inferred_window_lengths,
    output_padding,
    spatial_shape,
    transposed_lengths,
    window_axes,
    window_lengths,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.conventions import Convention
    from ...core.sizes import OpenShape
    from ..axes import Axes
    from ..signature import Arguments

AXES = {1: "k", 2: "a b", 3: "a b e"}
CAUSAL = {"Conv1D": ("v3", "v2", "v1"), "SeparableConv1D": ("v2", "v1")}  # the versions that accept padding="causal"
BOTH = ("DepthwiseConv", "SeparableConv")  # classes that accept strides together with dilation, in Keras 3
EACH_CHANNEL = always(
    "each channel is its own group, with depth_multiplier filters", groups="inputs", filters="inputs*depth_multiplier"
)
IN_TWO_FACTORS = always(
    "its kernel has two factors: depth_multiplier filters for each channel, then a matrix that mixes the channels",
    multiplier="depth_multiplier",
)
DEPTHWISE_BEFORE = KERAS_DEPTHWISE.but(names={"kernel": "depthwise_kernel"})


def check(rank: int) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        name, version = a["class_name"], a["version"]
        if version != "v3":
            correct_keras_2_values(a)
        causal = ("causal",) if version in CAUSAL.get(name, ()) else ()
        check_window(a, rank, ("valid", "same", *causal))
        if "filters" in a and "groups" in a:
            split(a.filters, a.groups, f"{name}: filters over groups")
        if version != "v3" or not name.startswith(BOTH):
            check_strides_or_dilation(a)
        if "output_padding" in a:
            a["output_padding"] = output_padding(a, rank)
        if name == "Conv2DTranspose" and version != "v3" and a.dilation_rate[0] != a.dilation_rate[1]:
            raise refusal(a, "dilation_rate", "must be the same along both axes in Keras 2")

    return check


def correct_keras_2_values(a: Arguments) -> None:
    """Corrects values that Keras 2 accepts and Keras 3 does not: groups of None or 0, and a float for filters."""
    if "groups" in a and (a.groups is None or (isinstance(a.groups, int) and a.groups == 0)):
        a["groups"] = 1
    if isinstance(a.get("filters"), float) and isfinite(a.filters):
        a["filters"] = int(a.filters)


def sizes(a: Arguments, x: Axes) -> dict[str, object]:
    found = {"window": a.kernel_size, "inputs": x.channels}
    return found | {name: a[name] for name in ("filters", "depth_multiplier") if name in a}


def ordinary_sizes(a: Arguments, x: Axes) -> dict[str, object]:
    return {**sizes(a, x), "groups": a.groups, "lora_rank": a.get("lora_rank") or 0}


def output_shape(rank: int) -> Callable[[Arguments, Axes], OpenShape]:
    return lambda a, x: spatial_shape(a, x, window_lengths(rank, a, x), a.filters)


def depthwise_output_shape(rank: int) -> Callable[[Arguments, Axes], OpenShape]:
    return lambda a, x: spatial_shape(a, x, inferred_window_lengths(rank, a, x), a.depth_multiplier * x.channels)


def separable_output_shape(rank: int) -> Callable[[Arguments, Axes], OpenShape]:
    return lambda a, x: spatial_shape(a, x, inferred_window_lengths(rank, a, x), a.filters)


def transposed_output_shape(rank: int) -> Callable[[Arguments, Axes], OpenShape]:
    return lambda a, x: spatial_shape(a, x, transposed_lengths(rank, a, x), a.filters)


def axes_with_any_batch(rank: int) -> Callable[[Arguments], str]:
    """The axes of the input; Keras 2 accepts several batch axes, unless it strides with channels first."""
    one, several = window_axes(rank), window_axes(rank, "batch ...")

    def chosen(a: Arguments) -> str:
        strides = a.data_format == "channels_first" and any(stride != 1 for stride in a.strides)
        return one(a) if a["version"] == "v3" or strides else several(a)

    return chosen


def depthwise_convention(a: Arguments) -> Convention:
    return KERAS_DEPTHWISE if a["version"] == "v3" else DEPTHWISE_BEFORE


for rank, window in AXES.items():
    row(
        f"Conv{rank}D",
        entry=entry(f"keras.Conv{rank}D", Conv, KERAS, NO_BIAS, window=window),
        takes=axes_with_any_batch(rank),
        check=check(rank),
        also=("lora_rank", "lora_alpha"),
        sizes=ordinary_sizes,
        gives=output_shape(rank),
    )
    row(
        f"Conv{rank}DTranspose",
        entry=entry(f"keras.Conv{rank}DTranspose", Conv, KERAS_TRANSPOSED, NO_BIAS, window=window),
        takes=window_axes(rank),
        check=check(rank),
        also_before=("groups",),  # accepted and ignored
        sizes=sizes,
        gives=transposed_output_shape(rank),
    )
    if rank == 3:
        break
    row(
        f"DepthwiseConv{rank}D",
        entry=entry(
            f"keras.DepthwiseConv{rank}D", Conv, KERAS_DEPTHWISE, NO_BIAS, EACH_CHANNEL, window=window, depth_multiplier="m"
        ),
        takes=window_axes(rank),
        check=check(rank),
        also_before=("groups",),
        sizes=sizes,
        gives=depthwise_output_shape(rank),
        stored=depthwise_convention,
    )
    row(
        f"SeparableConv{rank}D",
        entry=entry(
            f"keras.SeparableConv{rank}D",
            SeparableConv,
            KERAS_DEPTHWISE,
            NO_BIAS,
            IN_TWO_FACTORS,
            window=window,
            depth_multiplier="m",
        ),
        takes=window_axes(rank),
        check=check(rank),
        also_before=("groups",),
        sizes=sizes,
        gives=separable_output_shape(rank),
    )
