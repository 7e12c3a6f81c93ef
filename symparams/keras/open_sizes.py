"""Unknown sizes while a user's own ``call`` runs: each None is a symbol, so that ``ops.shape(x)[0] * 2`` is a size as well.

The symbols are named ``?0``, ``?1``, by the place of their axis, and become None again in what the call gives.
"""

from __future__ import annotations

from .graph import KerasTensor, mapped_structure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..core.sizes import Dim, OpenShape

MARK = "?"
RUNNING: list[bool] = []  # not empty while a call runs with symbols for unknown sizes


def is_open(axis: object) -> bool:
    """Whether a size is one of these symbols, or contains one."""
    return any(letter.name.startswith(MARK) for letter in getattr(axis, "free_symbols", ()))


def open_axes(shape: OpenShape) -> OpenShape:
    """The shape with a symbol for each unknown size."""
    from ..core.algebra import symbol

    return tuple(symbol(f"{MARK}{place}") if axis is None else axis for place, axis in enumerate(shape))


def closed(shape: Any) -> Any:
    """A shape, or a list of them, with None for each of these symbols."""
    if not RUNNING:
        return shape
    return [closed(each) for each in shape] if isinstance(shape, list) else closed_shape(shape)


def closed_shape(shape: OpenShape) -> OpenShape:
    return tuple(map(closed_axis, shape))


def closed_axis(axis: Dim | None) -> Dim | None:
    return None if is_open(axis) else axis


def opened_tensors(structure: object) -> Any:
    """The structure, with tensors whose unknown sizes are symbols."""
    return mapped_structure(structure, lambda tensor: with_axes(tensor, open_axes))


def closed_tensors(structure: object) -> Any:
    """The structure, with tensors whose open sizes are None."""
    return mapped_structure(structure, lambda tensor: with_axes(tensor, closed_shape))


def with_axes(tensor: KerasTensor, resized: Callable[[OpenShape], OpenShape]) -> KerasTensor:
    """The tensor in other sizes, its mask too."""
    made = KerasTensor(resized(tensor.shape), tensor.dtype)
    if isinstance(tensor.mask, KerasTensor):
        made.mask = KerasTensor(resized(tensor.mask.shape), tensor.mask.dtype)
    elif tensor.mask is not None:
        made.mask = tensor.mask.with_axes(resized)
    return made
