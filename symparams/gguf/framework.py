"""GGUF as a framework, for the rest of the library: it has files, and no layers of its own."""

from __future__ import annotations

from ..core.first_bytes import first_bytes
from ..core.framework import Framework

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..jax.named_arrays.model import ArrayModel

MAGIC = b"GGUF"
PREFIX = "gguf."


def read(source: object, letters: Mapping[str, object] | str | None = None) -> ArrayModel:
    """The model that ``from_gguf`` reads."""
    from .reading import from_gguf

    return from_gguf(source, letters=letters)


def holds(path: str) -> bool:
    """Whether a file begins as GGUF does."""
    return first_bytes(path, len(MAGIC)) == MAGIC


FRAMEWORK = Framework(
    name="gguf",
    title="GGUF",
    releases=(),
    steps=frozenset(("gguf",)),
    examples=(),
    load=lambda: None,
    classes=lambda: (),
    is_live=lambda _: False,
    read=read,
    reader="from_gguf",
    listing=lambda model: None,
    name_by_user=lambda name, title: name,
    title_prefix=PREFIX,
    endings=(".gguf",),
    holds=holds,
)
