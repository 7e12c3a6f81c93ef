"""Layers that change numbers but not shapes: activations, dropout and noise, masking, activity regularization."""

from __future__ import annotations

from math import inf

from ...core.sizes import size
from ..axes import axis_index
from ..row import check_seed, refusal, row
from ..sliding_windows import PLACES, check_data_format, window_axes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...core.sizes import OpenShape
    from ..axes import Axes
    from ..signature import Arguments


# ---------------------------------------------------------------- arguments that are numbers
def check_numbers(before: str = "", **least: float) -> Callable[[Arguments], None]:
    """The check that these arguments are numbers of at least these values; Keras 2 accepts any number for those in ``before``."""

    def check(a: Arguments) -> None:
        for argument, lowest in least.items():
            if argument in a and not (argument == "max_value" and a[argument] is None):
                check_number(a, argument, -inf if a["version"] != "v3" and argument in before.split() else lowest)

    return check


def check_number(a: Arguments, argument: str, least: float = -inf, most: float = inf) -> None:
    try:
        fits = not isinstance(a[argument], str) and bool(least <= a[argument] <= most)
    except (TypeError, ValueError):  # a value that cannot be compared, a letter, or an array
        fits = False
    if not fits:
        bounds = "" if least == -inf else f" of at least {least:g}" if most == inf else f" from {least:g} to {most:g}"
        raise refusal(a, argument, f"must be a number{bounds}")


# ---------------------------------------------------------------- activations
def check_leak(a: Arguments) -> None:
    """Checks the slope, which may also have its older name in Keras 3."""
    if a["version"] == "v3":
        a["negative_slope"] = a.negative_slope if "alpha" not in a or a.alpha is None else a.alpha
    check_numbers(before="alpha", **{"negative_slope" if a["version"] == "v3" else "alpha": 0})(a)


def softmax_shape(a: Arguments, x: Axes) -> OpenShape:
    """The unchanged shape; the axis is checked before Keras 3, which checks it only when the layer runs."""
    if a["version"] != "v3" and a.axis is not None:
        axes = a.axis if isinstance(a.axis, tuple | list) else (a.axis,)
        for axis in axes:
            axis_index(axis, len(x.shape), f"{x.owner}: axis")
        if not axes:
            raise refusal(a, "axis", "must name at least one axis")
    return x.shape


row("Activation")  # the name of the activation is checked as for every layer
row("ReLU", check=check_numbers(max_value=0, negative_slope=0, threshold=0))
row("LeakyReLU", check=check_leak, also=("alpha",))
row("ELU", check=lambda a: None if a["version"] == "v3" else check_number(a, "alpha"))
row("ThresholdedReLU", check=check_numbers(theta=0))
row("Softmax", gives=softmax_shape, masks=True)


# ---------------------------------------------------------------- dropout and noise
def check_noise(argument: str, any_before: bool = False) -> Callable[[Arguments], None]:
    """The check of a rate from 0 to 1, or with ``any_before`` of any number before Keras 3."""

    def check(a: Arguments) -> None:
        bounds = (-inf, inf) if any_before and a["version"] != "v3" else (0, 1)
        check_number(a, argument, *bounds)
        check_seed(a, argument)
        if "data_format" in a:
            check_data_format(a)

    return check


def check_dropout(a: Arguments) -> None:
    check_noise("rate")(a)
    if a["version"] == "v3" and a.noise_shape is not None:
        if not isinstance(a.noise_shape, tuple | list):
            raise refusal(a, "noise_shape", "must be a tuple of sizes, with None for the sizes of the input")
        a["noise_shape"] = tuple(None if axis is None else size(axis, f"{a['class_name']}: noise_shape") for axis in a.noise_shape)


row("Dropout", check=check_dropout)
for name, argument in (("GaussianDropout", "rate"), ("GaussianNoise", "stddev"), ("AlphaDropout", "rate")):
    row(name, check=check_noise(argument, any_before=True))
for rank in PLACES:
    row(f"SpatialDropout{rank}D", takes=window_axes(rank), check=check_noise("rate"), also_before=("seed", "noise_shape"))


# ---------------------------------------------------------------- unchanged inputs
def check_penalties(a: Arguments) -> None:
    for argument in ("l1", "l2"):
        value: Any = a[argument]
        if value is None:
            continue
        if not isinstance(value, int | float) or not abs(value) < inf or (value < 0 and a["version"] == "v3"):
            raise refusal(a, argument, "must be a finite number of at least 0")


row("ActivityRegularization", check=check_penalties)
row("Identity")
row("Masking")
