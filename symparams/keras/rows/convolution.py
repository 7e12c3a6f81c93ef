"""Conv1D, Conv2D, Conv3D."""

from __future__ import annotations

from ...catalogue import NO_BIAS, entry
from ...conventions import KERAS
from ...dims import size, split
from ...layers.convolution import Conv
from ..row import refuse, row
from ..shapes import Axes, axis_sizes, one_of, window_length

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...dims import OpenShape
    from ..signature import Arguments


PLACES = {1: "steps", 2: "rows columns", 3: "depth rows columns"}


def takes(rank: int) -> Callable[[Arguments], str]:
    channels_last, channels_first = f"batch {PLACES[rank]} channels", f"batch channels {PLACES[rank]}"
    return lambda a: channels_first if a.data_format == "channels_first" else channels_last


def check(rank: int) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        name = a["class_name"]
        a["filters"] = size(a.filters, f"{name}: filters")
        a["groups"] = size(a.groups, f"{name}: groups")
        for argument in ("kernel_size", "strides", "dilation_rate"):
            a[argument] = axis_sizes(a[argument], rank, f"{name}: {argument}")
        a["padding"] = one_of(
            str(a.padding).lower(), ("valid", "same", "causal") if rank == 1 else ("valid", "same"), f"{name}: padding"
        )
        a["data_format"] = one_of(a.data_format or "channels_last", ("channels_last", "channels_first"), f"{name}: data_format")
        split(a.filters, a.groups, f"{name}: filters over groups")
        if any(stride != 1 for stride in a.strides) and any(rate != 1 for rate in a.dilation_rate):
            raise refuse(a, "strides", "above 1 do not go with dilation_rate above 1")

    return check


def sizes(a: Arguments, x: Axes) -> dict[str, Any]:
    return {
        "window": a.kernel_size,
        "inputs": x.channels,
        "filters": a.filters,
        "groups": a.groups,
        "lora_rank": a.get("lora_rank") or 0,
    }


def gives(rank: int) -> Callable[[Arguments, Axes], OpenShape]:
    def gives(a: Arguments, x: Axes) -> OpenShape:
        places = [x[place] for place in PLACES[rank].split()]
        lengths = tuple(
            window_length(length, window, stride, a.padding, rate, a["class_name"])
            for length, window, stride, rate in zip(places, a.kernel_size, a.strides, a.dilation_rate, strict=True)
        )
        first = a.data_format == "channels_first"
        return (x["batch"], a.filters, *lengths) if first else (x["batch"], *lengths, a.filters)

    return gives


for rank in (1, 2, 3):
    row(
        f"Conv{rank}D",
        entry=entry(f"keras.Conv{rank}D", Conv, KERAS, NO_BIAS, window=("k", "a b", "a b e")[rank - 1]),
        takes=takes(rank),
        check=check(rank),
        also=("lora_rank", "lora_alpha"),
        sizes=sizes,
        gives=gives(rank),
    )
