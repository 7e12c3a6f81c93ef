"""The shapes of products of tensors: ``matmul``, ``dot``, ``tensordot``, ``einsum``, attention."""

from __future__ import annotations

from ...core.sizes import shown
from ...errors import ShapeError
from .arguments import Unknown, Use, axis_indices, broadcast_shapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.sizes import Dim, OpenShape
    from .arguments import Shapes


def factor_shapes(use: Use) -> tuple[OpenShape, OpenShape]:
    """The shapes of the two factors, one of which may be a constant."""
    return use.operand(0, "x1", "a", "x"), use.operand(1, "x2", "b", "y")


def check_summed_axes(left: OpenShape, right: OpenShape, one: int, other: int) -> None:
    """Refuses a sum over axes of different lengths."""
    if left[one] is not None and right[other] is not None and left[one] != right[other]:
        raise ShapeError(f"tensors of shapes {shown(left)} and {shown(right)} cannot be multiplied; make the summed axes equal")


def shape_without(shape: OpenShape, *places: int) -> OpenShape:
    gone = [place % len(shape) for place in places]
    return tuple(axis for place, axis in enumerate(shape) if place not in gone)


def matmul_shape(use: Use) -> OpenShape:
    """The shape of a matrix product; the axes before the last two are broadcast."""
    left, right = factor_shapes(use)
    if not left or not right:
        raise Unknown
    if use.get("transpose_a", "adjoint_a", default=False):
        left = (*left[:-2], left[-1], left[-2])
    if use.get("transpose_b", "adjoint_b", default=False):
        right = (*right[:-2], right[-1], right[-2])
    summed = -1 if len(right) == 1 else -2
    check_summed_axes(left, right, -1, summed)
    rest = broadcast_shapes([left[:-2], right[:-2]])
    return (*rest, *left[-2:-1], *(() if len(right) == 1 else right[-1:]))


def dot_shape(use: Use) -> OpenShape:
    """The shape of NumPy's dot: the sum is over the last axis of one factor and the last but one of the other."""
    left, right = factor_shapes(use)
    if not left or not right:
        return left or right
    summed = -1 if len(right) == 1 else -2
    check_summed_axes(left, right, -1, summed)
    return (*left[:-1], *shape_without(right, summed))


def inner_shape(use: Use) -> OpenShape:
    left, right = factor_shapes(use)
    if not left or not right:
        return left or right
    check_summed_axes(left, right, -1, -1)
    return (*left[:-1], *right[:-1])


def tensordot_shape(use: Use) -> OpenShape:
    left, right = factor_shapes(use)
    axes = use.get("axes", place=2, default=2)
    if type(axes) is int:
        if not 0 <= axes <= min(len(left), len(right)):
            raise Unknown
        axes = (tuple(range(len(left) - axes, len(left))), tuple(range(axes)))
    if not isinstance(axes, tuple) or len(axes) != 2:
        raise Unknown
    one, other = axis_indices(axes[0], len(left)), axis_indices(axes[1], len(right))
    for first, second in zip(one, other, strict=True):
        check_summed_axes(left, right, first, second)
    return (*shape_without(left, *one), *shape_without(right, *other))


def outer_shape(use: Use) -> OpenShape:
    sizes: list[Dim | None] = []
    for shape in factor_shapes(use):
        whole: Dim | None = 1
        for axis in shape:
            whole = None if whole is None or axis is None else whole * axis
        sizes.append(whole)
    return tuple(sizes)


def matvec_shape(use: Use) -> OpenShape:
    left, right = factor_shapes(use)
    check_summed_axes(left, right, -1, -1)
    return (*broadcast_shapes([left[:-2], right[:-1]]), left[-2])


def einsum_shape(use: Use) -> OpenShape:
    """The shape of ``einsum("bij,bkj->bik")``; without an arrow, the letters that occur once, in alphabetical order."""
    text = use.get("subscripts", "equation", place=0)
    if not isinstance(text, str):
        raise Unknown
    ins, arrow, out = text.replace(" ", "").partition("->")
    parts = ins.split(",")
    first = 0 if use.get("subscripts", "equation", default=None) is not None else 1
    shapes = [use.operand(first + place) for place in range(len(parts))]
    if not arrow:
        letters = ins.replace(",", "").replace(".", "")
        out = "..." * ("..." in ins) + "".join(sorted(letter for letter in {*letters} if letters.count(letter) == 1))
    sizes: dict[str, Dim | None] = {}
    rests: list[OpenShape] = []
    for part, shape in zip(parts, shapes, strict=True):
        before, dots, after = part.partition("...")
        free = len(shape) - len(before) - len(after)
        if free < 0 or (free and not dots):
            raise ShapeError(f"einsum {text!r} does not fit inputs of shapes {' and '.join(map(shown, shapes))}")
        rests.append(shape[len(before) : len(before) + free])
        for letter, axis in zip(before + after, (*shape[: len(before)], *shape[len(before) + free :]), strict=True):
            if sizes.get(letter) in (None, 1):
                sizes[letter] = axis if axis is not None else sizes.get(letter)
    before, dots, after = out.partition("...")
    rest = broadcast_shapes([each for each in rests if each]) if dots else ()
    return (*(sizes[letter] for letter in before), *rest, *(sizes[letter] for letter in after))


def attention_shape(use: Use) -> OpenShape:
    return use.operand(0, "query")


PRODUCTS: dict[str, Callable[[Use], Shapes]] = {
    **dict.fromkeys(("matmul", "batchmatmul", "batchmatmulv2"), matmul_shape),
    "dot": dot_shape, "inner": inner_shape, "tensordot": tensordot_shape, "outer": outer_shape, "matvec": matvec_shape, "einsum": einsum_shape,
    "dotproductattention": attention_shape, "vdot": lambda use: (),
}  # fmt: skip
