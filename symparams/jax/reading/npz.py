"""A ``.npz`` file of NumPy, as checkpoints of vision transformers and of haiku are saved: the header of each array, and nothing else."""

from __future__ import annotations

import ast
import os

from ...errors import SymparamsError, TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

MAGIC = b"\x93NUMPY"
LONGEST_HEADER = 100_000
MOST_MEMBERS = 1_000_000


def npz_shapes(source: str | os.PathLike[str]) -> dict[str, tuple[int, ...]]:
    """The shape of each array by its name. Raises :class:`TextError` for any other file."""
    import zlib
    from zipfile import BadZipFile, ZipFile

    path = os.fspath(source)
    called = brief(os.path.basename(path))
    try:
        with ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".npy")]
            if not names or len(names) > MOST_MEMBERS:
                raise TextError(f"{called} has {len(names) or 'no'} arrays of NumPy, so it is no .npz file that is read")
            found = {}
            for name in names:
                with archive.open(name) as member:
                    found[name.removesuffix(".npy")] = npy_shape(member, f"{brief(name)} in {called}")
            return found
    except SymparamsError:
        raise
    except (BadZipFile, zlib.error, OSError, ValueError, LookupError, RuntimeError, NotImplementedError, EOFError) as error:
        raise TextError(f"{called} is not a .npz file, or is damaged: {error}") from None


def npy_shape(file: IO[bytes], called: str) -> tuple[int, ...]:
    """The shape in the header of an array; the array itself is not read, and no object in it is loaded."""
    start = file.read(8)
    if not start.startswith(MAGIC) or len(start) < 8:
        raise TextError(f"{called} is not an array of NumPy")
    length = int.from_bytes(file.read(2 if start[6] == 1 else 4), "little")
    if length > LONGEST_HEADER:
        raise TextError(f"{called} has a header of {length} bytes, too long to be one")
    try:
        header = ast.literal_eval(file.read(length).decode("latin-1").strip())
        shape = header["shape"]
    except (ValueError, SyntaxError, KeyError, TypeError, MemoryError, RecursionError):
        raise TextError(f"{called} has a header that cannot be read") from None
    if not isinstance(shape, tuple) or not all(type(axis) is int and axis >= 0 for axis in shape):
        raise TextError(f"{called} has no shape")
    return shape
