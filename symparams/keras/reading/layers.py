"""The config of a layer as one of our layers: it has the arguments of the Python call, under the same names."""

from __future__ import annotations

from ..._startup.once import cache
from ...errors import ArgumentError, SymparamsError, TextError, brief
from ..layer import COMMON, layer_class
from ..plain_values import policy_value, python_value
from ..row import is_layer
from ..signature import parameters, real_name
from ..table import VERSIONS, find_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..layer import KerasLayer
    from .state import DocumentReading

# Arguments for how a layer computes or is initialized, which never change its weights. A config writes them as objects.
ENDINGS = ("_initializer", "_regularizer", "_constraint", "activation")
LAYERS_IN = ("layer", "backward_layer", "cell", "cells", "layers")  # the arguments that are layers
# Keys of a config that are not arguments, by a part of the class's name: facts that follow from building the layer, and those
# of its base class.
RECURRENT = "num_constants implementation time_major unroll zero_output_for_mask cell"
BESIDE = {
    "": "batch_input_shape build_input_shape input_dtype dynamic rng_type quantization_config bounding_box_format data_format",
    "Bidirectional": "num_constants",
    "DepthwiseConv": "filters groups",
    "SeparableConv": "groups",
    "Attention": "query_shape key_shape value_shape score_mode seed dropout",
    "Lookup": "vocabulary_size vocabulary_dtype oov_method has_input_vocabulary",
    "TextVectorization": "vocabulary_size has_input_vocabulary",
    "SpatialDropout": "noise_shape",
    "BatchNormalization": "fused virtual_batch_size renorm_clipping renorm_momentum",
    "Embedding": "lora_alpha",
}
ARGUMENT, LAYERS, POLICY, PASSED_OVER = range(4)


def read_layer(reading: DocumentReading, class_name: str, config: dict[str, object], path: str) -> KerasLayer:
    """The layer that a config describes. Equal configs, of which a deep model has hundreds, are read and checked once.

    Raises :class:`UnknownLayerError` for a class that is not in the table, and the errors of the layer itself.
    """
    version = version_with_class(reading.version, class_name)
    made = layer_class(version, class_name)
    name = config.get("name")
    key = class_name, repr({**config, "name": bool(name)})
    if isinstance(name, str) and name and key in reading.alike:
        return reading.alike[key].renamed(name)
    arguments = arguments_of(reading, version, made.row.name, config, path)
    if isinstance(name, str) and "/" in name:  # Keras 2 allows such names, Keras 3 does not
        arguments["name"] = "with_slash"
    layer = made(**arguments)
    if isinstance(name, str) and name:
        layer.name = name
    layer.name_is_chosen = False  # a file does not mark automatic names
    if reading.letters is None and not layer.wraps:
        reading.alike[key] = layer
    return layer


def version_with_class(version: str, class_name: str) -> str:
    """The version that has the class: ``tf.compat.v1`` if Keras 2 itself does not."""
    return "v1" if version == "v2" and real_name("v2", class_name) is None and real_name("v1", class_name) else version


@cache
def kinds_of_keys(version: str, class_name: str) -> dict[str, int]:
    """The kind of each key in a class's config."""
    row, known = find_row(version, class_name), parameters(version, class_name)
    beside = [key for part, keys in BESIDE.items() if part in class_name for key in keys.split()]
    beside += RECURRENT.split() if row.states and "layer" not in known else []  # a wrapper has states as well
    taken = [*known, *COMMON[version], *(row.also if version == "v3" else row.also_before)]
    found = dict.fromkeys(beside, PASSED_OVER) | dict.fromkeys(taken, ARGUMENT) | {"dtype": POLICY}
    return found | {key: LAYERS for key in LAYERS_IN if key in known}


def arguments_of(
    reading: DocumentReading, version: str, class_name: str, config: dict[str, object], path: str
) -> dict[str, object]:
    """The arguments in a config, with letters for sizes."""
    letters, kind_of = reading.letters, kinds_of_keys(version, class_name)
    found: dict[str, object] = {}
    for key, value in config.items():
        if key.endswith(ENDINGS):
            continue
        kind = kind_of.get(key)
        if kind == ARGUMENT:
            argument = python_value(value) if isinstance(value, list | dict | tuple) else value
            found[key] = argument if letters is None else letters.put(path, key, argument)
        elif kind == POLICY:
            found[key] = policy_value(value)
        elif kind == LAYERS:
            found[key] = layers_in(reading, value, path)
        elif kind != PASSED_OVER and not has_no_effect(value):
            raise ArgumentError(
                f"{path} ({class_name}) has {key}={brief(value)}, which {VERSIONS[version]}.{class_name} does not accept: "
                f"remove it from the config, or give extra={{{class_name!r}: reader}}"
            )
    if letters is not None and config.get("groups") == config.get("filters") != 1 and "groups" in found:
        letters.follow(f"{path}.groups", f"{path}.filters")  # as many groups as filters: a depthwise convolution
    if class_name == "Activation":
        found["activation"] = "linear"  # any activation, even a user's own function, has no weights
    if class_name == "RandomShear":  # Keras saves 0.1 as (-0.1, 0.1), which it does not accept; no shape depends on it
        found = {key: value for key, value in found.items() if key not in ("x_factor", "y_factor")}
    if class_name == "InputLayer" and version == "v3" and "batch_input_shape" in config:
        found["batch_shape"] = python_value(config["batch_input_shape"])
    if class_name in ("GRU", "GRUCell") and version == "v2":
        found.setdefault("reset_after", False)  # a config without it is from before reset_after existed
    return found


def layers_in(reading: DocumentReading, value: object, path: str) -> object:
    """The layers in an argument."""
    if isinstance(value, list | tuple):
        return [layers_in(reading, each, path) for each in value]
    if value is None:
        return None
    layer = reading.read(value, path)
    if not is_layer(layer) and not hasattr(layer, "layers"):
        raise TextError(f"{path}: {layer.name} is an operation, which cannot be put inside a layer")
    return layer


def has_no_effect(value: object) -> bool:
    """Whether the value of an unknown argument has no effect: null, false, empty."""
    return value is None or value is False or value in ("", [], {}, ())


def error_in_place(error: SymparamsError, name: str, class_name: str) -> SymparamsError:
    """The error with the name of its layer in front."""
    called = f"{name} ({class_name})" if name else class_name
    message = str(error)
    return error if message.startswith((name, called)) and name else type(error)(f"{called}: {message}")
