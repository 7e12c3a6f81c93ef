"""The summary table of a module that was read; PyTorch has none of its own."""

from __future__ import annotations

from ..arrays.summary import LayerTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .module import Module

PREFIX = "nn."


class TorchSummary(LayerTable):
    """A table of every layer with its formula. ``print`` shows it; ``rows`` has its lines. Tied weights count at their first use.

    A subclass has its own name. Equal blocks are one line in the table: ``12 x h.*.ln_1 (LayerNorm)``. ``markdown()``, ``html()``,
    ``latex()``, ``csv()`` and others write it.
    """

    def __init__(self, module: Module, title: str, notes: Sequence[str], assumed: Sequence[str] = ()) -> None:
        super().__init__(module, PREFIX, title, notes, assumed)
        called = {path: class_name_of(inner) for path, inner in module.named_modules()}
        self.rows = [row.but(class_name=called.get(row.name, row.class_name)) for row in self.rows]


def class_name_of(module: Module) -> str:
    """The name of a live module's class, also where that is a subclass of PyTorch's; of any other, its title."""
    called = vars(module).get("called")
    return str(called) if called else module.title.removeprefix(PREFIX)
