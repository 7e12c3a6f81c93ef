"""Where the tables are, a file for each type."""

from __future__ import annotations

import os
import re

DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")


def file_of(model_type: str) -> str:
    return model_type.replace("/", "_") + ".txt"


def write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read_by_others(model_type: str) -> set[str]:
    """The fields of a type that the tables of others read, of which it is a part: it may have no row for them itself."""
    found: set[str] = set()
    for name in sorted(name for name in os.listdir(DATA) if name.endswith(".txt")):
        with open(os.path.join(DATA, name), encoding="utf-8") as file:
            text = file.read()
        for part in re.findall(rf'^default (\w+) {{"model_type": "{re.escape(model_type)}"', text, re.MULTILINE):
            found |= {*re.findall(rf"\b{part}\.([a-z_][a-z_0-9]*)\b", text[text.index("\nclass ") :])}
    return found
