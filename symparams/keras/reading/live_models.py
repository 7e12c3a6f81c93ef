"""Live models: their config, with the live layer behind each part of it, or the layers and arrays that they hold.

They become plain data as in a file, and are read in the same way. No framework is imported for this.
"""

from __future__ import annotations

import sys

from ...errors import TextError, brief
from .documents import WAYS, Document, document_from_data, document_from_text
from .live_walk import LiveWalk, held_layers
from .packages import KERAS, root_package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeGuard

    from .live_walk import LiveThing


def document_of_live_model(model: object) -> Document:
    """The document of a live model."""
    if not has_config(model):
        raise TextError(f"from_keras cannot read {brief(model)}: {WAYS}")
    return described_document(model, type(model).__name__)


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
        if not isinstance(config, dict):
            return found
        if "layers" in config or not hasattr(model, "layers"):
            return with_live_layers(found, config, model)
    if not held_layers(model):
        raise TextError(f"{name} has neither a config of its layers{why} nor layers as attributes: call it on its input first")
    facts = LiveWalk(model).held(model)
    facts["live"].by_arrays = ""
    return Document(data=facts, keras_version=keras_version_of(model), called=name, live=facts["live"])


def with_live_layers(found: Document, config: dict[str, object], model: LiveThing) -> Document:
    """A document with the live layer behind each part of its graph."""
    if getattr(model, "lacks_input", None) is True:  # one of ours, which has no arrays to look at
        return found
    if not hasattr(model, "weights"):
        counted = model.count_params() if callable(getattr(model, "count_params", None)) else None
        return found.but(counted=counted if type(counted) is int else None)
    try:
        walk = LiveWalk(model)
        live = walk.live(model, None)
        if live.arrays or getattr(model, "built", False):
            data = {**found.data, "config": walk.with_layers(config, model), "live": live}
            return found.but(data=data, live=live)
    except TextError:  # it has no weights yet, but maybe a config from which they follow
        pass
    return found


def keras_version_of(model: object) -> str:
    """The version of the Keras from which a model's class is derived, according to its loaded module."""
    classes: Iterable[type] = type(model).__mro__
    roots = (root_package(cls) for cls in classes)
    return next((str(getattr(sys.modules.get(root), "__version__", "")) for root in roots if root in KERAS), "")
