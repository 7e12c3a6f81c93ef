"""Functions that make tensors, such as ``torch.zeros(3, n)``, or calculate with them while a model is built; only shapes matter."""

from __future__ import annotations

from math import ceil

from ..core.sizes import rounded_up, same
from ..errors import ArgumentError, ShapeError, brief, either, nearest
from .shape_rules import axis_index, broadcast_shape, sizes_of
from .tensors import Tensor, tensor_of_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, TypeVar

    from ..core.sizes import Dim
    from .shape_rules import Sizes

    F = TypeVar("F", bound="Callable[..., object]")

MOST_NUMBERS = 1000  # that a new tensor keeps
OPTIONS = ("dtype", "device", "requires_grad", "generator", "layout", "pin_memory", "memory_format", "out")


def new_tensor(shape: Iterable[object], options: Mapping[str, object], dtype: str = "torch.float32") -> Tensor:
    """A tensor of a shape, with the options that all of these functions share, and of a data type where none is given."""
    for name in options:
        if name not in OPTIONS:
            raise ArgumentError(f"unknown option {name!r} for a tensor; use {either(OPTIONS)}{nearest(name, OPTIONS)}")
    made = Tensor(*shape, requires_grad=bool(options.get("requires_grad", False)))
    made.dtype = str(options.get("dtype") or dtype)
    return made


def zeros(*sizes: Sizes, size: Sizes = (), **options: object) -> Tensor:
    """A tensor of a shape, given as sizes or as one tuple: ``torch.zeros(3, n)``."""
    return new_tensor(sizes_of(sizes or (size,)), options)


ones = empty = rand = randn = zeros


def full(size: Sizes, fill_value: object, **options: object) -> Tensor:
    """A tensor of a shape."""
    return new_tensor(sizes_of((size,)), options, dtype_of(fill_value))


def dtype_of(value: object) -> str:
    """The data type of a number."""
    return "torch.bool" if isinstance(value, bool) else "torch.int64" if isinstance(value, int) else "torch.float32"


def normal(mean: object, std: object = 1.0, size: Sizes | None = None, **options: object) -> Tensor:
    """A tensor of the shape of the means, or of a shape."""
    if size is not None:
        return new_tensor(sizes_of((size,)), options)
    given = [each for each in (mean, std) if isinstance(each, Tensor)]
    return new_tensor(broadcast_shape(given[0].shape, given[-1].shape), options)


def randint(low: object, high: object = None, size: object = None, **options: object) -> Tensor:  # noqa: ARG001
    """A tensor of the shape in the last argument."""
    shape = high if size is None else size
    if not isinstance(shape, tuple | list):
        raise ArgumentError(f"randint takes a shape as its last argument, as in randint(0, 10, (3, 4)), not {brief(shape)}")
    return new_tensor(shape, options, "torch.int64")


def randperm(n: Dim, **options: object) -> Tensor:
    """The whole numbers below n in some order."""
    return new_tensor((n,), options, "torch.int64")


def zeros_like(input: Tensor, *_: object, **options: object) -> Tensor:
    """A tensor of the shape of another."""
    return new_tensor(input.shape, options, input.dtype)


ones_like = empty_like = rand_like = randn_like = full_like = randint_like = zeros_like


def eye(n: Dim, m: Dim | None = None, **options: object) -> Tensor:
    """A matrix."""
    return new_tensor((n, n if m is None else m), options)


def tril_indices(row: int, col: int, offset: int = 0, **options: object) -> Tensor:
    """The places of a triangle of a matrix, in two rows."""
    places = sum(min(col, max(0, number + offset + 1)) for number in range(row))
    return new_tensor((2, places), options, "torch.int64")


def triu_indices(row: int, col: int, offset: int = 0, **options: object) -> Tensor:
    """The places of the other triangle."""
    below = sum(min(col, max(0, number + offset)) for number in range(row))
    return new_tensor((2, row * col - below), options, "torch.int64")


def tensor(data: object, **options: object) -> Tensor:
    """A tensor of the shape of nested lists: ``torch.tensor([1.0, 2.0])`` has shape (2,)."""
    if hasattr(data, "shape"):
        kind = str(getattr(data, "dtype", "float32"))
        return new_tensor(data.shape, options, kind if kind.startswith("torch.") else f"torch.{kind}")
    given, shape = data, []
    while isinstance(data, list | tuple):
        shape.append(len(data))
        data = data[0] if data else 0.0
    inner = getattr(data, "shape", ())  # a list of tensors
    made = new_tensor((*shape, *inner), options, dtype_of(data) if not isinstance(data, Tensor) else data.dtype)
    made.numbers = given if isinstance(data, int | float) else None
    return made


