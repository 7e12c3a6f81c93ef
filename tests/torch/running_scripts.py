"""Runs the scripts of ``scripts/``: on PyTorch itself, here with only the imports changed, and here with letters for sizes.

``python -m tests.torch.running_scripts`` records what PyTorch says of each; ``records/torch_scripts.jsonl.gz`` has it.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

SCRIPTS = {file.stem: file.read_text(encoding="utf-8") for file in sorted((Path(__file__).parent / "scripts").glob("*.txt"))}
RECORDS = Path(__file__).parent.parent / "records" / "torch_scripts.jsonl.gz"
LETTER = re.compile(r"^(\w+) = (\d+)  # letter$", re.MULTILINE)


def imports_changed(script: str) -> str:
    """The script with ``symparams.`` before ``torch`` in its imports, and nothing else changed."""
    script = re.sub(r"^import torch$", "from symparams import torch", script, flags=re.MULTILINE)
    script = re.sub(
        r"^import torch\.([\w.]+)$", r"from symparams import torch; import symparams.torch.\1", script, flags=re.MULTILINE
    )
    return re.sub(r"^(from|import) torch\b", r"\1 symparams.torch", script, flags=re.MULTILINE)


def letters_of(script: str) -> dict[str, int]:
    """The sizes that become letters, with their numbers."""
    return {name: int(number) for name, number in LETTER.findall(script)}


def with_letters(script: str) -> str:
    """The script with symbols for those sizes."""
    return "from symparams import symbols\n" + LETTER.sub(r'\1 = symbols("\1")', script)


def executed(script: str) -> dict[str, Any]:
    """The names that a script defines, in a module of its own, which dataclasses look for."""
    module = sys.modules["script"] = ModuleType("script")
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(script, "script", "exec"), vars(module))  # noqa: S102
    return vars(module)


def facts(space: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Of every module that has a name: its parameters and buffers, by name, with their shapes; of every tensor: its shape."""
    modules = {
        name: of_module(value)
        for name, value in space.items()
        if hasattr(value, "named_parameters") and not isinstance(value, type)
    }
    tensors = {name: {"shape": list(value.shape)} for name, value in space.items() if type(value).__name__ == "Tensor"}
    return modules | tensors


def of_module(module: Any) -> dict[str, Any]:
    parameters = [*module.named_parameters()]
    return {
        "parameters": [[name, list(each.shape), each.requires_grad] for name, each in parameters],
        "buffers": [[name, list(each.shape)] for name, each in module.named_buffers()],
        "total": sum(each.numel() for _, each in parameters),
    }


def record() -> None:
    """Writes what PyTorch says of each script."""
    with gzip.GzipFile(RECORDS, "wb", mtime=0) as file:
        for name, script in SCRIPTS.items():
            file.write((json.dumps({"script": name, "facts": facts(executed(script))}) + "\n").encode())


if __name__ == "__main__":
    record()
