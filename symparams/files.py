"""Which texts are meant as the path of a model's file, and the model in it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

PICKLES = (".pt", ".pth", ".bin", ".ckpt", ".pkl")  # which only PyTorch can read, for code in them runs
OF_TORCH = (".safetensors", *PICKLES)
FILES = (".json", ".keras", ".h5", ".hdf5", *OF_TORCH)
TEXTS = (".txt", ".log", ".md", ".out")


def is_file(text: str) -> bool:
    """Whether a text is the path of a file that could hold a model, by its end; whether there is one is another question."""
    return "\n" not in text and text.lower().endswith(FILES)


def saved(source: str, letters: Mapping[str, Any] | None = None) -> Any:
    """The model that a file holds, of Keras or of PyTorch, or that a JSON text of Keras is."""
    if source.lower().endswith(OF_TORCH):
        from .torch.reading import from_torch

        return from_torch(source, letters=letters)
    from .keras.reading import from_keras

    return from_keras(source, letters=letters)


def is_text(text: str) -> bool:
    """Whether a text is the path of a file that could hold a pasted table, by its end."""
    return "\n" not in text and text.lower().endswith(TEXTS)
