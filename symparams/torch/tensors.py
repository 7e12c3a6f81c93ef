"""Tensors without numbers: a shape, and whether it is trained. They support the methods that code uses to build a model."""

from __future__ import annotations

from .._startup.lazy import module_of
from ..core.sizes import is_symbolic, shown, volume
from ..errors import ShapeError, UnknownLayerError
from .shape_rules import axis_index, broadcast_shape, shape_of, sizes_of, viewed_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, Self

    from ..core.sizes import Dim, Shape
    from .shape_rules import ShapeLike, Sizes

# Methods that do not change a tensor here: its device, its place in memory.
UNCHANGED = frozenset("cpu cuda clone contiguous detach pin_memory retain_grad type xpu mps".split())
CONVERSIONS = {name: f"torch.{name}" for name in ("bfloat16", "double", "half")} | {
    "float": "torch.float32", "bool": "torch.bool", "int": "torch.int32", "long": "torch.int64", "short": "torch.int16",
}  # fmt: skip
NUMBERS = ("item", "tolist", "numpy")  # methods that give numbers
RANKS = (
    "torch.bool",
    "torch.uint8",
    "torch.int16",
    "torch.int32",
    "torch.int64",
)  # of data types, each of which gives way to the next
RESHAPING = ("unsqueeze_", "squeeze_", "transpose_", "t_", "swapaxes_", "resize_", "resize_as_", "set_")


