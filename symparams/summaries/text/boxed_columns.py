"""Tables with bars between the columns: Keras 3's boxes, their ASCII stand-ins, Markdown.

A bar says where a cell ends, so what stands before the first and after the last one is no part of the table.
"""

from __future__ import annotations

import re

from .cells import CUT

HEAVY, PLAIN = "│┃║┆┇┊┋╎╏", "|"
LINES = "─━═╌╍┄┅┈┉"
DRAWN = "-=\u2014\u2013"  # with which rulers are drawn in ASCII, and what an editor makes of two hyphens
RULER = re.compile(rf"(?:[┏┡├└┌┝┞┟┠┢┣╞╔╠╚╭╰┕┖┗]|[{LINES}])[{LINES}┬┼┴┳╇┻╋┿╪╦╬╩┯┷╤╧╫╥╨╀╁╂╃╄╅╆╈╉╊]{{3,}}")
KINDS = {
    "layer": "layer", "output": "output", "param": "params", "connec": "connected", "train": "trainable", "formula": "formula",
    "input": "input", "kernel": "kernel", "mult-adds": "adds",
}  # fmt: skip


def is_ruler(line: str) -> bool:
    """Whether a line only parts rows."""
    if RULER.search(line):
        return True
    start = min((line.index(each) for each in "+|" if each in line), default=-1)
    drawn = any(3 * each in line for each in DRAWN)
    return start >= 0 and drawn and not line[start:].strip(DRAWN + ":|+ ") and not line[:start].isalnum()


def bars_of(line: str) -> str:
    """Which characters part the cells of a line; nothing where none do."""
    if any(bar in line for bar in HEAVY):
        return HEAVY
    return PLAIN if line.count(PLAIN) >= 2 else ""


def cells_between(line: str, bars: str, columns: int | None = None) -> list[str] | None:
    """The cells of a line; None where it has not as many as the table has columns.

    A last cell without a bar behind it was cropped by the terminal, and so was any number in it.
    """
    pieces = re.split(f"[{re.escape(bars)}]", line)
    if columns is None:
        columns = len(pieces) - 2
        if columns > 0 and pieces[-1].strip() and "params" not in map(kind_of, pieces[:-1]):
            columns += 1
    if columns < 1 or len(pieces) not in (columns + 1, columns + 2):
        return None
    cells = [marked(piece) for piece in pieces[1 : columns + 1]]
    if len(pieces) == columns + 1 and not cells[-1].rstrip().endswith((")", "]", " ")) and cells[-1].strip():
        cells[-1] = cells[-1].rstrip() + CUT
    return cells


def marked(cell: str) -> str:
    """A cell with the sign for what was cut off, which terminals without it print as ``?`` and editors as three dots."""
    text = cell.rstrip()
    if text.endswith("...") and text.strip(". "):
        return text[:-3] + CUT
    return text[:-1] + CUT if text.endswith("?") and text.strip("? ") else cell


def kind_of(head: str) -> str:
    """What a column is, by its head, which may be cut: ``Tr…``."""
    word = head.strip().rstrip("…").lower()
    if word.startswith(("param %", "param%")):
        return "percent"
    for beginning, kind in KINDS.items():
        if word.startswith(beginning) or (head.strip().endswith("…") and word and beginning.startswith(word)):
            return kind
    return "other"
