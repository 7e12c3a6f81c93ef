"""The summary table of a module that was read; PyTorch has none of its own."""

from __future__ import annotations

from itertools import groupby

from ..tables.layer_table import LayerRow, LayerTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .module import Module

NAMELESS = "Module"  # what the modules of a state dict are called
PREFIX = "nn."


class TorchSummary(LayerTable):
    """A table of every layer with its formula. ``print`` shows it; ``rows`` has its lines. Tied weights count at their first use.

    A subclass has its own name, and so has a layer of another class, such as transformers' Conv1D. Equal blocks are one line in the table: ``12 x h.*.ln_1 (LayerNorm)``. ``markdown()``, ``html()``,
    ``latex()``, ``csv()`` and others write it.
    """

    def __init__(self, module: Module, title: str, notes: Sequence[str], assumed: Sequence[str] = ()) -> None:
        super().__init__(module, PREFIX, title, notes, assumed)
        inside = dict(module.named_modules())
        called = {path: class_name_of(inner) for path, inner in inside.items()}
        self.rows = [row.but(class_name=called.get(row.name, row.class_name)) for row in self.rows]
        own = {path for path, inner in inside.items() if path and is_own_layer(inner)}
        self.rows = [*rows_of_own_layers(self.rows, own, called)]


def class_name_of(module: Module) -> str:
    """The name of a live module's class, also where that is a subclass of PyTorch's; of any other, its title."""
    called = vars(module).get("called")
    return str(called) if called else module.title.removeprefix(PREFIX)


def is_own_layer(module: Module) -> bool:
    """Whether a live module of a class that is not PyTorch's has parameters and none in modules inside: transformers' Conv1D, an RMSNorm."""
    called = vars(module).get("called")
    inside = [each for each in module.modules() if each is not module]
    return called not in (None, NAMELESS) and module.title == called and not any(each._parameters for each in inside)


def rows_of_own_layers(rows: Sequence[LayerRow], own: set[str], called: Mapping[str, str]) -> Iterator[LayerRow]:
    """The rows, with the parameters of each such module in one."""

    def owner_of(row: LayerRow) -> str:
        around = row.name.rpartition(".")[0]
        return around if around in own else row.name

    for owner, those in groupby(rows, owner_of):
        first, *more = those
        if owner not in own:
            yield from (first, *more)
            continue
        yield LayerRow(name=owner, class_name=called[owner], count=sum((row.count for row in more), start=first.count))
