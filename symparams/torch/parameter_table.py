"""The parameters and buffers of a module as a table, since PyTorch has no summary of its own."""

from __future__ import annotations

from ..core.formula import Formula
from ..core.sizes import shown
from ..core.tree import weight
from ..errors import several
from ..tables.answer import Answer, Table
from ..tables.cells import Count
from ..tables.facts import count_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..tables.answer import Facts
    from .module import Module

HEADS = {"tensor": "Tensor", "shape": "Shape", "count": "Count", "kind": "Kind"}


class ParameterTable(Answer):
    """The parameters and buffers of a module, each with its shape and its count."""

    def __init__(self, module: Module) -> None:
        self.module = module

    def facts(self) -> Facts:
        """The name and the shape of each parameter and each buffer, and the count."""
        parameters = [
            {"name": name, "shape": shown(tensor.shape), "trained": tensor.requires_grad}
            for name, tensor in self.module.named_parameters()
        ]
        buffers = [{"name": name, "shape": shown(tensor.shape)} for name, tensor in self.module.named_buffers()]
        return {"parameters": parameters, "buffers": buffers, **count_facts(self.module.count)}

    def table(self) -> Table:
        """The table with a row for each tensor, and their totals."""
        kinds = {"parameter": self.module.named_parameters(), "buffer": self.module.named_buffers()}
        rows = [
            {
                "tensor": name,
                "shape": tensor.shape,
                "count": Count(Formula(weight(name, *tensor.shape)).polynomial),
                "kind": kind,
            }
            for kind, tensors in kinds.items()
            for name, tensor in tensors
        ]
        foot = [{"tensor": "Parameters", "count": Count(self.module.count.polynomial)}]
        if self.module.buffer_count.polynomial.terms:
            foot.append({"tensor": "Buffers", "count": Count(self.module.buffer_count.polynomial)})
        return Table(HEADS, rows, foot)

    def __repr__(self) -> str:
        return f"<ParameterTable of {self.module.title}: {several(self.module.count, 'parameter')}>"
