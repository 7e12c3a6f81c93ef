"""Operations that move elements to other places: views, joins, parts."""

from __future__ import annotations

from itertools import pairwise
from math import prod

from ...core.sizes import divided, quotient, rounded_up, same
from ...errors import ShapeError
from ..shape_rules import axis_index, sizes_of
from ..tensor_functions import cat, stack
from ..tensors import Tensor
from .operations import broadcast, made, operation, tensors_among

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ...core.sizes import Dim


def method(name: str) -> None:
    """A method of tensors as a function."""

    @operation(name)
    def function(input: Tensor, *args: Any, **kwargs: Any) -> Any:
        return getattr(input, name)(*args, **kwargs)


for name in "reshape flatten unsqueeze squeeze permute transpose t".split():
    method(name)


@operation("swapaxes swapdims")
def swapped(input: Tensor, axis0: int, axis1: int) -> Tensor:
    return input.transpose(axis0, axis1)


@operation("adjoint")
def adjoint(input: Tensor) -> Tensor:
    return input.transpose(-2, -1)


@operation("view_as reshape_as expand_as")
def as_other(input: Tensor, other: Tensor) -> Tensor:
    return made(other.shape, input.dtype)


@operation("movedim moveaxis")
def moved(input: Tensor, source: Any, destination: Any) -> Tensor:
    """A tensor with some axes elsewhere."""
    sources, places = ((each,) if isinstance(each, int) else tuple(each) for each in (source, destination))
    sources, places = (tuple(axis_index(each, input.ndim) for each in axes) for axes in (sources, places))
    order = [axis for axis in range(input.ndim) if axis not in sources]
    for place, axis in sorted(zip(places, sources, strict=True)):
        order.insert(place, axis)
    return input.permute(order)


@operation("unflatten")
def unflattened(input: Tensor, dim: int, sizes: Any) -> Tensor:
    """A tensor with one axis as several."""
    at = axis_index(dim, input.ndim)
    inner = made((input.shape[at],), input.dtype).view(*sizes)
    return made((*input.shape[:at], *inner.shape, *input.shape[at + 1 :]), input.dtype)


@operation("tile")
def tiled(input: Tensor, *dims: Any) -> Tensor:
    often = sizes_of(dims)
    return input.repeat((1,) * (input.ndim - len(often)) + tuple(often))


@operation("repeat_interleave")
def repeated(input: Tensor, repeats: Any, dim: int | None = None, output_size: Any = None) -> Tensor:
    """A tensor whose elements are repeated along an axis."""
    if isinstance(repeats, Tensor) and output_size is None and repeats.numel() != 1:
        from .operations import unknown_shape

        raise unknown_shape("repeat_interleave with a tensor of repeats")
    given = input.flatten() if dim is None else input
    at = axis_index(0 if dim is None else dim, given.ndim)
    length = given.shape[at] * repeats if output_size is None else output_size
    return made((*given.shape[:at], length, *given.shape[at + 1 :]), input.dtype)


@operation("broadcast_to")
def broadcast_to(input: Tensor, size: Any) -> Tensor:
    return input.expand(*size)


@operation("broadcast_tensors")
def broadcast_all(*tensors: Any) -> list[Tensor]:
    given = sizes_of(tensors)
    shape = broadcast(given)
    return [made(shape, each.dtype) for each in given]


@operation("meshgrid")
def grid(*tensors: Any, indexing: str = "ij") -> tuple[Tensor, ...]:
    """One tensor of all positions for each vector."""
    vectors = sizes_of(tensors)
    shape = tuple(each.shape[0] if each.shape else 1 for each in vectors)
    if indexing == "xy" and len(shape) > 1:
        shape = (shape[1], shape[0], *shape[2:])
    return tuple(made(shape, each.dtype) for each in vectors)


@operation("cartesian_prod")
def all_pairs(*tensors: Tensor) -> Tensor:
    return made((prod(each.shape[0] for each in tensors), len(tensors)), tensors[0].dtype)


# ---------------------------------------------------------------- joins
@operation("cat concat concatenate")
def joined(tensors: Sequence[Tensor], dim: int = 0, axis: int | None = None, **_: Any) -> Tensor:
    given = [each for each in tensors if each.shape != (0,)] or [*tensors]
    found = cat(given, dim if axis is None else axis)
    found.dtype = given[0].dtype
    return found


@operation("stack")
def stacked(tensors: Sequence[Tensor], dim: int = 0, **_: Any) -> Tensor:
    found = stack(tensors, dim)
    found.dtype = tensors[0].dtype
    return found


@operation("hstack")
def beside(tensors: Sequence[Tensor]) -> Tensor:
    return joined([each if each.ndim else each.unsqueeze(0) for each in tensors], 0 if tensors[0].ndim < 2 else 1)


@operation("vstack row_stack")
def below(tensors: Sequence[Tensor]) -> Tensor:
    return joined([each if each.ndim > 1 else each.reshape(1, -1) for each in tensors], 0)


@operation("column_stack")
def columns(tensors: Sequence[Tensor]) -> Tensor:
    return joined([each if each.ndim > 1 else each.reshape(-1, 1) for each in tensors], 1)


# ---------------------------------------------------------------- parts
@operation("split")
def parts(tensor: Tensor, split_size_or_sections: Any = None, dim: int = 0, split_size: Any = None) -> tuple[Tensor, ...]:
    """Parts of one size, or of these sizes, along an axis."""
    sections = split_size if split_size_or_sections is None else split_size_or_sections
    at = axis_index(dim, tensor.ndim)
    whole = tensor.shape[at]
    sizes = [*sections] if isinstance(sections, tuple | list) else equal_parts(whole, sections)
    if not same(sum(sizes), whole):
        raise ShapeError(f"split: parts of {sizes} do not add up to {whole}, the size of axis {dim} of {tensor!r}")
    return tuple(part_of(tensor, at, size) for size in sizes)


