"""``model.summary()``: Keras's table, with the formula of every layer beside its number."""

from __future__ import annotations

from ..formula import Formula
from ..frozen import Frozen
from ..printing.tables import boxed_table, markdown_table
from .tensor import shape_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .model import Model

HEAD = ("Layer (type)", "Output Shape", "Param #", "Formula")
UNITS = ("B", "KB", "MB", "GB", "TB")


class SummaryRow(Frozen):
    """One layer: its name and class, the shape of its output, its count."""

    __slots__ = ("class_name", "count", "name", "output_shape")
    name: str
    class_name: str
    output_shape: Any
    count: Formula

    def cells(self) -> tuple[str, str, str, str]:
        """What the table shows of it."""
        formula = self.count.text() if self.count.polynomial.terms else ""
        return f"{self.name} ({self.class_name})", shape_text(self.output_shape), number_text(self.count), formula


class Summary:
    """The table of a model. ``print`` shows it; ``rows`` has its lines."""

    def __init__(self, model: Model) -> None:
        self.title = model.name
        self.rows = [
            SummaryRow(name=layer.name, class_name=layer.class_name, output_shape=layer.output_shape, count=layer.count)
            for layer in model.layers
        ]
        self.total, self.trainable, self.non_trainable = model.count, model.trainable_count, model.non_trainable_count

    def __str__(self) -> str:
        totals = [("Total", self.total), ("Trainable", self.trainable), ("Non-trainable", self.non_trainable)]
        return "\n".join(
            [
                f'Model: "{self.title}"',
                boxed_table(HEAD, [row.cells() for row in self.rows], right=(2,)),
                *(f" {name} params: {number_text(count)}{size_text(count)}" for name, count in totals),
            ]
        )

    def __repr__(self) -> str:
        return f"<Summary of {self.title}: {len(self.rows)} layers, {self.total} parameters>"

    def markdown(self) -> str:
        """The table as Markdown, with a line for the total."""
        rows = [
            (name, f"`{shape}`", number, f"`{formula}`" if formula else "")
            for name, shape, number, formula in (row.cells() for row in self.rows)
        ]
        return markdown_table(HEAD, [*rows, ("**total**", "", f"**{number_text(self.total)}**", f"`{self.total.text()}`")])

    def _repr_markdown_(self) -> str:
        return self.markdown()


def number_text(count: Formula) -> str:
    """The number as Keras prints it, or the formula multiplied out where letters remain."""
    number = count.polynomial.constant()
    return count.text("expanded") if number is None else f"{number:,}"


def size_text(count: Formula) -> str:
    """What it takes in memory at four bytes a parameter, as Keras prints it."""
    number = count.polynomial.constant()
    if number is None:
        return ""
    size, unit = float(4 * number), 0
    while size >= 1024 and unit < len(UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f" ({size:.2f} {UNITS[unit]})"
