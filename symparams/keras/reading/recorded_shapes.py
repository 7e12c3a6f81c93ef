"""The shapes that a file records: compared where a formula gives them too, and used where none does, as for operations."""

from __future__ import annotations

from ...core.sizes import shown
from ..axes import shapes_contradict
from ..graph import first_unknown, known_shape, tensors_in
from ..layer import KerasLayer
from ..model import Model
from .graphs import build_shapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.sizes import OpenShape
    from ..graph import KerasCountable, KerasTensor
    from ..operations.operation import Operation
    from .state import DocumentReading

MOST_OUTPUTS = 1000


def operation_of(thing: KerasCountable) -> Operation | None:
    """The operation, unless it is a layer or a model."""
    return None if isinstance(thing, KerasLayer | Model) else thing  # type: ignore[return-value]


def record_shapes(reading: DocumentReading, path: str, step: Operation, recorded: dict[int, OpenShape], outputs: int = 1) -> None:
    """Gives an operation the output shapes that the file records for its next use, and the least number of its outputs."""
    step.exactly, step.outputs = reading.letters is None, min(outputs, MOST_OUTPUTS)
    step.recorded = {number: lettered_shape(reading, path, step, shape) for number, shape in recorded.items()}


def next_recorded_shape(parts: list[object], things: list[KerasCountable], number: int) -> OpenShape | None:
    """The output shape of a layer, as the file records it for the next layer that depends on it."""
    for part, thing in zip(parts[number + 1 :], things[number + 1 :], strict=True):
        shapes = build_shapes(part)
        if shapes or not isinstance(thing, KerasLayer) or not thing.row.keeps_shape:
            return shapes[0] if len(shapes) == 1 else None
    return None


def lettered_shape(reading: DocumentReading, path: str, thing: KerasCountable, shape: OpenShape) -> OpenShape:
    """A shape that a file records, with letters for sizes."""
    return reading.lettered(f"{path}/{thing.name}" if path else thing.name, "result_shape", shape)


def take_recorded_shape(
    reading: DocumentReading, path: str, thing: KerasCountable, tensor: KerasTensor, recorded: OpenShape | None
) -> None:
    """Sets a tensor's unknown shape to the one the file records; adds a note where the file has none."""
    unknown = first_unknown([tensor])
    if unknown is not None and recorded is not None:
        set_shape(tensor, lettered_shape(reading, path, thing, recorded))
    elif unknown is not None:
        reading.note(str(unknown.error))


def set_shape(tensor: KerasTensor, shape: OpenShape) -> None:
    """Sets the shape of a tensor, and of the tensor it comes from: inside a model, or before a layer that keeps the shape."""
    tensor.shape, call = shape, tensor.call
    if call is None:
        return
    inner: list[KerasTensor] = []
    operation = operation_of(call.layer)
    if operation is not None:
        operation.remember(call)
    elif isinstance(call.layer, KerasLayer):
        inner = call.inputs[:1]
    elif isinstance(call.layer, Model) and [*map(known_shape, call.inputs)] == [*map(known_shape, call.layer.inputs)]:
        inner = [inside for inside, given in zip(call.layer.outputs, tensors_in(call.outputs), strict=True) if given is tensor]
    for each in inner:
        if first_unknown([each]) is not None:
            set_shape(each, shape)


# ---------------------------------------------------------------- compared with the graph
def compare_inputs(
    reading: DocumentReading, thing: KerasCountable, recorded: Sequence[OpenShape], inputs: Sequence[KerasTensor]
) -> None:
    """Adds a note where a layer was built for an input shape other than that in the graph."""
    if len(recorded) == len(inputs):
        for shape, tensor in zip(recorded, inputs, strict=True):
            if shapes_contradict(shape, tensor.shape):
                reading.note(
                    f"{thing.name} ({thing.class_name}): built for {shown(shape)} according to the file, but the graph gives it {shown(tensor.shape)}"
                )


def compare_outputs(
    reading: DocumentReading, thing: KerasCountable, recorded: Mapping[int, OpenShape], outputs: Sequence[KerasTensor]
) -> None:
    """Adds a note where the file records an output shape other than that of the formula."""
    for number, shape in recorded.items():
        if 0 <= number < len(outputs) and shapes_contradict(shape, outputs[number].shape):
            reading.note(
                f"{thing.name} ({thing.class_name}): the output is {shown(shape)} according to the file, but {shown(outputs[number].shape)} here"
            )
