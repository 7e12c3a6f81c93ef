"""The header of a GGUF file: the shape of each tensor. Only this is read, within limits, and nothing in it is executed."""

from __future__ import annotations

import os

from .._startup.limits import GGUF_LIST, GGUF_TENSORS, GGUF_TEXT, GGUF_VALUES
from ..errors import TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

MAGIC = b"GGUF"
MOST_AXES = 8
WIDTHS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}  # bytes of a value of each kind
TEXT, LIST = 8, 9
DEEPEST = 4


def gguf_shapes(path: str) -> dict[str, tuple[int, ...]]:
    """The shape of each tensor in a file, its rows first as in PyTorch. Raises :class:`TextError` for any other file."""
    name = brief(os.path.basename(path))
    try:
        with open(path, "rb") as file:
            return Header(file, name).shapes()
    except (OSError, ValueError) as error:
        if isinstance(error, TextError):
            raise
        raise TextError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}") from None


class Header:
    """A header that is being read."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file, self.name = file, name

    def shapes(self) -> dict[str, tuple[int, ...]]:
        if self.bytes(4) != MAGIC:
            raise TextError(f"{self.name} is not a GGUF file")
        version = self.number(4)
        if version not in (2, 3):
            raise TextError(f"{self.name} has version {version} of GGUF; 2 and 3 are read")
        tensors, values = self.limited(GGUF_TENSORS, "tensors"), self.limited(GGUF_VALUES, "values")
        for _ in range(values):
            self.text()
            self.skip(self.number(4), 0)
        found: dict[str, tuple[int, ...]] = {}
        for _ in range(tensors):
            name, axes = self.text(), self.number(4)
            if axes > MOST_AXES:
                raise TextError(f"{self.name}: {brief(name)} has {axes} axes")
            if name in found:
                raise TextError(f"{self.name} has the tensor {brief(name)} twice")
            found[name] = tuple(reversed([self.number(8) for _ in range(axes)]))
            self.bytes(12)  # its format, and where its data is
        return found

    def bytes(self, many: int) -> bytes:
        read = self.file.read(many)
        if len(read) < many:
            raise TextError(f"{self.name} is truncated: its header ends too early")
        return read

    def number(self, width: int) -> int:
        return int.from_bytes(self.bytes(width), "little")

    def limited(self, most: int, what: str) -> int:
        number = self.number(8)
        if number > most:
            raise TextError(f"{self.name} would have {number} {what}; at most {most} are read")
        return number

    def text(self) -> str:
        return self.bytes(self.limited(GGUF_TEXT, "bytes in a text")).decode("utf-8", "replace")

    def skip(self, kind: int, depth: int) -> None:
        """Passes over a value."""
        if kind in WIDTHS:
            self.bytes(WIDTHS[kind])
        elif kind == TEXT:
            self.text()
        elif kind == LIST and depth < DEEPEST:
            inside, many = self.number(4), self.limited(GGUF_LIST, "elements in a list")
            if inside in WIDTHS:
                self.bytes(WIDTHS[inside] * many)
            else:
                for _ in range(many):
                    self.skip(inside, depth + 1)
        else:
            raise TextError(f"{self.name} has a value of the unknown kind {kind}")
