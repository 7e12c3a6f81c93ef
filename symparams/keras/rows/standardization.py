"""Layers that rescale inputs before training: Normalization and Rescaling."""

from __future__ import annotations

from ...core.catalogue import GIVEN, entry, when
from ...core.sizes import known, same, shown
from ...errors import ArgumentError, SettingError, ShapeError, brief
from ...layers.normalization import Standardization
from ..axes import axis_index, mismatch_in_words
from ..conventions import KERAS
from ..row import refusal, row
from .merging import broadcast_axes
from .normalization import own_input

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import Dim, OpenShape
    from ..axes import Axes
    from ..signature import Arguments


# ---------------------------------------------------------------- Normalization
def check(a: Arguments) -> None:
    """Checks the axes, if any, and a mean and variance of the same shape, if any."""
    axes = () if a.axis is None else tuple(a.axis) if isinstance(a.axis, tuple | list) else (a.axis,)
    if not all(isinstance(axis, int) and not isinstance(axis, bool) for axis in axes):
        raise ArgumentError(f"Normalization: axis must be None, one whole number or several, not {brief(a.axis)}")
    a["axis"] = axes
    for argument in ("mean", "variance"):
        if hasattr(a[argument], "tolist"):  # an array of NumPy or a similar library
            a[argument] = a[argument].tolist()
    if (a.mean is None) is not (a.variance is None):
        raise SettingError(
            f"Normalization: give mean and variance together, not mean={brief(a.mean)} and variance={brief(a.variance)}"
        )
    mean, variance = list_shape(a, "mean"), list_shape(a, "variance")
    if a["version"] == "v3" and mean != variance:
        raise SettingError(f"Normalization: mean and variance must have the same shape, not {shown(mean)} and {shown(variance)}")
    if a["version"] == "v3" and len(mean) > len(axes):
        raise refusal(a, "mean", f"of shape {shown(mean)} must have at most as many axes as axis={a['axis']}")


def list_shape(a: Arguments, argument: str, value: object = ...) -> tuple[int, ...]:
    """The shape of a mean or variance: () for a number, two axes for a list of lists."""
    value = a[argument] if value is ... else value
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return ()
    if isinstance(value, tuple | list):
        inner = {list_shape(a, argument, each) for each in value}
        if len(inner) == 1:
            return (len(value), *inner.pop())
    raise refusal(a, argument, "must be a number or a list of as many numbers as the axis has")


def sizes(a: Arguments, x: Axes) -> dict[str, object]:
    """The axes with their own mean and variance, in the order of the input."""
    places = sorted(axis_index(axis, len(x.shape), "Normalization: axis") for axis in a.axis)
    shape = tuple(known(x.shape[place], f"Normalization: axis {place}") for place in places)
    constant = a.mean is not None and set(list_shape(a, "mean")) <= {1}
    for place, after, length in zip(places, places[1:], shape, strict=False):
        if place == after and length != 1 and not (constant and a["version"] == "v3"):
            raise ShapeError(f"Normalization: axis={a.axis} contains axis {place} of {shown(x.shape)} twice; name it once")
    if a.mean is not None:
        for argument in ("mean", "variance"):
            check_fit(a, argument, shape)
    return {"shape": shape}


def check_fit(a: Arguments, argument: str, shape: tuple[Dim, ...]) -> None:
    """Checks that a list broadcasts to the axes: it may have axes of 1 or fewer axes, before Keras 3 also more axes of 1."""
    given = list_shape(a, argument)
    axes = (1,) * (len(given) - len(shape)) + shape
    for one, length in zip(reversed(given), reversed(axes), strict=False):
        if one != 1 and not same(one, length):
            raise ShapeError(
                f"Normalization: {argument} has shape {shown(given)}, but the axes have {shown(shape)}: {mismatch_in_words(one, length)}"
            )


row(
    "Normalization",
    entry=entry(
        "keras.Normalization",
        Standardization,
        KERAS,
        when("mean", GIVEN, "mean and variance are given, so none are kept", kept=0),
    ),
    check=check,
    sizes=sizes,
    own_input=own_input,
)


# ---------------------------------------------------------------- Rescaling
def check_scale(a: Arguments) -> None:
    """Checks that scale and offset are numbers or arrays; Keras 3 does so only when the layer runs."""
    if a["version"] != "v3":
        for argument in ("scale", "offset"):
            if hasattr(a[argument], "tolist"):
                a[argument] = a[argument].tolist()
            list_shape(a, argument)


def rescaled_shape(a: Arguments, x: Axes) -> OpenShape:
    """The unchanged shape; before Keras 3, broadcast with those of scale and offset."""
    shape = list(x.shape)
    if a["version"] != "v3":
        for argument in ("scale", "offset"):
            shape = broadcast_axes(shape, list(list_shape(a, argument)), "v2", f"Rescaling: {argument}")
    return tuple(shape)


row("Rescaling", check=check_scale, gives=rescaled_shape, takes="...")
