"""The formats that every answer can be written in. A new format is one function here, under ``@a_format``.

A format takes an answer: ``content()`` has its sentences and tables in order, ``table()`` its rows, ``facts()`` its data.
Nothing is imported until an answer is written, so that the command line knows the names of the formats at no cost.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Protocol

    from .rows import Rows
    from .writers import Block

    class Written(Protocol):
        """The part of an answer that formats use: see :class:`symparams.tables.answer.Answer`."""

        def explain(self) -> str: ...
        def content(self) -> Sequence[Block]: ...
        def table(self) -> Rows: ...
        def facts(self) -> Mapping[str, object]: ...
        def latex(self) -> str: ...


SCHEMA = 1  # the version of the JSON; it grows when a name changes its meaning
FORMATS: dict[str, Callable[[Written], str]] = {}


def a_format(function: Callable[[Written], str]) -> Callable[[Written], str]:
    """Adds a format under the name of its function."""
    FORMATS[function.__name__] = function
    return function


@a_format
def text(answer: Written) -> str:
    """The whole answer, as ``print`` shows it."""
    return answer.explain()


@a_format
def markdown(answer: Written) -> str:
    """The whole answer in Markdown, its formulas as code."""
    from .writers import markdown_of

    return markdown_of(answer.content())


@a_format
def html(answer: Written) -> str:
    """The whole answer as HTML that needs no script; without colours, so that it can be read in light and dark."""
    from .writers import html_of

    return html_of(answer.content(), typeset=False)


@a_format
def latex(answer: Written) -> str:
    """The whole answer as LaTeX; an answer that is one formula, such as a difference, is that formula."""
    return answer.latex()


@a_format
def csv(answer: Written) -> str:
    """The rows as CSV, with a header line. No cell is a formula to a spreadsheet."""
    import csv
    import io

    from .layout import spreadsheet_text

    out, table = io.StringIO(), answer.table()
    writer = csv.writer(out, lineterminator="\n")
    for row in (table.columns, *(each.values() for each in table.plain_rows())):
        writer.writerow(spreadsheet_text(cell) if isinstance(cell, str) else cell for cell in row)
    return out.getvalue()


@a_format
def json(answer: Written) -> str:
    """The facts as JSON, with the number of their schema."""
    import json

    from .layout import without_lone_surrogates

    return without_lone_surrogates(json.dumps({"schema": SCHEMA, **answer.facts()}, indent=2, ensure_ascii=False))
