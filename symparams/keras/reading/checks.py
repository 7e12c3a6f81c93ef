"""What a file records of shapes, against what its graph gives."""

from __future__ import annotations

from ...core.sizes import shown
from ..axes import differ

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ...core.sizes import OpenShape
    from ..graph import Counted, KerasTensor
    from .state import Reading


def compare_inputs(reading: Reading, thing: Counted, recorded: Sequence[OpenShape], inputs: Sequence[KerasTensor]) -> None:
    """Notes where a layer was built for another input than the graph gives it."""
    if len(recorded) == len(inputs):
        for said, tensor in zip(recorded, inputs, strict=True):
            if differ(said, tensor.shape):
                reading.note(
                    f"{thing.name} ({thing.class_name}): the file says that it was built for {shown(said)}, the graph gives it {shown(tensor.shape)}"
                )


def compare_outputs(reading: Reading, thing: Counted, recorded: Mapping[int, Any], outputs: Sequence[KerasTensor]) -> None:
    """Notes where the file records another output of a layer than its formula gives."""
    for number, said in recorded.items():
        if number < len(outputs) and differ(said, outputs[number].shape):
            reading.note(
                f"{thing.name} ({thing.class_name}): the file says that it gives {shown(said)}, here it gives {shown(outputs[number].shape)}"
            )
