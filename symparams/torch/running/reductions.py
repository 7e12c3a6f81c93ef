"""Operations that reduce axes: sums, means, norms, largest elements."""

from __future__ import annotations

from collections import namedtuple

from ..shape_rules import axis_index
from ..tensors import Tensor
from .elementwise import elementwise
from .operations import made, operation, tensor_argument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.sizes import Dim, Shape

Found = namedtuple("Found", ["values", "indices"])


def reduced_shape(shape: Shape, dim: Any, keepdim: bool) -> Shape:
    """A shape without some axes; None for all of them."""
    axes = range(len(shape)) if dim is None else [dim] if isinstance(dim, int) else dim
    gone = {axis_index(each, len(shape)) for each in axes}
    return tuple(1 if place in gone else size for place, size in enumerate(shape) if keepdim or place not in gone)


@operation("sum mean nansum nanmean prod logsumexp amax amin count_nonzero")
def reduced(input: Tensor, dim: Any = None, *args: Any, keepdim: bool = False, axis: Any = None, **options: Any) -> Tensor:
    """One number for each position of the axes that are left."""
    given = tensor_argument(input, "a sum or a mean")
    keepdim = keepdim or next((each for each in args if isinstance(each, bool)), False)
    return made(reduced_shape(given.shape, dim if axis is None else axis, keepdim), given.dtype)


@operation("any all")
def any_or_all(input: Tensor, dim: Any = None, keepdim: bool = False) -> Tensor:
    return made(reduced_shape(input.shape, dim, keepdim), "torch.bool")


@operation("std var")
def spread(input: Tensor, dim: Any = None, *args: Any, keepdim: bool = False, **options: Any) -> Tensor:
    """Whose first argument may be whether it is unbiased."""
    return reduced(input, None if isinstance(dim, bool) else dim, *args, keepdim=keepdim, **options)


@operation("norm")
def norm(input: Tensor, p: Any = 2, dim: Any = None, keepdim: bool = False, **_: Any) -> Tensor:
    return made(reduced_shape(input.shape, dim, keepdim), input.dtype)


@operation("linalg_norm linalg_vector_norm")
def length(x: Tensor, ord: Any = None, dim: Any = None, keepdim: bool = False, **_: Any) -> Tensor:
    return made(reduced_shape(x.shape, dim, keepdim), x.dtype)


@operation("linalg_matrix_norm")
def matrix_norm(A: Tensor, ord: Any = "fro", dim: Any = (-2, -1), keepdim: bool = False, **_: Any) -> Tensor:
    return made(reduced_shape(A.shape, dim, keepdim), A.dtype)


@operation("var_mean std_mean")
def spread_and_mean(input: Tensor, dim: Any = None, **options: Any) -> tuple[Tensor, Tensor]:
    return spread(input, dim, **options), spread(input, dim, **options)


@operation("max min")
def extreme(input: Tensor, dim: Any = None, keepdim: bool = False) -> Any:
    """The largest number, or those along an axis with their places, or the larger of two tensors."""
    if isinstance(dim, Tensor):
        return elementwise(input, dim)
    return made((), input.dtype) if dim is None else with_places(input, dim, keepdim)


@operation("median nanmedian")
def with_places(input: Tensor, dim: Any = None, keepdim: bool = False, **_: Any) -> Any:
    """Numbers along an axis with their places."""
    if dim is None:
        return made((), input.dtype)
    shape = reduced_shape(input.shape, dim, keepdim)
    return Found(made(shape, input.dtype), made(shape, "torch.int64"))


@operation("kthvalue")
def of_rank(input: Tensor, k: Any, dim: int = -1, keepdim: bool = False) -> Any:
    return with_places(input, dim, keepdim)


@operation("mode")
def most_frequent(input: Tensor, dim: int = -1, keepdim: bool = False) -> Any:
    return with_places(input, dim, keepdim)


@operation("cummax cummin")
def running_extreme(input: Tensor, dim: int) -> Any:
    return Found(made(input.shape, input.dtype), made(input.shape, "torch.int64"))


@operation("aminmax")
def both_extremes(input: Tensor, *, dim: Any = None, keepdim: bool = False) -> Any:
    one = made(reduced_shape(input.shape, dim, keepdim), input.dtype)
    return one, one


@operation("argmax argmin")
def place(input: Tensor, dim: Any = None, keepdim: bool = False) -> Tensor:
    """The place of the largest number."""
    return made(reduced_shape(input.shape, dim, keepdim), "torch.int64")


@operation("topk")
def largest(input: Tensor, k: Dim, dim: int = -1, *_: object, **__: object) -> Any:
    """The k largest along an axis, with their places."""
    at = axis_index(dim, input.ndim)
    shape = (*input.shape[:at], k, *input.shape[at + 1 :])
    return Found(made(shape, input.dtype), made(shape, "torch.int64"))


@operation("sort")
def in_order(input: Tensor, *_: object, **__: object) -> Any:
    return Found(made(input.shape, input.dtype), made(input.shape, "torch.int64"))


@operation("argsort")
def order(input: Tensor, *_: object, **__: object) -> Tensor:
    return made(input.shape, "torch.int64")


@operation("quantile nanquantile")
def quantile(input: Tensor, q: Any, dim: Any = None, keepdim: bool = False, **_: Any) -> Tensor:
    shape = reduced_shape(input.shape, dim, keepdim)
    return made((*q.shape, *shape) if isinstance(q, Tensor) else shape, input.dtype)


@operation("histc")
def counted(input: Tensor, bins: Dim = 100, **_: Any) -> Tensor:
    return made((bins,), "torch.float32")
