"""The parameters and buffers of a module as a table: PyTorch has no summary of its own."""

from __future__ import annotations

from ..core.formula import Formula
from ..core.sizes import shown
from ..core.tree import weight
from ..tables.answer import Table
from ..tables.cells import Count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .module import Module

HEADS = {"tensor": "Tensor", "shape": "Shape", "count": "Count", "kind": "Kind"}


def facts_of(module: Module) -> dict[str, list[dict[str, object]]]:
    """The name and the shape of each parameter and each buffer."""
    return {
        "parameters": [
            {"name": name, "shape": shown(tensor.shape), "trained": tensor.requires_grad}
            for name, tensor in module.named_parameters()
        ],
        "buffers": [{"name": name, "shape": shown(tensor.shape)} for name, tensor in module.named_buffers()],
    }


def listing(module: Module) -> Table:
    """A row for each tensor, and what they add up to."""
    kinds = {"parameter": module.named_parameters(), "buffer": module.named_buffers()}
    rows = [
        {
            "tensor": name,
            "shape": shown(tensor.shape),
            "count": Count(Formula(weight(name, *tensor.shape)).polynomial),
            "kind": kind,
        }
        for kind, tensors in kinds.items()
        for name, tensor in tensors
    ]
    foot = [{"tensor": "Parameters", "count": Count(module.count.polynomial)}]
    if module.buffer_count:
        foot.append({"tensor": "Buffers", "count": Count(module.buffer_count.polynomial)})
    return Table(HEADS, rows, foot)
