"""BatchNormalization, LayerNormalization, GroupNormalization, RMSNormalization, UnitNormalization."""

from __future__ import annotations

from ...core.catalogue import entry, when
from ...core.sizes import known, size, split
from ...errors import ArgumentError, SettingError, ShapeError, brief
from ...layers.normalization import BatchNormalization, GroupNormalization, LayerNormalization, RMSNormalization
from ..axes import place_of
from ..conventions import KERAS
from ..own_input import free_letter
from ..row import refuse, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import Dim, OpenShape
    from ..axes import Axes
    from ..signature import Arguments

NO_SCALE = when("scale", False, "scale=False leaves gamma out", scales=0)
NO_SHIFT = when("center", False, "center=False leaves beta out", shifts=0)
RMS_SCALING = when("rms_scaling", True, "rms_scaling=True has gamma and no beta, whatever scale and center are", scales=1, shifts=0)
RENORM = when(
    "renorm",
    True,
    "renorm=True keeps a moving standard deviation, and the mean and deviation it corrects towards",
    renorm_statistics=3,
)


# ---------------------------------------------------------------- axes
def check_axes(a: Arguments) -> None:
    """One axis or several."""
    axes = list(a.axis) if isinstance(a.axis, tuple | list) else [a.axis]
    if not all(isinstance(axis, int) and not isinstance(axis, bool) for axis in axes):
        raise ArgumentError(f"{a['class_name']}: axis must be a whole number or several, not {brief(a.axis)}")
    if not axes:
        raise refuse(a, "axis", "must name at least one axis")


def check_one_axis(a: Arguments) -> None:
    check_axes(a)
    if isinstance(a.axis, tuple | list):
        raise ArgumentError(f"{a['class_name']}: axis must be one whole number, not {brief(a.axis)}")


def places(a: Arguments, x: Axes) -> list[int]:
    """The axes that ``axis`` names, as they lie in the weights: Keras 3 sorts the numbers as they are written, -1 before 1."""
    axes = list(a.axis) if isinstance(a.axis, tuple | list) else [a.axis]
    found = [place_of(axis, len(x.shape), f"{x.owner}: axis") for axis in (sorted(axes) if a["version"] == "v3" else axes)]
    if a["version"] != "v3" and len(set(found)) < len(found):
        raise refuse(a, "axis", "must name each axis once")
    return found


def normalized(a: Arguments, x: Axes, has_weights: bool = True) -> tuple[Dim, ...]:
    """The sizes of those axes. Where no weight has them, one that is unknown may be any."""
    sizes = ((place, x.shape[place]) for place in places(a, x))
    return tuple(1 if size is None and not has_weights else known(size, f"{x.owner}: axis {place}") for place, size in sizes)


def own_input(a: Arguments, taken: set[str]) -> OpenShape:
    """The least input that has the axes, with a letter for each."""
    axes = a.axis if isinstance(a.axis, tuple | list) else (a.axis,)
    shape: list[Dim | None] = [None] * max(2, *(axis + 1 if axis >= 0 else -axis for axis in axes), 2)
    for axis in axes:
        letter = free_letter("c", taken)
        shape[axis], taken = letter, {*taken, letter.name}
    return tuple(shape)


# ---------------------------------------------------------------- over the batch
FUSED = (-4, -3, -1, 1, 3, 4)  # the axes that TensorFlow's fused kernel may be asked for


def check_batch(a: Arguments) -> None:
    name = a["class_name"]
    (check_one_axis if a["version"] == "v3" else check_axes)(a)
    for argument in ("momentum", "epsilon"):
        if not isinstance(a[argument], int | float):
            raise refuse(a, argument, "must be a number")
    clipping = (a.renorm_clipping or {}) if a.renorm else {}
    if not isinstance(clipping, dict) or not clipping.keys() <= {"rmax", "rmin", "dmax"}:
        raise refuse(a, "renorm_clipping", "must be a dict with rmax, rmin or dmax")
    highest, lowest, shift = (clipping.get(key) for key in ("rmax", "rmin", "dmax"))
    if a["version"] == "v3":
        if highest is not None and lowest is not None and highest < lowest:
            raise refuse(a, "renorm_clipping", "must not have rmax below rmin")
        if shift is not None and shift < 0:
            raise refuse(a, "renorm_clipping", "must not have dmax below 0")
    elif a.virtual_batch_size is not None:
        a["virtual_batch_size"] = size(a.virtual_batch_size, f"{name}: virtual_batch_size")
        if a.adjustment is not None:
            raise SettingError(f"{name}: virtual_batch_size does not go with adjustment")
    if a["version"] == "v2" and a.fused:
        if a.synchronized:
            raise SettingError(f"{name}: fused=True does not go with synchronized=True")
        if not may_be_fused(a):
            raise SettingError(
                f"{name}: fused=True goes with one axis out of {FUSED} and a dtype of at most 32 bits, and without renorm, "
                "virtual_batch_size and adjustment"
            )


