"""The Keras version of a config, which decides the arguments and the defaults of those that the config leaves out."""

from __future__ import annotations

from ...errors import TextError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .documents import Document


def document_version(document: Document) -> str:
    """``v3`` or ``v2``: by ``keras_version`` or else by the way the config is written.

    Classes that only ``tf.compat.v1`` has, such as CuDNNLSTM, are looked up there one by one. Keras 1 had other arguments
    (``nb_filter``, ``border_mode``) and is refused.
    """
    version = document.keras_version
    if version.startswith("1."):
        raise TextError(
            f"{document.called} was written by Keras {version}, whose arguments had other names: save it with Keras 2 or 3"
        )
    if version:
        return "v2" if version.startswith("2.") else "v3"
    for mark in version_marks(document.data):
        return mark
    return "v3" if "registered_name" in document.data else "v2"


def version_marks(data: object, depth: int = 0) -> Iterator[str]:
    """The signs of a version, in the order of the file."""
    config = data.get("config") if isinstance(data, dict) else None
    layers = config if isinstance(config, list) else config.get("layers") if isinstance(config, dict) else None
    for layer in layers if isinstance(layers, list) and depth < 10 else ():
        if not isinstance(layer, dict):
            continue
        layer_config = layer.get("config")
        if isinstance(layer_config, dict):
            if "batch_shape" in layer_config or isinstance(layer_config.get("dtype"), dict):
                yield "v3"
            if "batch_input_shape" in layer_config:
                yield "v2"
        nodes = layer.get("inbound_nodes")
        if isinstance(nodes, list) and nodes:
            yield "v3" if isinstance(nodes[0], dict) else "v2"
        if "module" not in layer:
            yield "v2"
        yield from version_marks(layer, depth + 1)
