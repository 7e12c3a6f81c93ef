"""A model as plain data, from the text or the dict that describes it.

No code in it is run, and at most :data:`SAVED_MODEL` bytes of JSON are read.
"""

from __future__ import annotations

from ..._startup.limits import SAVED_MODEL
from ..._startup.strict_json import parsed
from ...core.frozen import Frozen
from ...errors import TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .live_walk import LivePart

PRINTED = ("Layer (type", "Total params:", "(\n  (")  # in every table of a summary, and in every printed module
WAYS = "give a path to .json, .keras or .h5, the text of to_json(), a config dict, or a model"


class Document(Frozen):
    """A model as in its file: ``data`` of dicts and lists, the Keras version if the file has it, and a name for messages.

    ``live`` is the live model that it describes; ``counted`` is its own count where it shows no weights.
    ``path`` is the file with its weights.
    """

    data: Mapping[str, object]
    keras_version: str
    called: str
    live: LivePart | None = None
    counted: int | None = None
    path: str = ""


def document_from_data(data: object, keras_version: str, called: str) -> Document:
    """The document of data that was read: ``{"class_name", "config"}``, or the config alone."""
    if isinstance(data, list):  # the config of a Sequential, before Keras 2.2.3
        data = {"class_name": "Sequential", "config": data}
    if not isinstance(data, dict):
        raise TextError(f"{called} is not a model but {brief(data)}: {WAYS}")
    model: dict[str, object] = data
    for key in ("modelTopology", "model_config"):  # around the model in TensorFlow.js's model.json, and in HDF5
        inside = model.get(key)
        if isinstance(inside, dict) and "class_name" not in model:
            version = model.get("keras_version")
            model, keras_version = inside, version if isinstance(version, str) else keras_version
    if "class_name" not in model and isinstance(model.get("layers"), list):
        model = {"class_name": "Functional" if "output_layers" in model else "Sequential", "config": model}
    if "class_name" not in model and "model_type" in model:
        raise TextError(f"{called} is a config of transformers, which from_huggingface reads")
    if "class_name" not in model and "hidden_size" in model:
        raise TextError(f'{called} is a config of transformers without its model_type: add it, as in "model_type": "llama"')
    if not isinstance(model.get("class_name"), str) or not isinstance(model.get("config"), dict | list):
        raise TextError(f"{called} is not a model: it lacks the 'class_name' and 'config' that model.to_json() writes; {WAYS}")
    version = model.get("keras_version")
    return Document(data=model, keras_version=version if isinstance(version, str) else keras_version, called=called)


# ---------------------------------------------------------------- text
def document_from_text(text: str, called: str, keras_version: str = "") -> Document:
    """The document in a JSON text."""
    if len(text) > SAVED_MODEL:
        raise too_long_error(called)
    if any(words in text for words in PRINTED) and not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        raise TextError(
            f"{called} is a printed summary, not a saved model: read it with `symparams summary`, or with from_summary() in Python"
        )
    return document_from_data(parsed(text, called), keras_version, called)


def decoded_text(content: bytes, called: str) -> str:
    if len(content) > SAVED_MODEL:
        raise too_long_error(called)
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(f"{called} is not text in UTF-8: byte {error.start} cannot be decoded") from None


def too_long_error(called: str, most: int = SAVED_MODEL) -> TextError:
    size = f"{most // 2**20} MB" if most >= 2**20 else f"{most // 2**10} kB"
    return TextError(f"{called} has more than {size} of JSON, too much for the architecture of a model")
