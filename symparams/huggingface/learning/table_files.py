"""Where the tables are, a file for each type."""

from __future__ import annotations

import os

DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")


def file_of(model_type: str) -> str:
    return model_type.replace("/", "_") + ".txt"


def write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
