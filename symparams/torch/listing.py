"""The parameters and buffers of a module as a table: PyTorch has no summary of its own."""

from __future__ import annotations

from ..dims import shown
from ..formula import Formula
from ..printing.tables import boxed_table
from ..tree import weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .module import Module


def facts_of(module: Module) -> dict[str, Any]:
    """The name and the shape of each parameter and each buffer."""
    return {
        "parameters": [
            {"name": name, "shape": shown(tensor.shape), "trained": tensor.requires_grad}
            for name, tensor in module.named_parameters()
        ],
        "buffers": [{"name": name, "shape": shown(tensor.shape)} for name, tensor in module.named_buffers()],
    }


def listing(module: Module) -> str:
    """The table, and what it adds up to."""
    kinds = {id(tensor): "buffer" for tensor in module.buffers()}
    rows = [
        (name, shown(tensor.shape), str(Formula(weight(name, *tensor.shape))), kinds.get(id(tensor), "parameter"))
        for name, tensor in [*module.named_parameters(), *module.named_buffers()]
    ]
    total = [f"Parameters: {module.count}"]
    if module.buffer_count:
        total.append(f"Buffers: {module.buffer_count}")
    return "\n".join([boxed_table(("Tensor", "Shape", "Count", "Kind"), rows, right=(2,)), *total] if rows else total)
