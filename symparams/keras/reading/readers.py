"""The readers of classes outside Keras's layers: those of the user, and those for keras.applications."""

from __future__ import annotations

from ...errors import ArgumentError, UnknownLayerError, brief, nearest
from ..signature import exported_name, real_name
from ..table import layer_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .custom import Reader


def readers_of(extra: object) -> dict[str, Reader]:
    """The readers that a user gives, by the name of a class or by the class itself."""
    if not hasattr(extra, "items"):
        raise ArgumentError(
            f"extra must be a dict with a reader for each class, as in extra={{'MyLayer': reader}}, not {brief(extra)}"
        )
    found = {}
    for key, reader in extra.items():
        name = key.__name__ if isinstance(key, type) else key
        if not isinstance(name, str) or not callable(reader):
            raise ArgumentError(
                f"extra must have a function reader(config, input_shape) for each class, not {brief(key)}: {brief(reader)}"
            )
        found[name] = reader
    return found


def reader_of(
    extra: Mapping[str, Reader], data: Mapping[str, object], class_name: str, module: str, config: Mapping[str, object]
) -> Reader | None:
    """The reader of a class; None for Keras's own classes."""
    plain_name = class_name.rpartition(">")[2]
    for name in (class_name, plain_name, data.get("registered_name")) if extra else ():
        if isinstance(name, str) and name in extra:
            return extra[name]
    if real_name("v3", exported_name(plain_name)) is not None or "layers" in config:
        return None
    from .applications import own_reader

    return own_reader(plain_name, module, config)


def no_reader_error(name: str, class_name: str, module: str) -> UnknownLayerError:
    """The error for an unsupported class."""
    from .custom import GIVES

    where = f" of {module}" if module else ""
    return UnknownLayerError(
        f"{brief(name)} is a {class_name}{where}, not a layer of Keras: use from_keras(..., extra={{{class_name!r}: reader}}), "
        f"where reader(config, input_shape) returns {GIVES}{nearest(class_name, layer_names('v3'))}"
    )
