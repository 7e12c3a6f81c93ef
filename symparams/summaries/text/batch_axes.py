"""Shapes that a table prints without the batch axis, as fastai does: recognized by the layers whose rank is in their name."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cells import Shape
    from .row import SummaryLayer

RANKED = re.compile(
    r"(?:Conv(?:olution|Transpose)?|Upsampl(?:e|ing)|UpSampling|BatchNorm|InstanceNorm|(?:^|[a-z])(?<!Global)(?:Max|Avg|Average)Pool(?:ing)?"
    r"|ZeroPad(?:ding)?)([123])[dD](?:Transpose)?$"
)
FLAT = ("Dense", "Linear")  # their output has a batch axis and at least one more


def add_batch_axes(layers: Sequence[SummaryLayer], always: bool = False) -> None:
    """Adds the batch axis to the outputs that formulas are searched for, where the rows show that it is missing, or ``always``."""
    if always or lacks_batch_axes(layers):
        for layer in layers:
            layer.outputs = [(None, *shape) for shape in layer.outputs]


def lacks_batch_axes(layers: Sequence[SummaryLayer]) -> bool:
    """Whether the shapes lack the batch axis: they have the axes of the layer's window and one more, not two."""
    ranked = [(rank, shape) for layer in layers for shape in layer.outputs[:1] if (rank := window_rank(layer.class_name or ""))]
    found = {len(shape) - rank for rank, shape in ranked}
    if found:
        return found == {1}
    flat = [shape for layer in layers if layer.class_name in FLAT for shape in layer.outputs[:1]]
    return any(len(shape) == 1 for shape in flat) and not any(is_batch(shape) for layer in layers for shape in layer.outputs)


def window_rank(class_name: str) -> int:
    """The number of axes of a class's window, by its name; 0 for a class whose name does not tell, or BatchNorm1d, which has two."""
    match = RANKED.search(class_name)
    return int(match[1]) if match is not None and class_name != "BatchNorm1d" else 0


def is_batch(shape: Shape) -> bool:
    """Whether a shape begins with an open axis, which is the batch."""
    return shape[:1] == (None,)
