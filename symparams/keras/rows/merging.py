"""Layers that merge several tensors into one: Add, Subtract, Multiply, Average, Maximum, Minimum, Concatenate, Dot."""

from __future__ import annotations

from ...core.sizes import same
from ...errors import ArgumentError, SettingError, ShapeError, brief
from ..axes import agreed_size, axis_index, mismatch_in_words, shape_text
from ..row import refusal, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.sizes import Dim, OpenShape
    from ..signature import Arguments


# ---------------------------------------------------------------- element by element
def elementwise_shape(number: int = 0) -> Callable[[Arguments, list[OpenShape]], OpenShape]:
    """The output shape of a layer that merges tensors element by element; ``number`` of them unless it is 0."""

    def gives(a: Arguments, shapes: list[OpenShape]) -> OpenShape:
        name = a["class_name"]
        if number and len(shapes) != number:
            raise ShapeError(f"{name} takes a list of {number} tensors, not of {len(shapes)}")
        if not all(shapes):
            raise ShapeError(f"{name} takes tensors with a batch axis, not {shape_text(shapes)}")
        of = f"{name} of {shape_text(shapes)}"
        (batch, *rest), *others = shapes
        for other_batch, *other in others:
            batch = agreed_size(batch, other_batch, f"{of}, the batch")
            rest = broadcast_axes(rest, other, a["version"], of)
        if a["version"] != "v3" and batch == 1 and any(shape[0] is None for shape in shapes):
            batch = None  # a single example is repeated along the unknown batch
        return (batch, *rest)

    return gives


def broadcast_axes(one: list[Dim | None], other: list[Dim | None], version: str, of: str) -> list[Dim | None]:
    """Two shapes broadcast, aligned at the right: an axis of 1 is repeated."""
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    beyond = len(long) - len(short)
    return long[:beyond] + [broadcast_axis(first, second, version, of) for first, second in zip(long[beyond:], short, strict=True)]


def broadcast_axis(one: Dim | None, other: Dim | None, version: str, of: str) -> Dim | None:
    """An axis of two tensors, broadcast. If it is unknown in one, it is unknown in Keras 3, and that of the other in TensorFlow."""
    if one is None or other is None:
        known = other if one is None else one
        return None if version == "v3" or known == 1 else known
    if one == 1 or other == 1:
        return other if one == 1 else one
    if not same(one, other):
        raise ShapeError(f"{of}: {mismatch_in_words(one, other)}")
    return one


# ---------------------------------------------------------------- concatenated
def check_axis(a: Arguments) -> None:
    if not isinstance(a.axis, int):
        raise refusal(a, "axis", "must be a whole number")


def concatenated_shape(a: Arguments, shapes: list[OpenShape]) -> OpenShape:
    """The shape with the sizes along one axis added; the other axes must agree."""
    first, *others = shapes
    of = f"{a['class_name']} of {shape_text(shapes)}"
    if not others and a["version"] == "v3" and a.axis >= len(first):  # Keras 3 does not check the axis of a single tensor
        return first
    place = axis_index(int(a.axis), len(first), f"{a['class_name']}: axis")
    result = list(first)
    for shape in others:
        if len(shape) != len(first):
            raise ShapeError(f"{of}: all tensors must have the same number of axes")
        for axis, (one, other) in enumerate(zip(result, shape, strict=True)):
            if axis == place:
                result[axis] = None if one is None or other is None else one + other
            else:
                result[axis] = agreed_size(one, other, f"{of}, axis {axis}")
    if a["version"] == "v3":  # in which the other axes are those of the first tensor
        return (*first[:place], result[place], *first[place + 1 :])
    return tuple(result)


# ---------------------------------------------------------------- multiplied and summed
def check_dot(a: Arguments) -> None:
    if isinstance(a.axes, int):
        return
    if not isinstance(a.axes, tuple | list):
        raise ArgumentError(f"{a['class_name']}: axes must be one whole number or two, not {brief(a.axes)}")
    if len(a.axes) != 2 or not all(isinstance(axis, int) for axis in a.axes):
        raise refusal(a, "axes", "must be one whole number or two")


def dot_shape(a: Arguments, shapes: list[OpenShape]) -> OpenShape:
    """Both shapes without the summed axis, and without the batch of the second."""
    name = a["class_name"]
    if len(shapes) != 2:
        raise ShapeError(f"{name} takes a list of 2 tensors, not of {len(shapes)}")
    of = f"{name} of {shape_text(shapes)}"
    one, other = map(list, shapes)
    if min(len(one), len(other)) < 2:
        raise ShapeError(f"{of}: both tensors must have a batch axis and at least one more")
    asked = a.axes if isinstance(a.axes, tuple | list) else (a.axes, a.axes)
    first, second = (axis_index(int(axis), len(shape), f"{name}: axes") for axis, shape in zip(asked, shapes, strict=True))
    if not same(one[first], other[second]):
        raise ShapeError(f"{of} over axes {first} and {second}: {mismatch_in_words(one[first], other[second])}")
    if a["version"] != "v3":
        if 0 in (first, second):
            raise SettingError(f"{name}: axes must not include the batch, as in {brief(a.axes)}")
        agreed_size(one[0], other[0], f"{of}, the batch")
        one[0] = broadcast_axis(one[0], other[0], a["version"], of)
    del one[first], other[second]
    left = (*one, *other[1:])
    return left if len(left) > 1 else (*left, 1)


for name in ("Add", "Multiply", "Average", "Maximum", "Minimum"):
    row(name, reads="inputs", gives=elementwise_shape())
row("Subtract", reads="inputs", gives=elementwise_shape(2))
row("Concatenate", reads="inputs", check=check_axis, gives=concatenated_shape)
row("Dot", reads="inputs", check=check_dot, gives=dot_shape)
