"""The shapes in the files of a model: one ``.safetensors``, several with their index, a directory of them, or GGUF."""

from __future__ import annotations

import os

from ..gguf.header import gguf_shapes
from ..torch.reading.checkpoints import checkpoint_shapes


def shapes_in(source: str | os.PathLike[str]) -> dict[str, tuple[int, ...]]:
    """The shape of each tensor. Raises :class:`TextError` for files that cannot be read."""
    path = os.fsdecode(source)
    return gguf_shapes(path) if path.lower().endswith(".gguf") else checkpoint_shapes(path)
