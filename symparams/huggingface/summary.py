"""The tensors of a configured model as a table: a row for each name, with its shape and its count in letters."""

from __future__ import annotations

from ..core.collected import CollectedFormula
from ..core.formula import Formula
from ..core.frozen import Frozen
from ..core.notation.forms import of_size
from ..core.tree import Tied, Weight, copied, leaves
from ..tables.answer import Answer, Table
from ..tables.cells import Expression, Named, Told, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.sizes import Dim
    from ..tables.answer import Facts
    from ..tables.writers import Block
    from .configured import Configured

HEADS = {"tensor": "Tensor", "shape": "Shape", "copies": "Copies", "formula": "Formula", "count": "Parameters"}


class TensorRow(Frozen):
    """One name of tensors, as a row of a model's table."""

    name: str
    class_name: str
    output_shape: None
    count: Formula


class TensorSummary(Answer):
    """A configured model: its formula, its letters with their fields, and its tensors."""

    def __init__(self, model: Configured) -> None:
        self.model, self.notes = model, [*model.assumed]

    def table(self) -> Table:
        """A row for each name of tensors."""
        model = self.model
        rows = []
        for path, leaf, around in leaves(model.form.node):
            count = Formula(copied(leaf, around)) if isinstance(leaf, Weight) else None
            cells: dict[str, object] = {
                "tensor": path,
                "shape": leaf.shape,
                "copies": copies_cell([each.copies for each in around]),
                "formula": count if count is not None else f"tied to {leaf.to}" if isinstance(leaf, Tied) else "",
            }
            if count is not None and not model.open:
                cells["count"] = count.at(model.values) if count.letters else int(count)
            rows.append(cells)
        foot: dict[str, object] = {"tensor": "Total", "formula": CollectedFormula(model.form.node)}
        if not model.open:
            foot["count"] = model.number("count")
        return Table(HEADS, rows, [foot])

    @property
    def rows(self) -> list[TensorRow]:
        """The tensors, each with the count of all its copies."""
        return [
            TensorRow(name=path, class_name="", output_shape=None, count=Formula(copied(leaf, around)))
            for path, leaf, around in leaves(self.model.form.node)
            if isinstance(leaf, Weight)
        ]

    def letters(self) -> Table:
        """The letters with their fields and numbers."""
        model = self.model
        rows = [
            {"letter": Named(letter), "field": field, "value": str(model.values[letter])} for letter, field in model.letters.items()
        ]
        return Table({"letter": "Letter", "field": "Field", "value": "Value"}, rows)

    def content(self) -> Sequence[Block]:
        model = self.model
        return [f"{model.name}: {model.class_name}", self.letters(), self.table(), *self.notes]

    def facts(self) -> Facts:
        """The counts, the letters, the settings, the assumptions, and the tensors."""
        model = self.model
        return {
            "model": model.name,
            "class": model.class_name,
            "formula": str(CollectedFormula(model.form.node)),
            "count": None if model.open else model.number("count"),
            "letters": dict(model.letters),
            "settings": {name: jsonable(value) for name, value in model.settings.items()},
            "assumed": [*model.assumed],
            "ignored": [*model.ignored],
            "tensors": self.table().facts(),
        }

    def __repr__(self) -> str:
        return repr(self.model)


def copies_cell(copies: Sequence[Dim]) -> Told | str:
    """How often a tensor is there: ``L x 2``."""
    pieces = [piece for each in copies for piece in (" x ", Expression(of_size(each)))][1:]
    return Told(" x ".join(map(str, copies)), words(*pieces), right=False) if copies else ""


def jsonable(value: object) -> object:
    return value if value is None or isinstance(value, int | str | float | list | dict) else str(value)
