"""Shapes and their axes: what a layer takes, by name, and the length that a sliding window leaves."""

from __future__ import annotations

from ..core.sizes import is_symbolic, known, larger, quotient, rounded_up, same, shown, size
from ..errors import SettingError, ShapeError, SizeError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from ..core.sizes import Dim, OpenShape

    T = TypeVar("T")


class Axes:
    """The axes of one input by the names in ``takes``: ``batch time features``, or ``batch ... features``.

    ``x.features`` is an axis that a weight needs, so unknown is an error; ``x["time"]`` may be None.
    """

    def __init__(self, owner: str, takes: str, shape: OpenShape) -> None:
        names = takes.split()
        middle = len(shape) - len(names) + 1
        if middle < 0 if "..." in names else len(shape) != len(names):
            raise ShapeError(f"{owner} takes ({', '.join(names)}), not an input of shape {shown(shape)}")
        where = names.index("...") if "..." in names else len(names)
        self.owner, self.shape, self.names = owner, shape, names
        self.rest = shape[where : where + middle] if "..." in names else ()
        self._axes = dict(zip(names[:where], shape, strict=False))
        self._axes |= dict(zip(reversed(names[where + 1 :]), reversed(shape), strict=False))

    def __getitem__(self, name: str) -> Dim | None:
        return self._axes[name]

    def __getattr__(self, name: str) -> Dim:
        if name.startswith("_") or name not in self._axes:
            raise AttributeError(name)
        return known(self._axes[name], f"{self.owner}: {name}")


def open_shape(shape: object, of: str) -> OpenShape:
    """A shape as a user gives it: sizes, symbols, and None where nothing is known."""
    if not isinstance(shape, tuple | list):
        raise ShapeError(f"{of} must be a tuple of sizes, such as (64, 15) or (None, 15), not {brief(shape)}")
    return tuple(None if axis is None else size(axis, f"{of}[{place}]") for place, axis in enumerate(shape))


def shape_text(shape: Sequence[object]) -> str:
    """``(None, 64, 2*n)``, several shapes beside each other."""
    return ", ".join(map(shape_text, shape)) if isinstance(shape, list) else shown(shape)


def axis_sizes(value: object, rank: int, of: str, least: int = 1) -> tuple[Dim, ...]:
    """An argument with one size per axis: ``3`` is ``(3, 3)``."""
    values = tuple(value) if isinstance(value, tuple | list) else (value,) * rank
    if len(values) != rank:
        raise SettingError(f"{of} needs {rank} size{'s' if rank > 1 else ''}, one per axis, not {brief(value)}")
    return tuple(size(each, of, least) for each in values)


def window_length(length: Dim | None, window: Dim, stride: Dim, padding: str, dilation: Dim, owner: str) -> Dim | None:
    """How many places a window has: ``floor((length - window)/stride) + 1``, all of them where the input is padded."""
    if length is None:
        return None
    if padding in ("same", "causal"):
        return rounded_up(length, stride)
    try:
        return size(quotient(length - dilation * (window - 1) - 1, stride) + 1, owner)
    except SizeError:
        raise ShapeError(
            f"{owner}: a window of {brief(window)} does not fit an axis of {brief(length)}; pad it, or give a longer input"
        ) from None


def transposed_length(length: Dim | None, window: Dim, stride: Dim, padding: str, more: Dim | None, dilation: Dim) -> Dim | None:
    """How long the output of a transposed convolution is; ``more`` is the output padding, None for Keras's choice.

    That choice makes a padded output ``length`` strides long, and any other as long as the last window needs.
    """
    if length is None:
        return None
    window = (window - 1) * dilation + 1
    if padding == "same":
        return length * stride if more is None else (length - 1) * stride + window - 2 * quotient(window, 2) + more
    return (length - 1) * stride + (larger(window, stride) if more is None else window + more)


def place_of(axis: object, rank: int, of: str) -> int:
    """An axis of a shape, counted from its end where it is negative."""
    if not isinstance(axis, int) or isinstance(axis, bool):
        raise SettingError(f"{of} must be a whole number that names an axis, not {brief(axis)}")
    if not -rank <= axis < rank:
        raise ShapeError(f"{of}: no axis {brief(axis)} in an input of {rank} axes")
    return axis % rank


def agreed(one: Dim | None, other: Dim | None, what: str) -> Dim | None:
    """The size of an axis that two tensors share: an unknown one is what the other is."""
    if one is None or other is None or same(one, other):
        return other if one is None else one
    raise ShapeError(f"{what}: {unlike(one, other)}")


def unlike(one: Dim | None, other: Dim | None) -> str:
    """Why two sizes are not the same."""
    if is_symbolic(one) or is_symbolic(other):
        return f"{one} and {other} cannot be said to be equal; use one letter where the sizes are the same"
    return f"{brief(one)} is not {brief(other)}"


def lowered(value: object) -> object:
    """A text in small letters, and what is no text as it is."""
    return value.lower() if isinstance(value, str) else value


def one_of(value: T, allowed: tuple[object, ...], of: str) -> T:
    if not isinstance(value, str | int | None) or value not in allowed:  # an array is equal to nothing, and to everything
        raise SettingError(f"{of} must be one of {', '.join(map(repr, allowed))}, not {brief(value)}")
    return value


def differ(said: OpenShape, found: OpenShape) -> bool:
    """Whether two shapes contradict each other. The batch axis says nothing, and neither does an unknown axis or a letter."""
    if len(said) != len(found):
        return True
    return any(isinstance(a, int) and isinstance(b, int) and a != b for a, b in zip(said[1:], found[1:], strict=True))
