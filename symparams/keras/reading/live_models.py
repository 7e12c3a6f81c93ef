"""Live models: their config or, where their own code is the graph, the layers and arrays that they hold.

They become plain data as in a file, and are read in the same way. No framework is imported for this.
"""

from __future__ import annotations

import sys

from ...core.frozen import Frozen
from ...errors import TextError, brief
from .documents import WAYS, Document, document_from_data, document_from_text
from .versions import KERAS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NotRequired, Protocol, SupportsInt, TypedDict, TypeGuard

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
        arrays: list[Array]
        holds: NotRequired[Holds]


def document_of_live_model(model: object) -> Document:
    """The document of a live model; ``counted`` is its own count."""
    name = type(model).__name__
    if not has_config(model):
        raise TextError(f"from_keras cannot read {brief(model)}: {WAYS}")
    try:
        counted = model.count_params()
    except Exception:  # noqa: BLE001  (the model is not built yet)
        counted = None
    return described_document(model, name).but(counted=counted if type(counted) is int else None)


def has_config(model: object) -> TypeGuard[LiveThing]:
    """Whether an object has a config."""
    return callable(getattr(model, "to_json", None)) or callable(getattr(model, "get_config", None))


def described_document(model: LiveThing, name: str) -> Document:
    """The document of a live model: its own JSON or config, or the layers it holds."""
    why = ""
    for ask in ("to_json", "get_config"):  # to_json also has the version, but fails if a value is not valid in JSON
        try:
            answer = getattr(model, ask)()
        except Exception as error:  # noqa: BLE001  (whatever the framework or the user's own class raises)
            why = f" ({type(error).__name__}: {error})"
            continue
        if isinstance(answer, str):
            found = document_from_text(answer, f"to_json() of {name}")
        elif isinstance(answer, dict):
            data = {"class_name": name, "module": type(model).__module__, "config": answer}
            found = document_from_data(data, "", f"get_config() of {name}")
        else:
            continue
        config = found.data["config"]
        if not isinstance(config, dict) or "layers" in config or not hasattr(model, "layers"):
            return found
    if not held_layers(model):
        raise TextError(f"{name} has neither a config of its layers{why} nor layers as attributes: call it on its input first")
    return Document(data=LiveWalk(model).held(model), keras_version=keras_version_of(model), called=name)


class Array(Frozen):
    """A weight of a live model: its name, its shape, and whether it is trained."""

    name: str
    shape: tuple[int, ...]
    trainable: bool


class Holds(Frozen):
    """The contents of a live layer or model: its layers as data, and its arrays outside them. A file never has this."""

    arrays: list[Array]
    layers: list[Facts]


class LiveWalk:
    """One walk through the layers of a live model; a layer that is met twice gets the same number."""

    def __init__(self, model: LiveThing) -> None:
        self.numbers: dict[int, int] = {}
        self.trained = {id(array) for array in weights_of(model, "trainable_weights")}

    def held(self, thing: LiveThing) -> Facts:
        """The facts of a layer or model with its own code: its config, its layers, and its arrays outside them."""
        layers = held_layers(thing)
        inside = {id(array) for layer in layers for array in weights_of(layer)}
        own = self.arrays(array for array in weights_of(thing) if id(array) not in inside)
        holds = Holds(own, [self.part(layer) for layer in layers])
        return {**self.facts(thing, config_of(thing) or {}), "holds": holds}

    def part(self, layer: LiveThing) -> Facts:
        """The facts of one layer: its config if it is Keras's, with all its arrays, so that the reading can be proved."""
        config = config_of(layer)
        graph = config is not None and "layers" in config
        if config is None or not (graph or (is_keras(layer) and not hasattr(layer, "layers"))):
            return self.held(layer)
        return self.facts(layer, config)

    def arrays(self, arrays: Iterable[LiveArray]) -> list[Array]:
        """The arrays with their names, shapes, and whether they are trained.

        Keras trains weights that a layer makes after it was frozen, so the model decides, not the layer.
        """
        return [
            Array(
                name=str(array.name).partition(":")[0].rpartition("/")[2],
                shape=tuple(int(axis) for axis in array.shape),
                trainable=id(array) in self.trained,
            )
            for array in arrays
        ]

    def facts(self, thing: LiveThing, config: dict[str, object]) -> Facts:
        """The facts that a file has for every layer, and all arrays of the layer."""
        shapes = getattr(thing, "get_build_config", lambda: None)()
        return {
            "class_name": type(thing).__name__,
            "module": type(thing).__module__,
            "name": thing.name,
            "config": config,
            "built": bool(thing.built),
            "build_config": listed_shapes(shapes) if isinstance(shapes, dict) else None,
            "shared_object_id": self.numbers.setdefault(id(thing), len(self.numbers)),
            "arrays": self.arrays(weights_of(thing)),
        }


def held_layers(thing: object) -> list[LiveThing]:
    """The layers that a model holds: as attributes, in lists, in dicts."""
    flat = getattr(thing, "_flatten_layers", None)
    return list(flat(include_self=False, recursive=False)) if callable(flat) else list(getattr(thing, "layers", ()))


def weights_of(thing: LiveThing, which: str = "weights") -> list[LiveArray]:
    """The arrays of a layer or model; Keras 2 raises an error for a model that has none yet."""
    try:
        return list(getattr(thing, which))
    except ValueError:
        raise no_weights_error(thing.name, type(thing).__name__) from None


def no_weights_error(name: str, class_name: str) -> TextError:
    """The error for a layer that makes its weights at its first use."""
    return TextError(f"{brief(name)} ({class_name}) has no weights yet: call the model on its input before reading it")


def config_of(thing: LiveThing) -> dict[str, object] | None:
    """The config of a layer; None for a class without one."""
    try:
        config = thing.get_config()
    except Exception:  # noqa: BLE001  (whatever a user's own class raises)
        return None
    return config if isinstance(config, dict) else None


def listed_shapes(value: object) -> object:
    """Shapes as lists, as in a file; TensorFlow has a class for them."""
    if hasattr(value, "as_list") and hasattr(value, "rank"):
        return value.as_list() if value.rank is not None else None
    if isinstance(value, dict):
        return {key: listed_shapes(each) for key, each in value.items()}
    return [listed_shapes(each) for each in value] if isinstance(value, list | tuple) else value


def is_keras(thing: object) -> bool:
    """Whether a class is one of Keras's own."""
    return root_package(type(thing)) in KERAS


def root_package(cls: type) -> str:
    return cls.__module__.partition(".")[0]


def keras_version_of(model: object) -> str:
    """The version of the Keras from which a model's class is derived, according to its loaded module."""
    classes: Iterable[type] = type(model).__mro__
    roots = (root_package(cls) for cls in classes)
    return next((str(getattr(sys.modules.get(root), "__version__", "")) for root in roots if root in KERAS), "")
