"""Tables: in boxes for a terminal, as Markdown for a page."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def boxed_table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table in Keras 3's boxes, every column as wide as it needs; ``right`` are the columns of numbers."""
    widths = [max(len(clean(row[column])) for row in (head, *rows)) for column in range(len(head))]

    def ruled(left: str, line: str, cross: str, end: str) -> str:
        return left + cross.join(line * (width + 2) for width in widths) + end

    def row(cells: Sequence[str], bar: str) -> str:
        padded = (
            f"{clean(cell):>{width}}" if at in right else f"{clean(cell):<{width}}"
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"{bar} " + f" {bar} ".join(padded) + f" {bar}"

    between = "\n" + ruled("├", "─", "┼", "┤") + "\n"
    return "\n".join(
        [
            ruled("┏", "━", "┳", "┓"),
            row(head, "┃"),
            ruled("┡", "━", "╇", "┩"),
            between.join(row(cells, "│") for cells in rows),
            ruled("└", "─", "┴", "┘"),
        ]
    )


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar or a line break in a cell stays inside it."""

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(clean(cell).replace("|", "\\|") for cell in cells) + " |"

    return "\n".join([line(head), line("---" for _ in head), *map(line, rows)])


def clean(text: str) -> str:
    """A cell on one line, without control characters that a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)
