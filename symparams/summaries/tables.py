"""Several tables in one text."""

from __future__ import annotations

from ..errors import TextError, listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .table import SummaryTable

OF_ONE_TABLE = (
    "name layers total trainable non_trainable optimizer notes explanations parts count by_itself letters_used title doubts".split()
)


class SummaryTables:
    """Several tables of one text, in order: ``before, after = from_summary(text)``."""

    def __init__(self, tables: list[SummaryTable]) -> None:
        self.tables = tuple(tables)
        for place, table in enumerate(tables):
            table.companions = [(other, at < place) for at, other in enumerate(tables) if at != place]

    def __iter__(self) -> Iterator[SummaryTable]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __getitem__(self, place: int) -> SummaryTable:
        return self.tables[place]

    def facts(self) -> list[dict[str, Any]]:
        """What is known of each table."""
        return [table.facts() for table in self.tables]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in OF_ONE_TABLE:
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        names = [table.name or f"table {place}" for place, table in enumerate(self.tables, 1)]
        raise TextError(
            f"the text has {len(self)} tables ({listed(names)}), each with its own {name}: take one, such as .tables[0]"
        )

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.tables))

    def __repr__(self) -> str:
        return f"<SummaryTables: {', '.join(map(repr, self.tables))}>"
