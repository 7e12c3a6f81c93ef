"""The base class of the answers to all questions, and a table, which is the simplest answer.

An answer defines its :meth:`~Answer.facts` and its :meth:`~Answer.table`, and if it has sentences as well, its
:meth:`~Answer.content`; every format is written from these, here and in :mod:`symparams.tables.formats`.
"""

from __future__ import annotations

from .._startup.boundary import guard
from ..errors import SettingError, ShapeError, brief, listed, nearest
from .formats import FORMATS
from .rows import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    import pandas as pd
    import polars as pl
    from rich.console import RenderableType

    from ..core.sizes import ByLetter
    from .cells import Value
    from .writers import Block

    Facts: TypeAlias = dict[str, object]  # data that JSON can hold

LARGEST = 2**63  # polars has no integers from here on


class Shown:
    """The base of everything that a notebook and rich show as an answer: an answer itself, or a model by its summary."""

    __slots__ = ()

    def _answer(self) -> Answer:
        raise NotImplementedError(f"{type(self).__name__} does not define the answer that shows it; add _answer()")

    def _repr_html_(self) -> str | None:
        from .writers import html_of

        try:
            return html_of(self._answer().content(), typeset=True)
        except ShapeError:  # a model that does not know its input has nothing to show yet
            return None

    def __rich_console__(self, console: object, options: object) -> Iterator[RenderableType]:
        from .writers import rich_of

        try:
            yield from rich_of(self._answer().content())
        except ShapeError:
            yield repr(self)


@guard
class Answer(Shown):
    """The answer to a question. ``print`` shows the whole of it, a notebook shows it with its formulas typeset.

    A new kind of answer defines ``table()`` and a ``__repr__`` of one line; where these are not the whole answer, ``content()``
    and ``facts()``; and ``explain()`` where its text has a layout of its own.
    """

    __slots__ = ()

    def __init_subclass__(cls, **options: object) -> None:
        super().__init_subclass__(**options)
        guard(cls)

    def __eq__(self, other: object) -> bool:
        """Whether another answer is of the same kind and has the same facts."""
        return isinstance(other, Answer) and (self is other or (type(self) is type(other) and self.facts() == other.facts()))

    def __hash__(self) -> int:
        return hash((type(self), repr(self)))

    def facts(self) -> Facts:
        """The data of the answer for JSON: whole numbers as numbers, everything with letters as text."""
        return self.table().facts()

    def table(self) -> Table:
        """The rows of the answer."""
        raise NotImplementedError(f"{type(self).__name__} does not define its rows; add table()")

    def content(self) -> Sequence[Block]:
        """The whole answer: its sentences, formulas and tables, in order."""
        return [self.table()]

    def _for_paper(self) -> Sequence[Block]:
        """The answer as LaTeX shows it, where a page has less room than a screen."""
        return self.content()

    def explain(self) -> str:
        """The whole answer, for a person to read."""
        from .writers import text_of

        return text_of(self.content())

    def __str__(self) -> str:
        return self.explain()

    def _answer(self) -> Answer:
        return self

    # ------------------------------------------------------------ formats
    def to(self, format: str) -> str:
        """The answer in any format, by its name: ``answer.to("markdown")``; ``symparams.tables.formats`` lists them all."""
        if format not in FORMATS:
            raise SettingError(f"unknown format {brief(format)}; use {listed(FORMATS)}{nearest(format, FORMATS)}")
        return FORMATS[format](self)

    def markdown(self) -> str:
        """The whole answer in Markdown, its formulas as code."""
        return self.to("markdown")

    def html(self) -> str:
        """The whole answer as HTML, every text in it escaped; without colours, so that it can be read in light and dark."""
        return self.to("html")

    def csv(self) -> str:
        """The rows as CSV, with a header line."""
        return self.to("csv")

    def json(self) -> str:
        """The facts as JSON, with the number of their version under ``schema``."""
        return self.to("json")

    def latex(
        self,
        names: ByLetter[str] | None = None,
        numbers: str = "commas",
        *,
        caption: str | None = None,
        label: str | None = None,
        position: str = "htbp",
        standalone: bool = False,
        file: str | os.PathLike[str] | None = None,
    ) -> str:
        r"""The whole answer as LaTeX: its sentences, and its table as a ``tabular`` with the rules of booktabs.

        ``names`` has the LaTeX of letters, ``{"n": r"n_{\text{units}}"}``; ``numbers`` are ``plain``, with ``commas``, or
        ``num`` for siunitx. With a ``caption``, the table is put in a ``table`` environment, which takes ``label`` and
        ``position``. ``standalone`` and ``file`` are those of :func:`symparams.latex`.

        Raises :class:`SettingError` for an unknown option, :class:`LetterError` for an unknown letter.
        """
        from ..core.notation.documents import document_text
        from .writers import caption_writer, latex_of

        made = latex_of(self._for_paper(), names, numbers, caption_writer(caption, label, position))
        return document_text(made, made, standalone, file)

    def _repr_markdown_(self) -> str:
        return self.markdown()

    # ------------------------------------------------------------ for programs
    def records(self) -> list[dict[str, Value]]:
        """The rows as dicts: whole numbers as ints, shares as floats, everything else as text."""
        return self.table().plain_rows()

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a ``pandas.DataFrame``. Needs pandas."""
        from ..core.optional_libraries import library

        frame: pd.DataFrame = library("pandas").DataFrame(self.records(), columns=list(self.table().columns))
        return frame

    def to_polars(self) -> pl.DataFrame:
        """The rows as a ``polars.DataFrame``; a column with numbers of 2**63 or more holds Python's ints. Needs polars."""
        from ..core.optional_libraries import library

        polars, records, series = library("polars"), self.records(), []
        for key in self.table().columns:
            values = [row[key] for row in records]
            large = any(isinstance(value, int) and abs(value) >= LARGEST for value in values)
            series.append(polars.Series(key, values, dtype=polars.Object if large else None))
        frame: pl.DataFrame = polars.DataFrame(series)
        return frame


class Table(Rows, Answer):
    """Rows under named columns, which ``print`` and notebooks show.

    ``columns`` has the head of each column by its key, and each row is a dict; a cell is a text, a whole number, a formula, a
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

    def facts(self) -> Facts:
        """``title``, ``columns`` (key and head), ``rows``, ``totals``."""
        facts: Facts = {"title": self.title, "columns": self.columns}
        facts |= {"rows": self.plain_rows(), "totals": self.plain_rows(self.foot)}
        return facts | ({"notes": self.notes} if self.notes else {})

    def content(self) -> Sequence[Block]:
        """The table, and the notes below it."""
        return [self, *self.notes]

    def table(self) -> Table:
        """The table itself."""
        return self

    def __repr__(self) -> str:
        return f"<Table of {len(self.rows)} rows: {', '.join(self.columns)}>"
