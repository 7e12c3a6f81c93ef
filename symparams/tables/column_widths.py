r"""The widths of the columns of a LaTeX table: that of the widest cell, or less, with line breaks, where the page is too narrow."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGE = 60  # characters of ten points across an article's text, most of them in mathematics
GAP = 3  # between two columns, in characters
SILENT = (r"\text", r"\left", r"\right", r"\mathrm", r"\mathit", r"\texttt")  # commands that print nothing themselves


def column_specification(rows: Sequence[Sequence[str]], right: Sequence[int]) -> str:
    r"""The column specification of a ``tabular`` of these cells. Columns that do not fit are ``p``, in which words and sums break."""
    cells = [[list(piece_widths(cell)) for cell in column] for column in zip(*rows, strict=True)]
    whole = [max(map(sum, column)) for column in cells]
    least = [max(max(cell, default=0) for cell in column) for column in cells]
    widths = [*whole]
    room = PAGE - GAP * len(widths)
    for at in sorted(range(len(widths)), key=lambda at: -whole[at]):  # the widest first, until the table fits
        if sum(widths) > room:
            widths[at] = max(least[at], whole[at] - (sum(widths) - room))

    def column(at: int) -> str:
        if widths[at] == whole[at]:
            return "r" if at in right else "l"
        return rf">{{\raggedright\arraybackslash}}p{{{widths[at] / PAGE:.2f}\linewidth}}"

    return "".join(map(column, range(len(widths))))


def piece_widths(tex: str) -> Iterator[int]:
    """The approximate widths, in characters, of the pieces between which TeX may break a cell: words, and the terms of a sum."""
    depth, at, width, math = 0, 0, 0, False
    while at < len(tex):
        start = at
        at += 1
        if tex[start] == "\\":
            while at < len(tex) and tex[at].isalpha():
                at += 1
        token = tex[start:at]
        math = math != (token == "$")
        depth += (token in ("{", r"\left")) - (token in ("}", r"\right"))
        if token.startswith("\\"):
            width += token not in SILENT
        else:
            width += token not in ("${}^_ " if math else "${}^_")
        if depth == 0 and (token in ("+", "-", r"\cdot") if math else token == " "):
            yield width
            width = 0
    yield width
