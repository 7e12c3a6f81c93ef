"""The rows of LocallyConnected1D and LocallyConnected2D, which Keras 2 stores in three ways."""

from __future__ import annotations

from ...core.catalogue import NO_BIAS, entry, when
from ...core.sizes import known, volume
from ...errors import SettingError
from ...layers.locally_connected import LocallyConnected
from ..axes import checked_choice
from ..conventions import KERAS
from ..default_inputs import input_with_lengths
from ..row import row
from ..sliding_windows import PLACES, check_window, spatial_shape, window_axes, window_lengths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.conventions import Convention
    from ...core.sizes import Dim, OpenShape, Shape
    from ..axes import Axes
    from ..signature import Arguments


# ---------------------------------------------------------------- the kernel: positions, window, channels, filters
def kernel_by_position(axes: Shape) -> Shape:
    """The kernel as a matrix for each position."""
    rank = len(axes) // 2 - 1
    return (volume(axes[:rank]) or 1, volume(axes[rank:-1]) or 1, axes[-1])


def dense_kernel(axes: Shape) -> Shape:
    """The kernel as a dense map from the whole input to the whole output."""
    rank = len(axes) // 2 - 1
    places, seen, channels, filters = axes[:rank], axes[rank:-2], axes[-2], axes[-1]
    return (*seen, channels, *places, filters)


def dense_kernel_channels_first(axes: Shape) -> Shape:
    rank = len(axes) // 2 - 1
    places, seen, channels, filters = axes[:rank], axes[rank:-2], axes[-2], axes[-1]
    return (channels, *seen, filters, *places)


def sparse_kernel(axes: Shape) -> Shape:
    """The kernel as one vector with a number for each connection."""
    return (volume(axes) or 1,)


BY_PLACE, DENSE, DENSE_CHANNELS_FIRST, SPARSE = (
    KERAS.but(layouts={"kernel": layout})
    for layout in (kernel_by_position, dense_kernel, dense_kernel_channels_first, sparse_kernel)
)
WHOLE_INPUT = when(
    "implementation", 2, "implementation=2 keeps a weight for every position of the input, zero outside the window", window="image"
)


def convention(a: Arguments) -> Convention:
    dense = DENSE_CHANNELS_FIRST if a.data_format == "channels_first" else DENSE
    return {1: BY_PLACE, 2: dense, 3: SPARSE}[a.implementation]


# ---------------------------------------------------------------- arguments and sizes
def check(rank: int) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        a["implementation"] = checked_choice(a.implementation, (1, 2, 3), f"{a['class_name']}: implementation")
        check_window(a, rank, ("valid",) if a.implementation == 1 else ("valid", "same"))

    return check


def sizes(rank: int) -> Callable[[Arguments, Axes], dict[str, object]]:
    def sizes(a: Arguments, x: Axes) -> dict[str, object]:
        image = tuple(getattr(x, place) for place in PLACES[rank].split())
        places = tuple(known(length, x.owner) for length in window_lengths(rank, a, x))
        cut = a.implementation == 3 and a.padding == "same"
        return {
            "window": a.kernel_size,
            "image": image,
            "places": places,
            "inputs": x.channels,
            "filters": a.filters,
            "connections": connections(a, image, places) if cut else 0,
        }

    return sizes


def output_shape(rank: int) -> Callable[[Arguments, Axes], OpenShape]:
    return lambda a, x: spatial_shape(a, x, window_lengths(rank, a, x), a.filters)


def connections(a: Arguments, image: Shape, places: Shape) -> Dim:
    """The number of pairs of an output position and an input position that it sees, where the border cuts windows."""
    if not all(isinstance(size, int) for size in (*image, *a.kernel_size, *a.strides)):
        raise SettingError(
            f"{a['class_name']}: implementation=3 with padding='same' has a weight for each connection, whose number is unknown with "
            "letters: use numbers, implementation=2 or padding='valid'"
        )
    return volume([connections_along_axis(*axis) for axis in zip(image, a.kernel_size, a.strides, places, strict=True)]) or 1  # type: ignore[arg-type]


def connections_along_axis(length: int, window: int, stride: int, places: int) -> int:
    """The connections along an axis: those of whole windows, minus the parts beyond either border."""
    before, after = window // 2, window - window // 2  # the parts of a window before and after its centre
    left = min(places, -(-before // stride))
    first = max(0, (length - after) // stride + 1)
    right = max(0, places - first)
    over_left = left * before - stride * left * (left - 1) // 2
    over_right = right * (after - length) + stride * (first + places - 1) * right // 2
    return window * places - over_left - over_right


for rank, letters in ((1, {"window": "k", "places": "p", "image": "t"}), (2, {"window": "a b", "places": "p q", "image": "h w"})):
    row(
        f"LocallyConnected{rank}D",
        entry=entry(f"keras.LocallyConnected{rank}D", LocallyConnected, BY_PLACE, NO_BIAS, WHOLE_INPUT, **letters),
        takes=window_axes(rank),
        check=check(rank),
        sizes=sizes(rank),
        gives=output_shape(rank),
        own_input=input_with_lengths(window_axes(rank)),
        stored=convention,
    )
