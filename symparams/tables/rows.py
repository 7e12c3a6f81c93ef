"""Rows of cells under named columns: the data of a table, before any format writes it."""

from __future__ import annotations

from .._startup.boundary import guard
from ..errors import ArgumentError, SettingError, brief, listed, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Self

    from .cells import Value


@guard
class Rows:
    """The data of a table: ``columns`` (key and head of each), ``rows``, ``foot`` (its totals), ``title``.

    ``notes`` are sentences below it. A ``boxed`` table is shown in boxes on a terminal, any other in plain columns.
    """

    def __init__(
        self,
        columns: Mapping[str, str],
        rows: Iterable[Mapping[str, object]],
        foot: Iterable[Mapping[str, object]] = (),
        title: str = "",
        *,
        boxed: bool = True,
        notes: Iterable[str] = (),
    ) -> None:
        self.columns, self.title, self.boxed, self.notes = dict(columns), title, boxed, [*notes]
        self.rows, self.foot = [dict(row) for row in rows], [dict(row) for row in foot]
        for row in (*self.rows, *self.foot):
            for key in row:
                if key not in self.columns:
                    raise ArgumentError(f"no column {key!r} for {brief(row[key])}; the columns are {listed(self.columns)}")

    def only(self, *keys: str) -> Self:
        """The table with these columns, in this order."""
        for key in keys:
            if key not in self.columns:
                raise SettingError(f"no column {brief(key)}; the columns are {listed(self.columns)}{nearest(key, self.columns)}")
        if not keys:
            raise SettingError(f"a table needs at least one of its columns: {listed(self.columns)}")
        rows, foot = ([{key: row[key] for key in keys if key in row} for row in each] for each in (self.rows, self.foot))
        return type(self)({key: self.columns[key] for key in keys}, rows, foot, self.title, boxed=self.boxed, notes=self.notes)

    @property
    def head(self) -> list[str]:
        """The heads of the columns."""
        return list(self.columns.values())

    def cells(self, rows: Sequence[Mapping[str, object]]) -> list[list[object]]:
        """Rows with a cell for every column."""
        return [[row.get(key) for key in self.columns] for row in rows]

    def plain_rows(self, rows: Sequence[Mapping[str, object]] | None = None) -> list[dict[str, Value]]:
        """The rows for programs; each column has one type, text if some of its counts have letters."""
        from .cells import plain_value

        made = [{key: plain_value(row.get(key)) for key in self.columns} for row in (self.rows if rows is None else rows)]
        for key in self.columns:
            if len({type(row[key]) for row in made} - {type(None)}) > 1:
                for row in made:
                    row[key] = None if row[key] is None else str(row[key])
        return made

    @property
    def right(self) -> list[int]:
        """The indices of the columns of numbers, which are aligned to the right."""
        from .cells import is_number

        columns = {key: [row[key] for row in self.rows or self.foot if row.get(key) is not None] for key in self.columns}
        return [place for place, cells in enumerate(columns.values()) if any(map(is_number, cells))]
