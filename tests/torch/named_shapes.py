"""The names and shapes of a module's parameters."""

from __future__ import annotations

from typing import Any


def shapes(module: Any) -> list[tuple[str, tuple[Any, ...]]]:
    return [(name, tensor.shape) for name, tensor in module.named_parameters()]
