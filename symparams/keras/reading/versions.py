"""Which Keras wrote a config: its table has the arguments, and the defaults of those that the config leaves out."""

from __future__ import annotations

from ...errors import TextError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .documents import Document

KERAS = ("keras", "tf_keras", "tensorflow", "builtins")  # the packages that a class of Keras is in


def version_of(document: Document) -> str:
    """``v3`` or ``v2``: by ``keras_version``, else by how a config of each version is written.

    What only ``tf.compat.v1`` has, such as CuDNNLSTM, is looked up there class by class. Keras 1 wrote other arguments
    (``nb_filter``, ``border_mode``) and is refused.
    """
    said = document.keras_version
    if said.startswith("1."):
        raise TextError(
            f"{document.called} was written by Keras {said}, whose arguments had other names: save it with Keras 2 or 3"
        )
    if said:
        return "v2" if said.startswith("2.") else "v3"
    for mark in marks(document.data):
        return mark
    return "v3" if "registered_name" in document.data else "v2"


def marks(data: object, depth: int = 0) -> Iterator[str]:
    """What tells the versions apart, in the order of the file."""
    config = data.get("config") if isinstance(data, dict) else None
    layers = config if isinstance(config, list) else config.get("layers") if isinstance(config, dict) else None
    for layer in layers if isinstance(layers, list) and depth < 10 else ():
        if not isinstance(layer, dict):
            continue
        its = layer.get("config")
        if isinstance(its, dict):
            if "batch_shape" in its or isinstance(its.get("dtype"), dict):
                yield "v3"
            if "batch_input_shape" in its:
                yield "v2"
        nodes = layer.get("inbound_nodes")
        if isinstance(nodes, list) and nodes:
            yield "v3" if isinstance(nodes[0], dict) else "v2"
        if "module" not in layer:
            yield "v2"
        yield from marks(layer, depth + 1)
