"""Layers that lengthen or shorten axes: zero padding, cropping, upsampling."""

from __future__ import annotations

from ...core.sizes import size
from ...errors import SettingError, ShapeError, SizeError, brief
from ..axes import axis_sizes, checked_choice
from ..row import refusal, row
from ..sliding_windows import PLACES, check_data_format, spatial_shape, window_axes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.sizes import Dim, OpenShape
    from ..axes import Axes
    from ..signature import Arguments


# ---------------------------------------------------------------- both ends of each axis
def check_ends(argument: str, rank: int) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        a[argument] = axis_ends(a, argument, rank)
        if "data_format" in a:
            check_data_format(a)

    return check


def axis_ends(a: Arguments, argument: str, rank: int) -> tuple[tuple[Dim, ...], ...]:
    """The two ends of each axis, given as one number, one per axis, or two per axis; for a single axis, one or two."""
    value, of = a[argument], f"{a['class_name']}: {argument}"
    if rank == 1:
        return (axis_sizes(value, 2, of, least=0),)
    if isinstance(value, tuple | list):
        if len(value) != rank:
            raise SettingError(f"{of} needs one number or a pair for each of {rank} axes, not {brief(value)}")
        return tuple(axis_sizes(each, 2, of, least=0) for each in value)
    if type(value) is int and value < 0 and argument == "padding" and a["version"] == "v3":
        return ((value, value),) * rank  # negative padding, which Keras 3 accepts and uses to crop
    return (axis_sizes(value, 2, of, least=0),) * rank


def padded_shape(argument: str, sign: int, rank: int) -> Callable[[Arguments, Axes], OpenShape]:
    def gives(a: Arguments, x: Axes) -> OpenShape:
        changed = [
            changed_length(x[place], sign * (begin + end), x.owner)
            for place, (begin, end) in zip(PLACES[rank].split(), a[argument], strict=True)
        ]
        return spatial_shape(a, x, changed, x["channels"])

    return gives


def changed_length(length: Dim | None, more: Dim, owner: str) -> Dim | None:
    if length is None:
        return None
    try:
        return size(length + more, owner)
    except SizeError:
        raise ShapeError(f"{owner}: an axis of {brief(length)} is too short to remove {brief(-more)}") from None


# ---------------------------------------------------------------- upsampling
INTERPOLATIONS = ("nearest", "bilinear", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic")


def check_size(rank: int) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        name = a["class_name"]
        if rank == 1 and isinstance(a.size, tuple | list):
            raise refusal(a, "size", "must be one whole number")
        a["size"] = axis_sizes(a.size, rank, f"{name}: size")
        if "data_format" in a:
            check_data_format(a)
        if "interpolation" in a:
            check_interpolation(a)

    return check


def check_interpolation(a: Arguments) -> None:
    """Refuses an interpolation that is not a name, or before Keras 3, is unknown; Keras 3 checks it only when the layer runs."""
    if not isinstance(a.interpolation, str):
        raise refusal(a, "interpolation", "must be a string such as 'bilinear'")
    if a["version"] != "v3":
        checked_choice(a.interpolation.lower(), INTERPOLATIONS, f"{a['class_name']}: interpolation")


def upsampled_shape(rank: int) -> Callable[[Arguments, Axes], OpenShape]:
    def gives(a: Arguments, x: Axes) -> OpenShape:
        lengths = [x[place] for place in PLACES[rank].split()]
        if rank == 2 and a["version"] != "v3" and None in lengths:  # TensorFlow's resizing gives two unknown lengths
            lengths = [None, None]
        longer = [None if length is None else times * length for length, times in zip(lengths, a.size, strict=True)]
        return spatial_shape(a, x, longer, x["channels"])

    return gives


for rank in PLACES:
    for name, argument, sign in (("ZeroPadding", "padding", 1), ("Cropping", "cropping", -1)):
        row(f"{name}{rank}D", takes=window_axes(rank), check=check_ends(argument, rank), gives=padded_shape(argument, sign, rank))
    row(f"UpSampling{rank}D", takes=window_axes(rank), check=check_size(rank), gives=upsampled_shape(rank))
