"""What operations of ``operations.txt`` give, on PyTorch and here: their shapes and data types.

``python -m tests.torch.running.running_operations`` records what PyTorch gives; ``records/torch_operations.jsonl.gz`` has it.
"""

from __future__ import annotations

import gzip
import json
import warnings
from pathlib import Path
from typing import Any

OPERATIONS = (Path(__file__).parent / "operations.txt").read_text(encoding="utf-8").splitlines()
RECORDS = Path(__file__).parent.parent.parent / "records" / "torch_operations.jsonl.gz"


def space_of(torch: Any) -> dict[str, Any]:
    """The names that an operation may use."""
    return {
        "torch": torch, "nn": torch.nn, "F": torch.nn.functional, "x": torch.randn(2, 3, 4), "q": torch.randn(2, 3, 5, 4),
        "im": torch.randn(2, 3, 8, 7), "i": torch.tensor([0, 1]), "j": torch.zeros(2, 3, 4, dtype=torch.long),
    }  # fmt: skip


def given(torch: Any, operation: str) -> Any:
    """What it gives: its shape and data type, or those in a structure."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return described(eval(operation, space_of(torch)))


def described(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [described(each) for each in value]
    return None if value is None else [*value.shape, str(value.dtype)]


def record() -> None:
    """Writes what PyTorch gives."""
    import torch
    import torch.utils.checkpoint  # which PyTorch imports by itself only with some of its other modules

    with gzip.GzipFile(RECORDS, "wb", mtime=0) as file:
        for operation in OPERATIONS:
            file.write((json.dumps({"operation": operation, "gives": given(torch, operation)}) + "\n").encode())


if __name__ == "__main__":
    record()
