"""The shapes of tensors that operations make of numbers alone: ``zeros((2, 3))``, ``arange(n)``, ``eye(n)``, ``hanning(n)``."""

from __future__ import annotations

from ...core.sizes import is_symbolic, rounded_up
from .arguments import Operand, Unknown, Use, constant_shape, sizes_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...core.sizes import Dim, OpenShape
    from .arguments import Shapes


def sizes_given(use: Use) -> OpenShape:
    """A shape that is given as a tuple, a single size, or a tensor that holds sizes."""
    shape = use.get("shape", "dims", place=0)
    return sizes_in([shape]) if is_number(shape) else sizes_in(shape)


def is_number(value: object) -> bool:
    return isinstance(value, int) or is_symbolic(value) or (isinstance(value, Operand) and value.shape == ())


def number_given(use: Use, *names: str, place: int, default: Any = None) -> Any:
    """A number, or the size that a tensor holds; None for a size that is unknown."""
    value = use.get(*names, place=place, default=default)
    if isinstance(value, Operand):
        if value.holds is None or len(value.holds) != 1:
            raise Unknown
        return value.holds[0]
    return value


def arange_shape(use: Use) -> OpenShape:
    start, stop, step = (number_given(use, name, place=place) for place, name in enumerate(("start", "stop", "step")))
    if stop is None and "stop" not in use.named and len(use.args) < 2:
        start, stop = 0, start
    if start is None or stop is None:
        return (None,)
    if step in (None, 1):
        return (stop - start,) if not isinstance(stop - start, float) else (int(-(-(stop - start) // 1)),)
    if any(map(is_symbolic, (start, stop))):
        return (rounded_up(stop - start, step),)
    return (max(0, int(-(-(stop - start) // step))),)


def eye_shape(use: Use) -> OpenShape:
    rows = number_given(use, "N", "n", place=0)
    columns = number_given(use, "M", place=1)
    return (rows, rows if columns is None else columns)


def spaced_shape(use: Use) -> Shapes:
    number: Dim | None = number_given(use, "num", place=2, default=50)
    start = use.args[0] if use.args else use.named.get("start")
    ends = start.shape if isinstance(start, Operand) else constant_shape(start)
    place = use.get("axis", default=0) % (len(ends) + 1)
    shape = (*ends[:place], number, *ends[place:])
    return [shape, ends] if use.get("retstep", default=False) else shape


def window_shape(use: Use) -> OpenShape:
    return (number_given(use, "x", "M", place=0),)


CREATED: dict[str, Callable[[Use], Shapes]] = {
    **dict.fromkeys(("zeros", "ones", "full", "fill", "empty", "normal", "uniform", "truncatednormal", "randint", "gamma", "beta", "binomial",
                     "randomnormal", "randomuniform"), sizes_given),
    "arange": arange_shape, **dict.fromkeys(("eye", "tri"), eye_shape),
    **dict.fromkeys(("linspace", "logspace", "geomspace"), spaced_shape),
    **dict.fromkeys(("bartlett", "blackman", "hamming", "hanning", "kaiser"), window_shape),
}  # fmt: skip
