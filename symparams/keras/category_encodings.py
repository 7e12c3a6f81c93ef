"""Integers encoded as vectors: one-hot, multi-hot, counts."""

from __future__ import annotations

from ..core.sizes import same
from ..errors import SettingError, ShapeError
from .axes import checked_choice, shape_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..core.sizes import Dim, OpenShape
    from .signature import Arguments

OTHER_NAMES = {"binary": "multi_hot", "tf-idf": "tf_idf"}


def check_mode(a: Arguments, *modes: str | None) -> None:
    """Refuses an unknown output_mode, and sparse=True where the output is not vectors."""
    name = a["class_name"]
    a["output_mode"] = checked_choice(a.output_mode, modes, f"{name}: output_mode")
    if a.sparse and a.output_mode == "int" and name != "HashedCrossing":
        raise SettingError(f"{name}: sparse=True needs an output_mode that gives vectors, such as 'multi_hot', not 'int'")


def replace_old_mode(a: Arguments) -> None:
    """Replaces an older name of a mode."""
    if isinstance(a.output_mode, str):
        a["output_mode"] = OTHER_NAMES.get(a.output_mode, a.output_mode)


def encoded_shape(a: Arguments, shape: OpenShape, depth: Dim | None, owner: str) -> OpenShape:
    """The shape of the vectors: one for all integers along the last axis, or one for each in mode one_hot."""
    if a["version"] != "v3":
        return encoded_shape_before(a, shape, depth, owner)
    if a.output_mode == "int":
        return shape
    if a.output_mode == "one_hot" and shape and (len(shape) == 1 or not same(shape[-1], 1)):
        return (*shape, depth)
    return (*shape[:-1], depth)


def encoded_shape_before(a: Arguments, shape: OpenShape, depth: Dim | None, owner: str) -> OpenShape:
    """The same before Keras 3, which takes at most a batch of vectors."""
    if a.output_mode == "int":
        return shape
    wide = shape or (1,)
    if a.output_mode == "one_hot" and not same(wide[-1], 1):
        wide = (*wide, 1)
    if len(wide) > 2:
        raise ShapeError(
            f"{owner}: output_mode={a.output_mode!r} gives at most two axes, too few for an input of shape {shape_text(shape)}"
        )
    return (*(None if a.sparse else size for size in wide[:-1]), depth)
