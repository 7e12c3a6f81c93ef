"""Normalizations: BatchNormalization, LayerNormalization, GroupNormalization, RMSNormalization, UnitNormalization."""

from __future__ import annotations

from ...core.catalogue import entry, when
from ...core.sizes import known, size, split
from ...errors import ArgumentError, SettingError, ShapeError, brief
from ...layers.normalization import BatchNormalization, GroupNormalization, LayerNormalization, RMSNormalization
from ..axes import axis_index
from ..conventions import KERAS
from ..default_inputs import free_letter
from ..row import refusal, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import Dim, OpenShape
    from ..axes import Axes
    from ..signature import Arguments

NO_SCALE = when("scale", False, "scale=False leaves gamma out", scales=0)
NO_SHIFT = when("center", False, "center=False leaves beta out", shifts=0)
RMS_SCALING = when("rms_scaling", True, "rms_scaling=True has gamma and no beta, whatever scale and center", scales=1, shifts=0)
RENORM = when(
    "renorm",
    True,
    "renorm=True keeps a moving standard deviation, and the mean and deviation that it corrects towards",
    renorm_statistics=3,
)


# ---------------------------------------------------------------- axes
def check_axes(a: Arguments) -> None:
    """Refuses anything but one axis or several."""
    axes = list(a.axis) if isinstance(a.axis, tuple | list) else [a.axis]
    if not all(isinstance(axis, int) and not isinstance(axis, bool) for axis in axes):
        raise ArgumentError(f"{a['class_name']}: axis must be one whole number or several, not {brief(a.axis)}")
    if not axes:
        raise refusal(a, "axis", "must name at least one axis")


def check_one_axis(a: Arguments) -> None:
    check_axes(a)
    if isinstance(a.axis, tuple | list):
        raise ArgumentError(f"{a['class_name']}: axis must be one whole number, not {brief(a.axis)}")


def axis_indices(a: Arguments, x: Axes) -> list[int]:
    """The axes in ``axis``, in the order of the weights: Keras 3 sorts the numbers as written, -1 before 1."""
    axes = list(a.axis) if isinstance(a.axis, tuple | list) else [a.axis]
    found = [axis_index(axis, len(x.shape), f"{x.owner}: axis") for axis in (sorted(axes) if a["version"] == "v3" else axes)]
    if a["version"] != "v3" and len(set(found)) < len(found):
        raise refusal(a, "axis", "must name each axis only once")
    return found


def normalized_sizes(a: Arguments, x: Axes, has_weights: bool = True) -> tuple[Dim, ...]:
    """The sizes of those axes; if no weight needs them, they may be unknown."""
    sizes = ((place, x.shape[place]) for place in axis_indices(a, x))
    return tuple(1 if size is None and not has_weights else known(size, f"{x.owner}: axis {place}") for place, size in sizes)


def own_input(a: Arguments, taken: set[str]) -> OpenShape:
    """The smallest input with these axes, in letters."""
    axes = a.axis if isinstance(a.axis, tuple | list) else (a.axis,)
    shape: list[Dim | None] = [None] * max(2, *(axis + 1 if axis >= 0 else -axis for axis in axes), 2)
    for axis in axes:
        letter = free_letter("c", taken)
        shape[axis], taken = letter, {*taken, letter.name}
    return tuple(shape)


# ---------------------------------------------------------------- over the batch
FUSED = (-4, -3, -1, 1, 3, 4)  # the axes that TensorFlow's fused kernel accepts


