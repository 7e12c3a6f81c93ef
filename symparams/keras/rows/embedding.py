"""Embedding."""

from __future__ import annotations

from ...catalogue import entry
from ...conventions import KERAS
from ...layers.embedding import Embedding
from ..row import row, whole

row(
    "Embedding",
    entry=entry("keras.Embedding", Embedding, KERAS),
    check=whole("input_dim", "output_dim"),
    sizes=lambda a, x: {"words": a.input_dim, "width": a.output_dim, "lora_rank": a.get("lora_rank") or 0},
    gives=lambda a, x: (*x.shape, a.output_dim),
    also=("input_length",),  # Keras 3 still takes it, with a warning
    default_input=(None,),  # Keras 2 lets a model begin with it, reading sequences of any length
)
