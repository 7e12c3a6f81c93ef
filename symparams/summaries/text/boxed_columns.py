"""Tables with bars between the columns: Keras 3's boxes, the same in ASCII, Markdown.

A bar ends a cell, so text before the first bar and after the last one is not part of the table.
"""

from __future__ import annotations

import re

from .cells import CUT

HEAVY, PLAIN = "│┃║┆┇┊┋╎╏", "|"
LINES = "─━═╌╍┄┅┈┉"
DRAWN = "-=\u2014\u2013"  # the characters of rulers in ASCII, and the dashes into which editors turn two hyphens
RULER = re.compile(rf"(?:[┏┡├└┌┝┞┟┠┢┣╞╔╠╚╭╰┕┖┗]|[{LINES}])[{LINES}┬┼┴┳╇┻╋┿╪╦╬╩┯┷╤╧╫╥╨╀╁╂╃╄╅╆╈╉╊]{{3,}}")
KINDS = {
    "layer": "layer", "output": "output", "param": "params", "connec": "connected", "train": "trainable", "formula": "formula",
    "input": "input", "kernel": "kernel", "mult-adds": "adds", "groups": "groups",
}  # fmt: skip


def is_ruler(line: str) -> bool:
    """Whether a line only separates rows."""
    if RULER.search(line):
        return True
    start = min((line.index(character) for character in "+|" if character in line), default=-1)
    drawn = any(3 * character in line for character in DRAWN)
    return start >= 0 and drawn and not line[start:].strip(DRAWN + ":|+ ") and not line[:start].isalnum()


def bars_in_line(line: str) -> str:
    """The characters that separate the cells of a line; empty for a line without bars."""
    if any(bar in line for bar in HEAVY):
        return HEAVY
    return PLAIN if line.count(PLAIN) >= 2 else ""


def cells_between(line: str, bars: str, columns: int | None = None) -> list[str] | None:
    """The cells of a line; None where their number is not that of the table's columns.

    A last cell without a bar after it was cropped by the terminal, and so was any number in it.
    """
    pieces = re.split(f"[{re.escape(bars)}]", line)
    if columns is None:
        columns = len(pieces) - 2
        if columns > 0 and pieces[-1].strip() and "params" not in map(column_kind, pieces[:-1]):
            columns += 1
    if columns < 1 or len(pieces) not in (columns + 1, columns + 2):
        return None
    cells = [cell_with_cut(piece) for piece in pieces[1 : columns + 1]]
    if len(pieces) == columns + 1 and not cells[-1].rstrip().endswith((")", "]", " ")) and cells[-1].strip():
        cells[-1] = cells[-1].rstrip() + CUT
    return cells


def cell_with_cut(cell: str) -> str:
    """A cell with the sign for a cut, which some terminals print as ``?`` and some editors turn into three dots."""
    text = cell.rstrip()
    if text.endswith("...") and text.strip(". "):
        return text[:-3] + CUT
    return text[:-1] + CUT if text.endswith("?") and text.strip("? ") else cell


def column_kind(head: str) -> str:
    """The kind of a column, by its head, which may be cut: ``Tr…``."""
    word = head.strip().rstrip("…").lower()
    if word.startswith(("param %", "param%")):
        return "percent"
    for beginning, kind in KINDS.items():
        if word.startswith(beginning) or (head.strip().endswith("…") and word and beginning.startswith(word)):
            return kind
    return "other"
