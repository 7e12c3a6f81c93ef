"""Models and layers whose own code is the graph: the layers that they hold, each proved by its arrays."""

from __future__ import annotations

from ...errors import LetterError, ShapeError, SymparamsError, brief, listed
from ...layers.parameter import Parameter
from ..graph import Call, GivenBy, KerasTensor, tensors_in
from ..layer import KerasLayer
from ..model import Model
from ..names import Names
from .custom import CustomLayer
from .graphs import build_shapes
from .live_proofs import fault, live_part, untaken
from .live_walk import Holds, no_weights_error
from .readers import reader_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, TypeGuard

    from ...core.sizes import Dim, OpenShape
    from ..graph import KerasCountable, Placed
    from .live_walk import Array, Facts, LivePart
    from .state import DocumentReading


class HeldModel(Model):
    """A live model or layer with its own code. How the code connects the layers is unknown, and not needed for a count.

    As a step of a graph it gives ``next_outputs``, which Keras knows of each of its calls.
    """

    def __init__(self, class_name: str, trains: bool, name: str, layers: Sequence[KerasCountable]) -> None:
        self._start(name, name, trains, (None, None))
        self.class_name = class_name
        self._layers = [*layers]
        self._names = Names(layers)
        self.next_outputs: list[OpenShape] = []
        self.known_calls: list[tuple[list[OpenShape], list[OpenShape]]] = []  # the shapes of inputs and outputs

    @property
    def title(self) -> str:
        """Its class."""
        return self.class_name

    def uses(self) -> list[Placed]:
        return [(identity, tensor.under(self.name)) for identity, tensor in super().uses()]

    def __repr__(self) -> str:
        return super().__repr__().replace(type(self).__name__, self.class_name, 1)

    @property
    def output_shape(self) -> Any:
        """The shape of its output, or a list of shapes; None where its own code alone knows it."""
        shapes = [tensor.shape for call in self.calls[:1] for tensor in tensors_in(call.outputs)]
        return shapes if len(shapes) > 1 else next(iter(shapes), None)

    def __call__(self, *args: object, **kwargs: object) -> Any:
        call = Call(self, args, kwargs)
        inputs = [tensor.shape for tensor in call.inputs]
        shapes, self.next_outputs = self.next_outputs, []
        if shapes:
            self.known_calls.append((inputs, shapes))
        else:
            shapes = outputs_before(self.known_calls, inputs)
        if not shapes:
            raise ShapeError(
                f"{self.name} ({self.class_name}) cannot be called on other inputs, since its own code is not read; call its layers"
            )
        dtype = call.inputs[0].dtype if call.inputs else "float32"
        outputs = [KerasTensor(shape, dtype, call=call, because=GivenBy(self)) for shape in shapes]
        call.outputs = outputs if len(outputs) > 1 else outputs[0]
        self.calls.append(call)
        return call.outputs


def outputs_before(calls: list[tuple[list[OpenShape], list[OpenShape]]], inputs: list[OpenShape]) -> list[OpenShape]:
    """The outputs of an earlier call on inputs that differ at most in the batch."""
    for before, outputs in calls:
        if inputs and [shape[1:] for shape in before] == [shape[1:] for shape in inputs]:
            return [(*inputs[0][:1], *shape[1:]) if shape[:1] == before[0][:1] else shape for shape in outputs]
    return []


class Variable(CustomLayer):
    """An array outside all layers: a class token, a scale."""

    def __init__(self, name: str, shape: tuple[Dim, ...], trainable: bool, version: str) -> None:
        super().__init__("Variable", {"trainable": trainable}, None, version, name)
        self.axes = shape
        self.build(shape)

    def answer(self, shape: OpenShape | list[OpenShape]) -> object:  # noqa: ARG002
        return Parameter(shape=self.axes), self.axes

    def uses(self) -> list[Placed]:
        return [(identity, tensor.but(path=self.name)) for identity, tensor in super().uses()]


def is_held(data: Mapping[str, object]) -> TypeGuard[Facts]:
    """Whether data is from a live layer or model with its own code, not from a file."""
    return isinstance(data.get("holds"), Holds)


def read_held(reading: DocumentReading, data: Facts, name: str, path: str) -> HeldModel:
    """A model or layer with its own code."""
    holds, live = data["holds"], data["live"]
    arrays = untaken(reading, holds.arrays, id(live.layer))
    if len(arrays) < len(holds.arrays):
        others = [array.name for array in holds.arrays if array not in arrays]
        belong, are = ("belongs", "is") if len(others) == 1 else ("belong", "are")
        reading.note(
            f"{listed(others)} of {brief(name)} ({data['class_name']}) {belong} to another layer too, and {are} counted there"
        )
    reading.place(arrays, id(live.layer))
    layers = [*variables(reading, arrays, path), *(read_part(reading, part, path) for part in holds.layers)]
    return HeldModel(data["class_name"], any(array.trainable for array in live.arrays), name, layers)


