"""Functions that are layers without parameters of their own: norms, and the rest of ``functional``."""

from __future__ import annotations

from ...core.sizes import same, shown, split
from ...errors import ShapeError
from ..shape_rules import axis_index
from ..tensors import Tensor
from .operations import made, operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@operation("batch_norm instance_norm group_norm")
def normalized(input: Tensor, *_: object, **__: object) -> Tensor:
    return made(input.shape, input.dtype)


@operation("layer_norm rms_norm")
def normalized_over(input: Tensor, normalized_shape: Any, *_: object, **__: object) -> Tensor:
    """The input, whose last axes must be those that are normalized."""
    wanted = tuple(normalized_shape) if isinstance(normalized_shape, tuple | list) else (normalized_shape,)
    check_last(input, wanted, "layer_norm")
    return made(input.shape, input.dtype)


def check_last(input: Tensor, wanted: tuple[Any, ...], of: str) -> None:
    """Refuses an input whose last axes are not these."""
    last = input.shape[input.ndim - len(wanted) :] if input.ndim >= len(wanted) else ()
    if len(last) != len(wanted) or not all(map(same, last, wanted)):
        raise ShapeError(f"{of} takes an input that ends in {shown(wanted)}, not one of shape {shown(input.shape)}")


@operation("glu")
def gated(input: Tensor, dim: int = -1) -> Tensor:
    """Half of an axis, gated by the other half."""
    at = axis_index(dim, input.ndim)
    half = split(input.shape[at], 2, "glu: the axis that is halved")
    return made((*input.shape[:at], half, *input.shape[at + 1 :]), input.dtype)


@operation("embedding_bag")
def bag(input: Tensor, weight: Tensor, offsets: Tensor | None = None, *_: object, **options: Any) -> Tensor:
    bags = offsets.shape[0] if offsets is not None else input.shape[0]
    if offsets is not None and options.get("include_last_offset"):
        bags = bags - 1
    return made((bags, weight.shape[1]), weight.dtype)
