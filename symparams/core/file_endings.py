"""Which texts are meant as the path of a model's file."""

from __future__ import annotations

from os.path import isfile

BINARY = (".keras", ".h5", ".hdf5")
FILES = (".json", *BINARY)
TEXTS = (".txt", ".log", ".md", ".out")
PICKLES = (".pt", ".pth", ".bin", ".ckpt", ".pkl")  # code in them runs when they are read, so they are refused
OF_TORCH = (".safetensors", *PICKLES)


def is_file(text: str) -> bool:
    """Whether a text is the path of a file that could hold a model, by its end; whether there is one is another question."""
    return "\n" not in text and text.lower().endswith((*FILES, *OF_TORCH))


def is_text(text: str) -> bool:
    """Whether a text is the path of a file that could hold a pasted table: by its end, or because it is there."""
    return "\n" not in text and (text.lower().endswith(TEXTS) or ("(" not in text and isfile(text)))
