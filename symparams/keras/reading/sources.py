"""The sources of a model: JSON text, a config dict, a file, a live model. No code in them is run, and nothing is written."""

from __future__ import annotations

import os

from ..._startup.limits import SAVED_MODEL
from ...errors import SymparamsError, TextError, brief
from ..file_endings import BINARY, ENDINGS, INSTEAD
from .documents import WAYS, Document, decoded_text, document_from_data, document_from_text


def document_of(source: object) -> Document:
    """The document of a source of any kind.

    Raises :class:`TextError` for a source that cannot be read, or is not the JSON of a model.
    """
    if isinstance(source, bytes | bytearray):
        return document_from_text(decoded_text(bytes(source), "the JSON"), "the JSON")
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return document_from_text(source, "the JSON")
    if isinstance(source, str) and "\n" in source:  # not a path
        return document_from_text(source, "the text")
    if isinstance(source, str | os.PathLike):
        return document_from_path(source)
    if isinstance(source, dict | list):
        return document_from_data(source, "", "the config")
    from .live_models import document_of_live_model

    return document_of_live_model(source)


# ---------------------------------------------------------------- files
WEIGHTS_ALONE = "Weights"  # the class of a file that has no config
HDF5 = b"\x89HDF\r\n\x1a\n"  # how such a file begins


def document_from_path(path: str | os.PathLike[str]) -> Document:
    """The document of a file, of the kind that its first bytes show: JSON, the zip of a ``.keras``, or HDF5."""
    name = os.fspath(path)
    called = brief(name)
    instead = next((why for ending, why in INSTEAD.items() if str(name).lower().endswith(ending)), None)
    if instead is not None:
        raise TextError(f"{called} is {instead}")
    if isinstance(path, str) and not looks_like_a_path(path) and not os.path.exists(path):
        raise TextError(f"{called} is neither JSON nor the path of a .json, .keras or .h5 file: {WAYS}")
    try:
        with open(name, "rb") as file:
            beginning = file.read(8)
            if beginning == HDF5:
                return document_from_hdf5(name, called)
            if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
                from .keras_file import config_and_version

                text, version = config_and_version(file, called)
                inside = f"config.json in {called}"
                return document_from_text(decoded_text(text, inside), inside, version).but(path=str(name))
            content = beginning + file.read(SAVED_MODEL + 1)
            if name.lower().endswith(BINARY) and not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
                raise TextError(
                    f"{called} is not a .keras or .h5 file: it begins neither as a zip nor as HDF5, and is not JSON; {WAYS}"
                )
            return document_from_text(decoded_text(content, called), called)
    except IsADirectoryError:
        raise TextError(
            f"{called} is a folder, such as a SavedModel: save the model as .keras, or write model.to_json() to a file"
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, SymparamsError):
            raise
        raise TextError(f"cannot read {called}: {getattr(error, 'strerror', None) or error}") from None


def is_saved_model(path: str) -> bool:
    """Whether a file of any name is HDF5, or a zip with the config of a model."""
    from zipfile import BadZipFile, ZipFile

    try:
        with open(path, "rb") as file:
            if file.read(len(HDF5)) == HDF5:
                return True
        with ZipFile(path) as archive:
            return "config.json" in archive.namelist()
    except (OSError, ValueError, BadZipFile):
        return False


def looks_like_a_path(text: str) -> bool:
    """Whether a text ends as the names of Keras's files do; whether there is such a file is another question."""
    return "\n" not in text and text.lower().endswith(ENDINGS)


def document_from_hdf5(path: str, called: str) -> Document:
    """The document in the ``model_config`` of a whole model in HDF5; the rest of the file is not read."""
    try:
        import h5py  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        raise TextError(
            f"{called} is HDF5, which needs h5py: pip install 'symparams[h5]', or save the model as .keras or with to_json()"
        ) from None
    with h5py.File(path, "r") as file:
        config, version = (file.attrs.get(name) for name in ("model_config", "keras_version"))
    if config is None:
        data = {"class_name": WEIGHTS_ALONE, "registered_name": WEIGHTS_ALONE, "config": {"name": "weights"}}
        return Document(data=data, keras_version="", called=called, path=path)
    text = decoded_text(config, called) if isinstance(config, bytes) else str(config)
    keras_version = version.decode("ascii", "replace") if isinstance(version, bytes) else str(version or "")
    return document_from_text(text, f"model_config in {called}", keras_version).but(path=path)