split_with_sizes = operation("split_with_sizes")(parts)


@operation("chunk")
def chunks(input: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """At most so many parts of one size, the last of which may be shorter."""
    at = axis_index(dim, input.ndim)
    whole = input.shape[at]
    exact = divided(whole, chunks)
    if exact is None and not isinstance(whole, int):
        raise ShapeError(f"chunk: an axis of {whole} is not divided by {chunks} at every size; write the size as a product")
    sizes = [exact] * chunks if exact is not None else equal_parts(whole, rounded_up(whole, chunks))
    return tuple(part_of(input, at, size) for size in sizes)


@operation("tensor_split")
def split_evenly(input: Tensor, indices_or_sections: Any, dim: int = 0) -> tuple[Tensor, ...]:
    at = axis_index(dim, input.ndim)
    whole: Any = input.shape[at]
    if isinstance(indices_or_sections, int):
        each, more = quotient(whole, indices_or_sections), whole % indices_or_sections
        sizes = [each + (1 if isinstance(more, int) and number < more else 0) for number in range(indices_or_sections)]
    else:
        ends = [0, *indices_or_sections, whole]
        sizes = [after - before for before, after in pairwise(ends)]
    return tuple(part_of(input, at, size) for size in sizes)


def equal_parts(whole: Any, size: Any) -> list[Any]:
    """The sizes of parts of one size, and of a rest."""
    exact = divided(whole, size)
    if isinstance(exact, int):
        return [size] * exact
    if not isinstance(whole, int) or not isinstance(size, int):
        raise ShapeError(f"the number of parts of {size} in an axis of {whole} is not a number")
    return [size] * (whole // size) + [whole % size]


def part_of(tensor: Tensor, at: int, size: Dim) -> Tensor:
    return made((*tensor.shape[:at], size, *tensor.shape[at + 1 :]), tensor.dtype)


@operation("unbind")
def unbound(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """The parts along an axis, without it."""
    at = axis_index(dim, input.ndim)
    number = input.shape[at]
    if not isinstance(number, int):
        raise ShapeError(f"unbind: axis {dim} of {input!r} is not a number")
    return tuple(made((*input.shape[:at], *input.shape[at + 1 :]), input.dtype) for _ in range(number))


@operation("narrow")
def narrowed(input: Tensor, dim: int, start: object, length: Dim) -> Tensor:
    return part_of(input, axis_index(dim, input.ndim), length)


@operation("select")
def selected(input: Tensor, dim: int, index: object) -> Tensor:
    at = axis_index(dim, input.ndim)
    return made((*input.shape[:at], *input.shape[at + 1 :]), input.dtype)


@operation("diagonal")
def diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    one, other = (axis_index(each, input.ndim) for each in (dim1, dim2))
    rows, columns = input.shape[one], input.shape[other]
    rest = [size for place, size in enumerate(input.shape) if place not in (one, other)]
    return made((*rest, diagonal_length(rows, columns, offset)), input.dtype)


def diagonal_length(rows: Any, columns: Any, offset: int) -> Any:
    if isinstance(rows, int) and isinstance(columns, int):
        return max(0, min(rows + min(offset, 0), columns - max(offset, 0)))
    if same(rows, columns):
        return rows - abs(offset)
    raise ShapeError(f"the diagonal of {rows} rows and {columns} columns has no length for every size")


@operation("diag")
def diagonal_or_matrix(input: Tensor, diagonal_of: int = 0) -> Tensor:
    if input.ndim == 1:
        return made((input.shape[0] + abs(diagonal_of),) * 2, input.dtype)
    return diagonal(input, diagonal_of)


@operation("diag_embed")
def as_diagonals(input: Tensor, offset: int = 0, *_: object) -> Tensor:
    size = input.shape[-1] + abs(offset)
    return made((*input.shape[:-1], size, size), input.dtype)


@operation("unfold_method")
def windows_along(input: Tensor, dimension: int, size: Any, step: Any) -> Tensor:
    at = axis_index(dimension, input.ndim)
    places = quotient(input.shape[at] - size, step) + 1
    return made((*input.shape[:at], places, *input.shape[at + 1 :], size), input.dtype)


@operation("block_diag")
def blocks(*tensors: Tensor) -> Tensor:
    given = tensors_among(*tensors)
    return made((sum(each.shape[0] for each in given), sum(each.shape[1] for each in given)), given[0].dtype)


def with_axes(rank: int) -> Any:
    """``atleast_2d``: a tensor with axes of 1 before the others; with three axes, one after them as well."""

    def function(*tensors: Any) -> Any:
        given = tensors[0] if len(tensors) == 1 and isinstance(tensors[0], tuple | list) else tensors
        found = tuple(made(padded(each.shape), each.dtype) for each in given)
        return found[0] if len(found) == 1 and given is tensors else found

    def padded(shape: Any) -> Any:
        if len(shape) >= rank:
            return shape
        if rank == 3 and len(shape) == 2:
            return (*shape, 1)
        if rank == 3 and len(shape) == 1:
            return (1, *shape, 1)
        return (1,) * (rank - len(shape)) + tuple(shape)

    return function


for _rank in (1, 2, 3):
    operation(f"atleast_{_rank}d")(with_axes(_rank))
