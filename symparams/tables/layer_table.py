"""The table of the layers of a model that was read from its arrays or its modules, with equal blocks in one line."""

from __future__ import annotations

import re

from ..core.assumptions import printed
from ..core.equal_blocks import folded
from ..core.formula import Formula
from ..core.frozen import Frozen
from ..errors import several
from .answer import Answer, Table
from .cells import Count, in_text, words
from .facts import count_facts, row_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.model import Countable
    from .answer import Facts
    from .writers import Block

FEWEST = 3  # equal blocks; fewer are shown one by one
HEADS = {"layer": "Layer (type)", "count": "Param #", "formula": "Formula"}


class LayerRow(Frozen):
    """One layer, or a parameter outside all layers. Its output is unknown, so ``output_shape`` is None."""

    name: str
    class_name: str
    count: Formula

    @property
    def title(self) -> str:
        """Its name and class."""
        return f"{self.name} ({self.class_name})"

    @property
    def output_shape(self) -> None:
        """None, since it is unknown."""


class LayerTable(Answer):
    """A table of every layer with its formula. ``print`` shows it; ``rows`` has its lines. Tied weights count at their first use.

    ``markdown()``, ``html()``, ``latex()``, ``csv()`` and others write it.
    """

    def __init__(self, model: Countable, prefix: str, title: str, notes: Sequence[str], assumed: Sequence[str] = ()) -> None:
        self.title = title
        rows = [
            LayerRow(name=part.name, class_name=part.title.removeprefix(prefix), count=Formula(part.node)) for part in model.parts
        ]
        self.rows = [row for row in rows if row.count.polynomial.terms]
        self.total, self.trainable, self.non_trainable = model.count, model.trainable_count, model.non_trainable_count
        self.buffers = model.buffer_count
        self.notes, self.assumed = [*notes], [*assumed]

    @property
    def totals(self) -> list[tuple[str, Formula]]:
        """The lines below the table."""
        counts = [("Total params", self.total), ("Trainable params", self.trainable), ("Non-trainable params", self.non_trainable)]
        return [*counts, ("In buffers", self.buffers)] if self.buffers.polynomial.terms else counts

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """The layers with their counts, and the totals."""
        counts = {"trainable": count_facts(self.trainable), "non_trainable": count_facts(self.non_trainable)}
        counts |= {"buffers": count_facts(self.buffers)}
        return {
            "name": self.title,
            "layers": list(map(row_facts, self.rows)),
            **count_facts(self.total),
            **counts,
            "notes": self.notes,
            "assumed": self.assumed,
        }

    def table(self) -> Table:
        """The layers, with the totals below them."""
        rows, foot = (
            list(map(summary_line, lines)) for lines in ([(row.title, row.count) for row in folded_rows(self.rows)], self.totals)
        )
        return Table(HEADS, rows, foot)

    def content(self) -> Sequence[Block]:
        """The table and its notes."""
        return [
            said_once(self.table()),
            *(f"Note: {note}" for note in self.notes),
            *(f"Assumed: {each}" for each in printed(self.assumed)),
        ]

    def explain(self) -> str:
        """The table in the manner of Keras's ``summary()``."""
        table = [str(Table(HEADS, self.table().rows))] if self.rows else []
        totals = (f" {name}: {in_text(Count(count.polynomial))}" for name, count in self.totals)
        notes = [*(f" Note: {note}" for note in self.notes), *(f" Assumed: {each}" for each in printed(self.assumed))]
        return "\n".join([f'Model: "{self.title}"', *table, *totals, *notes])

    def __repr__(self) -> str:
        return f"<Summary of {self.title}: {several(len(self.rows), 'layer')}, {several(self.total, 'parameter')}>"


def summary_line(line: tuple[str, Formula]) -> dict[str, object]:
    """A line of the table: a name, its number and its formula."""
    name, count = line
    return {"layer": name, "count": Count(count.polynomial), "formula": count}


def said_once(table: Table) -> Table:
    """A summary without its column of counts, where each of them is a formula, which the next column has as well."""
    counts = [row["count"] for row in table.rows if row.get("formula") and in_text(row["formula"])]
    if not counts or not all(isinstance(count, Count) and count.number is None for count in counts):
        return table
    foot = [{**row, "formula": both_forms(row["formula"], row["count"])} for row in table.foot]
    kept = (key for key in table.columns if key != "count")
    return Table(table.columns, table.rows, foot, table.title, boxed=table.boxed, notes=table.notes).only(*kept)


def both_forms(formula: object, count: object) -> object:
    """A total in its own form, and multiplied out where that is another."""
    own, expanded = in_text(formula), in_text(count)
    return formula if own == expanded else words(formula, " = ", count) if own else count


# ---------------------------------------------------------------- equal blocks
def folded_rows(rows: Sequence[LayerRow]) -> list[LayerRow]:
    """The rows, with those of equal blocks in one: ``12 x h.*.ln_1 (LayerNorm)``."""
    found: list[LayerRow] = []
    for copies, run in folded(rows, row_key):
        length = len(run) // copies
        if copies < FEWEST:
            found += run
            continue
        found += [rows_in_one(run[start::length], copies) for start in range(length)]
    return found


def row_key(row: LayerRow) -> object:
    """What the rows of equal blocks have in common: all but the number of the block."""
    return re.sub(r"\d+", "#", row.name), row.class_name, row.count.node


def rows_in_one(rows: Sequence[LayerRow], copies: int) -> LayerRow:
    """One row for those of one layer in equal blocks."""
    return LayerRow(
        name=f"{copies} x {common_name([row.name for row in rows])}", class_name=rows[0].class_name, count=copies * rows[0].count
    )


def common_name(names: Sequence[str]) -> str:
    """The names with a star for the number in which they differ."""
    parts = [re.split(r"(\d+)", name) for name in names]
    return "".join(pieces[0] if len({*pieces}) == 1 else "*" for pieces in zip(*parts, strict=True))
