"""``symparams models``: the published models that are known by name."""

from __future__ import annotations

from ..errors import SymparamsError
from ..tables.answer import Answer, Table
from .named import published

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..tables.answer import Facts
    from .named import Published

HEADS = {"name": "Name", "class": "Class", "count": "Parameters", "source": "Source"}


class KnownModels(Answer):
    """The published models whose type has a table: name, class, count and source."""

    def __init__(self) -> None:
        counted = ((each, count_of(each)) for each in published())
        self.models = [(each, count) for each, count in counted if count is not None]

    def table(self) -> Table:
        """A row for each model."""
        rows = [
            {"name": each.name, "class": each.architecture, "count": count, "source": each.source} for each, count in self.models
        ]
        return Table(HEADS, rows)

    def facts(self) -> Facts:
        """The names, classes, counts and sources."""
        return {
            "models": [
                {"names": [*each.names], "class": each.architecture, "count": count, "source": each.source}
                for each, count in self.models
            ]
        }

    def __repr__(self) -> str:
        return f"<KnownModels: {len(self.models)} models>"


def count_of(each: Published) -> int | None:
    """The count of a published model; None where its type has no table."""
    from .reading import from_dict

    try:
        return from_dict(each.config, None, each.name).number("count")
    except SymparamsError:
        return None
