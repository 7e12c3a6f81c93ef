"""Several tables in one text."""

from __future__ import annotations

from ..core.model import Countable
from ..errors import TextError, listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from ..core.model import Part
    from ..core.sizes import Dim
    from ..core.tree import Node
    from .table import SummaryTable

OF_ONE_TABLE = "name layers total trainable non_trainable optimizer notes explanations".split()


class SummaryTables(Countable):
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

    def facts(self) -> list[dict[str, object]]:
        """What is known of each table."""
        return [table.facts() for table in self.tables]

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
        """The error for what each table has by itself."""
        names = [table.name or f"table {place}" for place, table in enumerate(self.tables, 1)]
        return TextError(
            f"the text has {len(self)} tables ({listed(names)}), each with its own {name}: take one, such as .tables[0]"
        )

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.tables))

    def __repr__(self) -> str:
        return f"<SummaryTables: {', '.join(map(repr, self.tables))}>"