as_tensor = from_numpy = scalar_tensor = tensor


def arange(start: Any, end: Any = None, step: Any = 1, **options: object) -> Tensor:
    """A vector as long as the range."""
    first, last = (0, start) if end is None else (start, end)
    kind = "torch.float32" if any(isinstance(each, float) for each in (first, last, step)) else "torch.int64"
    if all(isinstance(each, int | float) for each in (first, last, step)):
        length = max(0, ceil((last - first) / step))
        made = new_tensor((length,), options, kind)
        made.numbers = [first + step * place for place in range(length)] if length <= MOST_NUMBERS else None
        return made
    if any(isinstance(each, float) for each in (first, last, step)) or (isinstance(step, int) and step < 1):
        raise ArgumentError("arange takes only whole numbers and steps of at least 1 here: give the shape itself, torch.empty(10)")
    return new_tensor((rounded_up(last - first, step),), options, kind)


def linspace(start: Any, end: Any, steps: Dim, **options: object) -> Tensor:
    """A vector of ``steps`` numbers at equal distances."""
    made = new_tensor((steps,), options)
    if isinstance(steps, int) and steps <= MOST_NUMBERS and all(isinstance(each, int | float) for each in (start, end)):
        made.numbers = [in_single_precision(start + (end - start) * place / max(1, steps - 1)) for place in range(steps)]
    return made


def in_single_precision(number: float) -> float:
    """A number as 32 bits hold it."""
    from struct import pack, unpack

    return float(unpack("f", pack("f", number))[0])


def logspace(start: object, end: object, steps: Dim, *_: object, **options: object) -> Tensor:  # noqa: ARG001
    """A vector of ``steps`` numbers at equal ratios."""
    return new_tensor((steps,), options)


def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Tensors concatenated along an axis."""
    first, *others = tensors
    at = axis_index(dim, first.ndim)
    for each in others:
        if each.ndim != first.ndim or any(
            not same(each.shape[axis], first.shape[axis]) for axis in range(first.ndim) if axis != at
        ):
            raise ShapeError(f"{first!r} and {each!r} cannot be concatenated along axis {dim}: their other axes must be equal")
    return tensor_of_shape((*first.shape[:at], sum(each.shape[at] for each in tensors), *first.shape[at + 1 :]))


def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Tensors stacked along a new axis."""
    return cat([each.unsqueeze(dim) for each in tensors], dim)


def matmul(input: Tensor, other: Tensor) -> Tensor:
    """The product of matrices, of vectors, or of batches of matrices."""
    a, b = input.shape, other.shape
    if not a or not b or not same(a[-1], b[-2 if len(b) > 1 else -1]):
        raise ShapeError(
            f"{input!r} and {other!r} cannot be multiplied: the last axis of one must be the last but one of the other"
        )
    batch = broadcast_shape(a[:-2], b[:-2])
    return tensor_of_shape((*batch, *a[-2:-1], *b[len(b) - 1 :])) if len(b) > 1 else tensor_of_shape(a[:-1])


def einsum(equation: str, *operands: Tensor) -> Tensor:
    """Einstein's sum: ``torch.einsum("ij,jk->ik", a, b)``."""
    before, _, after = equation.replace(" ", "").partition("->")
    sizes: dict[str, Dim] = {}
    for axes, operand in zip(before.split(","), operands, strict=True):
        if len(axes) != operand.ndim or "." in axes:
            raise ShapeError(f"einsum: {axes!r} does not name the axes of {operand!r}")
        for axis, size in zip(axes, operand.shape, strict=True):
            if sizes.setdefault(axis, size) != size and not same(sizes[axis], size):
                raise ShapeError(f"einsum: axis {axis!r} is both {sizes[axis]} and {size}")
    if "->" not in equation:
        after = "".join(sorted(axis for axis in sizes if before.count(axis) == 1))
    return tensor_of_shape(tuple(sizes[axis] for axis in after))


class NoEffect:
    """A context or decorator without effect, such as ``torch.no_grad()``, since there are no numbers."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def __call__(self, function: F) -> F:
        return function

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


no_grad = enable_grad = inference_mode = device = NoEffect


def manual_seed(seed: object) -> None:
    """Does nothing: no number is drawn."""
