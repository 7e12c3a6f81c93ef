"""Tensors without numbers: a shape, and whether it is trained. They support the methods that code uses to build a model."""

from __future__ import annotations

from ..core.sizes import shown, volume
from ..errors import ArgumentError, ShapeError
from .shape_rules import axis_index, broadcast_shape, indexed_shape, shape_of, sizes_of, viewed_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, Self

    from ..core.sizes import Dim, Shape
    from .shape_rules import ShapeLike, Sizes

# Methods that do not change the shape: device, precision, and elementwise functions.
UNCHANGED = frozenset(
    "abs bfloat16 bool clone contiguous cos cpu cuda detach double exp float half int log long masked_fill pow relu sigmoid sin "
    "softmax sqrt tanh to tril triu type".split()
)


class Tensor:
    """A tensor with a shape. Its sizes may be letters, and also zero, as PyTorch allows.

    >>> from symparams import symbols
    >>> Tensor(3, symbols("n")).numel()
    3*n
    """

    shape: Shape
    persistent = True  # whether it is in the state dict, if it is a buffer

    def __init__(self, *sizes: object, requires_grad: bool = False) -> None:
        if len(sizes) == 1 and isinstance(sizes[0], tuple | list):
            raise ArgumentError(
                f"Tensor({sizes[0]!r}) is ambiguous: write torch.tensor(...) for numbers, torch.empty(...) for a shape"
            )
        self.shape = shape_of(sizes[0] if len(sizes) == 1 and hasattr(sizes[0], "shape") else sizes, "Tensor")
        self.requires_grad = requires_grad

    # ------------------------------------------------------------ shape and size
    def numel(self) -> Dim:
        """The number of its elements."""
        count = volume(self.shape)
        assert count is not None, "no axis of a tensor is unknown"
        return count

    nelement = numel

    def size(self, dim: int | None = None) -> Any:
        """Its shape, or one axis of it."""
        return self.shape if dim is None else self.shape[dim]

    @property
    def ndim(self) -> int:
        """The number of its axes."""
        return len(self.shape)

    dim = ndimension = lambda self: len(self.shape)

    @property
    def data(self) -> Self:
        """The tensor itself."""
        return self

    @data.setter
    def data(self, value: Tensor) -> None:
        self.shape = value.shape

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Sets whether it is trained."""
        self.requires_grad = bool(requires_grad)
        return self

    # ------------------------------------------------------------ indexing and views
    def __getitem__(self, key: object) -> Tensor:
        return tensor_of_shape(indexed_shape(self.shape, key))

    def __setitem__(self, key: object, value: object) -> None:
        """Does nothing: there are no numbers."""

    def __len__(self) -> int:
        length = self.shape[0] if self.shape else None
        if not isinstance(length, int):
            raise ShapeError(f"the length of a tensor of shape {shown(self.shape)} is not a number")
        return length

    def __iter__(self) -> Iterator[Tensor]:
        return (self[number] for number in range(len(self)))

    def __bool__(self) -> bool:
        raise ShapeError(f"a tensor of shape {shown(self.shape)} has no numbers, so it is neither true nor false")

    def view(self, *sizes: Sizes) -> Tensor:
        """The tensor with another shape."""
        return tensor_of_shape(viewed_shape(self.shape, sizes_of(sizes)))

    reshape = view

    def flatten(self, start_dim: int = 0, end_dim: int = -1) -> Tensor:
        """The tensor with some or all axes joined into one."""
        first, last = axis_index(start_dim, self.ndim), axis_index(end_dim, self.ndim) + 1
        return self.view(*self.shape[:first], -1, *self.shape[last:])

    def unsqueeze(self, dim: int) -> Tensor:
        """The tensor with an additional axis of size 1."""
        at = axis_index(dim, self.ndim + 1)
        return tensor_of_shape((*self.shape[:at], 1, *self.shape[at:]))

    def squeeze(self, dim: int | None = None) -> Tensor:
        """The tensor without its axes of size 1, or without one of them."""
        at = None if dim is None else axis_index(dim, self.ndim)
        return tensor_of_shape(tuple(axis for number, axis in enumerate(self.shape) if axis != 1 or at not in (None, number)))

    def permute(self, *dims: int | Sequence[int]) -> Tensor:
        """The tensor with its axes in another order."""
        order = [axis_index(dim, self.ndim) for dim in sizes_of(dims)]
        if sorted(order) != [*range(self.ndim)]:
            raise ShapeError(f"{dims!r} is not an order of {self.ndim} axes; name each axis once")
        return tensor_of_shape(tuple(self.shape[dim] for dim in order))

    def transpose(self, dim0: int, dim1: int) -> Tensor:
        """The tensor with two axes swapped."""
        order = [*range(self.ndim)]
        one, other = axis_index(dim0, self.ndim), axis_index(dim1, self.ndim)
        order[one], order[other] = other, one
        return self.permute(order)

    def t(self) -> Tensor:
        """The transposed matrix."""
        return tensor_of_shape(self.shape[::-1])

    T = property(t)

    def expand(self, *sizes: Sizes) -> Tensor:
        """The tensor repeated along its axes of size 1; -1 keeps an axis."""
        wanted = sizes_of(sizes)
        mine = (1,) * (len(wanted) - self.ndim) + self.shape
        return tensor_of_shape(
            broadcast_shape(tuple(own if each == -1 else each for own, each in zip(mine, wanted, strict=True)), mine)
        )

    def repeat(self, *sizes: Sizes) -> Tensor:
        """The tensor repeated along each axis."""
        often = sizes_of(sizes)
        mine = (1,) * (len(often) - self.ndim) + self.shape
        return tensor_of_shape(tuple(axis * times for axis, times in zip(mine, often, strict=True)))

    # ------------------------------------------------------------ arithmetic
    def __getattr__(self, name: str) -> Callable[..., Self]:
        """A method that returns the tensor itself: in place, such as ``normal_()``, or elementwise, neither changes the shape."""
        if (name.endswith("_") and not name.startswith("_")) or name in UNCHANGED:
            return lambda *_, **__: self
        raise AttributeError(
            f"{type(self).__name__} has no attribute {name!r}: it is only a shape, {shown(self.shape)}, without numbers"
        )

    def _with(self, other: object) -> Tensor:
        """The result of arithmetic with a number or another tensor."""
        return tensor_of_shape(broadcast_shape(self.shape, other.shape) if isinstance(other, Tensor) else self.shape)

    __mul__ = __rmul__ = __add__ = __radd__ = __sub__ = __rsub__ = __truediv__ = __rtruediv__ = __pow__ = __rpow__ = _with

    def __neg__(self) -> Tensor:
        return tensor_of_shape(self.shape)

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        copied = type(self).__new__(type(self))
        vars(copied).update(vars(self))
        memo[id(self)] = copied
        return copied

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shown(self.shape)})"


class Parameter(Tensor):
    """``nn.Parameter``, a tensor that belongs to the module it is set on, made from a shape or a tensor.

    >>> Parameter((3, 4))
    Parameter((3, 4))
    """

    def __init__(self, data: ShapeLike = (0,), requires_grad: bool = True) -> None:
        self.shape = shape_of(data, type(self).__name__)
        self.requires_grad = bool(requires_grad)


class Buffer(Tensor):
    """``nn.Buffer``, a tensor of a module that is not trained."""

    def __init__(self, data: ShapeLike = (0,), *, persistent: bool = True) -> None:
        self.shape = shape_of(data, type(self).__name__)
        self.requires_grad, self.persistent = False, persistent


def tensor_of_shape(shape: Shape) -> Tensor:
    """A tensor of a shape."""
    return Tensor(*shape)
