"""GGUF files by their tensors: ``from_gguf`` reads the header, and nothing else."""

from __future__ import annotations

import os

from .._startup.boundary import entrance
from ..errors import TextError, brief
from ..jax.named_arrays.group import Array, grouped
from ..jax.named_arrays.reading import read_arrays
from .header import gguf_shapes
from .layers import gguf_layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..jax.named_arrays.model import ArrayModel
    from ..jax.named_arrays.reading import Source

__all__ = ["from_gguf"]

PREFIX = "gguf."
BUFFERS = ("rope_freqs.weight", "rope_factors_long.weight", "rope_factors_short.weight")  # computed, not trained


@entrance
def from_gguf(source: object, letters: Mapping[Any, object] | str | None = None, *, also: object = None) -> ArrayModel:
    """The model of a GGUF file, tensor by tensor, with letters for sizes if asked for.

    ``source`` is a path. Only the header is read. A quantized tensor counts its elements, not its bytes. The shapes have the rows
    first, as in PyTorch. Tensors with the names and shapes of a layer are that layer. ``letters`` and ``also`` are as in :func:`symparams.from_torch`.

    Raises :class:`~symparams.errors.TextError` for a file that is not GGUF, or is damaged.
    """
    return read_arrays(source_of(source), lambda: source_of(also), gguf_layer, PREFIX, letters, also)


def source_of(source: object) -> Source:
    if not isinstance(source, str | os.PathLike):
        raise TextError(f"from_gguf takes the path of a .gguf file, not {brief(source)}")
    shapes = gguf_shapes(os.fspath(source))
    arrays = [Array(path=name, shape=shape, parameter=not name.endswith(BUFFERS)) for name, shape in shapes.items()]
    notes = ["a quantized tensor counts its elements, not its bytes"]
    if "token_embd.weight" in shapes and "output.weight" not in shapes:
        notes.append("the file has no output.weight: the head uses token_embd.weight, which counts once")
    return grouped(arrays, "."), os.path.basename(os.fspath(source)), notes
