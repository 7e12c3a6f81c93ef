"""The shape of an image for a network: given, or its own; and what Keras refuses."""

from __future__ import annotations

from ...core.sizes import is_symbolic
from ...errors import ShapeError, brief
from ..axes import open_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .options import Options


def input_shape_of(a: Options, size: int, least: int) -> tuple[Any, ...]:
    """The rows, columns and channels."""
    given = a.given["input_shape"]
    own = (size, size, 3)
    if given is None:
        return own if a.include_top else (None, None, 3)
    shape = checked_shape(given, least)
    if a.weights == "imagenet" and a.include_top and shape != own:
        raise ShapeError(
            f"the weights of ImageNet with the classifier need input_shape={own}, not {shape}; give weights=None as well"
        )
    if a.weights == "imagenet" and shape[-1] != 3:
        raise ShapeError(f"the weights of ImageNet need 3 channels, not {shape[-1]}; give weights=None as well")
    if a.include_top and None in shape:
        raise ShapeError(
            f"a network with its classifier needs every size of input_shape, not {shape}; give include_top=False as well"
        )
    return shape


def checked_shape(given: object, least: int) -> tuple[Any, ...]:
    """Three sizes, of which the first two are large enough for the network."""
    shape = open_shape(given, "input_shape")
    if len(shape) != 3:
        raise ShapeError(f"input_shape has the rows, the columns and the channels of an image, not {brief(given)}")
    for side in shape[:2]:
        if side is not None and not is_symbolic(side) and side < least:
            raise ShapeError(f"this network needs images of at least {least} x {least}, not {shape[0]} x {shape[1]}")
    return shape
