"""Operations that pick elements by tensors of places, and indexing with such tensors."""

from __future__ import annotations

from ...errors import ShapeError
from ..shape_rules import axis_index, broadcast_shape, indexed_shape
from ..tensors import Tensor
from .operations import made, operation, unknown_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.sizes import Dim


@operation("gather")
def gathered(input: Tensor, dim: int, index: Tensor, **_: Any) -> Tensor:
    return made(index.shape, input.dtype)


@operation("take_along_dim")
def taken_along(input: Tensor, indices: Tensor, dim: int | None = None) -> Tensor:
    if dim is None:
        return made((indices.numel(),), input.dtype)
    at = axis_index(dim, input.ndim)
    together = broadcast_shape((*input.shape[:at], 1, *input.shape[at + 1 :]), (*indices.shape[:at], 1, *indices.shape[at + 1 :]))
    return made((*together[:at], indices.shape[at], *together[at + 1 :]), input.dtype)


@operation("take")
def taken(input: Tensor, index: Tensor) -> Tensor:
    return made(index.shape, input.dtype)


@operation("index_select")
def picked(input: Tensor, dim: int, index: Tensor) -> Tensor:
    at = axis_index(dim, input.ndim)
    return made((*input.shape[:at], *(index.shape or (1,)), *input.shape[at + 1 :]), input.dtype)


@operation("embedding")
def embedded(input: Tensor, weight: Tensor, *_: object, **__: object) -> Tensor:
    return made((*input.shape, *weight.shape[1:]), weight.dtype)


@operation("one_hot")
def one_hot(tensor: Tensor, num_classes: Dim = -1) -> Tensor:
    """A vector for each number; without the number of classes, its length depends on the numbers."""
    if isinstance(num_classes, int) and num_classes < 0:
        raise unknown_shape("one_hot without num_classes")
    return made((*tensor.shape, num_classes), "torch.int64")


@operation("multinomial")
def drawn(input: Tensor, num_samples: Dim, *_: object, **__: object) -> Tensor:
    return made((*input.shape[:-1], num_samples), "torch.int64")


@operation("searchsorted")
def places(one: Tensor, other: Tensor, **_: Any) -> Tensor:
    return made(other.shape, "torch.int64")


@operation("bucketize")
def buckets(input: Tensor, *_: object, **__: object) -> Tensor:
    return made(input.shape, "torch.int64")


def depends_on_numbers(name: str) -> None:
    @operation(name)
    def function(*_: object, **__: object) -> Any:
        raise unknown_shape(name)


for name in "nonzero masked_select unique unique_consecutive argwhere bincount combinations".split():
    depends_on_numbers(name)


# ---------------------------------------------------------------- indexing
def indexed(tensor: Tensor, key: Any) -> Tensor:
    """``tensor[key]``, where tensors of places and lists of numbers may be among the keys."""
    keys = [*key] if isinstance(key, tuple) else [key]
    if not any(isinstance(each, Tensor | list) for each in keys):
        return made(indexed_shape(tensor.shape, key), tensor.dtype)
    indices = {place: index_shape(each) for place, each in enumerate(keys) if isinstance(each, Tensor | list)}
    together: tuple[Any, ...] = ()
    for shape in indices.values():
        together = broadcast_shape(together, shape)
    # A place with a tensor is first left out like one with a number, and then its axes are put in.
    plain = tuple(0 if place in indices else each for place, each in enumerate(keys))
    taken = [place for place, each in enumerate(keys) if place in indices or isinstance(each, int)]
    rest = indexed_shape(tensor.shape, tuple(each for each in plain))
    at = axes_before(tensor, plain, taken) if taken == [*range(taken[0], taken[-1] + 1)] else 0
    return made((*rest[:at], *together, *rest[at:]), tensor.dtype)


def index_shape(index: Any) -> tuple[Any, ...]:
    """The shape of an index; one of truth values has a number of places that depends on them."""
    if isinstance(index, list):
        from ..tensor_functions import tensor

        return tensor(index).shape
    if index.dtype in ("torch.bool", "torch.uint8"):
        raise unknown_shape("tensor[mask]")
    if index.dtype.startswith(("torch.float", "torch.bfloat")):
        raise ShapeError("a tensor used as an index must have whole numbers: call .long() on it, as in PyTorch")
    return tuple(index.shape)


def axes_before(tensor: Tensor, keys: tuple[Any, ...], taken: list[int]) -> int:
    """The number of axes of the result that come before those of the index."""
    before = keys[: taken[0]]
    if Ellipsis in before:
        after = keys[taken[-1] + 1 :]
        whole = len(indexed_shape(tensor.shape, keys))
        return whole - sum(not isinstance(each, int) for each in after)
    return sum(not isinstance(each, int) for each in before)
