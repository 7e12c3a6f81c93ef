"""The arrays in a saved model whose classes are unknown: their names and shapes, from the HDF5 in the file. No number is read."""

from __future__ import annotations

import io
import os
from zipfile import ZIP_STORED

from ..._startup.limits import NAMES_IN_A_STATE_DICT
from ...errors import SymparamsError, TextError, brief
from .live_walk import Array
from .subclassed import HeldModel, variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO
    from zipfile import ZipFile, ZipInfo

    from .state import DocumentReading

WEIGHTS = "model.weights.h5"  # in a .keras file
OF_THE_MODEL = "model_weights"  # in HDF5 that has a config too
NOT_WEIGHTS = ("optimizer", "optimizer_weights", "training_config", "metrics", "compile_metrics")
RANDOM = ("seed_generator", "random_generator")  # the state of random numbers, which Keras does not count
STORE = "vars"  # the group of a layer's own arrays in Keras 3
LARGEST_PACKED = 256 * 1024 * 1024  # bytes of compressed weights, which have to be unpacked as a whole
UNTRAINED = "a file does not tell which arrays are trained: all count as trained"


def stored_shapes(path: str) -> dict[str, tuple[int, ...]]:
    """The shape of each array in a ``.keras`` or HDF5 file by its path; nothing where they cannot be read."""
    try:
        import h5py  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return {}
    from zipfile import BadZipFile, ZipFile, is_zipfile

    try:
        if not is_zipfile(path):
            with h5py.File(path, "r") as file:
                return shapes_of_group(file.get(OF_THE_MODEL) or file, brief(path))
        with ZipFile(path) as archive, open(path, "rb") as whole:
            found = [entry for entry in archive.infolist() if entry.filename == WEIGHTS]
            if len(found) != 1:
                return {}
            with h5py.File(member_file(archive, found[0], whole), "r") as file:
                return shapes_of_group(file, brief(path))
    except SymparamsError:
        raise
    except (OSError, ValueError, KeyError, RuntimeError, BadZipFile):
        return {}


def member_file(archive: ZipFile, entry: ZipInfo, whole: BinaryIO) -> Any:  # a file as h5py takes it
    """A member of an archive as a file: where it is not compressed, the part of the archive, of which only headers are read then."""
    if entry.compress_type != ZIP_STORED:
        if entry.file_size > LARGEST_PACKED:
            raise ValueError(entry.filename)
        return io.BytesIO(archive.read(entry))
    whole.seek(entry.header_offset + 26)
    lengths = whole.read(4)
    start = entry.header_offset + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    return Window(whole, start, entry.file_size)


class Window(io.RawIOBase):
    """A part of a file as a file."""

    def __init__(self, whole: BinaryIO, start: int, size: int) -> None:
        self.whole, self.start, self.size, self.at = whole, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self.at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self.at, os.SEEK_END: self.size}[whence]
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: Any) -> int:
        self.whole.seek(self.start + self.at)
        read = self.whole.read(max(0, min(len(buffer), self.size - self.at)))
        buffer[: len(read)] = read
        self.at += len(read)
        return len(read)


def shapes_of_group(file: Any, called: str) -> dict[str, tuple[int, ...]]:
    """The shapes of all arrays in a group of HDF5 that are weights."""
    found: dict[str, tuple[int, ...]] = {}

    def visit(path: str, item: Any) -> None:
        steps = path.split("/")
        if hasattr(item, "shape") and hasattr(item, "dtype") and steps[0] not in NOT_WEIGHTS and not {*RANDOM} & {*steps}:
            if len(found) >= NAMES_IN_A_STATE_DICT:
                raise TextError(f"{called} has more than {NAMES_IN_A_STATE_DICT} arrays")
            found[path] = tuple(map(int, item.shape))

    file.visititems(visit)
    check_distinct(found, called)
    return found


def check_distinct(shapes: dict[str, tuple[int, ...]], called: str) -> None:
    """Refuses HDF5 of Keras 2 in which two models list an array of the same name: it may be the same one, which counts once."""
    seen: dict[tuple[str, tuple[int, ...]], str] = {}
    for path, shape in shapes.items():
        name = path.partition("/")[2] if path.endswith(":0") else path
        other = seen.setdefault((name, shape), path)
        if other != path:
            raise TextError(f"{called} has {brief(path)} and {brief(other)}, which may be one array: give the live model")


def model_of_arrays(reading: DocumentReading, shapes: dict[str, tuple[int, ...]], class_name: str, name: str) -> HeldModel:
    """The model of the arrays in a file, with a layer for each group of them."""
    tree: dict[str, Any] = {}
    for path, shape in shapes.items():
        *around, last = [step for step in path.split("/") if step != STORE]
        group = tree
        for step in around:
            group = group.setdefault(step, {})
        group[f"{last.partition(':')[0]}\0"] = Array(
            name=last.partition(":")[0], shape=shape, trainable=True, key=len(reading.placed)
        )
    return held_group(reading, tree, class_name, name, "")


def held_group(reading: DocumentReading, tree: dict[str, Any], class_name: str, name: str, path: str) -> HeldModel:
    """A group of arrays and groups as a layer that holds them."""
    arrays = [each for each in tree.values() if isinstance(each, Array)]
    inside = [(step, each) for step, each in tree.items() if isinstance(each, dict)]
    place = f"{path}/{name}" if path else ""
    layers = [*variables(reading, arrays, place or name)]
    held = [held_group(reading, each, "Group", step, place or name) for step, each in inside]
    return HeldModel(class_name, True, name, [*layers, *held])
