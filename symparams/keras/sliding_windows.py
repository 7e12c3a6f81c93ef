"""The common parts of layers with a sliding window: their axes, arguments and output lengths."""

from __future__ import annotations

from ..core.sizes import at_least, size
from ..errors import brief
from .axes import axis_sizes, checked_choice, in_lowercase
from .output_lengths import transposed_length, window_length
from .row import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..core.sizes import Dim, OpenShape
    from .axes import Axes
    from .signature import Arguments

PLACES = {1: "steps", 2: "rows columns", 3: "depth rows columns"}
WIDTHS = ("filters", "groups", "depth_multiplier")
PER_AXIS = ("kernel_size", "strides", "dilation_rate")


def window_axes(rank: int, before: str = "batch") -> Callable[[Arguments], str]:
    """The axes of the input by name, with channels last or first."""
    channels_last, channels_first = f"{before} {PLACES[rank]} channels", f"{before} channels {PLACES[rank]}"
    return lambda a: channels_first if a.get("data_format") == "channels_first" else channels_last


def check_window(a: Arguments, rank: int, paddings: tuple[str, ...] = ("valid", "same")) -> None:
    """Sets each argument of such a layer to one size per axis, or refuses it."""
    name = a["class_name"]
    for argument in WIDTHS:
        if argument in a:
            a[argument] = size(a[argument], f"{name}: {argument}")
    for argument in PER_AXIS:
        if argument in a:
            a[argument] = axis_sizes(a[argument], rank, f"{name}: {argument}")
    a["padding"] = checked_choice(in_lowercase(a.padding), paddings, f"{name}: padding")
    check_data_format(a)


def check_data_format(a: Arguments) -> None:
    """Sets data_format: channels last by default; upper and lower case are the same, as in Keras."""
    data_format = "channels_last" if a.data_format is None else a.data_format
    a["data_format"] = checked_choice(
        in_lowercase(data_format), ("channels_last", "channels_first"), f"{a['class_name']}: data_format"
    )


def check_strides_or_dilation(a: Arguments) -> None:
    """Refuses strides together with dilation; a letter is taken for more than 1."""
    if any(stride != 1 for stride in a.strides) and any(rate != 1 for rate in a.dilation_rate):
        raise refusal(a, "strides", f"must be 1 with dilation_rate={brief(a.dilation_rate)}")


# ---------------------------------------------------------------- output shapes
def window_lengths(rank: int, a: Arguments, x: Axes) -> list[Dim | None]:
    """How many positions the window has along each axis."""
    places = [x[place] for place in PLACES[rank].split()]
    dilation = a.get("dilation_rate") or (1,) * rank
    return [
        window_length(length, window, stride, a.padding, rate, x.owner)
        for length, window, stride, rate in zip(places, a.kernel_size, a.strides, dilation, strict=True)
    ]


def inferred_window_lengths(rank: int, a: Arguments, x: Axes) -> list[Dim | None]:
    """The same where Keras 2 asks TensorFlow, which gives unknown lengths for a dilated window if any axis is unknown."""
    unknown = any(x[place] is None for place in PLACES[rank].split())
    if a["version"] != "v3" and unknown and any(rate != 1 for rate in a.dilation_rate):
        return [None] * rank
    return window_lengths(rank, a, x)


def spatial_shape(a: Arguments, x: Axes, places: list[Dim | None], channels: Dim | None) -> OpenShape:
    """The shape of an output with these lengths and channels, in the order of the input's axes."""
    ordered = (channels, *places) if a.get("data_format") == "channels_first" else (*places, channels)
    return (x["batch"], *x.rest, *ordered)


def output_padding(a: Arguments, rank: int) -> tuple[Dim, ...] | None:
    """The output padding of a transposed convolution along each axis, less than a stride; None for Keras's default."""
    if a.output_padding is None:
        return None
    padding = axis_sizes(a.output_padding, rank, f"{a['class_name']}: output_padding", least=0)
    for more, stride in zip(padding, a.strides, strict=True):
        if at_least(more, stride):
            raise refusal(a, "output_padding", f"must be less than strides={a.strides} along each axis")
    return padding


def transposed_lengths(rank: int, a: Arguments, x: Axes) -> list[Dim | None]:
    """The length of the output of a transposed convolution along each axis."""
    # In three dimensions, Keras 2 ignores dilation, both in the convolution and in the shape.
    dilation = a.dilation_rate if rank < 3 or a["version"] == "v3" else (1,) * rank
    return [
        transposed_length(x[place], window, stride, a.padding, more, rate)
        for place, window, stride, more, rate in zip(
            PLACES[rank].split(), a.kernel_size, a.strides, a.output_padding or (None,) * rank, dilation, strict=True
        )
    ]
