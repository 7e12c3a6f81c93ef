"""Runs the scripts of ``scripts/``: on Keras itself, here with only the imports changed, and here with letters for sizes.

``python -m tests.keras.running_scripts`` records what Keras says of each; ``records/keras3_scripts.jsonl.gz`` has it.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import re
from pathlib import Path
from typing import Any

SCRIPTS = {file.stem: file.read_text(encoding="utf-8") for file in sorted((Path(__file__).parent / "scripts").glob("*.txt"))}
RECORDS = Path(__file__).parent.parent / "records" / "keras3_scripts.jsonl.gz"
LETTER = re.compile(r"^(\w+) = (\d+)  # letter$", re.MULTILINE)


def imports_changed(script: str) -> str:
    """The script with ``symparams.`` before ``keras`` in its imports, and nothing else changed."""
    script = re.sub(r"^import keras$", "from symparams import keras", script, flags=re.MULTILINE)
    return re.sub(r"^(from|import) keras\b", r"\1 symparams.keras", script, flags=re.MULTILINE)


def letters_of(script: str) -> dict[str, int]:
    """The sizes that become letters, with their numbers."""
    return {name: int(number) for name, number in LETTER.findall(script)}


def with_letters(script: str) -> str:
    """The script with symbols for those sizes."""
    return "from symparams import symbols\n" + LETTER.sub(r'\1 = symbols("\1")', script)


def executed(script: str) -> dict[str, Any]:
    """The names that a script defines."""
    space: dict[str, Any] = {"__name__": "script"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(script, "script", "exec"), space)  # noqa: S102
    return space


def facts(space: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Of every layer and model that has a name: its counts and the shapes of its weights; of every tensor: its shape."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in space.items():
        if isinstance(value, type) or name.startswith("__"):
            continue
        if hasattr(value, "count_params") and getattr(value, "built", False):
            found[name] = {
                "total": value.count_params(),
                "weights": [list(weight.shape) for weight in value.weights],
                "trainable": [list(weight.shape) for weight in value.trainable_weights],
            }
        elif is_tensor(value):
            found[name] = {"shape": list(value.shape)}
        elif isinstance(value, list | tuple) and value and all(map(is_tensor, value)):
            found[name] = {"shapes": [list(each.shape) for each in value]}
    return found


def is_tensor(value: object) -> bool:
    """Whether a value is a tensor of a graph; what is computed from numbers alone has numbers in Keras."""
    return type(value).__name__ == "KerasTensor" and getattr(value, "call", True) is not None


def record() -> None:
    """Writes what Keras says of each script."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras

    with gzip.GzipFile(RECORDS, "wb", mtime=0) as file:
        for name, script in SCRIPTS.items():
            keras.utils.clear_session()  # which begins the numbers in names anew
            line = {"script": name, "facts": facts(executed(script))}
            file.write((json.dumps(line) + "\n").encode())


if __name__ == "__main__":
    record()
