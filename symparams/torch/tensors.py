"""Tensors without numbers: a shape, and whether it is trained. What code that builds a model does to them, they allow."""

from __future__ import annotations

from ..dims import shown, size, volume
from ..errors import ArgumentError, ShapeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Self

    from ..dims import Dim, Shape


class Tensor:
    """A tensor of a shape. Its sizes may be letters, and zero, as PyTorch allows.

    >>> from symparams import symbols
    >>> Tensor((3, symbols("n"))).numel()
    3*n
    """

    def __init__(self, shape: Any = (0,), requires_grad: bool = False) -> None:
        self.shape: Shape = shape_of(shape, type(self).__name__)
        self.requires_grad = requires_grad

    def numel(self) -> Dim:
        """How many numbers it has."""
        count = volume(self.shape)
        assert count is not None, "no axis of a tensor is unknown"
        return count

    def size(self, axis: int | None = None) -> Any:
        """Its shape, or one axis of it."""
        return self.shape if axis is None else self.shape[axis]

    @property
    def ndim(self) -> int:
        """How many axes it has."""
        return len(self.shape)

    dim = ndimension = lambda self: len(self.shape)

    @property
    def data(self) -> Self:
        """The tensor itself."""
        return self

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Sets whether it is trained."""
        self.requires_grad = bool(requires_grad)
        return self

    def __getattr__(self, name: str) -> Callable[..., Self]:
        """What fills a tensor in place, ``normal_()``, changes no shape; nor does moving it."""
        if (name.endswith("_") and not name.startswith("_")) or name in UNCHANGED:
            return lambda *_, **__: self
        raise AttributeError(f"{type(self).__name__} has no {name!r}: it is a shape, {shown(self.shape)}, and has no numbers")

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        copied = type(self).__new__(type(self))
        vars(copied).update(vars(self))
        memo[id(self)] = copied
        return copied

    def _same(self, other: Any) -> Tensor:
        """What arithmetic gives, with a number or with a tensor of the same shape."""
        if isinstance(other, Tensor) and other.shape != self.shape:
            raise ShapeError(f"tensors of shapes {shown(self.shape)} and {shown(other.shape)} have nothing to calculate here")
        return Tensor(self.shape)

    __mul__ = __rmul__ = __add__ = __radd__ = __sub__ = __rsub__ = __truediv__ = _same

    def __neg__(self) -> Tensor:
        return Tensor(self.shape)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shown(self.shape)})"


UNCHANGED = frozenset("to cpu cuda float half double bfloat16 detach clone contiguous type".split())


class Parameter(Tensor):
    """``nn.Parameter``: a tensor that belongs to the module it is set on. Takes a shape, or a tensor.

    >>> Parameter((3, 4))
    Parameter((3, 4))
    """

    def __init__(self, data: Any = (0,), requires_grad: bool = True) -> None:
        super().__init__(data, bool(requires_grad))


class Buffer(Tensor):
    """``nn.Buffer``: a tensor that a module keeps and nobody trains."""

    def __init__(self, data: Any = (0,), *, persistent: bool = True) -> None:
        super().__init__(data)
        self.persistent = persistent


def shape_of(value: Any, of: str) -> Shape:
    """A shape: given as one, or that of a tensor."""
    value = getattr(value, "shape", value)
    if not isinstance(value, tuple | list):
        raise ArgumentError(f"{of} takes a shape such as (3, 4), or a tensor, not {value!r}")
    return tuple(size(axis, f"{of}: axis {place}", least=0) for place, axis in enumerate(value))


# ---------------------------------------------------------------- what makes them
def zeros(*size: Any, **_: Any) -> Tensor:
    """A tensor of a shape, given as sizes or as one tuple: ``torch.zeros(3, n)``."""
    return Tensor(size[0] if len(size) == 1 and isinstance(size[0], tuple | list) else size)


ones = empty = rand = randn = zeros


def full(size: Any, fill_value: Any, **_: Any) -> Tensor:  # noqa: ARG001
    """A tensor of a shape."""
    return zeros(*size) if isinstance(size, tuple | list) else zeros(size)


def zeros_like(other: Tensor, **_: Any) -> Tensor:
    """A tensor of another's shape."""
    return Tensor(other.shape)


ones_like = empty_like = rand_like = randn_like = zeros_like


def eye(n: Any, m: Any = None, **_: Any) -> Tensor:
    """A matrix."""
    return zeros(n, n if m is None else m)


def tensor(data: Any, **_: Any) -> Tensor:
    """A tensor as deep and as long as the lists: ``torch.tensor([1.0, 2.0])`` has shape (2,)."""
    shape = []
    while isinstance(data, list | tuple):
        shape.append(len(data))
        data = data[0] if data else None
    return Tensor(shape)


def arange(start: Any, end: Any = None, step: int = 1, **_: Any) -> Tensor:
    """A vector as long as the range."""
    if end is None:
        return zeros(start)
    if step != 1:
        raise ArgumentError("arange has a step here only where it is 1: give the shape itself, torch.empty(10)")
    return zeros(end - start)
