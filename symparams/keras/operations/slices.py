"""The shapes of parts of tensors: ``x[:, 0]``, ``split``, ``take``, ``top_k``."""

from __future__ import annotations

from ...core.sizes import is_symbolic, shown, split
from ...core.slices import certain_length, is_inside
from ...errors import ShapeError
from ..plain_values import are_sizes, is_shape, is_size
from .arguments import Unknown, Use, axis_indices, broadcast_shapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.sizes import Dim, OpenShape
    from .arguments import Shapes

MOST_PARTS = 1000


def getitem_shape(use: Use) -> OpenShape:
    """The shape of ``x[key]``: integers remove an axis, None adds one, slices keep a part."""
    key = use.get("key", "slice_spec", place=1)
    keys = [
        slice(each["start"], each["stop"], each["step"]) if is_slice(each) else each
        for each in (key if isinstance(key, tuple) else (key,))
    ]
    taken = sum(1 for each in keys if each is not None and each is not ...)
    if ... not in keys:
        keys.append(...)
    if taken > len(use.first) or keys.count(...) > 1:
        raise Unknown
    axes: list[Dim | None] = list(use.first)
    result: list[Dim | None] = []
    for each in keys:
        if each is None:
            result.append(1)
        elif each is ...:
            kept = len(use.first) - taken
            result, axes = result + axes[:kept], axes[kept:]
        elif type(each) is int or is_symbolic(each):
            axis = axes.pop(0)
            if is_symbolic(each) and (axis is None or not is_inside(axis, each)):
                raise Unknown
        elif isinstance(each, slice):
            result.append(slice_length(axes.pop(0), each))
        else:
            raise Unknown
    return tuple(result)


def is_slice(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"start", "stop", "step"}


def slice_length(length: Dim | None, key: slice) -> Dim | None:
    """How much of an axis a slice keeps."""
    ends = key.start, key.stop, key.step
    if not all(each is None or type(each) is int or is_symbolic(each) for each in ends) or key.step == 0:
        raise Unknown
    if ends in ((None, None, None), (None, None, -1)) or length is None:
        return length
    if not is_symbolic(length) and not any(map(is_symbolic, ends)):
        return len(range(*key.indices(int(length))))  # type: ignore[arg-type]
    found = certain_length(length, key)
    if found is None:
        raise Unknown
    return found


def shape_with_axes(shape: OpenShape, place: int, *axes: Dim | None) -> OpenShape:
    """The shape with one axis replaced by these."""
    return (*shape[:place], *axes, *shape[place + 1 :])


# ---------------------------------------------------------------- several parts
def split_shapes(use: Use, along: int = 0, exactly: bool = True) -> list[OpenShape]:
    parts = use.get("indices_or_sections", "num_or_size_splits", place=1)
    (place,) = axis_indices(use.get("axis", place=2, default=along), len(use.first))
    return [shape_with_axes(use.first, place, length) for length in part_lengths(use, parts, use.first[place], exactly)]


