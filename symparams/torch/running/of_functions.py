"""Operations that call a function or a module: ``vmap``, ``functional_call``; and parameters as one vector."""

from __future__ import annotations

from ..shape_rules import axis_index
from ..tensors import Tensor
from .operations import made, operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any


@operation("vmap")
def vmap(func: Callable[..., Any], in_dims: Any = 0, out_dims: Any = 0, *_: object, **__: object) -> Callable[..., Any]:
    """The function on each part of an axis of its arguments; what it gives has that axis where ``out_dims`` says."""

    def function(*args: Any) -> Any:
        axes = in_dims if isinstance(in_dims, tuple | list) else [in_dims] * len(args)
        lengths = [each.shape[axis] for each, axis in zip(args, axes, strict=True) if isinstance(each, Tensor) and axis is not None]
        parts = [without_axis(each, axis) for each, axis in zip(args, axes, strict=True)]
        return with_axis(func(*parts), lengths[0] if lengths else 1, out_dims if isinstance(out_dims, int) else 0)

    return function


def without_axis(value: Any, axis: int | None) -> Any:
    if not isinstance(value, Tensor) or axis is None:
        return value
    at = axis_index(axis, value.ndim)
    return made((*value.shape[:at], *value.shape[at + 1 :]), value.dtype)


def with_axis(value: Any, length: Any, axis: int) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(with_axis(each, length, axis) for each in value)
    if isinstance(value, dict):
        return {key: with_axis(each, length, axis) for key, each in value.items()}
    at = axis % (value.ndim + 1)
    return made((*value.shape[:at], length, *value.shape[at:]), value.dtype)


@operation("functional_call")
def functional_call(module: Any, parameters: object, args: Any = None, kwargs: Any = None, **_: object) -> Any:
    """What a module gives with other numbers in its parameters, which have the same shapes."""
    given = args if isinstance(args, tuple) else () if args is None else (args,)
    return module(*given, **(kwargs or {}))


@operation("parameters_to_vector")
def parameters_to_vector(parameters: Iterable[Tensor]) -> Tensor:
    """All parameters one after the other."""
    found = [*parameters]
    return made((sum(each.numel() for each in found),), found[0].dtype if found else "torch.float32")


@operation("vector_to_parameters")
def vector_to_parameters(*_: object) -> None:
    """Accepted, and without effect: a parameter has no numbers here."""