def check_batch(a: Arguments) -> None:
    name = a["class_name"]
    (check_one_axis if a["version"] == "v3" else check_axes)(a)
    for argument in ("momentum", "epsilon"):
        if not isinstance(a[argument], int | float):
            raise refusal(a, argument, "must be a number")
    clipping = (a.renorm_clipping or {}) if a.renorm else {}
    if not isinstance(clipping, dict) or not clipping.keys() <= {"rmax", "rmin", "dmax"}:
        raise refusal(a, "renorm_clipping", "must be a dict with rmax, rmin or dmax")
    highest, lowest, shift = (clipping.get(key) for key in ("rmax", "rmin", "dmax"))
    if a["version"] == "v3":
        if highest is not None and lowest is not None and highest < lowest:
            raise refusal(a, "renorm_clipping", "must have an rmax of at least rmin")
        if shift is not None and shift < 0:
            raise refusal(a, "renorm_clipping", "must have a dmax of at least 0")
    elif a.virtual_batch_size is not None:
        a["virtual_batch_size"] = size(a.virtual_batch_size, f"{name}: virtual_batch_size")
        if a.adjustment is not None:
            raise SettingError(f"{name}: virtual_batch_size cannot be combined with adjustment; leave one of them out")
    if a["version"] == "v2" and a.fused:
        if a.synchronized:
            raise SettingError(f"{name}: fused=True cannot be combined with synchronized=True; leave one of them out")
        if not may_be_fused(a):
            raise SettingError(
                f"{name}: fused=True needs one axis out of {FUSED} and a dtype of at most 32 bits, and cannot be combined with "
                "renorm, virtual_batch_size or adjustment; leave fused out"
            )


def may_be_fused(a: Arguments) -> bool:
    axes = a.axis if isinstance(a.axis, tuple | list) else (a.axis,)
    plain = not a.renorm and a.virtual_batch_size is None and a.adjustment is None and not a.synchronized
    return plain and len(axes) == 1 and axes[0] in FUSED and a.dtype in ("float16", "bfloat16", "float32", None)


def check_fused(a: Arguments, rank: int, place: int) -> None:
    """Refuses inputs that do not fit the fused kernel, which Keras 2 uses whenever it can: channels must be first or last."""
    if a.fused and rank not in (4, 5):
        raise ShapeError(f"BatchNormalization: fused=True takes inputs of 4 or 5 axes, not of {rank}")
    if (a.fused or a.fused is None) and may_be_fused(a) and rank == 4 and place not in (1, 3):
        raise refusal(a, "axis", "must be 1 or 3 in an input of 4 axes")


def batch_axes(a: Arguments, x: Axes) -> tuple[Dim, ...]:
    """The axes of the weights: one; before Keras 3 perhaps several, with a 1 for each other axis and for the virtual batch."""
    found, rank = axis_indices(a, x), len(x.shape)
    sizes = dict(zip(found, normalized_sizes(a, x), strict=True))
    if a["version"] == "v2":
        check_fused(a, rank, found[0])
    virtual = a.get("virtual_batch_size")
    if len(found) == 1 and virtual is None:
        return tuple(sizes.values())
    if virtual is None:
        return tuple(sizes.get(place, 1) for place in range(rank))
    if 0 in found:
        raise refusal(a, "axis", "must leave out the batch with virtual_batch_size")
    return (1, 1, *(sizes.get(place, 1) for place in range(1, rank)))


# ---------------------------------------------------------------- over groups
def check_groups(a: Arguments) -> None:
    check_one_axis(a)
    if type(a.groups) is not int or a.groups != -1:
        a["groups"] = size(a.groups, f"{a['class_name']}: groups")


def group_axes(a: Arguments, x: Axes) -> tuple[Dim, ...]:
    (channels,) = normalized_sizes(a, x)
    if a.groups != -1:  # -1 makes each channel a group
        split(channels, a.groups, f"{x.owner}: channels over groups")
    return (channels,)


def unit_shape(a: Arguments, x: Axes) -> OpenShape:
    axis_indices(a, x)
    return x.shape


row(
    "BatchNormalization",
    entry=entry("keras.BatchNormalization", BatchNormalization, KERAS, NO_SCALE, NO_SHIFT, RENORM),
    check=check_batch,
    sizes=lambda a, x: {"shape": batch_axes(a, x)},
    own_input=own_input,
    masks=True,
)
row(
    "LayerNormalization",
    entry=entry("keras.LayerNormalization", LayerNormalization, KERAS, RMS_SCALING, NO_SCALE, NO_SHIFT),
    check=check_axes,
    sizes=lambda a, x: {"shape": normalized_sizes(a, x, has_weights=bool(a.scale or a.center or a.get("rms_scaling")))},
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
    sizes=lambda a, x: {"shape": normalized_sizes(a, x)},
    own_input=own_input,
)
row("UnitNormalization", check=check_axes, gives=unit_shape)
