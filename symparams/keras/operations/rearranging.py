"""The shapes of operations that move, join and repeat axes: ``reshape``, ``transpose``, ``concatenate``, ``tile``."""

from __future__ import annotations

from math import prod

from ...core.sizes import same, shown, split, volume
from ...errors import ShapeError
from ..plain_values import are_sizes, is_size
from .arguments import Unknown, Use, axis_indices, sizes_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...core.sizes import OpenShape
    from .arguments import Shapes


def reshape_shape(use: Use) -> OpenShape:
    wanted = sizes_in(use.get("newshape", "shape", place=1))
    if all(axis is not None and axis != -1 for axis in wanted):
        return tuple(wanted)
    whole = volume(use.first)
    if whole is None:  # the open axis takes up the unknown batch, so it is unknown
        return tuple(None if axis == -1 else axis for axis in wanted)
    return tuple(
        split(whole, prod(each for each in wanted if each not in (-1, None)), "reshape") if axis == -1 else axis for axis in wanted
    )


def transpose_shape(use: Use) -> OpenShape:
    order = use.get("axes", "perm", place=1, default=None)
    if order is None:
        return use.first[::-1]
    places = axis_indices(order, len(use.first))
    if sorted(places) != list(range(len(use.first))):
        raise Unknown
    return tuple(use.first[place] for place in places)


def expand_dims_shape(use: Use) -> OpenShape:
    axis = use.get("axis", "dim", place=1, default=-1)
    places = axis_indices(axis, len(use.first) + (len(axis) if isinstance(axis, tuple) else 1))
    rest = iter(use.first)
    return tuple(1 if place in places else next(rest) for place in range(len(use.first) + len(places)))


def squeeze_shape(use: Use) -> OpenShape:
    axis = use.get("axis", "squeeze_dims", place=1, default=None)
    if axis is None or axis == ():
        return tuple(each for each in use.first if each != 1)
    gone = axis_indices(axis, len(use.first))
    for place in gone:
        if use.first[place] not in (1, None):
            raise ShapeError(f"squeeze takes away axes of length 1, and axis {place} of {shown(use.first)} has {use.first[place]}")
    return tuple(each for place, each in enumerate(use.first) if place not in gone)


def refuse_unlike(shapes: Sequence[OpenShape], done: str, along: int | None = None) -> None:
    """Refuses shapes that differ anywhere but along one axis, as Keras does; an unknown axis fits every other."""
    said = f"shapes {' and '.join(map(shown, shapes))} cannot be {done}"
    if len({len(shape) for shape in shapes}) > 1:
        raise ShapeError(f"{said}: they differ in the number of axes")
    for place, axes in enumerate(zip(*shapes, strict=True)):
        known = [axis for axis in axes if axis is not None]
        if place != along and not all(same(axis, known[0]) for axis in known):
            raise ShapeError(f"{said}: they differ in axis {place}")


def concatenate_shape(use: Use) -> OpenShape:
    (place,) = axis_indices(use.get("axis", place=1, default=0), len(use.first))
    refuse_unlike(use.shapes, "concatenated", place)
    along = [shape[place] for shape in use.shapes]
    length = None if None in along else sum(along[1:], along[0])  # type: ignore[arg-type]
    return (*use.first[:place], length, *use.first[place + 1 :])


def stack_shape(use: Use) -> OpenShape:
    (place,) = axis_indices(use.get("axis", place=1, default=0), len(use.first) + 1)
    refuse_unlike(use.shapes, "stacked")
    return (*use.first[:place], len(use.shapes), *use.first[place:])


def repeat_shape(use: Use) -> OpenShape:
    times, axis = use.get("repeats", "rep", place=1), use.get("axis", place=2, default=None)
    if isinstance(times, tuple) and len(times) == 1:
        times = times[0]
    several = are_sizes(times)
    if not is_size(times) and not several:
        raise Unknown
    (place,) = (0,) if axis is None else axis_indices(axis, len(use.first))
    length = volume(use.first) if axis is None else use.first[place]
    if several and type(length) is int and len(times) != length:
        raise ShapeError(f"repeat has {len(times)} numbers for an axis of {length}")
    new = sum(times) if several else None if length is None else length * times
    return (new,) if axis is None else (*use.first[:place], new, *use.first[place + 1 :])


def tile_shape(use: Use) -> OpenShape:
    times = use.get("repeats", "multiples", "n", place=1)
    times = sizes_in([times] if not isinstance(times, list | tuple) and getattr(times, "shape", ()) == () else times)
    rank = max(len(times), len(use.first))
    axes, numbers = (1,) * (rank - len(use.first)) + use.first, (1,) * (rank - len(times)) + tuple(times)
    return tuple(None if axis is None or number is None else axis * number for axis, number in zip(axes, numbers, strict=True))