class Tensor:
    """A tensor with a shape. Its sizes may be letters, and also zero, as PyTorch allows.

    >>> from symparams import symbols
    >>> Tensor(3, symbols("n")).numel()
    3*n
    """

    shape: Shape
    persistent = True  # whether it is in the state dict, if it is a buffer
    dtype = "torch.float32"
    numbers: Any = None  # those of a tensor that was just made from numbers: a number, or nested lists
    device, layout, is_cuda, grad, grad_fn, is_leaf, is_sparse = "cpu", "torch.strided", False, None, None, True, False

    def __init__(self, *sizes: object, requires_grad: bool = False) -> None:
        if len(sizes) == 1 and isinstance(sizes[0], tuple | list):  # nested lists of numbers
            sizes = module_of("symparams.torch.tensor_functions").tensor(sizes[0]).shape
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
    def mT(self) -> Tensor:
        """The tensor with its last two axes swapped."""
        return self.transpose(-2, -1)

    mH = mT

    @property
    def real(self) -> Tensor:
        """The real parts of its numbers."""
        return of_kind(self.shape, self.dtype.replace("complex64", "float32").replace("complex128", "float64"))

    imag = real

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
        found: Tensor = module_of("symparams.torch.running.selecting").indexed(self, key)
        if isinstance(self.numbers, list) and isinstance(key, int):
            found.numbers = self.numbers[key]
        return found

    def __setitem__(self, key: object, value: object) -> None:
        """Has no effect on the shape."""
        self.numbers = None

    def __len__(self) -> int:
        length = self.shape[0] if self.shape else None
        if not isinstance(length, int):
            raise ShapeError(f"the length of a tensor of shape {shown(self.shape)} is not a number")
        return length

    def __iter__(self) -> Iterator[Tensor]:
        return (self[number] for number in range(len(self)))

    def __bool__(self) -> bool:
        if isinstance(self.numbers, bool | int | float):
            return bool(self.numbers)
        raise ShapeError(f"a tensor of shape {shown(self.shape)} has no numbers, so it is neither true nor false")

    def view(self, *sizes: Any) -> Tensor:
        """The tensor with another shape."""
        return of_kind(viewed_shape(self.shape, sizes_of(sizes)), self.dtype)

    reshape = view

    def flatten(self, start_dim: int = 0, end_dim: int = -1) -> Tensor:
        """The tensor with some or all axes joined into one."""
        first, last = axis_index(start_dim, self.ndim), axis_index(end_dim, self.ndim) + 1
        return self.view(*self.shape[:first], -1, *self.shape[last:])

    def unsqueeze(self, dim: int) -> Tensor:
        """The tensor with an additional axis of size 1."""
        at = axis_index(dim, self.ndim + 1)
        return of_kind((*self.shape[:at], 1, *self.shape[at:]), self.dtype)

    def squeeze(self, dim: int | Sequence[int] | None = None) -> Tensor:
        """The tensor without its axes of size 1, or without some of them."""
        at = range(self.ndim) if dim is None else [axis_index(each, self.ndim) for each in ([dim] if isinstance(dim, int) else dim)]
        return of_kind(tuple(axis for number, axis in enumerate(self.shape) if axis != 1 or number not in at), self.dtype)

    def permute(self, *dims: int | Sequence[int]) -> Tensor:
        """The tensor with its axes in another order."""
        order = [axis_index(dim, self.ndim) for dim in sizes_of(dims)]
        if sorted(order) != [*range(self.ndim)]:
            raise ShapeError(f"{dims!r} is not an order of {self.ndim} axes; name each axis once")
        return of_kind(tuple(self.shape[dim] for dim in order), self.dtype)

    def transpose(self, dim0: int, dim1: int) -> Tensor:
        """The tensor with two axes swapped."""
        order = [*range(self.ndim)]
        one, other = axis_index(dim0, self.ndim), axis_index(dim1, self.ndim)
        order[one], order[other] = other, one
        return self.permute(order)

    def t(self) -> Tensor:
        """The transposed matrix."""
        return of_kind(self.shape[::-1], self.dtype)

    T = property(t)

    def expand(self, *sizes: Sizes) -> Tensor:
        """The tensor repeated along its axes of size 1; -1 keeps an axis."""
        wanted = self.for_every_axis("expand", sizes)
        mine = (1,) * (len(wanted) - self.ndim) + self.shape
        kept = tuple(own if isinstance(each, int) and each == -1 else each for own, each in zip(mine, wanted, strict=True))
        return of_kind(broadcast_shape(kept, mine), self.dtype)

    def for_every_axis(self, method: str, sizes: tuple[Sizes, ...]) -> tuple[Dim, ...]:
        """The sizes given to a method that takes one for each axis, and more for new axes before them."""
        given = sizes_of(sizes)
        if len(given) < self.ndim:
            raise ShapeError(f"{method} needs at least {self.ndim} sizes for a tensor of shape {self.shape}, not {len(given)}")
        return given

    def repeat(self, *sizes: Sizes) -> Tensor:
        """The tensor repeated along each axis."""
        often = self.for_every_axis("repeat", sizes)
        mine = (1,) * (len(often) - self.ndim) + self.shape
        return of_kind(tuple(axis * times for axis, times in zip(mine, often, strict=True)), self.dtype)

    # ------------------------------------------------------------ arithmetic
    def __getattr__(self, name: str) -> Callable[..., Any]:
        """A method without numbers: in place, such as ``normal_()``, a change of device or precision, or an operation by its name."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name.endswith("_") and not name.startswith("_"):
            return in_place(self, name)
        if name in UNCHANGED:
            return lambda *_, **__: self
        if name in CONVERSIONS:
            return lambda *_, **__: converted(self, CONVERSIONS[name])
        if name in NUMBERS:
            return no_numbers(self, name) if self.numbers is None or name == "numpy" else lambda: self.numbers
        found = module_of("symparams.torch.running.methods").method(self, name)
        if found is None:
            raise UnknownLayerError(
                f"{type(self).__name__} has no attribute {name!r} here: it is only a shape, {shown(self.shape)}, without numbers"
            )
        method: Callable[..., Any] = found
        return method

    def to(self, *args: Any, dtype: str | None = None, **_: object) -> Tensor:
        """The tensor on a device, or in a data type."""
        kinds = [each.dtype if isinstance(each, Tensor) else each for each in (dtype, *args)]
        given = next((each for each in kinds if isinstance(each, str) and each.startswith("torch.")), None)
        return self if given is None else converted(self, given)

    def _with(self, other: object) -> Tensor:
        """The result of arithmetic with a number or another tensor."""
        if not isinstance(other, Tensor):
            return of_kind(self.shape, joint_dtype(self) if not isinstance(other, float) else "torch.float32")
        return of_kind(broadcast_shape(self.shape, other.shape), joint_dtype(self, other))

    __mul__ = __rmul__ = __add__ = __radd__ = __sub__ = __rsub__ = __pow__ = __rpow__ = _with
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = _with

    def _over(self, other: object) -> Tensor:
        """The result of a true division."""
        found = self._with(other)
        return of_kind(found.shape, "torch.float32") if found.dtype in RANKS else found

    __truediv__ = __rtruediv__ = _over

    def _compared(self, other: object) -> Any:
        """A truth value for each element."""
        if not isinstance(other, Tensor | int | float) and not is_symbolic(other):
            return NotImplemented
        return of_kind(self._with(other).shape, "torch.bool")

    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = _compared
    __hash__ = object.__hash__

    def __matmul__(self, other: Tensor) -> Tensor:
        found: Tensor = module_of("symparams.torch.tensor_functions").matmul(self, other)
        return found

    def __invert__(self) -> Tensor:
        return of_kind(self.shape, self.dtype)

    __abs__ = __invert__

    def __float__(self) -> Any:
        return float(self.item())

    def __int__(self) -> Any:
        return int(self.item())

    __index__ = __int__

    def __format__(self, spec: str) -> str:
        return format(self.item(), spec) if spec else repr(self)

    def __neg__(self) -> Tensor:
        return of_kind(self.shape, self.dtype)

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


def of_kind(shape: Shape, dtype: str) -> Tensor:
    """A tensor of a shape and a data type."""
    found = tensor_of_shape(shape)
    found.dtype = dtype
    return found


def joint_dtype(*tensors: Tensor) -> str:
    """The data type of what is computed from tensors."""
    kinds = [each.dtype for each in tensors]
    others = [kind for kind in kinds if kind not in RANKS]
    return others[0] if others else max(kinds, key=RANKS.index)


def converted(tensor: Tensor, dtype: str) -> Tensor:
    """A tensor in another data type; a parameter stays one."""
    return tensor if isinstance(tensor, Parameter | Buffer) or tensor.dtype == dtype else of_kind(tensor.shape, dtype)


def in_place(tensor: Tensor, name: str) -> Callable[..., Any]:
    """A method that changes a tensor in place, of which only the shape could be seen."""

    def method(*args: Any, **kwargs: Any) -> Tensor:
        tensor.numbers = None
        if name in RESHAPING:
            if not hasattr(Tensor, name[:-1]):
                raise ShapeError(f"Tensor.{name} is not supported; write the method without '_' and keep its result")
            tensor.shape = getattr(tensor, name[:-1])(*args, **kwargs).shape
        return tensor

    return method


def no_numbers(tensor: Tensor, name: str) -> Callable[..., Any]:
    """A method that is refused, since there are no numbers."""

    def method(*_: object, **__: object) -> Any:
        raise ShapeError(
            f"{name}: a tensor here has a shape, {shown(tensor.shape)}, and no numbers; symparams counts and does not train"
        )

    return method
