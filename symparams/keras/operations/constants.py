"""Values that are tensors although they are in no graph: arrays, numbers, and what operations on these give."""

from __future__ import annotations

from ...core.sizes import is_symbolic
from ...errors import ShapeError, brief
from ..graph import KerasTensor
from .arguments import constant_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def is_array(value: object) -> bool:
    """Whether a value is an array of NumPy or another library."""
    return hasattr(value, "shape") and hasattr(value, "dtype") and not isinstance(value, KerasTensor | type)


def as_tensors(structure: Any) -> Any:
    """The structure, in which each array is a symbolic tensor of its shape."""
    if is_array(structure):
        return KerasTensor(tuple(map(int, structure.shape)), str(structure.dtype).rpartition(".")[2])
    if isinstance(structure, dict):
        return {key: as_tensors(value) for key, value in structure.items()}
    if type(structure) in (list, tuple):
        return type(structure)(map(as_tensors, structure))
    return structure


def tensor_of(value: Any) -> KerasTensor:
    """A value as a tensor: itself, or one of the shape of an array, a list or a number, which knows the sizes that it holds."""
    if isinstance(value, KerasTensor):
        return value
    if is_array(value):
        return as_tensors(value)  # type: ignore[no-any-return]
    if isinstance(value, list | tuple) and any(isinstance(each, KerasTensor) for each in value):
        parts = [tensor_of(each) for each in value]
        made = KerasTensor((len(parts), *parts[0].shape), parts[0].dtype)
        held = [part.holds for part in parts]
        made.holds = tuple(each[0] for each in held if each) if all(each and len(each) == 1 for each in held) else None
        return made
    if not isinstance(value, int | float | complex | list | tuple) and value is not None and not is_symbolic(value):
        raise ShapeError(f"a tensor, an array or a number is needed, not {brief(value)}")
    flat = list(value) if isinstance(value, list | tuple) else [value]
    sizes = all(axis is None or type(axis) is int or is_symbolic(axis) for axis in flat)
    made = KerasTensor(shape_of(value), "float32" if any(isinstance(each, float) for each in flat) else "int32")
    made.holds = tuple(flat) if sizes and flat else None  # type: ignore[arg-type]
    return made


def shape_of(value: Any) -> Any:
    """The shape of a number or of nested lists, in which there may be sizes that are letters, or unknown."""
    if isinstance(value, list | tuple):
        return (len(value), *(shape_of(value[0]) if value else ()))
    return constant_shape(value) if not (is_symbolic(value) or value is None) else ()
