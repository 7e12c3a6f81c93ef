"""Every kind of call that the frameworks accepted, as code for a type checker."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

RECORDS = Path(__file__).parent.parent / "records"
MODULES = {
    "keras3_layers": "keras.layers",
    "tfkeras_layers": "keras.v2.layers",
    "tfkeras_v1_layers": "keras.v1.layers",
    "torch_layers": "torch.nn",
}


def recorded_calls() -> str:
    """A line for each combination of a class, its arguments and the types of their values."""
    lines = {}
    for file, module in MODULES.items():
        with gzip.open(RECORDS / f"{file}.jsonl.gz", "rt", encoding="utf-8") as records:
            for record in map(json.loads, records):
                kwargs = {name: value for name, value in record["kwargs"].items() if is_plain(value)}
                if len(kwargs) == len(record["kwargs"]):
                    kind = (module, record["class"], *((name, type(value).__name__) for name, value in kwargs.items()))
                    arguments = ", ".join(f"{name}={as_python(value)!r}" for name, value in kwargs.items())
                    lines[kind] = f"{module}.{record['class']}({arguments})"
    return "\n".join(["from symparams import keras, torch", *lines.values(), ""])


def is_plain(value: Any) -> bool:
    """Whether a value is data and not a layer."""
    if isinstance(value, list):
        return all(map(is_plain, value))
    return not isinstance(value, dict)


def as_python(value: Any) -> Any:
    return tuple(map(as_python, value)) if isinstance(value, list) else value
