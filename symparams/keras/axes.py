"""Shapes and their axes: the named axes of an input, and arguments with one size per axis."""

from __future__ import annotations

from ..core.sizes import is_symbolic, known, same, shown, size
from ..errors import SettingError, ShapeError, brief, either

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from ..core.sizes import Dim, OpenShape

    T = TypeVar("T")


class Axes:
    """The axes of one input, by the names in ``takes``: ``batch time features`` or ``batch ... features``.

    ``x.features`` is the size of an axis that a weight needs, an error if it is unknown; ``x["time"]`` may be None.
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
    """A shape as a user gives it: ints, symbols, and None for an unknown size."""
    if not isinstance(shape, tuple | list):
        raise ShapeError(f"{of} must be a tuple of sizes, such as (64, 15) or (None, 15), not {brief(shape)}")
    return tuple(None if axis is None else size(axis, f"{of}[{place}]") for place, axis in enumerate(shape))


def shape_text(shape: Sequence[object]) -> str:
    """``(None, 64, 2*n)``; several shapes are separated by commas."""
    return ", ".join(map(shape_text, shape)) if isinstance(shape, list) else shown(shape)


def axis_sizes(value: object, rank: int, of: str, least: int = 1) -> tuple[Dim, ...]:
    """An argument with one size per axis: ``3`` means ``(3, 3)``."""
    values = tuple(value) if isinstance(value, tuple | list) else (value,) * rank
    if len(values) != rank:
        raise SettingError(f"{of} needs {rank} size{'s' if rank > 1 else ''}, one per axis, not {brief(value)}")
    return tuple(size(each, of, least) for each in values)


def axis_index(axis: object, rank: int, of: str) -> int:
    """The index of an axis, counted from the end where it is negative."""
    if not isinstance(axis, int) or isinstance(axis, bool):
        raise SettingError(f"{of} must be the number of an axis, such as -1, not {brief(axis)}")
    if not -rank <= axis < rank:
        axes = "1 axis" if rank == 1 else f"{rank} axes"
        raise ShapeError(f"{of}: an input of {axes} has no axis {brief(axis)}; use {-rank} to {rank - 1}")
    return axis % rank


def agreed_size(one: Dim | None, other: Dim | None, what: str) -> Dim | None:
    """The size of an axis that two tensors share; where one is unknown, that of the other."""
    if one is None or other is None or same(one, other):
        return other if one is None else one
    raise ShapeError(f"{what}: {mismatch_in_words(one, other)}")


def mismatch_in_words(one: Dim | None, other: Dim | None) -> str:
    """The mismatch of two sizes, in words."""
    if is_symbolic(one) or is_symbolic(other):
        return f"{one} and {other} may differ; use the same letter for equal sizes"
    return f"{brief(one)} is not {brief(other)}"


def in_lowercase(value: object) -> object:
    """A string in lowercase; any other value unchanged."""
    return value.lower() if isinstance(value, str) else value


def checked_choice(value: T, allowed: tuple[object, ...], of: str) -> T:
    """The value, which must be one of those allowed."""
    if not isinstance(value, str | int | None) or value not in allowed:  # comparing an array gives an array
        raise SettingError(f"{of} must be {either(map(repr, allowed))}, not {brief(value)}")
    return value


def shapes_contradict(one: OpenShape, other: OpenShape) -> bool:
    """Whether two shapes contradict each other. The batch, unknown axes and letters are not compared."""
    if len(one) != len(other):
        return True
    return any(isinstance(a, int) and isinstance(b, int) and a != b for a, b in zip(one[1:], other[1:], strict=True))
