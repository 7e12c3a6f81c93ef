"""Products of matrices and tensors."""

from __future__ import annotations

from ...core.letter_conditions import hint_where_rounded
from ...core.sizes import same, shown
from ...errors import ShapeError
from ..shape_rules import axis_index, broadcast_shape
from ..tensor_functions import einsum, matmul
from ..tensors import Tensor
from .operations import broadcast, made, operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


operation("matmul mm bmm mv")(matmul)


@operation("dot vdot")
def dot(input: Tensor, other: Tensor) -> Tensor:
    return made((), input.dtype)


@operation("inner")
def inner(input: Tensor, other: Tensor) -> Tensor:
    return made((*input.shape[:-1], *other.shape[:-1]), input.dtype)


@operation("outer ger")
def outer(input: Tensor, vec2: Tensor) -> Tensor:
    return made((*input.shape, *vec2.shape), input.dtype)


@operation("kron")
def kronecker(input: Tensor, other: Tensor) -> Tensor:
    axes = max(input.ndim, other.ndim)
    one, two = ((1,) * (axes - each.ndim) + each.shape for each in (input, other))
    return made((first * second for first, second in zip(one, two, strict=True)), input.dtype)


@operation("addmm baddbmm addbmm addmv")
def added_product(input: Tensor, one: Tensor, other: Tensor, **_: Any) -> Tensor:
    product = matmul(one, other)
    return made(broadcast([input, product]), input.dtype)


@operation("chain_matmul multi_dot")
def chain(*tensors: Any) -> Tensor:
    given = tensors[0] if len(tensors) == 1 else tensors
    return made((given[0].shape[0], given[-1].shape[-1]), given[0].dtype)


@operation("tensordot")
def contracted(a: Tensor, b: Tensor, dims: Any = 2) -> Tensor:
    """Two tensors, summed over axes of both."""
    one, other = (range(a.ndim - dims, a.ndim), range(dims)) if isinstance(dims, int) else dims
    one = [axis_index(each, a.ndim) for each in one]
    other = [axis_index(each, b.ndim) for each in other]
    left = [size for place, size in enumerate(a.shape) if place not in one]
    return made((*left, *(size for place, size in enumerate(b.shape) if place not in other)), a.dtype)


@operation("einsum")
def summed(equation: str, *operands: Any) -> Tensor:
    """Einstein's sum, whose letters may include ``...``."""
    given = operands[0] if len(operands) == 1 and isinstance(operands[0], tuple | list) else operands
    if "..." not in equation:
        return einsum(equation, *given)
    before, arrow, after = equation.replace(" ", "").partition("->")
    more = max(
        each.ndim - len(axes.replace("...", "")) for axes, each in zip(before.split(","), given, strict=True) if "..." in axes
    )
    names = "".join(chr(ord("À") + number) for number in range(more))  # letters that nobody writes
    sides = [
        axes.replace("...", names[len(names) - each.ndim + len(axes.replace("...", "")) :] if "..." in axes else "")
        for axes, each in zip(before.split(","), given, strict=True)
    ]
    if not arrow:
        singles = sorted(letter for letter in before if letter.isalpha() and before.count(letter) == 1)
        after = "..." + "".join(singles)
    return einsum(f"{','.join(sides)}->{after.replace('...', names)}", *given)


@operation("linear")
def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """The last axis of an input times a matrix that is stored transposed."""
    return projected(input, weight.shape[-1], weight.shape[:-1], "linear")


def projected(input: Tensor, inputs: Any, outputs: tuple[Any, ...], of: str) -> Tensor:
    """A tensor whose last axis, which must be of a size, has become another."""
    if not input.ndim or not same(input.shape[-1], inputs):
        raise ShapeError(
            f"{of} takes an input whose last axis is {inputs}, not one of shape {shown(input.shape)}{hint_where_rounded(input.shape)}"
        )
    return made((*input.shape[:-1], *outputs), input.dtype)


@operation("bilinear")
def bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    return made((*input1.shape[:-1], weight.shape[0]), input1.dtype)


@operation("scaled_dot_product_attention")
def attention(query: Tensor, key: Tensor, value: Tensor, *_: object, **__: object) -> Tensor:
    """The values, weighted for each query."""
    if not same(query.shape[-1], key.shape[-1]):
        raise ShapeError(
            f"scaled_dot_product_attention: query and key must have one width, not {shown(query.shape)} and {shown(key.shape)}"
        )
    if not same(key.shape[-2], value.shape[-2]):
        raise ShapeError(
            f"scaled_dot_product_attention: key and value must have one length, not {shown(key.shape)} and {shown(value.shape)}"
        )
    return made((*query.shape[:-1], value.shape[-1]), query.dtype)


@operation("cdist")
def distances(x1: Tensor, x2: Tensor, *_: object, **__: object) -> Tensor:
    return made((*broadcast_shape(x1.shape[:-2], x2.shape[:-2]), x1.shape[-2], x2.shape[-2]), x1.dtype)


@operation("cosine_similarity")
def similarity(x1: Tensor, x2: Tensor, dim: Any = None, *_: object, **__: object) -> Tensor:
    """One number for each pair of vectors."""
    shape = broadcast([x1, x2])
    at = axis_index(1 if dim is None else dim, len(shape))
    return made((*shape[:at], *shape[at + 1 :]), x1.dtype)


@operation("pairwise_distance")
def distance(x1: Tensor, x2: Tensor, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False) -> Tensor:
    shape = broadcast([x1, x2])
    return made((*shape[:-1], 1) if keepdim else shape[:-1], x1.dtype)


@operation("pdist")
def pairs(input: Tensor, p: float = 2.0) -> Tensor:
    from ...core.sizes import quotient

    number = input.shape[0]
    return made((quotient(number * (number - 1), 2),), input.dtype)


@operation("cross")
def cross(input: Tensor, other: Tensor, *_: object, **__: object) -> Tensor:
    return made(broadcast([input, other]), input.dtype)
