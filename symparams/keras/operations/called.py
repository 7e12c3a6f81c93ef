"""Operations that call a user's function: ``cond``, ``map``, ``while_loop``. The function runs once, on symbolic tensors."""

from __future__ import annotations

from ..graph import KerasTensor, mapped_structure, tensors_in
from .constants import as_tensors, tensor_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def first_of_each(structure: Any) -> Any:
    """The structure of one step: each tensor without its first axis."""
    return mapped_structure(as_tensors(structure), lambda tensor: KerasTensor(tensor.shape[1:], tensor.dtype))


def stacked(structure: Any, length: Any) -> Any:
    return mapped_structure(structure, lambda tensor: KerasTensor((length, *tensor.shape), tensor.dtype))


def length_of(structure: Any) -> Any:
    return next((tensor.shape[0] for tensor in tensors_in(as_tensors(structure))), None)


def cond(pred: object, true_fn: Callable[[], Any], false_fn: Callable[[], Any]) -> Any:  # noqa: ARG001
    """What the first function gives; both give the same shapes."""
    false_fn()
    return true_fn()


def switch(index: object, branches: list[Callable[..., Any]], *operands: Any) -> Any:  # noqa: ARG001
    """What the first branch gives."""
    return branches[0](*operands)


def mapped(f: Callable[[Any], Any], xs: Any) -> Any:
    """The function on each part of the first axis."""
    return stacked(f(first_of_each(xs)), length_of(xs))


def vectorized_map(function: Callable[[Any], Any], elements: Any) -> Any:
    """The function on each part of the first axis."""
    return mapped(function, elements)


def scan(f: Callable[[Any, Any], Any], init: Any, xs: Any = None, length: Any = None, **_: object) -> Any:
    """The last state, and what each step gives, one after the other."""
    carry, output = f(init, None if xs is None else first_of_each(xs))
    return carry, stacked(output, length if xs is None else length_of(xs))


def while_loop(cond: Callable[..., Any], body: Callable[..., Any], loop_vars: Any, maximum_iterations: object = None) -> Any:  # noqa: ARG001
    """The variables of a loop, which keep their shapes."""
    return as_tensors(loop_vars)


def fori_loop(lower: object, upper: object, body_fun: Callable[..., Any], init_val: Any) -> Any:  # noqa: ARG001
    """The value of a loop, which keeps its shape."""
    return as_tensors(init_val)


def vectorize(pyfunc: Callable[..., Any], **_: object) -> Callable[..., Any]:
    """The function itself."""
    return pyfunc


def custom_gradient(f: Callable[..., Any]) -> Callable[..., Any]:
    """The function, without the gradient that it gives with its result."""

    def function(*args: Any, **kwargs: Any) -> Any:
        return f(*args, **kwargs)[0]

    return function


def associative_scan(f: Callable[..., Any], elems: Any, reverse: bool = False, axis: int = 0) -> Any:  # noqa: ARG001
    """The results of a function on more and more elements, which have the shapes of the elements."""
    return as_tensors(elems)


def jvp(fun: Callable[..., Any], primals: Any, tangents: Any, has_aux: bool = False) -> Any:  # noqa: ARG001
    """What a function gives, and its change, which has the same shapes."""
    given = fun(*as_tensors(primals))
    return (given[0], given[0], given[1]) if has_aux else (given, given)


def unravel_index(indices: Any, shape: Any) -> list[KerasTensor]:
    """One tensor of indices for each axis."""
    return [KerasTensor(tensor_of(indices).shape, "int32") for _ in shape]


def broadcast_shapes(*shapes: Any) -> Any:
    """The shape of tensors of these shapes together."""
    from .arguments import broadcast_shapes as together

    return together(shapes)


OF_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "cond": cond, "switch": switch, "map": mapped, "vectorized_map": vectorized_map, "scan": scan, "while_loop": while_loop,
    "fori_loop": fori_loop, "vectorize": vectorize, "custom_gradient": custom_gradient, "unravel_index": unravel_index,
    "broadcast_shapes": broadcast_shapes, "associative_scan": associative_scan, "jvp": jvp,
}  # fmt: skip
