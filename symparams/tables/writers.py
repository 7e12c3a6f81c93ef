"""Sentences, formulas and tables, one below another, as text, Markdown, HTML, LaTeX, and for rich."""

from __future__ import annotations

from ..core.notation.escaping import escaped
from ..core.notation.latex import Typesetter
from ..core.notation.letter_names import checked_names
from ..errors import printable
from .cells import Displayed, Sentence, Words, in_html, in_latex, in_markdown, in_text, letters_in, math_html
from .layout import (
    aligned_table,
    boxed_table,
    floating_table,
    html_escaped,
    html_table,
    latex_table,
    markdown_line,
    markdown_table,
)
from .rows import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from rich.table import Table as RichTable
    from rich.text import Text

    from ..core.sizes import ByLetter

    Block: TypeAlias = str | Words | Displayed | Rows  # a sentence, a formula, a table


LONG = 30  # a longer sentence gets room for several words on a line


def written_rows(rows: Rows, cell: Callable[[object], str]) -> tuple[list[list[str]], list[list[str]]]:
    """The rows and the foot of a table, each cell as one format writes it."""
    every, foot = ([list(map(cell, cells)) for cells in rows.cells(each)] for each in (rows.rows, rows.foot))
    return every, foot


# ---------------------------------------------------------------- text
def text_of(blocks: Iterable[Block]) -> str:
    """The blocks for a terminal."""
    return "\n".join(
        text_table(block) if isinstance(block, Rows) else printable(in_text(block)).rstrip()
        for block in blocks
        if not isinstance(block, Displayed)
    )


def text_table(table: Rows) -> str:
    """A table for a terminal, below its title."""
    rows, foot = written_rows(table, in_text)
    title = [printable(table.title)] if table.title else []
    if table.boxed:
        return "\n".join([*title, boxed_table(table.head, rows, table.right, foot)])
    return "\n".join([*title, aligned_table(table.head, [*rows, *foot], table.right)])


# ---------------------------------------------------------------- Markdown
def markdown_of(blocks: Iterable[Block]) -> str:
    """The blocks in Markdown. A displayed formula is left out, since not every Markdown viewer shows it."""
    made = (
        table_in_markdown(block) if isinstance(block, Rows) else markdown_line(in_markdown(block).strip())
        for block in blocks
        if not isinstance(block, Displayed)
    )
    return "\n\n".join(filter(None, made))


def table_in_markdown(table: Rows) -> str:
    """A table in Markdown, its totals in bold."""
    rows, _ = written_rows(table, in_markdown)
    foot = [[in_markdown(cell, bold=True) for cell in cells] for cells in table.cells(table.foot)]
    made = markdown_table(list(map(in_markdown, table.head)), [*rows, *foot])
    return f"{in_markdown(table.title, bold=True)}\n\n{made}" if table.title else made


# ---------------------------------------------------------------- HTML
def html_of(blocks: Sequence[Block], typeset: bool) -> str:
    """The blocks as HTML, every text escaped; formulas are LaTeX, which a notebook typesets, or text."""
    its = typesetter(blocks, None, "commas") if typeset else None

    def block_in_html(block: Block) -> str:
        if isinstance(block, Rows):
            block = without_empty_columns(block)
            rows, foot = written_rows(block, lambda cell: cell_in_html(cell, its))
            head = [html_escaped(printable(each)) for each in block.head]
            return html_table(head, rows, foot, block.right, html_escaped(printable(block.title)))
        if isinstance(block, Displayed):
            return math_html(block.tex, display=True) if typeset else ""
        said = in_html(block, its).strip()
        return f'<p style="margin: 0.4em 0">{said}</p>' if said else ""

    made = list(filter(None, map(block_in_html, blocks)))
    if len(made) == 1:
        return made[0]
    return "\n".join(['<div class="symparams">', *made, "</div>"])


def without_empty_columns(table: Rows) -> Rows:
    """A table without the columns that are empty in all of its rows."""
    told = [key for key in table.columns if any(in_text(row.get(key)) for row in (*table.rows, *table.foot))]
    return table.only(*told) if table.rows and told else table


def cell_in_html(cell: object, its: Typesetter | None) -> str:
    """A cell of a table as HTML; a sentence gets a minimum width, however many columns there are."""
    said = in_html(cell, its)
    is_long = isinstance(cell, Sentence | Words) and len(in_text(cell)) > LONG
    return f'<div style="min-width: 12em">{said}</div>' if is_long else said


# ---------------------------------------------------------------- LaTeX
def latex_of(blocks: Sequence[Block], names: ByLetter[str] | None, numbers: str, floated: Callable[[str], str]) -> str:
    """The blocks as LaTeX, with letters and numbers written consistently; ``floated`` puts a caption on a table."""
    its = typesetter(blocks, names, numbers)

    def block_in_latex(block: Block) -> str:
        if isinstance(block, Rows):
            rows, foot = written_rows(block, lambda cell: in_latex(cell, its))
            return floated(latex_table([escaped(printable(head)) for head in block.head], rows, foot, block.right))
        if isinstance(block, Displayed):
            return rf"\[{block.tex}\]"
        return in_latex(block, its).strip()

    return "\n\n".join(filter(None, map(block_in_latex, blocks)))


def caption_writer(caption: str | None, label: str | None, position: str) -> Callable[[str], str]:
    """The function that puts a caption on a ``tabular``; without a caption it leaves the tabular unchanged."""
    from ..core.notation.captions import caption_text
    from ..core.notation.environments import checked_label
    from ..errors import SettingError, brief

    for name, given in (("caption", caption), ("position", position)):
        if not isinstance(given, str | None):
            raise SettingError(f"{name} must be a string, not {brief(given)}")
    if caption is None and label is not None:
        raise SettingError("a label refers to the number of a caption; give caption as well")
    if not position or not set(position) <= set(POSITIONS):
        raise SettingError(f"position may only contain {', '.join(POSITIONS)}, such as 'htbp', not {brief(position)}")
    if caption is None:
        return str
    above, tag = caption_text(printable(caption)), checked_label(label)
    return lambda tabular: floating_table(tabular, above, tag, position)


POSITIONS = "htbp!"


def typesetter(blocks: Iterable[Block], names: ByLetter[str] | None, numbers: str) -> Typesetter:
    """The typesetter for the letters of all blocks."""
    letters: set[str] = set()
    for block in blocks:
        if isinstance(block, Rows):
            for cells in block.cells([*block.rows, *block.foot]):
                letters = letters.union(*map(letters_in, cells))
        elif not isinstance(block, Displayed):
            letters |= letters_in(block)
    return Typesetter(letters, checked_names(names, letters), numbers)


# ---------------------------------------------------------------- rich
def rich_of(blocks: Iterable[Block]) -> list[Text | RichTable]:
    """The blocks for rich; names are text, never markup."""
    from rich.text import Text

    return [
        rich_table(block) if isinstance(block, Rows) else Text(printable(in_text(block)))
        for block in blocks
        if not isinstance(block, Displayed)
    ]


def rich_table(table: Rows) -> RichTable:
    """A table for rich."""
    from rich.table import Table
    from rich.text import Text

    made = Table(title=Text(printable(table.title)) if table.title else None)
    for place, head in enumerate(table.head):
        made.add_column(Text(printable(head)), justify="right" if place in table.right else "left")
    for rows in (table.rows, table.foot):
        for cells in table.cells(rows):
            made.add_row(*(Text(printable(in_text(cell))) for cell in cells))
        made.add_section()
    return made