def variables(reading: DocumentReading, arrays: list[Array], path: str) -> list[Variable]:
    """The arrays of a layer, with letters for sizes."""
    found = []
    for array in arrays:
        shape = reading.lettered(f"{path}/{array.name}" if path else array.name, "shape", array.shape)
        found.append(Variable(array.name, shape, array.trainable, reading.version))
    return found


# ---------------------------------------------------------------- a part of a live model
def read_part(reading: DocumentReading, part: Facts, path: str) -> KerasCountable:
    """One layer that is held; where its config gives no layer, or other arrays, the live arrays are counted instead."""
    live = part["live"]
    if is_unused(reading, part):
        return HeldModel(part["class_name"], False, part["name"], [])
    thing = reading.read(part, path)
    if isinstance(thing, HeldModel) or live.by_arrays is not None:
        return thing
    place = f"{path}/{part['name']}" if path else part["name"]
    try:
        build_part(reading, thing, part, place)
        trains = any(array.trainable for array in live.arrays)
        if live.arrays and trains != thing.trainable:
            thing.trainable = trains
        why = fault(reading, thing, live)
        if not why:
            return thing
    except LetterError:
        raise
    except SymparamsError as error:
        if not reading.decides:
            raise
        why = str(error)
    return instead(reading, part, live, part["name"], place, why)


def is_unused(reading: DocumentReading, part: Facts) -> bool:
    """Whether a layer of a model that was called was never called itself, so that it has no weights. Keras counts none."""
    if part["built"] or part["live"].arrays or (is_held(part) and part["holds"].layers):
        return False
    if reader_of(reading.extra, part, part["class_name"], part["module"], part["config"]) is not None:
        return False
    name, class_name, root = part["name"], part["class_name"], part["live"].walk.model
    if not root.built or not part["live"].walk.live(root, None).arrays:
        raise no_weights_error(name, class_name)
    reading.note(f"{brief(name)} ({class_name}) was never called, so it has no weights, and Keras counts none for it")
    return True


def instead(reading: DocumentReading, data: Mapping[str, object], live: LivePart, name: str, path: str, why: str) -> HeldModel:
    """The arrays and layers of a live layer in place of what its config says. ``why`` is for the user; empty for a class of one's own."""
    if live.by_arrays is None:
        live.by_arrays = why
    facts = live.held()
    if why:
        how = "read from the layers that it holds" if facts["holds"].layers else "counted from its arrays, without a formula"
        reading.note(f"{brief(name)} ({data['class_name']}) is {how}: {why}")
    held = read_held(reading, facts, name, path)
    number = data.get("shared_object_id")
    if type(number) is int:
        reading.shared[number] = held
    return held


def build_part(reading: DocumentReading, thing: KerasCountable, part: Facts, path: str) -> None:
    """Builds a layer for the input shapes recorded for it. A model has its own, and an operation needs none."""
    if not isinstance(thing, KerasLayer) or thing.built:
        return
    names, shapes = thing.row.reads, build_shapes(part)
    if not shapes:
        if thing.row.entry is None and not thing.wraps:  # it has no weights with any input
            return
        raise ShapeError("the input shape it was built for is unknown")
    if len(shapes) == 1 < len(names):  # Keras 2 records one shape even for an attention, which then is to itself
        shapes *= 2
    if reading.letters is not None and len(names) != 1:  # layers of a list of tensors have no weights
        places = [f"{name}_shape" for name in names] or ["build_input_shape"]
        shapes = [reading.lettered(path, place, shape) for place, shape in zip(places, shapes, strict=False)]
    thing.build(*shapes)


# ---------------------------------------------------------------- a step of a live graph
def expect(reading: DocumentReading, thing: KerasCountable, data: Mapping[str, object], call: int, path: str) -> None:
    """Tells a layer with its own code the output shapes of its next call, which Keras knows."""
    live = live_part(data)
    if isinstance(thing, HeldModel) and live is not None:
        shapes = live.output_shapes(call)
        place = f"{path}/{thing.name}" if path else thing.name
        thing.next_outputs = [reading.lettered(place, "result_shape", shape) for shape in shapes.values()]
