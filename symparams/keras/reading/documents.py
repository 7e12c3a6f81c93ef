"""What a model is read from, as plain data: JSON text, a config dict, a file, a live model.

Nothing of it is ever run or written, and no more than :data:`LONGEST` bytes of JSON are looked at.
"""

from __future__ import annotations

import os

from ..._startup.strict_json import parsed
from ...core.file_endings import BINARY, is_file
from ...core.frozen import Frozen
from ...errors import SymparamsError, TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LONGEST = 64 * 1024 * 1024  # the largest model of keras.applications has 1 MB of JSON
PRINTED = ("Layer (type", "Total params:", "(\n  (")  # what every table of a summary has, and every printed module
WAYS = "give a path to .json, .keras or .h5, the text of to_json(), a config dict, or a model"


class Document(Frozen):
    """A model as its file has it: ``data`` of dicts and lists, the Keras version where it is said, and what to call it.

    ``counted`` is what a live model counts itself.
    """

    data: Any
    keras_version: str
    called: str
    counted: int | None = None


def document(source: Any) -> Document:
    """The data of a source, whatever it is.

    Raises :class:`TextError` for what cannot be read, or is no JSON of a model.
    """
    if isinstance(source, bytes | bytearray):
        return from_text(decoded(bytes(source), "the JSON"), "the JSON")
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return from_text(source, "the JSON")
    if isinstance(source, str) and "\n" in source:  # no path
        return from_text(source, "the text")
    if isinstance(source, str) or hasattr(source, "__fspath__"):
        return from_path(source)
    if isinstance(source, dict | list):
        return from_data(source, "", "the config")
    from .live_models import from_live

    return from_live(source)


def from_data(data: Any, keras_version: str, called: str) -> Document:
    """What was read: a model as ``{"class_name", "config"}``, or the config alone."""
    if isinstance(data, list):  # the config of a Sequential, before Keras 2.2.3
        data = {"class_name": "Sequential", "config": data}
    if not isinstance(data, dict):
        raise TextError(f"{called} is no model but {brief(data)}: {WAYS}")
    for inside in ("modelTopology", "model_config"):  # around the model: TensorFlow.js's model.json, the attribute of HDF5
        if isinstance(data.get(inside), dict) and "class_name" not in data:
            said = data.get("keras_version")
            data, keras_version = data[inside], said if isinstance(said, str) else keras_version
    if "class_name" not in data and isinstance(data.get("layers"), list):
        data = {"class_name": "Functional" if "output_layers" in data else "Sequential", "config": data}
    if not isinstance(data.get("class_name"), str) or not isinstance(data.get("config"), dict | list):
        raise TextError(f"{called} is no model: it has no 'class_name' and 'config', as model.to_json() writes them; {WAYS}")
    said = data.get("keras_version")
    return Document(data=data, keras_version=said if isinstance(said, str) else keras_version, called=called)


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


# ---------------------------------------------------------------- files
def from_path(path: Any) -> Document:
    """A file, by what it begins with: JSON, the zip of a ``.keras``, or HDF5."""
    name = os.fspath(path)
    called = brief(name)
    if isinstance(path, str) and not is_file(path) and not os.path.exists(path):
        raise TextError(f"{called} is neither JSON nor the path of a .json, .keras or .h5 file: {WAYS}")
    try:
        with open(name, "rb") as file:
            beginning = file.read(8)
            if beginning == b"\x89HDF\r\n\x1a\n":
                return from_hdf5(name, called)
            if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
                from .keras_file import members

                text, version = members(file, called)
                return from_text(decoded(text, f"config.json in {called}"), f"config.json in {called}", version)
            content = beginning + file.read(LONGEST + 1)
            if name.lower().endswith(BINARY) and not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
                raise TextError(
                    f"{called} is no .keras or .h5 file: it begins neither as a zip nor as HDF5, and is not JSON; {WAYS}"
                )
            return from_text(decoded(content, called), called)
    except IsADirectoryError:
        raise TextError(
            f"{called} is a folder, such as a SavedModel: save the model as .keras, or write model.to_json() to a file"
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, SymparamsError):
            raise
        raise TextError(f"cannot read {called}: {getattr(error, 'strerror', None) or error}") from None


def from_hdf5(path: Any, called: str) -> Document:
    """The ``model_config`` of a whole model in HDF5; the rest of the file is not looked at."""
    try:
        import h5py  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        raise TextError(
            f"{called} is HDF5, which h5py reads: pip install 'symparams[h5]', or save the model as .keras or to_json()"
        ) from None
    with h5py.File(path, "r") as file:
        config, version = (file.attrs.get(name) for name in ("model_config", "keras_version"))
    if config is None:
        raise TextError(f"{called} has weights only and no model_config: save the whole model, or its to_json()")
    text = decoded(config, called) if isinstance(config, bytes) else str(config)
    said = version.decode("ascii", "replace") if isinstance(version, bytes) else str(version or "")
    return from_text(text, f"model_config in {called}", said)
