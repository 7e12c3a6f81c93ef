"""``symparams models --types``: the types of model that a config may name, those with a formula and those without, and why."""

from __future__ import annotations

from ..tables.answer import Answer, Table
from .sites import usual_class
from .tables import model_types, refusals, table_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..tables.answer import Facts

HEADS = {"type": "Type", "class": "Class", "formula": "Formula"}
THERE = "yes"


class KnownTypes(Answer):
    """Every type of the release that the tables were learned from: its usual class, or the reason why it has no formula.

    A class without a formula, of a type that has one for others, has a line of its own.
    """

    def __init__(self) -> None:
        self.classes = {name: usual_class(table) for name in model_types() if (table := table_of(name)) is not None}
        self.refused = dict(refusals())

    def table(self) -> Table:
        """A row for each type."""
        rows = [{"type": name, "class": its, "formula": THERE} for name, its in self.classes.items()]
        for name, why in self.refused.items():
            of, _, class_name = name.partition(" ")
            rows.append({"type": of, "class": class_name, "formula": f"no: {why}"})
        return Table(HEADS, sorted(rows, key=lambda row: (row["type"], row["formula"] != THERE, row["class"])))

    def facts(self) -> Facts:
        """The classes of the types with a formula, and the reasons of those without."""
        return {"types": self.classes, "refused": self.refused}

    def __repr__(self) -> str:
        return f"<KnownTypes: {len(self.classes)} with a formula>"
