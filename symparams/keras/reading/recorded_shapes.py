"""What a file says of shapes: checked where a formula gives them too, and taken where none does, as of operations and code."""

from __future__ import annotations

from ...core.sizes import shown
from ..axes import differ
from ..graph import said_shape, tensors_in, unsaid_in
from ..layer import KerasLayer
from ..model import Model
from .graphs import build_shapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.sizes import OpenShape
    from ..graph import Counted, KerasTensor
    from ..operations.operation import Operation
    from .state import Reading

MOST_OUTPUTS = 1000


def operation_of(thing: Counted) -> Operation | None:
    """A thing as an operation, if it is one: it is no layer and no model."""
    return None if isinstance(thing, KerasLayer | Model) else thing  # type: ignore[return-value]


def tell(reading: Reading, path: str, step: Operation, recorded: dict[int, OpenShape], outputs: int = 1) -> None:
    """Tells an operation what the file says that its next use gives, and how many outputs that has at least."""
    step.exactly, step.outputs = reading.letters is None, min(outputs, MOST_OUTPUTS)
    step.recorded = {number: lettered(reading, path, step, shape) for number, shape in recorded.items()}


def read_next(parts: list[object], things: list[Counted], number: int) -> OpenShape | None:
    """The shape that the file has for what a layer gives, with the next one that changes it."""
    for part, thing in zip(parts[number + 1 :], things[number + 1 :], strict=True):
        shapes = build_shapes(part)
        if shapes or not isinstance(thing, KerasLayer) or not thing.row.keeps_shape:
            return shapes[0] if len(shapes) == 1 else None
    return None


def lettered(reading: Reading, path: str, thing: Counted, shape: OpenShape) -> OpenShape:
    """A shape that a file records, with letters where they stand for sizes."""
    return reading.lettered(f"{path}/{thing.name}" if path else thing.name, "result_shape", shape)


def say(reading: Reading, path: str, thing: Counted, tensor: KerasTensor, recorded: OpenShape | None) -> None:
    """Takes the shape of what a thing gives from the file, where nothing else tells it; a note where that does not either."""
    unsaid = unsaid_in([tensor])
    if unsaid is not None and recorded is not None:
        take(tensor, lettered(reading, path, thing, recorded))
    elif unsaid is not None:
        reading.note(str(unsaid.error))


def take(tensor: KerasTensor, shape: OpenShape) -> None:
    """Gives a tensor its shape, and the one inside the model or behind the layer that it comes from."""
    tensor.shape, call = shape, tensor.call
    if call is None:
        return
    inner: list[KerasTensor] = []
    operation = operation_of(call.layer)
    if operation is not None:
        operation.remember(call)
    elif isinstance(call.layer, KerasLayer):
        inner = call.inputs[:1]
    elif isinstance(call.layer, Model) and [*map(said_shape, call.inputs)] == [*map(said_shape, call.layer.inputs)]:
        inner = [its for its, given in zip(call.layer.outputs, tensors_in(call.outputs), strict=True) if given is tensor]
    for each in inner:
        if unsaid_in([each]) is not None:
            take(each, shape)


# ---------------------------------------------------------------- checked against the graph
def compare_inputs(reading: Reading, thing: Counted, recorded: Sequence[OpenShape], inputs: Sequence[KerasTensor]) -> None:
    """Notes where a layer was built for another input than the graph gives it."""
    if len(recorded) == len(inputs):
        for said, tensor in zip(recorded, inputs, strict=True):
            if differ(said, tensor.shape):
                reading.note(
                    f"{thing.name} ({thing.class_name}): the file says that it was built for {shown(said)}, the graph gives it {shown(tensor.shape)}"
                )


def compare_outputs(reading: Reading, thing: Counted, recorded: Mapping[int, OpenShape], outputs: Sequence[KerasTensor]) -> None:
    """Notes where the file records another output of a layer than its formula gives."""
    for number, said in recorded.items():
        if number < len(outputs) and differ(said, outputs[number].shape):
            reading.note(
                f"{thing.name} ({thing.class_name}): the file says that it gives {shown(said)}, here it gives {shown(outputs[number].shape)}"
            )
