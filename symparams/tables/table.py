"""Tables for a notebook, a terminal, a paper and a program, said once: whatever has a table gets all of it here.

A class derives from :class:`symparams.tables.shown.Shown` (notebooks and terminals show its table) or :class:`Tabular` (it exports the table, too)
and says in ``_as_table`` what its table is.
"""

from __future__ import annotations

from ..errors import ArgumentError, SettingError, brief, listed, nearest
from .shown import Shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

SCHEMA = 1  # of the JSON; it grows when a name changes its meaning
POSITIONS = "htbp!"
LARGEST = 2**63  # beyond it, polars has no whole number


class Tabular(Shown):
    """What has a table, and exports it."""

    def records(self) -> list[dict[str, Any]]:
        """The rows as dicts: whole numbers as ints, shares as floats, all else as text."""
        return self._as_table().plain_rows()

    def markdown(self) -> str:
        """The table in Markdown."""
        from .cells import in_markdown
        from .formats import markdown_table

        its = self._as_table()
        foot = [[in_markdown(cell, bold=True) for cell in cells] for cells in its.cells(its.foot)]
        return markdown_table(its.head, [*([in_markdown(cell) for cell in cells] for cells in its.cells(its.rows)), *foot])

    def html(self) -> str:
        """The table in HTML, every text in it escaped; without colours, so that it is readable in light and dark."""
        from .outputs import html_of

        return html_of(self._as_table())

    def csv(self) -> str:
        """The rows as CSV, with a head."""
        import csv
        import io

        out = io.StringIO()
        its = self._as_table()
        writer = csv.DictWriter(out, list(its.columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(its.plain_rows())
        return out.getvalue()

    def json(self) -> str:
        """The table as JSON: ``schema``, ``title``, ``columns`` (key and head), ``rows``, ``totals``."""
        import json

        its = self._as_table()
        content = {
            "schema": SCHEMA,
            "title": its.title,
            "columns": its.columns,
            "rows": its.plain_rows(),
            "totals": its.plain_rows(its.foot),
        }
        return json.dumps(content, indent=2, ensure_ascii=False)

    def to_pandas(self) -> Any:
        """The rows as a ``pandas.DataFrame``. Needs pandas."""
        import pandas as pd

        its = self._as_table()
        return pd.DataFrame(its.plain_rows(), columns=list(its.columns))

    def to_polars(self) -> Any:
        """The rows as a ``polars.DataFrame``; a column with numbers of 2**63 and more has Python's ints. Needs polars."""
        import polars as pl

        its = self._as_table()
        series = []
        for key in its.columns:
            values = [row[key] for row in its.plain_rows()]
            large = any(isinstance(value, int) and abs(value) >= LARGEST for value in values)
            series.append(pl.Series(key, values, dtype=pl.Object if large else None))
        return pl.DataFrame(series)

    def latex(
        self,
        names: Mapping[Any, str] | None = None,
        numbers: str = "commas",
        *,
        caption: str | None = None,
        label: str | None = None,
        position: str = "htbp",
        standalone: bool = False,
        file: str | os.PathLike[str] | None = None,
    ) -> str:
        r"""The table as LaTeX's ``tabular`` with the rules of booktabs; with a caption, in a ``table``.

        ``names`` says how letters are written, ``{"n": r"n_{\text{units}}"}``, ``numbers`` how numbers are: ``plain``,
        with ``commas``, or ``num`` for siunitx. ``standalone`` and ``file`` are those of :func:`symparams.latex`.

        Raises :class:`SettingError` for an option that is none, :class:`LetterError` for a letter that is none.
        """
        from ..core.notation.documents import written
        from ..core.notation.environments import checked_label
        from ..core.notation.escaping import prose
        from .formats import clean, floating
        from .outputs import tabular_of

        for name, given in (("caption", caption), ("position", position)):
            if not isinstance(given, str | None):
                raise SettingError(f"{name} must be a string, not {brief(given)}")
        if caption is None and label is not None:
            raise SettingError("a label refers to the number of a caption: give caption with it")
        if not position or not set(position) <= set(POSITIONS):
            raise SettingError(f"position is made of {', '.join(POSITIONS)}, such as 'htbp', not {brief(position)}")
        made = tabular_of(self._as_table(), names, numbers)
        if caption is not None:
            made = floating(made, prose(clean(caption)), checked_label(label), position)
        return written(made, made, standalone, file)


class Table(Tabular):
    """Rows under named columns; ``print`` shows it, and a notebook does.

    ``columns`` has the head of each column by its key, ``rows`` a dict each; a cell is a text, a whole number, a formula, a
    shape, or one of ``symparams.tables.cells``. ``foot`` has the totals. Raises :class:`ArgumentError` for a cell
    without a column.

    >>> from symparams.layers import GRU, LSTM
    >>> layers = [LSTM.symbolic(), GRU.symbolic()]
    >>> cells = Table({"cell": "Cell", "count": "Parameters"}, [{"cell": type(each).__name__, "count": each.count} for each in layers])
    >>> print(cells.markdown())
    | Cell | Parameters |
    | --- | --- |
    | LSTM | `4*(m*n + n**2 + n)` |
    | GRU | `3*(m*n + n**2 + n)` |
    """

    def __init__(
        self,
        columns: Mapping[str, str],
        rows: Iterable[Mapping[str, Any]],
        foot: Iterable[Mapping[str, Any]] = (),
        title: str = "",
    ) -> None:
        self.columns, self.title = dict(columns), title
        self.rows, self.foot = [dict(row) for row in rows], [dict(row) for row in foot]
        for row in (*self.rows, *self.foot):
            for key in row:
                if key not in self.columns:
                    raise ArgumentError(f"no column {key!r} for {brief(row[key])}; the columns are {listed(self.columns)}")

    def only(self, *keys: str) -> Table:
        """The table with these columns, in this order."""
        for key in keys:
            if key not in self.columns:
                raise SettingError(
                    f"no column {brief(key)}; the columns are {listed(self.columns)}{nearest(str(key), self.columns)}"
                )
        if not keys:
            raise SettingError(f"a table needs at least one of its columns: {listed(self.columns)}")
        rows, foot = ([{key: row[key] for key in keys if key in row} for row in each] for each in (self.rows, self.foot))
        return Table({key: self.columns[key] for key in keys}, rows, foot, self.title)

    # ------------------------------------------------------------ what its outputs read
    def _as_table(self) -> Table:
        return self

    @property
    def head(self) -> list[str]:
        """The heads of its columns."""
        return list(self.columns.values())

    def cells(self, rows: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
        """Rows with a cell for every column."""
        return [[row.get(key) for key in self.columns] for row in rows]

    def plain_rows(self, rows: Sequence[Mapping[str, Any]] | None = None) -> list[dict[str, Any]]:
        """Rows as a program takes them; a column has one type, text where some counts have letters."""
        from .cells import as_value

        made = [{key: as_value(row.get(key)) for key in self.columns} for row in (self.rows if rows is None else rows)]
        for key in self.columns:
            if len({type(row[key]) for row in made} - {type(None)}) > 1:
                for row in made:
                    row[key] = None if row[key] is None else str(row[key])
        return made

    @property
    def right(self) -> list[int]:
        """Where the columns of numbers stand."""
        from .cells import RIGHT

        columns = {key: [row[key] for row in self.rows or self.foot if row.get(key) is not None] for key in self.columns}
        return [place for place, cells in enumerate(columns.values()) if any(isinstance(cell, RIGHT) for cell in cells)]

    def __str__(self) -> str:
        from .cells import in_text
        from .formats import boxed_table, clean

        rows, foot = ([list(map(in_text, cells)) for cells in self.cells(each)] for each in (self.rows, self.foot))
        return "\n".join([*([clean(self.title)] if self.title else []), boxed_table(self.head, rows, self.right, foot)])

    def __repr__(self) -> str:
        return f"<Table of {len(self.rows)} rows: {', '.join(self.columns)}>"

    def _repr_markdown_(self) -> str:
        return self.markdown()
