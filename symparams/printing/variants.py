"""A table of variants as text, Markdown, LaTeX and HTML."""

from __future__ import annotations

from ..notation import expanded
from .plain import plain
from .renaming import checked_names
from .tables import Maths, boxed_table, html_table, latex_table, markdown_table
from .tex import typeset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from ..polynomial import Polynomial
    from ..variants import Variants


def cells(variants: Variants, written: Callable[[Polynomial], str]) -> tuple[list[str], list[list[str]], list[int]]:
    """The heads of the columns, the rows, and which of the columns are counts."""
    first = variants.rows[0].count.polynomial
    heads = ["variant", *variants.kinds, "total", "more than the first"]
    rows = []
    for number, row in enumerate(variants.rows):
        total = row.count.polynomial
        counts = [written(row.kinds[kind]) if kind in row.kinds else "0" for kind in variants.kinds]
        rows.append([row.name, *counts, written(total), written(total - first) if number else ""])
    return heads, rows, list(range(1, len(heads)))


def text(count: Polynomial) -> str:
    return plain(expanded(count))


def variants_text(variants: Variants) -> str:
    return "\n".join([boxed_table(*cells(variants, text)), *variants.notes])


def variants_markdown(variants: Variants) -> str:
    heads, rows, _ = cells(variants, text)
    return markdown_table(heads, rows)


def variants_html(variants: Variants) -> str:
    heads, rows, right = cells(variants, text)
    return html_table(heads, rows, (), right)


def variants_tex(variants: Variants, names: Mapping[Any, str] | None = None) -> str:
    letters = {name for row in variants.rows for name in row.count.letters}
    checked = checked_names(names, letters)

    def written(count: Polynomial) -> str:
        return Maths(typeset(expanded(count), checked))

    heads, rows, right = cells(variants, written)
    return latex_table(heads, rows, (), right)
