"""A model as plain data, out of the text or the dict that describes it.

Nothing of it is ever run, and no more than :data:`LONGEST` bytes of JSON are looked at.
"""

from __future__ import annotations

from ..._startup.strict_json import parsed
from ...core.frozen import Frozen
from ...errors import TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 64 * 1024 * 1024  # the largest model of keras.applications has 1 MB of JSON
PRINTED = ("Layer (type", "Total params:", "(\n  (")  # what every table of a summary has, and every printed module
WAYS = "give a path to .json, .keras or .h5, the text of to_json(), a config dict, or a model"


class Document(Frozen):
    """A model as its file has it: ``data`` of dicts and lists, the Keras version where it is said, and what to call it.

    ``counted`` is what a live model counts itself.
    """

    data: Mapping[str, object]
    keras_version: str
    called: str
    counted: int | None = None


def from_data(data: object, keras_version: str, called: str) -> Document:
    """What was read: a model as ``{"class_name", "config"}``, or the config alone."""
    if isinstance(data, list):  # the config of a Sequential, before Keras 2.2.3
        data = {"class_name": "Sequential", "config": data}
    if not isinstance(data, dict):
        raise TextError(f"{called} is no model but {brief(data)}: {WAYS}")
    its: dict[str, object] = data
    for around in ("modelTopology", "model_config"):  # the model: TensorFlow.js's model.json, the attribute of HDF5
        inside = its.get(around)
        if isinstance(inside, dict) and "class_name" not in its:
            said = its.get("keras_version")
            its, keras_version = inside, said if isinstance(said, str) else keras_version
    if "class_name" not in its and isinstance(its.get("layers"), list):
        its = {"class_name": "Functional" if "output_layers" in its else "Sequential", "config": its}
    if not isinstance(its.get("class_name"), str) or not isinstance(its.get("config"), dict | list):
        raise TextError(f"{called} is no model: it has no 'class_name' and 'config', as model.to_json() writes them; {WAYS}")
    said = its.get("keras_version")
    return Document(data=its, keras_version=said if isinstance(said, str) else keras_version, called=called)


# ---------------------------------------------------------------- text
def from_text(text: str, called: str, keras_version: str = "") -> Document:
    """The document that a JSON text is."""
    if len(text) > LONGEST:
        raise too_long(called)
    if any(words in text for words in PRINTED) and not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        raise TextError(
            f"{called} is what a model printed, and no saved model: `symparams summary` reads it, and from_summary() in Python"
        )
    return from_data(parsed(text, called), keras_version, called)


def decoded(content: bytes, called: str) -> str:
    if len(content) > LONGEST:
        raise too_long(called)
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(f"{called} is no text in UTF-8: byte {error.start} cannot be read") from None


def too_long(called: str) -> TextError:
    return TextError(f"{called} has more than {LONGEST // 2**20} MB of JSON, more than a model's architecture takes")
