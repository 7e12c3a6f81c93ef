"""The values that JSON lacks, as Keras writes them: tuples, slices, arrays, dtype policies."""

from __future__ import annotations

from ..core.sizes import is_symbolic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeGuard

    from ..core.sizes import Dim


def python_value(value: object) -> Any:
    """The value in Python. A list becomes a tuple, since it nearly always was one before it was saved."""
    if isinstance(value, list | tuple):
        return tuple(python_value(each) for each in value)
    if not isinstance(value, dict):
        return value
    config = value.get("config")
    match value.get("class_name"):
        case "__tuple__" | "TensorShape" | "ListWrapper":
            return python_value(value.get("items"))
        case "__numpy__" | "__tensor__" if isinstance(config, dict):
            return python_value(config.get("value"))
        case "__slice__" if isinstance(config, dict):
            return slice(*(python_value(config.get(part)) for part in ("start", "stop", "step")))
        case "__ellipsis__":
            return ...
        case None:
            return {key: python_value(each) for key, each in value.items()}
    return value


def policy_value(dtype: object) -> str | dict[str, object] | None:
    """A dtype policy: its name, such as ``"mixed_bfloat16"``, or its config where it has no name but a quantization."""
    config = dtype.get("config") if isinstance(dtype, dict) else None
    name = config.get("name") if isinstance(config, dict) else None
    if isinstance(name, str):
        return name
    return dtype if isinstance(dtype, str | dict) else None


def is_shape(value: object) -> TypeGuard[list[int | None] | tuple[int | None, ...]]:
    """Whether a value is a single shape, not a structure of shapes."""
    return isinstance(value, list | tuple) and all(axis is None or (isinstance(axis, int) and axis is not True) for axis in value)


def is_size(value: object) -> TypeGuard[Dim]:
    """Whether a value is a number or has letters."""
    return type(value) is int or is_symbolic(value)


def are_sizes(value: object) -> TypeGuard[Sequence[Dim]]:
    """Whether a value is a sequence of sizes, each a number or with letters."""
    return isinstance(value, list | tuple) and all(map(is_size, value))


def shapes_in(value: object) -> list[tuple[int | None, ...]]:
    """All shapes in a structure, in order."""
    if is_shape(value):
        return [tuple(value)] if value else []
    value = python_value(value)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return [shape for each in inside for shape in shapes_in(each)]
