"""Layers that merge several tensors into one: Add, Subtract, Multiply, Average, Maximum, Minimum, Concatenate, Dot."""

from __future__ import annotations

from ...core.sizes import same
from ...errors import ArgumentError, SettingError, ShapeError, brief
from ..axes import agreed, place_of, shape_text, unlike
from ..row import refuse, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.sizes import Dim, OpenShape
    from ..signature import Arguments


# ---------------------------------------------------------------- place by place
def elementwise(number: int = 0) -> Callable[[Arguments, list[OpenShape]], OpenShape]:
    """The output shape of what merges tensors place by place, of exactly that many where it is not 0."""

    def gives(a: Arguments, shapes: list[OpenShape]) -> OpenShape:
        name = a["class_name"]
        if number and len(shapes) != number:
            raise ShapeError(f"{name} takes a list of {number} tensors, not of {len(shapes)}")
        if not all(shapes):
            raise ShapeError(f"{name} takes tensors with a batch axis, not {shape_text(shapes)}")
        of = f"{name} of {shape_text(shapes)}"
        (batch, *rest), *others = shapes
        for other_batch, *other in others:
            batch = agreed(batch, other_batch, f"{of}, the batch")
            rest = broadcast(rest, other, a["version"], of)
        if a["version"] != "v3" and batch == 1 and any(shape[0] is None for shape in shapes):
            batch = None  # one example is repeated for as many as there are
        return (batch, *rest)

    return gives


def broadcast(one: list[Dim | None], other: list[Dim | None], version: str, of: str) -> list[Dim | None]:
    """Two shapes laid over each other from the right: an axis of 1 is repeated."""
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    beyond = len(long) - len(short)
    return long[:beyond] + [both(first, second, version, of) for first, second in zip(long[beyond:], short, strict=True)]


def both(one: Dim | None, other: Dim | None, version: str, of: str) -> Dim | None:
    """One axis of two tensors. Keras 3 takes what is unknown in one for unknown, TensorFlow what the other must then be."""
    if one is None or other is None:
        known = other if one is None else one
        return None if version == "v3" or known == 1 else known
    if one == 1 or other == 1:
        return other if one == 1 else one
    if not same(one, other):
        raise ShapeError(f"{of}: {unlike(one, other)}")
    return one


# ---------------------------------------------------------------- beside each other
def check_axis(a: Arguments) -> None:
    if not isinstance(a.axis, int):
        raise refuse(a, "axis", "must be a whole number")


def concatenated(a: Arguments, shapes: list[OpenShape]) -> OpenShape:
    """The sizes along the axis added; the others must agree."""
    first, *others = shapes
    of = f"{a['class_name']} of {shape_text(shapes)}"
    if not others and a["version"] == "v3" and a.axis >= len(first):  # Keras 3 does not look where nothing is put beside it
        return first
    place = place_of(int(a.axis), len(first), f"{a['class_name']}: axis")
    result = list(first)
    for shape in others:
        if len(shape) != len(first):
            raise ShapeError(f"{of}: all tensors must have as many axes")
        for axis, (ours, its) in enumerate(zip(result, shape, strict=True)):
            if axis == place:
                result[axis] = None if ours is None or its is None else ours + its
            else:
                result[axis] = agreed(ours, its, f"{of}, axis {axis}")
    if a["version"] == "v3":  # which gives the other axes as the first tensor has them
        return (*first[:place], result[place], *first[place + 1 :])
    return tuple(result)


# ---------------------------------------------------------------- multiplied and summed
def check_dot(a: Arguments) -> None:
    if isinstance(a.axes, int):
        return
    if not isinstance(a.axes, tuple | list):
        raise ArgumentError(f"{a['class_name']}: axes must be one whole number or two, not {brief(a.axes)}")
    if len(a.axes) != 2 or not all(isinstance(axis, int) for axis in a.axes):
        raise refuse(a, "axes", "must be one whole number or two")


def dotted(a: Arguments, shapes: list[OpenShape]) -> OpenShape:
    """What is left of both shapes without the axis that is summed, and without the second's batch."""
    name = a["class_name"]
    if len(shapes) != 2:
        raise ShapeError(f"{name} takes a list of 2 tensors, not of {len(shapes)}")
    of = f"{name} of {shape_text(shapes)}"
    one, other = map(list, shapes)
    if min(len(one), len(other)) < 2:
        raise ShapeError(f"{of}: both need a batch axis and one more")
    asked = a.axes if isinstance(a.axes, tuple | list) else (a.axes, a.axes)
    first, second = (place_of(int(axis), len(shape), f"{name}: axes") for axis, shape in zip(asked, shapes, strict=True))
    if not same(one[first], other[second]):
        raise ShapeError(f"{of} over axes {first} and {second}: {unlike(one[first], other[second])}")
    if a["version"] != "v3":
        if 0 in (first, second):
            raise SettingError(f"{name}: axes must not name the batch, not {brief(a.axes)}")
        agreed(one[0], other[0], f"{of}, the batch")
        one[0] = both(one[0], other[0], a["version"], of)
    del one[first], other[second]
    left = (*one, *other[1:])
    return left if len(left) > 1 else (*left, 1)


for name in ("Add", "Multiply", "Average", "Maximum", "Minimum"):
    row(name, reads="inputs", gives=elementwise())
row("Subtract", reads="inputs", gives=elementwise(2))
row("Concatenate", reads="inputs", check=check_axis, gives=concatenated)
row("Dot", reads="inputs", check=check_dot, gives=dotted)
