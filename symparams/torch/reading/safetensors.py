"""The header of a ``.safetensors`` file: 8 bytes for its length, then JSON with the shape of each tensor. Only this is read."""

from __future__ import annotations

import json
import os

from ..._startup.limits import SAFETENSORS_HEADER
from ...errors import TextError, brief
from ..file_endings import PICKLES

FIELDS = ("shape", "data_offsets", "dtype")
LARGEST_AXIS = 2**63
PICKLED = b"\x80\x02"  # how a pickle begins
BITS = {
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"), 8),
    **dict.fromkeys(("I16", "U16", "F16", "BF16"), 16),
    **dict.fromkeys(("I32", "U32", "F32"), 32),
    **dict.fromkeys(("I64", "U64", "F64", "C64"), 64),
    **dict.fromkeys(("F6_E2M3", "F6_E3M2"), 6),
    "F4": 4,
}


def header_shapes(source: str | os.PathLike[str]) -> dict[str, tuple[int, ...]]:
    """The shape of each tensor in a file.

    Raises :class:`TextError` for a file of another format, or one whose header and size contradict each other.
    """
    path = os.fspath(source)
    name = brief(os.path.basename(path))
    if not isinstance(path, str):
        raise TextError(f"{name}: a path must be a string")
    if not path.lower().endswith(".safetensors") and not is_safetensors(path):
        pickled = path.lower().endswith(PICKLES) or is_pickle(path)
        why = (
            "a pickle, which runs code when it is loaded: load it yourself and give the state dict"
            if pickled
            else "not a .safetensors file; give a live module, a state dict or the path of a .safetensors file"
        )
        raise TextError(f"{name} is {why}")
    try:
        with open(path, "rb") as file:
            start = file.read(8)
            length = int.from_bytes(start, "little")
            whole = os.fstat(file.fileno()).st_size
            if len(start) < 8 or not 2 <= length <= min(SAFETENSORS_HEADER, whole - 8):
                raise TextError(
                    f"{name} is not a .safetensors file or is truncated: its header would have {length} bytes of {whole}"
                )
            text = file.read(length)
    except (OSError, ValueError) as error:
        if isinstance(error, TextError):
            raise
        raise TextError(f"{name} cannot be read: {error}") from None
    try:
        data = json.loads(text.decode("utf-8"), object_pairs_hook=distinct_names)
    except (ValueError, RecursionError) as error:
        reason = error if isinstance(error, TextError) else "it is not JSON"
        raise TextError(f"the header of {name} cannot be read: {reason}") from None
    if not isinstance(data, dict):
        raise TextError(f"the header of {name} is not a JSON object")
    data.pop("__metadata__", None)
    return {key: tensor_shape(value, key, f"the header of {name}", whole - 8 - length) for key, value in data.items()}


def is_safetensors(path: str) -> bool:
    """Whether a file begins as the format does: with the length of a header, and JSON."""
    try:
        with open(path, "rb") as file:
            start = file.read(9)
            return start[8:] == b"{" and 2 <= int.from_bytes(start[:8], "little") <= min(
                SAFETENSORS_HEADER, os.fstat(file.fileno()).st_size - 8
            )
    except (OSError, ValueError):
        return False


def is_pickle(path: str) -> bool:
    """Whether a file is a pickle, alone or in the zip that PyTorch makes."""
    from zipfile import BadZipFile, ZipFile

    try:
        with open(path, "rb") as file:
            if file.read(2) == PICKLED:
                return True
        with ZipFile(path) as archive:
            return any(name.endswith("/data.pkl") for name in archive.namelist())
    except (OSError, ValueError, BadZipFile):
        return False


def distinct_names(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object whose names are all different."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise TextError("it contains a name twice")
    return made


def tensor_shape(value: object, key: str, where: str, size: int) -> tuple[int, ...]:
    """The shape of a tensor, which must match its size in the file."""
    shape, offsets, dtype = map(value.get, FIELDS) if isinstance(value, dict) else (None, None, None)
    elements = product_of(shape)
    if elements is None:
        raise TextError(f"{where}: {brief(key)} has no shape")
    taken = bytes_taken(offsets, size)
    if taken is None:
        raise TextError(f"{where}: the data of {brief(key)} is not inside the file")
    bits = BITS.get(dtype) if isinstance(dtype, str) else None
    if bits is not None and elements * bits != 8 * taken:
        raise TextError(f"{where}: {brief(key)} has shape {shape}, which does not match its size in the file")
    return tuple(shape)  # type: ignore[arg-type]


def product_of(shape: object) -> int | None:
    """The number of elements of a tensor; None for what is no shape."""
    if not isinstance(shape, list) or len(shape) > 100:
        return None
    elements = 1
    for axis in shape:
        if type(axis) is not int or not 0 <= axis < LARGEST_AXIS:
            return None
        elements *= axis
    return elements


def bytes_taken(offsets: object, size: int) -> int | None:
    """The bytes between two offsets; None if they are not two places in the file in this order."""
    if not isinstance(offsets, list) or len(offsets) != 2:
        return None
    begin, end = offsets
    return end - begin if type(begin) is type(end) is int and 0 <= begin <= end <= size else None
