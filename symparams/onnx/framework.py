"""ONNX as a framework, for the rest of the library: it has files, and no layers of its own."""

from __future__ import annotations

from ..core.first_bytes import first_bytes
from ..core.framework import Framework

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..jax.named_arrays.model import ArrayModel


FIRST_FIELD = b"\x08"  # the version of the format, a whole number


def read(source: object, letters: Mapping[str, object] | str | None = None) -> ArrayModel:
    """The model that ``from_onnx`` reads."""
    from .reading import from_onnx

    return from_onnx(source, letters=letters)


def holds(path: str) -> bool:
    """Whether a file is a message with a graph in it."""
    if first_bytes(path, 1) != FIRST_FIELD:
        return False
    from ..errors import TextError
    from .initializers import initializers_in

    try:
        return bool(initializers_in(path)[0])
    except TextError:
        return False


FRAMEWORK = Framework(
    name="onnx",
    title="ONNX",
    releases=(),
    steps=frozenset(("onnx",)),
    examples=(),
    load=lambda: None,
    classes=lambda: (),
    is_live=lambda _: False,
    read=read,
    reader="from_onnx",
    listing=lambda model: None,
    name_by_user=lambda name, title: name,
    title_prefix="onnx.",
    endings=(".onnx",),
    holds=holds,
)