def may_be_fused(a: Arguments) -> bool:
    axes = a.axis if isinstance(a.axis, tuple | list) else (a.axis,)
    plain = not a.renorm and a.virtual_batch_size is None and a.adjustment is None and not a.synchronized
    return plain and len(axes) == 1 and axes[0] in FUSED and a.dtype in ("float16", "bfloat16", "float32", None)


def check_fused(a: Arguments, rank: int, place: int) -> None:
    """Keras 2 takes the fused kernel by itself where it may; then it takes the axis for channels, last or right after the batch."""
    if a.fused and rank not in (4, 5):
        raise ShapeError(f"BatchNormalization: fused=True takes inputs of 4 or 5 axes, not of {rank}")
    if (a.fused or a.fused is None) and may_be_fused(a) and rank == 4 and place not in (1, 3):
        raise refuse(a, "axis", "must be 1 or 3 in an input of 4 axes")


def batch_axes(a: Arguments, x: Axes) -> tuple[Dim, ...]:
    """One axis; before Keras 3 perhaps several, with a 1 for each that they leave out and for the virtual batch."""
    found, rank = places(a, x), len(x.shape)
    sizes = dict(zip(found, normalized(a, x), strict=True))
    if a["version"] == "v2":
        check_fused(a, rank, found[0])
    virtual = a.get("virtual_batch_size")
    if len(found) == 1 and virtual is None:
        return tuple(sizes.values())
    if virtual is None:
        return tuple(sizes.get(place, 1) for place in range(rank))
    if 0 in found:
        raise refuse(a, "axis", "must leave the batch to virtual_batch_size")
    return (1, 1, *(sizes.get(place, 1) for place in range(1, rank)))


# ---------------------------------------------------------------- over groups
def check_groups(a: Arguments) -> None:
    check_one_axis(a)
    if type(a.groups) is not int or a.groups != -1:
        a["groups"] = size(a.groups, f"{a['class_name']}: groups")


def group_axes(a: Arguments, x: Axes) -> tuple[Dim, ...]:
    (channels,) = normalized(a, x)
    if a.groups != -1:  # each channel a group of its own
        split(channels, a.groups, f"{x.owner}: channels over groups")
    return (channels,)


def unit(a: Arguments, x: Axes) -> OpenShape:
    places(a, x)
    return x.shape


row(
    "BatchNormalization",
    entry=entry("keras.BatchNormalization", BatchNormalization, KERAS, NO_SCALE, NO_SHIFT, RENORM),
    check=check_batch,
    sizes=lambda a, x: {"shape": batch_axes(a, x)},
    own_input=own_input,
)
row(
    "LayerNormalization",
    entry=entry("keras.LayerNormalization", LayerNormalization, KERAS, RMS_SCALING, NO_SCALE, NO_SHIFT),
    check=check_axes,
    sizes=lambda a, x: {"shape": normalized(a, x, has_weights=bool(a.scale or a.center or a.get("rms_scaling")))},
    also=("rms_scaling",),
    own_input=own_input,
)
row(
    "GroupNormalization",
    entry=entry("keras.GroupNormalization", GroupNormalization, KERAS, NO_SCALE, NO_SHIFT),
    check=check_groups,
    sizes=lambda a, x: {"shape": group_axes(a, x)},
    own_input=own_input,
)
row(
    "RMSNormalization",
    entry=entry("keras.RMSNormalization", RMSNormalization, KERAS.but(names={"gamma": "scale"})),
    check=check_axes,
    sizes=lambda a, x: {"shape": normalized(a, x)},
    own_input=own_input,
)
row("UnitNormalization", check=check_axes, gives=unit)
