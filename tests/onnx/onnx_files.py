"""ONNX files, written by hand in protobuf's wire format."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FLOAT, INT64 = 1, 7


def varint(number: int) -> bytes:
    found = b""
    while number > 127:
        found, number = found + bytes([number & 127 | 128]), number >> 7
    return found + bytes([number])


def field(number: int, content: int | bytes | str) -> bytes:
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    content = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(content)) + content


def tensor(name: str, shape: Sequence[int], data_type: int = FLOAT, packed: bool = False, size: int = 4) -> bytes:
    dims = field(1, b"".join(map(varint, shape))) if packed else b"".join(field(1, axis) for axis in shape)
    return dims + field(2, data_type) + field(8, name) + field(9, bytes(size * prod(shape)))


def node(op_type: str, inputs: Iterable[str], name: str = "", **attributes: int) -> bytes:
    found = b"".join(field(1, each) for each in inputs) + field(2, "y") + field(3, name) + field(4, op_type)
    return found + b"".join(field(5, field(1, key) + field(3, value)) for key, value in attributes.items())


def model(tensors: Iterable[bytes], nodes: Iterable[bytes] = ()) -> bytes:
    graph = b"".join(field(1, each) for each in nodes) + field(2, "main") + b"".join(field(5, each) for each in tensors)
    return field(1, 8) + field(2, "by hand") + field(7, graph) + field(8, field(2, 17))


def written(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)
