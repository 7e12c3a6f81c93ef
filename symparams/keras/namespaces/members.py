"""What each exported name is here: a class or function of this library, a stand-in, or a sentence that refuses it."""

from __future__ import annotations

from ..._startup.lazy import module_of
from ...core.signatures import argument_texts
from ...errors import UnknownLayerError
from ..operations.created import CREATED
from ..operations.operation import constant_output
from ..operations.rules import rule_name, rule_of
from ..signature import real_name
from .exported import PACKAGES, exported_names, names_below
from .functions import SETTINGS, activation, loss, preprocessed, refusing, standing_for
from .stand_ins import COUNTS, stand_in_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .exported import Exported

PACKAGE = __name__.rpartition(".namespaces")[0]
# Names that are classes or functions of this library, and the module of each.
OURS = {
    "Input": "model", "Model": "own.models:Model", "Sequential": "model", "KerasTensor": "graph", "Variable": "own.variables",
    "models.Model": "own.models:Model", "models.Sequential": "model",
}  # fmt: skip
REASONS = {
    "datasets": "symparams has no data; give the shapes that the data would have to Input",
    "utils": f"it works with data or files; {COUNTS}",
    "preprocessing": f"it works with data; {COUNTS}",
    "saving": "to read a saved model, use symparams.from_keras(path)",
    "models": "to read a saved model, use symparams.from_keras(path)",
    "applications": "build it with Keras and read it: symparams.from_keras(model), or from its file",
    "": COUNTS,
}
PREPROCESS_INSIDE = (
    "convnext",
    "efficientnet",
    "efficientnet_v2",
    "mobilenet_v3",
    "regnet",
    "resnet_rs",
)  # as layers of the network
UNSUPPORTED = ("Function", "Operation", "utils.FeatureSpace", "export.ExportArchive")


def member(version: str, found: Exported) -> Any:
    """What a name stands for."""
    front, _, name = found.path.rpartition(".")
    if found.path in OURS:
        return ours(OURS[found.path], name)
    if found.path == "Layer":
        return layer_base(version)
    if front.startswith("layers"):
        return getattr(module_of(f"{PACKAGE}{PACKAGES[version].removeprefix('keras')}.layers"), name)
    if front.startswith("ops"):
        return getattr(module_of(f"{PACKAGE}.ops"), name)
    if found.kind == "v":
        return None
    if found.path in SETTINGS:
        return SETTINGS[found.path]
    if front.startswith("applications") and name[0].isupper():
        return network(version, found, name)
    if found.kind == "c" and found.path not in UNSUPPORTED:
        return stand_in_class(found.path, found.signature, PACKAGES[version])
    return function(version, found, front, name)


def beside_layers(version: str, name: str) -> Any:
    """A name in ``keras.layers`` that is not a layer; an error for a layer of Keras without a row, None for any other name."""
    if name == "InputSpec":
        return member(version, exported_names("v3")["InputSpec"])
    if name in ("serialize", "deserialize"):
        return serialized if name == "serialize" else lambda config, *_, **__: made_again(version, config)
    if real_name(version, name) is None and not versions_with_layer(name):
        places = ("layers", "layers.experimental", "layers.experimental.preprocessing")
        if any(f"{place}.{name}" in exported_names(version) for place in places):
            raise UnknownLayerError(
                f"{PACKAGES[version]}.layers.{name} cannot be counted, since symparams has no row for it; use other layers, or read a "
                "saved model with from_keras(path, extra=...)"
            )
    return None


def versions_with_layer(name: str) -> bool:
    return any(real_name(version, name) is not None for version in PACKAGES)


def serialized(layer: Any) -> dict[str, Any]:
    """The class and the config of a layer."""
    return {"class_name": type(layer).__name__, "config": layer.get_config()}


def made_again(version: str, config: dict[str, Any]) -> Any:
    """The layer of a class and a config."""
    layers = module_of(f"{PACKAGE}{PACKAGES[version].removeprefix('keras')}.layers")
    return getattr(layers, config["class_name"])(**config["config"])


def ours(home: str, name: str) -> Any:
    module, _, other = home.partition(":")
    if other:  # the module makes the class of models complete
        module_of(f"{PACKAGE}.{module}")
        module = "model"
    return getattr(module_of(f"{PACKAGE}.{module}"), name)


def layer_base(version: str) -> Any:
    return module_of(f"{PACKAGE}.own.layers").layer_base(version)


def function(version: str, found: Exported, front: str, name: str) -> Callable[..., Any]:
    """A function: one on tensors where its rule is known, else one that is refused when it is called."""
    top = front.partition(".")[0]
    made: Callable[..., Any]
    if name == "get" and top:
        made = standing_for(
            front, lambda: names_below(version, front), lambda each: member(version, exported_names(version)[f"{front}.{each}"])
        )
    elif name in ("serialize", "serialize_keras_object"):
        made = lambda thing, *_, **__: {"class_name": type(thing).__name__, "config": getattr(thing, "given", {})}
    elif top in ("losses", "metrics") and name not in ("deserialize",):
        made = loss
    elif top == "activations" and rule_of(name) is not None:
        made = activation(name)
    elif name == "preprocess_input":
        made = preprocessed if found.path.split(".")[-2] not in PREPROCESS_INSIDE else lambda x, *_, **__: x
    elif top in ("random", "backend") and rule_name(name) in CREATED | {"randomnormal": None}:
        made = creation(name)
    elif top == "backend" and rule_of(name) is not None:
        made = activation(name)
    elif top in ("initializers", "regularizers", "constraints") and name not in ("deserialize",):
        return stand_in_class(found.path, found.signature, PACKAGES[version])
    else:
        made = refusing(f"keras.{found.path}", REASONS.get(top, COUNTS))
    return documented(made, found)


def network(version: str, found: Exported, name: str) -> Callable[..., Any]:
    """A network of ``keras.applications``."""
    table = module_of(f"{PACKAGE}.architectures.table")
    networks = {**table.ARCHITECTURES, **table.EARLIER}
    built = module_of(f"{PACKAGE}.architectures.architecture").built
    return documented(lambda *args, **kwargs: built(version, name, networks[name], args, kwargs), found)


def creation(name: str) -> Callable[..., Any]:
    """A function that makes a tensor of a shape."""

    def made(*args: object, **kwargs: object) -> Any:
        return constant_output(name, CREATED[rule_name(name)], args, kwargs)

    return made


def documented(made: Callable[..., Any], found: Exported) -> Callable[..., Any]:
    """The function under its own name, with Keras's arguments in its text."""

    def function(*args: Any, **kwargs: Any) -> Any:
        return made(*args, **kwargs)

    function.__name__ = function.__qualname__ = found.path.rpartition(".")[2]
    function.__doc__ = f"``keras.{found.path}({', '.join(name for name, _ in argument_texts(found.signature))})``."
    return function
