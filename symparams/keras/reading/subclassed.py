"""Models and layers whose own code is the graph: the layers that they hold, each proved by its arrays."""

from __future__ import annotations

from ...errors import ShapeError, SymparamsError, brief
from ...layers.parameter import Parameter
from ..layer import KerasLayer
from ..model import Model
from ..names import Names
from .custom import CustomLayer
from .graphs import build_shapes
from .live_models import Holds, no_weights_error
from .readers import reader_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Never, TypeGuard

    from ...core.sizes import Dim
    from ..graph import KerasCountable, Placed
    from .live_models import Array, Facts
    from .state import DocumentReading


class HeldModel(Model):
    """A live model or layer with its own code. How the code connects the layers is unknown, and not needed for a count."""

    def __init__(self, data: Facts, name: str, layers: Sequence[KerasCountable]) -> None:
        self._start(name, name, any(array.trainable for array in data["arrays"]), (None, None))
        self.class_name = data["class_name"]
        self._layers = [*layers]
        self._names = Names(layers)

    @property
    def title(self) -> str:
        """Its class."""
        return self.class_name

    def uses(self) -> list[Placed]:
        return [(identity, tensor.under(self.name)) for identity, tensor in super().uses()]

    def __repr__(self) -> str:
        return super().__repr__().replace(type(self).__name__, self.class_name, 1)

    def __call__(self, *_: object, **__: object) -> Never:
        raise ShapeError(
            f"{self.name} ({self.class_name}) cannot be called on other inputs, since its own code is not read; call its layers"
        )


class Variable(CustomLayer):
    """An array outside all layers: a class token, a scale."""

    def __init__(self, name: str, shape: tuple[Dim, ...], trainable: bool, version: str) -> None:
        super().__init__("Variable", {"trainable": trainable}, lambda _, __: (Parameter(shape=shape), shape), version, name)
        self.build(shape)

    def uses(self) -> list[Placed]:
        return [(identity, tensor.but(path=self.name)) for identity, tensor in super().uses()]


def is_held(data: Mapping[str, object]) -> TypeGuard[Facts]:
    """Whether data is from a live layer or model with its own code, not from a file."""
    return isinstance(data.get("holds"), Holds)


def read_held(reading: DocumentReading, data: Facts, name: str, path: str) -> HeldModel:
    """A model or layer with its own code."""
    holds = data["holds"]
    layers = [*variables(reading, holds.arrays, path), *(read_part(reading, part, path) for part in holds.layers)]
    return HeldModel(data, name, layers)


def variables(reading: DocumentReading, arrays: list[Array], path: str) -> list[Variable]:
    """The arrays of a layer, with letters for sizes."""
    found = []
    for array in arrays:
        shape = reading.lettered(f"{path}/{array.name}" if path else array.name, "shape", array.shape)
        found.append(Variable(array.name, shape, array.trainable, reading.version))
    return found


def read_part(reading: DocumentReading, part: Facts, path: str) -> KerasCountable:
    """One layer that is held; where its config gives no layer, or other arrays, the live arrays are counted instead."""
    if is_held(part) and reader_of(reading.extra, part, part["class_name"], part["module"], part["config"]) is None:
        if not (part["built"] or part["arrays"] or part["holds"].layers):
            raise no_weights_error(part["name"], part["class_name"])
        return reading.read(part, path)
    place = f"{path}/{part['name']}" if path else part["name"]
    live = sorted((array.shape, array.trainable) for array in part["arrays"])
    why = "its config does not give its weights"
    try:
        thing = reading.read(part, path)
        if isinstance(thing, HeldModel):
            return thing
        build_part(reading, thing, part, place)
        trains = any(trained for _, trained in live)
        if live and trains != thing.trainable:
            thing.trainable = trains
        if thing.letters_used() or sorted((tensor.shape, tensor.trainable) for tensor in thing.weights) == live:
            return thing
    except SymparamsError as error:
        why = str(error)
    if not part["built"]:
        raise no_weights_error(part["name"], part["class_name"])
    reading.note(f"{brief(part['name'])} ({part['class_name']}) is counted from its arrays, without a formula: {why}")
    bare = HeldModel(part, part["name"], variables(reading, part["arrays"], place))
    reading.shared[part["shared_object_id"]] = bare
    return bare


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
