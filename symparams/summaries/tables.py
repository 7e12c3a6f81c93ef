"""Several tables in one text."""

from __future__ import annotations

from ..core.model import Countable
from ..errors import TextError, listed
from ..tables.answer import Answer, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from ..core.model import Part
    from ..core.sizes import Dim
    from ..core.tree import Node
    from ..tables.answer import Facts
    from ..tables.writers import Block
    from .table import SummaryTable

NEAR = 8  # the tables on each side with which an ambiguous one is compared
OF_ONE_TABLE = "name layers total trainable non_trainable optimizer notes explanations".split()


class SummaryTables(Answer, Countable):
    """Several tables of one text, in order: ``before, after = from_summary(text)``."""

    def __init__(self, tables: Sequence[SummaryTable]) -> None:
        self.tables = tuple(tables)
        for place, table in enumerate(tables):
            near = range(max(0, place - NEAR), min(len(tables), place + NEAR + 1))
            table.companions = [(tables[at], at < place) for at in near if at != place]

    def __iter__(self) -> Iterator[SummaryTable]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __getitem__(self, place: int) -> SummaryTable:
        return self.tables[place]

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """The facts of each table."""
        return {"tables": [table.facts() for table in self.tables]}

    def table(self) -> Table:
        """The rows of all tables, each after the name of its table."""
        tables = {self._name(place): table.table() for place, table in enumerate(self.tables, 1)}
        rows, foot = (
            [{"table": name, **row} for name, table in tables.items() for row in getattr(table, part)] for part in ("rows", "foot")
        )
        columns = {key: head for table in tables.values() for key, head in table.columns.items()}
        return Table({"table": "Table", **columns}, rows, foot)

    def content(self) -> Sequence[Block]:
        """One table after the other."""
        return [block for table in self.tables for block in table.content()]

    def explain(self) -> str:
        """One table after the other."""
        return "\n\n".join(map(str, self.tables))

    def _repr_latex_(self) -> None:
        """No formula: each table has its own."""

    # ------------------------------------------------------------ properties of a single table

    @property
    def node(self) -> Node:
        raise self._one_of("count")

    @property
    def parts(self) -> list[Part]:
        raise self._one_of("parts")

    @property
    def title(self) -> str:
        raise self._one_of("title")

    def by_itself(self, taken: Iterable[str] = (), sizes: Mapping[str, Dim] | None = None) -> SummaryTables:  # noqa: ARG002
        raise self._one_of("count")

    def in_view_of(self, other: Countable) -> SummaryTables:  # noqa: ARG002
        raise self._one_of("count")

    def letters_used(self) -> set[str]:
        raise self._one_of("letters_used")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in OF_ONE_TABLE:
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        raise self._one_of(name)

    def _one_of(self, name: str) -> TextError:
        """The error for a property that only a single table has."""
        names = [self._name(place) for place in range(1, len(self) + 1)]
        return TextError(
            f"the text has {len(self)} tables ({listed(names)}), each with its own {name}: choose one, such as .tables[0]"
        )

    def _name(self, place: int) -> str:
        return self.tables[place - 1].name or f"table {place}"

    def __repr__(self) -> str:
        return f"<SummaryTables: {', '.join(map(repr, self.tables))}>"
