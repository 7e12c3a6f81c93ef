"""One walk through a live model: its layers with their arrays, by identity, as plain data. No framework is imported for this."""

from __future__ import annotations

from ..._startup.once import cached_property
from ...core.frozen import Frozen
from ...errors import LetterError, TextError, brief
from ..plain_values import shapes_in
from .packages import is_keras

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import NotRequired, Protocol, SupportsInt, TypedDict

    from ...core.sizes import OpenShape

    class LiveArray(Protocol):
        """A weight, as far as it is read."""

        @property
        def name(self) -> str: ...
        @property
        def shape(self) -> Iterable[SupportsInt]: ...

    class LiveThing(Protocol):
        """A live layer or model, as far as it is read; some have more attributes."""

        name: str
        built: bool

        def get_config(self) -> object: ...
        def count_params(self) -> object: ...

    class Facts(TypedDict):
        """A live layer as in a file, with its arrays; ``holds`` where its own code is the graph."""

        class_name: str
        module: str
        name: str
        config: dict[str, object]
        built: bool
        build_config: object
        shared_object_id: int
        live: LivePart
        holds: NotRequired[Holds]


class Array(Frozen):
    """A weight of a live model: its name, its shape, whether it is trained, and a key that only its other uses share."""

    name: str
    shape: tuple[int, ...]
    trainable: bool
    key: int


class Holds(Frozen):
    """The contents of a live layer or model: its layers as data, and its arrays outside them. A file never has this."""

    arrays: list[Array]
    layers: list[Facts]


class LivePart:
    """The live layer behind a part of a document, in the model that calls it.

    ``by_arrays`` is None as long as its config is read; then it is the reason why its arrays and layers are read instead, or
    an empty string where that needs no reason. ``flat`` leaves out its layers as well.
    """

    def __init__(self, walk: LiveWalk, layer: LiveThing, model: object) -> None:
        self.walk, self.layer, self.model = walk, layer, model
        self.by_arrays: str | None = None
        self.flat = False

    @cached_property
    def arrays(self) -> list[Array]:
        """All its arrays, each once."""
        return self.walk.arrays(weights_of(self.layer))

    def held(self) -> Facts:
        """The same with the layers and arrays that it holds."""
        return self.walk.held(self.layer, self.flat)

    @property
    def is_functional(self) -> bool:
        """Whether it is a graph of layers, whose calls Keras counts from 1 in some places."""
        return any(cls.__name__ == "Functional" for cls in type(self.layer).__mro__)

    def output_shapes(self, call: int) -> dict[int, OpenShape]:
        """The output shapes of one of its calls in the model, by number of the output; empty where Keras does not know them."""
        nodes = nodes_in(self.model, self.layer)
        if not 0 <= call < len(nodes):
            return {}
        outputs = getattr(nodes[call], "output_tensors", None)
        tensors = [tensor for tensor in things_of(outputs) if hasattr(tensor, "shape")]
        found = [next(iter(shapes_in(listed_shapes(tensor.shape))), None) for tensor in tensors]
        return {number: shape for number, shape in enumerate(found) if shape is not None}


class LiveWalk:
    """One walk through the layers of a live model; a layer that is met twice gets the same number."""

    def __init__(self, model: LiveThing) -> None:
        self.model = model
        self.numbers: dict[int, int] = {}
        self.parts: dict[tuple[int, int], LivePart] = {}
        self.trained = {id(array) for array in weights_of(model, "trainable_weights")}

    @cached_property
    def owners(self) -> dict[int, int]:
        """The layer of Keras that has each array and no layers inside, by the ids of both."""
        found: dict[int, int] = {}
        for layer in every_layer(self.model):
            if is_keras(layer) and not held_layers(layer):
                for array in weights_of(layer):
                    found.setdefault(id(array), id(layer))
        return found

    def held(self, thing: LiveThing, flat: bool = False) -> Facts:
        """The facts of a layer or model with its own code: its config, its layers, and its arrays outside them."""
        layers = [] if flat else held_layers(thing)
        inside = {id(array) for layer in layers for array in weights_of(layer)}
        elsewhere = {} if flat or (is_keras(thing) and not layers) else self.owners
        own = (array for array in weights_of(thing) if id(array) not in inside)
        arrays = self.arrays([array for array in own if elsewhere.get(id(array), id(thing)) == id(thing)], flat)
        return {**self.facts(thing, config_of(thing) or {}), "holds": Holds(arrays, [self.part(layer) for layer in layers])}

    def part(self, layer: LiveThing) -> Facts:
        """The facts of one layer: its config if it is Keras's, with all its arrays, so that the reading can be proved."""
        config = config_of(layer)
        graph = config is not None and "layers" in config
        if config is None or not (graph or (is_keras(layer) and not hasattr(layer, "layers"))):
            return self.held(layer)
        return self.facts(layer, self.with_layers(config, layer))

    def with_layers(self, config: dict[str, object], model: object) -> dict[str, object]:
        """The config of a model, with the live layer behind each part of its graph."""
        parts, named = config.get("layers"), layers_by_name(model)
        if not isinstance(parts, list):
            return config
        return {**config, "layers": [self.with_live(part, named, model) for part in parts]}

    def with_live(self, part: object, named: dict[str, LiveThing], model: object) -> object:
        """A part of a graph, with its live layer."""
        config = part.get("config") if isinstance(part, dict) else None
        if not isinstance(part, dict) or not isinstance(config, dict):
            return part
        layer = named.get(str(part.get("name") or config.get("name")))
        if layer is None:
            return part
        found = {"config": self.with_layers(config, layer), "live": self.live(layer, model), "shared_object_id": self.number(layer)}
        return {**part, **found}

    def live(self, layer: LiveThing, model: object) -> LivePart:
        return self.parts.setdefault((id(layer), id(model)), LivePart(self, layer, model))

    def number(self, layer: LiveThing) -> int:
        """The number of a layer; negative, unlike those that Keras writes."""
        return self.numbers.setdefault(id(layer), ~len(self.numbers))

    def arrays(self, arrays: Iterable[LiveArray], whole_names: bool = False) -> list[Array]:
        """The arrays with their names, shapes, and whether they are trained.

            Keras trains weights that a layer makes after it was frozen, so the model decides, not the layer. Weights without a shape, or
        with an unknown axis, such as a table of words or the bounds that data give, are none that Keras counts.
        """
        return [
            Array(
                name=array_name(array, whole_names),
                shape=whole_axes(array),
                trainable=id(array) in self.trained,
                key=id(array),
            )
            for array in arrays
            if has_sizes(array)
        ]

    def facts(self, thing: LiveThing, config: dict[str, object]) -> Facts:
        """The facts that a file has for every layer, and the live layer itself."""
        shapes = getattr(thing, "get_build_config", lambda: None)()
        return {
            "class_name": type(thing).__name__,
            "module": type(thing).__module__,
            "name": thing.name,
            "config": config,
            "built": bool(thing.built),
            "build_config": listed_shapes(shapes) if isinstance(shapes, dict) else None,
            "shared_object_id": self.number(thing),
            "live": self.live(thing, None),
        }


