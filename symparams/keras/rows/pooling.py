"""Max and average pooling: over windows, global, and adaptive."""

from __future__ import annotations

from ...errors import ArgumentError
from ..axes import axis_sizes, checked_choice, in_lowercase
from ..output_lengths import window_length
from ..row import row
from ..sliding_windows import PLACES, check_data_format, spatial_shape, window_axes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.sizes import OpenShape
    from ..axes import Axes
    from ..signature import Arguments


# ---------------------------------------------------------------- over windows
def check_windows(rank: int) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        name = a["class_name"]
        a["pool_size"] = axis_sizes(a.pool_size, rank, f"{name}: pool_size")
        a["strides"] = a.pool_size if a.strides is None else axis_sizes(a.strides, rank, f"{name}: strides")
        padding = a.padding if a["version"] == "v3" else in_lowercase(a.padding)  # Keras 3 accepts only lowercase here
        a["padding"] = checked_choice(padding, ("valid", "same"), f"{name}: padding")
        check_data_format(a)

    return check


def pooled_shape(rank: int) -> Callable[[Arguments, Axes], OpenShape]:
    def gives(a: Arguments, x: Axes) -> OpenShape:
        lengths = [
            window_length(x[place], window, stride, a.padding, 1, x.owner)
            for place, window, stride in zip(PLACES[rank].split(), a.pool_size, a.strides, strict=True)
        ]
        return spatial_shape(a, x, lengths, x["channels"])

    return gives


# ---------------------------------------------------------------- global
def globally_pooled_shape(rank: int) -> Callable[[Arguments, Axes], OpenShape]:
    return lambda a, x: spatial_shape(a, x, [1] * rank if a.get("keepdims") else [], x["channels"])


# ---------------------------------------------------------------- adaptive
def check_output_size(rank: int) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        name = a["class_name"]
        if a.output_size is None:
            raise ArgumentError(f"{name}: output_size must be one whole number or {rank}, not None")
        a["output_size"] = axis_sizes(a.output_size, rank, f"{name}: output_size")
        a["data_format"] = checked_choice(
            "channels_last" if a.data_format is None else a.data_format, ("channels_last", "channels_first"), f"{name}: data_format"
        )

    return check


def adaptively_pooled_shape(a: Arguments, x: Axes) -> OpenShape:
    return spatial_shape(a, x, list(a.output_size), x["channels"])


for rank in PLACES:
    for kind in ("Max", "Average"):
        row(f"{kind}Pooling{rank}D", takes=window_axes(rank), check=check_windows(rank), gives=pooled_shape(rank))
        row(
            f"Global{kind}Pooling{rank}D",
            takes=window_axes(rank),
            check=check_data_format,
            gives=globally_pooled_shape(rank),
            masks=(kind, rank) == ("Average", 1),  # masked steps are left out
            also_before=("keepdims",) if (kind, rank) == ("Average", 1) else (),  # accepted, but not in the signature
        )
        row(f"Adaptive{kind}Pooling{rank}D", takes=window_axes(rank), check=check_output_size(rank), gives=adaptively_pooled_shape)
