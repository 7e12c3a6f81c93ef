"""The table of operations: what ``torch.f(x)``, ``functional.f(x)`` and ``x.f()`` give, by the name ``f``."""

from __future__ import annotations

from ..._startup.lazy import module_of
from ..._startup.once import cache
from ...errors import ArgumentError, ShapeError, brief
from ..shape_rules import broadcast_shape
from ..tensors import Tensor, tensor_of_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeVar

    from ...core.sizes import Shape

    F = TypeVar("F", bound=Callable[..., Any])

FILES = (
    "elementwise", "reductions", "rearranging", "selecting", "products", "decompositions", "windows", "resampling", "layers", "losses", "spectra",
    "of_functions",
)  # fmt: skip
TABLE: dict[str, Callable[..., Any]] = {}


def operation(names: str) -> Callable[[F], F]:
    """Adds a function to the table under these names."""

    def added(function: F) -> F:
        TABLE.update(dict.fromkeys(names.split(), function))
        return function

    return added


@cache
def complete_table() -> dict[str, Callable[..., Any]]:
    """The table with the operations of every file."""
    for file in FILES:
        module_of(f"{__package__}.{file}")
    return TABLE


def find_operation(name: str) -> Callable[..., Any] | None:
    """The operation of a name, or None."""
    return complete_table().get(name)


# ---------------------------------------------------------------- what operations share
def tensor_argument(value: object, of: str) -> Tensor:
    """A value that has to be a tensor."""
    if not isinstance(value, Tensor):
        raise ArgumentError(f"{of} takes a tensor, such as torch.empty(2, 3), not {brief(value)}")
    return value


def made(shape: Iterable[Any], dtype: str) -> Tensor:
    """A tensor of a shape and a data type."""
    found = tensor_of_shape(tuple(shape))
    found.dtype = dtype
    return found


def tensors_among(*values: object) -> list[Tensor]:
    """The tensors among arguments."""
    return [value for value in values if isinstance(value, Tensor)]


def broadcast(tensors: Iterable[Tensor]) -> Shape:
    """The shape of tensors together."""
    shape: Shape = ()
    for each in tensors:
        shape = broadcast_shape(shape, each.shape)
    return shape


def unknown_shape(of: str) -> ShapeError:
    """The error for a result whose shape depends on numbers."""
    return ShapeError(f"the shape of {of} depends on the numbers in a tensor, and a tensor here has only a shape")