def part_lengths(use: Use, parts: object, whole: Dim | None, exactly: bool) -> list[Dim | None]:
    if type(parts) is int and 0 < parts <= MOST_PARTS:
        if whole is None:
            return [None] * parts
        if exactly or is_symbolic(whole):
            return [split(whole, parts, "split")] * parts
        return [(int(whole) + parts - 1 - number) // parts for number in range(parts)]  # type: ignore[arg-type]
    if not is_shape(parts) or not parts or len(parts) > MOST_PARTS:
        raise Unknown
    if "num_or_size_splits" in use.named:  # TensorFlow gives the lengths, one of which may be -1 for the rest
        known = [length for length in parts if length not in (-1, None)]
        rest = None if whole is None else whole - sum(known)
        return [rest if length in (-1, None) else length for length in parts]
    return [slice_length(whole, slice(*ends)) for ends in zip((None, *parts), (*parts, None), strict=True)]


def unstack_shapes(use: Use) -> list[OpenShape]:
    (place,) = axis_indices(use.get("axis", place=2, default=0), len(use.first))
    number = use.get("num", place=1, default=None) or use.first[place]
    if type(number) is not int or number > MOST_PARTS:
        raise Unknown
    return [shape_with_axes(use.first, place)] * number


def top_k_shapes(use: Use) -> list[OpenShape]:
    number = use.get("k", place=1, default=1)
    if not is_size(number) or not use.first:
        raise Unknown
    return [(*use.first[:-1], number)] * 2


# ---------------------------------------------------------------- one part
def take_shape(use: Use) -> OpenShape:
    """The shape of ``take``: the axis is replaced by those of the indices; with ``batch_dims``, each example has its own."""
    numbers = use.operand(1, "indices")
    shared = use.get("batch_dims", default=0)
    axis = use.get("axis", place=2, default=None)
    if axis is None and "axis" in use.named and not shared and use.named.get("batch_dims") is None:  # the input is flattened
        return numbers
    (place,) = axis_indices(shared if axis is None else axis, len(use.first))
    return shape_with_axes(use.first, place, *numbers[shared:])


def numpy_take_shape(use: Use) -> OpenShape:
    """The shape of ``take``; without an axis, the input is flattened."""
    if use.get("axis", place=2, default=None) is None:
        return use.operand(1, "indices")
    return take_shape(use)


def nonzero_shapes(use: Use) -> list[OpenShape]:
    """One list of indices for each axis, as long as there are numbers that are not 0."""
    return [(None,)] * len(use.first)


def unique_shape(use: Use) -> OpenShape:
    """The shape of the distinct numbers, of which nobody knows how many there are."""
    if (
        any(use.get(f"return_{what}", default=False) for what in ("index", "inverse", "counts"))
        or use.get("axis", default=None) is not None
    ):
        raise Unknown
    return (use.get("size", default=None),)


def take_along_axis_shape(use: Use) -> OpenShape:
    (place,) = axis_indices(use.get("axis", place=2), len(use.first))
    numbers = use.operand(1, "indices")
    return shape_with_axes(
        broadcast_shapes([shape_with_axes(use.first, place, 1), shape_with_axes(numbers, place, 1)]), place, numbers[place]
    )


def slice_shape(use: Use) -> OpenShape:
    """The shape of ``slice(x, start, size)``; a size of -1 is the rest."""
    starts, sizes = use.get("begin", "start_indices", place=1), use.get("size", "shape", place=2)
    if (
        not (are_sizes(starts) or is_shape(starts))
        or not (are_sizes(sizes) or is_shape(sizes))
        or not len(starts) == len(sizes) == len(use.first)
    ):
        raise Unknown
    return tuple(
        size if size != -1 else None if length is None or start is None else length - start
        for length, start, size in zip(use.first, starts, sizes, strict=True)
    )


def diff_shape(use: Use) -> OpenShape:
    times = use.get("n", default=1)
    (place,) = axis_indices(use.get("axis", default=-1), len(use.first))
    length = use.first[place]
    return shape_with_axes(use.first, place, None if length is None else length - times)


def glu_shape(use: Use) -> OpenShape:
    (place,) = axis_indices(use.get("axis", default=-1), len(use.first))
    length = use.first[place]
    return shape_with_axes(use.first, place, None if length is None else split(length, 2, "glu"))


def diagonal_shape(use: Use) -> OpenShape:
    """The shape of ``diagonal``: all axes but two, by default the first ones, then the length of the diagonal."""
    return shape_of_diagonal(use, (0, 1))


def shape_of_diagonal(use: Use, axes: tuple[int, int]) -> OpenShape:
    given = zip((1, 2), axes, strict=True)
    one, other = (axis_indices(use.get(f"axis{number}", default=axis), len(use.first))[0] for number, axis in given)
    if one == other:
        raise ShapeError(f"a diagonal needs two axes, and axis {one} of {shown(use.first)} is given twice")
    rest = tuple(axis for place, axis in enumerate(use.first) if place not in (one, other))
    offset = use.get("offset", "k", default=0)
    sides = (use.first[one], use.first[other])
    if None in sides:
        return (*rest, None)
    if type(offset) is not int or any(map(is_symbolic, sides)):
        raise Unknown
    rows, columns = (int(side) for side in sides)  # type: ignore[arg-type]
    return (*rest, max(0, min(rows + min(offset, 0), columns - max(offset, 0))))


def trace_shape(use: Use, axes: tuple[int, int] = (0, 1)) -> OpenShape:
    return shape_of_diagonal(use, axes)[:-1]


SLICES: dict[str, Callable[[Use], Shapes]] = {
    **dict.fromkeys(("getitem", "slicingoplambda"), getitem_shape),
    **dict.fromkeys(("split", "splitv"), split_shapes), "arraysplit": lambda use: split_shapes(use, exactly=False),
    "hsplit": lambda use: split_shapes(use, along=min(1, len(use.first) - 1)), "vsplit": split_shapes, "dsplit": lambda use: split_shapes(use, along=2),
    **dict.fromkeys(("unstack", "unpack"), unstack_shapes), "topk": top_k_shapes, "topkv2": top_k_shapes,
    "take": numpy_take_shape, "nonzero": nonzero_shapes, "unique": unique_shape, **dict.fromkeys(("gather", "gatherv2", "embeddinglookup"), take_shape), "takealongaxis": take_along_axis_shape,
    "slice": slice_shape, "diff": diff_shape, "glu": glu_shape,
    "diagonal": diagonal_shape, "diagpart": lambda use: shape_of_diagonal(use, (-2, -1)), "trace": trace_shape, "linalg.trace": lambda use: trace_shape(use, (-2, -1)),
}  # fmt: skip
