"""Protobuf's wire format, as far as an ONNX file needs it: fields of a message, of which those that are long are passed over."""

from __future__ import annotations

from .._startup.limits import ONNX_FIELDS, ONNX_TEXT
from ..core.frozen import Frozen
from ..errors import LimitError, TextError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
LONGEST_NUMBER = 10  # bytes of a varint


class Value(Frozen):
    """One field of a message: its number, and a whole number or where its content is in the file."""

    field: int
    number: int
    start: int
    end: int


class Wire:
    """A file that is read as messages. Contents are read only where they are asked for."""

    def __init__(self, file: BinaryIO, size: int, called: str) -> None:
        self.file, self.size, self.called = file, size, called
        self.fields = 0

    def message(self, start: int, end: int) -> Iterator[Value]:
        """The fields of the message between two places of the file."""
        at = start
        while at < end:
            self.fields += 1
            if self.fields > ONNX_FIELDS:
                raise LimitError(f"{self.called} has more than {ONNX_FIELDS:,} fields")
            key, at = self.varint(at, end)
            kind, field = key & 7, key >> 3
            if kind == VARINT:
                number, at = self.varint(at, end)
                yield Value(field, number, 0, 0)
                continue
            if kind == BYTES:
                length, at = self.varint(at, end)
            elif kind in (FIXED64, FIXED32):
                length = 8 if kind == FIXED64 else 4
            else:
                raise self.damaged()
            if length > end - at or field == 0:
                raise self.damaged()
            yield Value(field, -1, at, at + length)
            at += length

    def varint(self, at: int, end: int) -> tuple[int, int]:
        """A whole number, and the place behind it."""
        self.file.seek(at)
        found = 0
        for number, byte in enumerate(self.file.read(min(LONGEST_NUMBER, end - at))):
            found |= (byte & 127) << (7 * number)
            if byte < 128:
                return found, at + number + 1
        raise self.damaged()

    def text(self, value: Value) -> str:
        """The content of a field as text."""
        if value.number >= 0 or value.end - value.start > ONNX_TEXT:
            raise self.damaged()
        self.file.seek(value.start)
        return self.file.read(value.end - value.start).decode("utf-8", "replace")

    def numbers(self, value: Value) -> Iterator[int]:
        """The whole numbers of a repeated field: one, or several packed together."""
        if value.number >= 0:
            yield value.number
            return
        at = value.start
        while at < value.end:
            number, at = self.varint(at, value.end)
            yield number

    def damaged(self) -> TextError:
        return TextError(f"{self.called} is not an ONNX file, or is damaged: its fields do not fit into it")
