"""A ``.npz`` file of NumPy, as checkpoints of vision transformers and of haiku are saved: the header of each array, and nothing else."""

from __future__ import annotations

import os
import re

from ..._startup.limits import NPZ_ARRAYS, NPZ_HEADER
from ...errors import SymparamsError, TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

MAGIC = b"\x93NUMPY"
SHAPE = re.compile(r"'shape': *\(((?:\d{1,19}L?, *)*(?:\d{1,19}L?)?)\)", re.ASCII)  # Python 2 wrote 76L for some numbers


def npz_shapes(source: str | os.PathLike[str]) -> dict[str, tuple[int, ...]]:
    """The shape of each array by its name. Raises :class:`TextError` for any other file."""
    import zlib
    from zipfile import BadZipFile, ZipFile

    path = os.fspath(source)
    called = brief(os.path.basename(path))
    try:
        with ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".npy")]
            if not names or len(names) > NPZ_ARRAYS:
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
    if length > NPZ_HEADER:
        raise TextError(f"{called} has a header of {length} bytes, too long to be one")
    shapes = SHAPE.findall(file.read(length).decode("latin-1"))
    if len(shapes) != 1:
        raise TextError(f"{called} has no shape in its header, or several")
    return tuple(int(axis.strip().removesuffix("L")) for axis in shapes[0].split(",") if axis.strip())
