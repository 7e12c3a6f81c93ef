"""The classes of a release of a framework, each with its formula."""

from __future__ import annotations

from ..errors import several
from ..tables.answer import Answer, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.framework import Known
    from ..tables.answer import Facts


class LayerList(Answer):
    """The answer of ``list``: ``version`` is the path of the classes, and ``classes`` has the facts of each by its name."""

    def __init__(self, version: str, classes: Mapping[str, Known]) -> None:
        self.version, self.classes = version, classes

    def facts(self) -> Facts:
        """Each class with its own name and its formula."""
        layers = [{"name": name, "class_name": own_name(its), "formula": its.formula} for name, its in self.classes.items()]
        return {"version": self.version, "layers": layers}

    def table(self) -> Table:
        """A row for each class."""
        rows = [{"name": name, "formula": its.count or other_or_reason(name, its)} for name, its in self.classes.items()]
        return Table({"name": "Layer", "formula": "Parameters"}, rows)

    def explain(self) -> str:
        """A line for each class."""
        width = max(map(len, self.classes))
        return "\n".join(f"{name:{width}}  {self._line(name, its)}" for name, its in self.classes.items())

    def _line(self, name: str, known: Known) -> str:
        return known.formula if known.formula and own_name(known) == name else other_or_reason(name, known)

    def __repr__(self) -> str:
        return f"<LayerList of {self.version}: {several(len(self.classes), 'class')}>"


def own_name(known: Known) -> str:
    """The name of a class, or of the class that it becomes."""
    return known.becomes or known.name


def other_or_reason(name: str, known: Known) -> str:
    """In place of a formula: the class that a name is an alias of, or why a class has no single formula."""
    if own_name(known) != name:
        return f"see {own_name(known)}"
    return "depends on its arguments" if known.composed else "-"
