"""The parts of a document, by kind: a layer of Keras, a model, an operation, or a user's own class."""

from __future__ import annotations

from ...errors import LetterError, SymparamsError, TextError, brief
from ..signature import exported_name, real_name
from ..table import VERSIONS
from .layers import error_in_place, read_layer
from .models import is_model, read_model
from .packages import KERAS
from .packages import is_keras as is_keras_object
from .readers import no_reader_error, reader_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..graph import KerasCountable
    from .state import DocumentReading

# Steps of a graph that are not layers: Keras 2's wrappers around TensorFlow's functions and what it makes of losses and metrics
# of tensors, and Python code.
OPERATIONS = (
    *("TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer", "ClassMethod", "InstanceMethod", "InstanceProperty"),
    *("AddLoss", "AddMetric", "Lambda"),
)


def make_part(
    reading: DocumentReading, data: dict[str, object], class_name: str, config: dict[str, object], name: str, path: str
) -> KerasCountable:
    """The layer, model or operation that a part of a document describes; of a live one that its config does not give, its arrays."""
    if "live" not in data:
        return part_of_config(reading, data, class_name, config, name, path)
    from .live_proofs import live_part
    from .subclassed import instead, is_held

    live = live_part(data)
    if live is None:
        return part_of_config(reading, data, class_name, config, name, path)
    if live.by_arrays is not None and not is_held(data):
        return instead(reading, data, live, name, path, live.by_arrays)
    notes = len(reading.notes)
    try:
        return part_of_config(reading, data, class_name, config, name, path)
    except LetterError:
        raise
    except SymparamsError as error:
        if not reading.decides or is_held(data):
            raise
        del reading.notes[notes:]
        why = str(error) if is_keras_object(live.layer) else ""
    return instead(reading, data, live, name, path, why)


def part_of_config(
    reading: DocumentReading, data: dict[str, object], class_name: str, config: dict[str, object], name: str, path: str
) -> KerasCountable:
    """The layer, model or operation that the config of a part describes."""
    module = data.get("module")
    module = module if isinstance(module, str) else ""
    reader = reader_of(reading.extra, data, class_name, module, config)
    if reader is not None:
        from .custom import CustomLayer

        return CustomLayer(class_name.rpartition(">")[2], reading.config_of(config, path), reader, reading.version, name)
    if "holds" in data:
        from .subclassed import is_held, read_held

        if is_held(data):
            return read_held(reading, data, name, path)
    if is_model(class_name, config):
        return read_model(reading, data, class_name, config, name, path)
    if ".ops." in module or class_name in OPERATIONS or is_bare_operation(data, class_name, module, config):
        from ..operations.operation import operation

        return operation(name, class_name, config)
    if not is_keras(data, class_name, module) or not any(real_name(version, exported_name(class_name)) for version in VERSIONS):
        raise no_reader_error(name, class_name.rpartition(">")[2], module)
    try:
        return read_layer(reading, exported_name(class_name), config, path)
    except SymparamsError as error:
        raise error_in_place(error, name, class_name) from None
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
        raise TextError(f"{brief(name)} ({class_name}) has an invalid config: {error}") from None


def is_bare_operation(data: dict[str, object], class_name: str, module: str, config: dict[str, object]) -> bool:
    """Whether a part is an operation of Keras 3 in HDF5, which drops the module; it has the name of one, and no "trainable".

    Some layers have no "trainable" either, but none of them is called like an operation. A user's own layer may be, but without
    "trainable" its config has no "name" either, which an operation always has.
    """
    if module or "trainable" in config or "name" not in config:
        return False
    nodes = data.get("inbound_nodes")
    if not isinstance(nodes, list) or not any(isinstance(node, dict) for node in nodes):
        return False
    from ..operations.rules import RECORDED, rule_of

    return rule_of(class_name) is not None or class_name in RECORDED


def is_keras(data: dict[str, object], class_name: str, module: str) -> bool:
    """Whether a class is Keras's own, by its module and its registered name."""
    registered = data.get("registered_name")
    if ">" in class_name or (isinstance(registered, str) and ">" in registered):
        return False
    if module:
        return module.partition(".")[0] in KERAS
    return registered is None or registered == class_name
