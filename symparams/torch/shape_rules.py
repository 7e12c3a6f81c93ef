"""The shapes of indexing, views and broadcasting."""

from __future__ import annotations

from math import prod

from ..core.letter_conditions import hint_where_rounded
from ..core.sizes import divided, is_symbolic, rounded_up, same, shown, size
from ..core.slices import certain_length, is_negative
from ..errors import ArgumentError, ShapeError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Protocol, TypeAlias

    from ..core.sizes import Dim, Shape

    Sizes: TypeAlias = Dim | Sequence[Dim]  # one size, or all in one tuple

    class HasShape(Protocol):
        """A tensor of any framework, as far as its shape goes."""

        @property
        def shape(self) -> Sequence[Dim]: ...

    ShapeLike: TypeAlias = HasShape | Sequence[Dim]


def shape_of(value: object, of: str) -> Shape:
    """A shape, given as one or as a tensor."""
    value = getattr(value, "shape", value)
    if not isinstance(value, tuple | list):
        raise ArgumentError(f"{of} takes a shape such as (3, 4), or a tensor, not {brief(value)}")
    return tuple(size(axis, f"{of}: axis {place}", least=0) for place, axis in enumerate(value))


def sizes_of(sizes: tuple[Sizes, ...]) -> tuple[Any, ...]:
    """Sizes given one by one or in one tuple; they are checked where they are used."""
    return tuple(sizes[0]) if len(sizes) == 1 and isinstance(sizes[0], tuple | list) else sizes


def axis_index(dim: object, axes: int) -> int:
    """The index of an axis, which may be counted from the end."""
    if not isinstance(dim, int) or not -axes <= dim < axes:
        raise ShapeError(f"axis {dim!r} is out of range for a tensor with ndim={axes}")
    return dim % axes


def indexed_shape(shape: Shape, key: object) -> Shape:
    """The shape of ``tensor[key]`` for a key of integers, slices, ``None`` and ``...``."""
    keys = key if isinstance(key, tuple) else (key,)
    taken = sum(each is not None and each is not Ellipsis for each in keys)
    if taken > len(shape):
        raise IndexError(f"{taken} indices for a tensor of shape {shown(shape)}")
    axes = iter(shape)
    found: list[Dim] = []
    for each in keys if Ellipsis in keys else (*keys, ...):
        if each is None:
            found.append(1)
        elif each is Ellipsis:
            found += [next(axes) for _ in range(len(shape) - taken)]
        elif isinstance(each, slice):
            found.append(slice_length(next(axes), each))
        elif isinstance(each, int) or is_symbolic(each):
            axis = next(axes)
            if isinstance(axis, int) and isinstance(each, int) and not -axis <= each < axis:
                raise IndexError(f"index {each} is out of range for an axis of {axis}")
        else:
            raise ShapeError(
                f"the shape of tensor[{each!r}] is unknown, since a tensor here has no numbers: write torch.empty(...)"
            )
    return tuple(found)


def slice_length(axis: Dim, key: slice) -> Dim:
    """The length of a slice of an axis; with letters, on the assumption that the axis is long enough."""
    start, stop, step = key.start, key.stop, 1 if key.step is None else key.step
    if all(each is None or isinstance(each, int) for each in (axis, start, stop)):
        return len(range(*slice(start, stop, step).indices(axis)))  # type: ignore[arg-type]
    if not isinstance(step, int) or step < 1:
        raise ShapeError(f"the step of a slice must be a positive whole number, not {brief(step)}")
    found = certain_length(axis, key)
    if found is not None:
        return found
    ends = [0 if start is None else start, axis if stop is None else stop]
    first, last = (axis + end if is_negative(end) else end for end in ends)
    return rounded_up(last - first, step)


def viewed_shape(shape: Shape, sizes: Shape) -> Shape:
    """The shape of a view; one of the sizes may be -1 for the rest."""
    known = [each for each in sizes if not (isinstance(each, int) and each == -1)]
    whole, part = prod(shape), prod(known)
    if len(known) == len(sizes) and same(whole, part):
        return shape_of(sizes, "view")
    left = divided(whole, part) if len(known) == len(sizes) - 1 and part != 0 else None
    if left is None:
        raise ShapeError(f"a tensor of shape {shown(shape)} cannot be viewed as {shown(sizes)}{hint_where_rounded(sizes)}")
    return shape_of([left if isinstance(each, int) and each == -1 else each for each in sizes], "view")


def broadcast_shape(one: Shape, other: Shape) -> Shape:
    """The shape of two tensors broadcast together; an axis of 1 fits any other."""
    longest = max(len(one), len(other))
    pairs = zip(*((1,) * (longest - len(each)) + each for each in (one, other)), strict=True)
    found = []
    for first, second in pairs:
        if first != 1 and second != 1 and not same(first, second):
            hint = hint_where_rounded(one, other)
            raise ShapeError(f"tensors of shapes {shown(one)} and {shown(other)} cannot be broadcast together{hint}")
        found.append(second if first == 1 else first)
    return tuple(found)
