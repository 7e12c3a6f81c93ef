"""Layers that rearrange numbers: Reshape, Flatten, Permute, RepeatVector."""

from __future__ import annotations

from ...core.sizes import divided, same, shown, size, volume
from ...errors import ArgumentError, ShapeError, brief
from ..axes import mismatch_in_words
from ..row import refusal, row, sizes_check
from ..sliding_windows import check_data_format

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import OpenShape
    from ..axes import Axes
    from ..signature import Arguments


# ---------------------------------------------------------------- Reshape
def check_target(a: Arguments) -> None:
    """Checks the sizes, at most one of which is -1 for the rest; in Keras 3 a size may be None."""
    of = f"{a['class_name']}: target_shape"
    if not isinstance(a.target_shape, tuple | list):
        raise ArgumentError(f"{of} must be a tuple of sizes without the batch axis, such as (3, 4), not {brief(a.target_shape)}")
    target = tuple(axis if is_rest(axis) or (axis is None and a["version"] == "v3") else size(axis, of) for axis in a.target_shape)
    if sum(map(is_rest, target)) > 1:
        raise refusal(a, "target_shape", "must have at most one -1")
    a["target_shape"] = target


def is_rest(axis: object) -> bool:
    return type(axis) is int and axis == -1


def reshape_shape(a: Arguments, x: Axes) -> OpenShape:
    target: OpenShape = a.target_shape
    whole, known = volume(x.shape[1:]), volume([axis for axis in target if not is_rest(axis)])
    if whole is None or known is None:
        return (x["batch"], *(None if is_rest(axis) else axis for axis in target))
    if any(map(is_rest, target)):
        rest = divided(whole, known)
        if rest is None:
            raise ShapeError(
                f"{x.owner}: an input of shape {shown(x.shape)} has {whole} numbers per example, which do not divide evenly into "
                f"parts of {known} for target_shape={shown(target)}; write a size that is divisible as a product, such as 2*n"
            )
        return (x["batch"], *(rest if is_rest(axis) else axis for axis in target))
    if not same(whole, known):
        raise ShapeError(
            f"{x.owner}: {shown(x.shape[1:])} and target_shape={shown(target)} differ in size: {mismatch_in_words(whole, known)}"
        )
    return (x["batch"], *target)


# ---------------------------------------------------------------- Flatten, Permute, RepeatVector
def flatten_shape(_: Arguments, x: Axes) -> OpenShape:
    return (x["batch"], volume(x.shape[1:]))


def check_permutation(a: Arguments) -> None:
    dims = a.dims
    if (
        not isinstance(dims, tuple | list)
        or not all(type(axis) is int for axis in dims)
        or sorted(dims) != [*range(1, len(dims) + 1)]
    ):
        raise refusal(a, "dims", "must contain each axis once, counted from 1, such as (2, 1)")
    a["dims"] = tuple(dims)


def permute_shape(a: Arguments, x: Axes) -> OpenShape:
    return (x["batch"], *(x.shape[axis] for axis in a.dims))


row("Reshape", check=check_target, gives=reshape_shape)
row("Flatten", check=check_data_format, gives=flatten_shape)
row(
    "Permute",
    takes=lambda a: " ".join(("batch", *(f"axis_{place}" for place in range(1, len(a.dims) + 1)))),
    check=check_permutation,
    gives=permute_shape,
)
row("RepeatVector", takes="batch features", check=sizes_check("n"), gives=lambda a, x: (x["batch"], a.n, x["features"]))
