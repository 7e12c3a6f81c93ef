"""A table of cells as HTML, as LaTeX and for rich."""

from __future__ import annotations

from ..core.notation.escaping import escaped
from ..core.notation.latex import Typesetter
from ..core.notation.letter_names import checked_names
from .cells import in_latex, in_text, letters_in
from .formats import clean, html_table, latex_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .table import Table


def html_of(table: Table) -> str:
    """A table in HTML."""
    rows, foot = ([list(map(in_text, cells)) for cells in table.cells(each)] for each in (table.rows, table.foot))
    return html_table(table.head, rows, foot, table.right, table.title)


def tabular_of(table: Table, names: Mapping[Any, str] | None, numbers: str) -> str:
    """A table as a ``tabular``, its letters and numbers written one way throughout."""
    every = table.cells([*table.rows, *table.foot])
    letters = {name for cells in every for cell in cells for name in letters_in(cell)}
    its = Typesetter(letters, checked_names(names, letters), numbers)
    rows, foot = ([[in_latex(cell, its) for cell in cells] for cells in table.cells(each)] for each in (table.rows, table.foot))
    return latex_table([escaped(clean(head)) for head in table.head], rows, foot, table.right)


def rich_table(table: Table) -> Any:
    """A table as rich prints it; a name is text, and never markup."""
    from rich.table import Table as Rich
    from rich.text import Text

    made = Rich(title=Text(clean(table.title)) if table.title else None)
    for place, head in enumerate(table.head):
        made.add_column(Text(clean(head)), justify="right" if place in table.right else "left")
    for rows in (table.rows, table.foot):
        for cells in table.cells(rows):
            made.add_row(*(Text(clean(in_text(cell))) for cell in cells))
        made.add_section()
    return made