# ---------------------------------------------------------------- live layers
def held_layers(thing: object) -> list[LiveThing]:
    """The layers that a model holds: as attributes, in lists, in dicts."""
    flat = getattr(thing, "_flatten_layers", None)
    return list(flat(include_self=False, recursive=False)) if callable(flat) else list(getattr(thing, "layers", ()))


def every_layer(model: object) -> Iterator[LiveThing]:
    """All layers inside a model at any depth, each once."""
    seen: set[int] = set()
    stack = [*reversed(held_layers(model))]
    while stack:
        layer = stack.pop()
        if id(layer) not in seen:
            seen.add(id(layer))
            yield layer
            stack += reversed(held_layers(layer))


def layers_by_name(model: object) -> dict[str, LiveThing]:
    """The layers of a graph by name; they come before those that are attributes of the model, which may have the same names."""
    found: dict[str, LiveThing] = {}
    for layer in getattr(model, "layers", ()):
        found.setdefault(str(layer.name), layer)
    return found


def weights_of(thing: LiveThing, which: str = "weights") -> list[LiveArray]:
    """The arrays of a layer or model; Keras 2 raises an error for a model that has none yet."""
    try:
        return list(getattr(thing, which))
    except ValueError:
        raise no_weights_error(thing.name, type(thing).__name__) from None


def no_weights_error(name: str, class_name: str) -> TextError:
    """The error for a layer that makes its weights at its first use."""
    return TextError(f"{brief(name)} ({class_name}) has no weights yet: call the model on its input before reading it")


def has_sizes(array: LiveArray) -> bool:
    """Whether a weight has a shape of known sizes."""
    shape = listed_shapes(getattr(array, "shape", None))
    return isinstance(shape, list) and None not in shape


def whole_axes(array: LiveArray) -> tuple[int, ...]:
    """The shape of a weight in numbers. Raises :class:`LetterError` for one in letters, as models of ``symparams.keras`` may have."""
    try:
        return tuple(int(axis) for axis in array.shape)
    except TypeError:
        raise LetterError(
            f"the weight {brief(array.name)} has the shape {brief(array.shape)}, not numbers: a model in letters needs no reading"
        ) from None


def array_name(array: LiveArray, whole: bool) -> str:
    """The last step of an array's name, or the whole of it."""
    name = str(getattr(array, "path", array.name) if whole else array.name).partition(":")[0]
    return name if whole else name.rpartition("/")[2]


def config_of(thing: LiveThing) -> dict[str, object] | None:
    """The config of a layer; None for a class without one."""
    try:
        config = thing.get_config()
    except Exception:  # noqa: BLE001  (whatever a user's own class raises)
        return None
    return config if isinstance(config, dict) else None


def nodes_in(model: object, layer: object) -> list[object]:
    """The calls of a layer in a model, in the order of its config; all of its calls where the model does not say which are its."""
    nodes = list(getattr(layer, "_inbound_nodes", None) or ())
    graph = getattr(model, "_functional", None) or model
    for names, first in (("_nodes", id(layer)), ("_network_nodes", getattr(layer, "name", ""))):  # of Keras 3, and of Keras 2
        known = getattr(graph, names, None)
        if isinstance(known, set):
            return [node for number, node in enumerate(nodes) if f"{first}_ib-{number}" in known]
    return nodes


def things_of(structure: object) -> Iterator[object]:
    """The things in nested lists, tuples and dicts, in the order in which Keras numbers outputs."""
    if isinstance(structure, dict):
        for key in sorted(structure, key=str):
            yield from things_of(structure[key])
    elif isinstance(structure, list | tuple):
        for each in structure:
            yield from things_of(each)
    elif structure is not None:
        yield structure


def listed_shapes(value: object) -> object:
    """Shapes as lists, as in a file; TensorFlow has a class for them."""
    if hasattr(value, "as_list") and hasattr(value, "rank"):
        return value.as_list() if value.rank is not None else None
    if isinstance(value, dict):
        return {key: listed_shapes(each) for key, each in value.items()}
    return [listed_shapes(each) for each in value] if isinstance(value, list | tuple) else value