def pad_shape(use: Use) -> OpenShape:
    widths = use.get("pad_width", "paddings", place=1)
    if is_size(widths) or are_sizes(widths):
        widths = (widths if isinstance(widths, tuple) and len(widths) == 2 else (widths,) * 2,) * len(use.first)
    if isinstance(widths, tuple) and len(widths) == 1:
        widths *= len(use.first)
    if (
        not isinstance(widths, tuple)
        or len(widths) != len(use.first)
        or not all(are_sizes(each) and len(each) == 2 for each in widths)
    ):
        raise Unknown
    return tuple(None if axis is None else axis + before + after for axis, (before, after) in zip(use.first, widths, strict=True))


def one_hot_shape(use: Use) -> OpenShape:
    classes, axis = use.get("num_classes", "depth", place=1), use.get("axis", default=-1)
    (place,) = axis_indices(-1 if axis is None else axis, len(use.first) + 1)
    return (*use.first[:place], classes, *use.first[place:])


def broadcast_to_shape(use: Use) -> OpenShape:
    wanted = sizes_in(use.get("shape", place=1))
    for own, new in zip(reversed(use.first), reversed(wanted), strict=False):
        if own not in (1, None) and new is not None and not same(own, new):
            raise ShapeError(f"a shape {shown(use.first)} cannot be broadcast to {shown(wanted)}")
    if len(wanted) < len(use.first):
        raise ShapeError(f"a shape {shown(use.first)} cannot be broadcast to {shown(wanted)}, which has fewer axes")
    return wanted


def swapaxes_shape(use: Use) -> OpenShape:
    one, other = (axis_indices(use.get(f"axis{number}", place=number), len(use.first))[0] for number in (1, 2))
    axes = list(use.first)
    axes[one], axes[other] = axes[other], axes[one]
    return tuple(axes)


def moveaxis_shape(use: Use) -> OpenShape:
    sources, targets = (
        axis_indices(use.get(name, place=place), len(use.first)) for place, name in ((1, "source"), (2, "destination"))
    )
    order = [place for place in range(len(use.first)) if place not in sources]
    for target, source in sorted(zip(targets, sources, strict=True)):
        order.insert(target, source)
    return tuple(use.first[place] for place in order)


def rot90_shape(use: Use) -> OpenShape:
    one, other = axis_indices(use.get("axes", default=(0, 1)), len(use.first))
    axes = list(use.first)
    if use.get("k", default=1) % 2:
        axes[one], axes[other] = axes[other], axes[one]
    return tuple(axes)


def flatten_shape(use: Use) -> OpenShape:
    return (volume(use.first),)


def batch_flatten_shape(use: Use) -> OpenShape:
    return (use.first[0], volume(use.first[1:]))


def concatenate_shape_along(use: Use, place: int) -> OpenShape:
    return concatenate_shape(Use(use.shapes, (), {"axis": place}))


def append_shape(use: Use) -> OpenShape:
    both = [use.operand(0, "x1"), use.operand(1, "x2")]
    axis = use.get("axis", default=None)
    if axis is None:
        lengths = [volume(shape) for shape in both]
        return (None if None in lengths else sum(lengths[1:], lengths[0]),)  # type: ignore[arg-type]
    return concatenate_shape_along(Use(both, (), {}), axis)


def multi_hot_shape(use: Use) -> OpenShape:
    """The shape of ``multi_hot``: classes replace the axis of the integers that name them."""
    shape = one_hot_shape(use)
    return shape[1:] if len(shape) == 2 else (shape[0], *shape[2:])


def meshgrid_shapes(use: Use) -> list[OpenShape]:
    lengths = [volume(shape) for shape in use.shapes]
    if use.get("indexing", default="xy") == "xy":
        lengths[:2] = lengths[1::-1]
    return [tuple(lengths)] * len(lengths)


MOVES: dict[str, Callable[[Use], Shapes]] = {
    **dict.fromkeys(("concatenate", "concat", "concatv2"), concatenate_shape),
    **dict.fromkeys(("stack", "pack"), stack_shape), "append": append_shape,
    "hstack": lambda use: concatenate_shape_along(use, min(1, len(use.first) - 1)), "vstack": lambda use: concatenate_shape_along(use, 0),
    **dict.fromkeys(("pad", "padv2"), pad_shape),
    **dict.fromkeys(("transpose", "permutedimensions"), transpose_shape), "swapaxes": swapaxes_shape, "moveaxis": moveaxis_shape, "rot90": rot90_shape,
    "reshape": reshape_shape, "ravel": flatten_shape, "flatten": flatten_shape, "batchflatten": batch_flatten_shape,
    "expanddims": expand_dims_shape, "squeeze": squeeze_shape,
    **dict.fromkeys(("repeat", "repeatelements"), repeat_shape), "tile": tile_shape, "broadcastto": broadcast_to_shape,
    "onehot": one_hot_shape, "multihot": multi_hot_shape, "meshgrid": meshgrid_shapes,
}  # fmt: skip
