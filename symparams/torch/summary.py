"""The table of a module that was read: PyTorch has none of its own."""

from __future__ import annotations

from ..core.formula import Formula
from ..core.frozen import Frozen
from ..errors import several
from ..tables.answer import Answer, Table
from ..tables.cells import Count, in_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .module import Module

HEADS = {"layer": "Layer (type)", "count": "Param #", "formula": "Formula"}


class TorchRow(Frozen):
    """One layer, or a parameter that is no layer's. What comes out of it is not known: ``output_shape`` is None."""

    name: str
    class_name: str
    count: Formula

    @property
    def title(self) -> str:
        """Its name and class."""
        return f"{self.name} ({self.class_name})"

    @property
    def output_shape(self) -> None:
        """Not known."""


class TorchSummary(Answer):
    """Every layer with its formula. ``print`` shows it; ``rows`` has its lines. What is tied stands where it comes first.

    ``markdown()``, ``html()``, ``latex()``, ``csv()`` and the others write it.
    """

    def __init__(self, module: Module, title: str, notes: Sequence[str]) -> None:
        self.title = title
        rows = [
            TorchRow(name=part.name, class_name=part.title.removeprefix("nn."), count=Formula(part.node)) for part in module.parts
        ]
        self.rows = [row for row in rows if row.count.polynomial.terms]
        self.total, self.trainable, self.non_trainable = module.count, module.trainable_count, module.non_trainable_count
        self.buffers = module.buffer_count
        self.notes = [*notes]

    @property
    def totals(self) -> list[tuple[str, Formula]]:
        """The lines below the table."""
        counts = [("Total params", self.total), ("Trainable params", self.trainable), ("Non-trainable params", self.non_trainable)]
        return [*counts, ("In buffers", self.buffers)] if self.buffers.polynomial.terms else counts

    def table(self, totals: bool = True) -> Table:
        lines = [*((row.title, row.count) for row in self.rows), *(self.totals if totals else ())]
        rows = [{"layer": name, "count": Count(count.polynomial), "formula": count} for name, count in lines]
        return Table(HEADS, rows[: len(self.rows)], rows[len(self.rows) :])

    def __str__(self) -> str:
        table = [str(self.table(totals=False))] if self.rows else []
        totals = (f" {name}: {in_text(Count(count.polynomial))}" for name, count in self.totals)
        return "\n".join([f'Model: "{self.title}"', *table, *totals, *(f" Note: {note}" for note in self.notes)])

    def __repr__(self) -> str:
        return f"<Summary of {self.title}: {several(len(self.rows), 'layer')}, {several(self.total, 'parameter')}>"
