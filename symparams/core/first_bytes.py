"""How a file begins, by which it is told what kind it is of."""

from __future__ import annotations


def first_bytes(path: str, many: int) -> bytes:
    """The first bytes of a file; none of one that cannot be read. Reading the whole file then says why."""
    try:
        with open(path, "rb") as file:
            return file.read(many)
    except (OSError, ValueError):
        return b""
