"""One document being read: what all its parts share, and which kind of thing each part is."""

from __future__ import annotations

from ...errors import SymparamsError, TextError, brief
from ..plain_values import plain
from ..signature import exported, real_name
from ..table import VERSIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...core.letters_for_numbers import Letters
    from ..graph import Counted
    from ..layer import KerasLayer
    from .custom import Reader

DEEPEST = 30  # models and wrappers inside each other
MOST_CALLS = 20_000  # of layers, those in a model that is used again counted again
MOST_NOTES = 100
LONGEST_NAME = 1000
# Steps of a graph that are no layers: what Keras 2 wraps around TensorFlow's functions, and Python code.
OPERATIONS = ("TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer", "ClassMethod", "InstanceMethod", "InstanceProperty", "Lambda")
KERAS = ("keras", "tf_keras", "tensorflow", "builtins")


class Reading:
    """What the parts of one document share.

    ``letters`` collects its sizes, and puts letters in their place; ``notes`` are what a user should know of it.
    """

    def __init__(self, version: str, extra: Mapping[str, Reader], letters: Letters | None = None) -> None:
        self.version, self.extra, self.letters = version, extra, letters
        self.notes: list[str] = []
        self.shared: dict[int, Counted] = {}  # what stands in the file twice and is one
        self.alike: dict[tuple[str, str], KerasLayer] = {}  # by class and config: layers that differ in their names alone
        self.calls: dict[int, int] = {}  # of each model, how many calls of layers one use of it takes
        self.depth = 0

    def thing(self, data: Any, above: str | None = None) -> Counted:
        """The layer, model or operation that a part of the document describes; ``above`` is the path of what it is in.

        The document's own model has no path, so that its layers have short ones.
        """
        class_name, config = parts_of(data, above or "")
        number = data.get("shared_object_id")
        if type(number) is int and number in self.shared:
            return self.shared[number]
        self.depth += 1
        if self.depth > DEEPEST:
            raise TextError(f"{above or 'the model'}: models and layers are nested more than {DEEPEST} deep")
        name = name_of(data, config, above or "")
        path = f"{above}/{name}" if above else "" if above is None else name
        try:
            made = self._made(data, class_name, config, name, path)
        finally:
            self.depth -= 1
        if type(number) is int:
            self.shared[number] = made
        return made

    def _made(self, data: dict[str, Any], class_name: str, config: dict[str, Any], name: str, path: str) -> Counted:
        from .layers import in_place, read_layer
        from .models import is_model, read_model

        module = data.get("module")
        module = module if isinstance(module, str) else ""
        reader = self.reader_of(data, class_name, module, config)
        if reader is not None:
            from .custom import CustomLayer

            return CustomLayer(class_name.rpartition(">")[2], self.config_of(config, path), reader, self.version, name)
        if "holds" in data:
            from .subclassed import is_held, read_held

            if is_held(data):
                return read_held(self, data, name, path)
        if is_model(class_name, config):
            return read_model(self, data, class_name, config, name, path)
        if ".ops." in module or class_name in OPERATIONS or is_bare_operation(data, class_name, module, config):
            from ..operations.operation import operation

            return operation(name, class_name, config)
        if not is_keras(data, class_name, module) or not any(real_name(version, exported(class_name)) for version in VERSIONS):
            from .custom import no_reader

            raise no_reader(name, class_name.rpartition(">")[2], module)
        try:
            return read_layer(self, exported(class_name), config, path)
        except SymparamsError as error:
            raise in_place(error, name, class_name) from None
        except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
            raise TextError(f"{brief(name)} ({class_name}) has a config that no {class_name} has: {error}") from None

    def reader_of(self, data: dict[str, Any], class_name: str, module: str, config: dict[str, Any]) -> Reader | None:
        """Who says what a class is, where it is not Keras's: the user, or keras.applications."""
        plain_name = class_name.rpartition(">")[2]
        for name in (class_name, plain_name, data.get("registered_name")) if self.extra else ():
            if isinstance(name, str) and name in self.extra:
                return self.extra[name]
        if real_name("v3", exported(plain_name)) is not None or "layers" in config:
            return None
        from .applications import own_reader

        return own_reader(plain_name, module, config)

    def config_of(self, config: dict[str, Any], path: str) -> dict[str, Any]:
        """The config for a user's reader: plain values, with letters where they stand for sizes."""
        values = {key: plain(value) for key, value in config.items()}
        return values if self.letters is None else {key: self.letters.put(path, key, value) for key, value in values.items()}

    def note(self, text: str) -> None:
        """Something that a user should know of the document."""
        if len(self.notes) < MOST_NOTES and text not in self.notes:
            self.notes.append(text)


def parts_of(data: Any, where: str) -> tuple[str, dict[str, Any]]:
    """The class and the config of a part of the document."""
    class_name = data.get("class_name") if isinstance(data, dict) else None
    config = data.get("config") if isinstance(data, dict) else None
    if isinstance(config, list) and class_name == "Sequential":
        config = {"layers": config}
    if not isinstance(class_name, str) or not isinstance(config, dict):
        raise TextError(f"{where or 'the model'} has {brief(data)} where a layer should be: it has no 'class_name' and 'config'")
    if not class_name.isprintable() or not 0 < len(class_name) <= LONGEST_NAME:
        raise TextError(f"{where or 'the model'}: {brief(class_name)} is no name of a class")
    return class_name, config


def name_of(data: dict[str, Any], config: dict[str, Any], where: str) -> str:
    """The name of a layer: in its own config, or beside it in a graph."""
    name = data.get("name") or config.get("name")
    if name is None:
        from ..names import automatic_name

        return automatic_name(str(data["class_name"]))
    if not isinstance(name, str) or not name.isprintable() or len(name) > LONGEST_NAME:
        raise TextError(f"{where or 'the model'}: {brief(name)} is no name of a layer")
    return name


def is_bare_operation(data: dict[str, Any], class_name: str, module: str, config: dict[str, Any]) -> bool:
    """Whether a part is an operation of Keras 3 in HDF5, which drops the module: no operation is trainable, nor says that it is not.

    Some layers do not say it either; none of them has the name of an operation. A user's own may, if its config says nothing
    that every layer says; then it has no name either, which an operation always has.
    """
    if module or "trainable" in config or "name" not in config:
        return False
    nodes = data.get("inbound_nodes")
    if not isinstance(nodes, list) or not any(isinstance(node, dict) for node in nodes):
        return False
    from ..operations.rules import RECORDED, rule_of

    return rule_of(class_name) is not None or class_name in RECORDED


def is_keras(data: dict[str, Any], class_name: str, module: str) -> bool:
    """Whether a class is Keras's own, by its module and the name under which it is registered."""
    registered = data.get("registered_name")
    if ">" in class_name or (isinstance(registered, str) and ">" in registered):
        return False
    if module:
        return module.partition(".")[0] in KERAS
    return registered is None or registered == class_name
