"""Tables whose long lines were folded at a space, as mail clients do: the pieces of each line are joined again.

Rulers have no spaces and are never folded, so they show how many bars every line between them must have.
"""

from __future__ import annotations

import re

JUNCTIONS = "┼╇┳┬┴╪+"
CLOSED = re.compile(r"[├┡┏┌└|+][─━=-]+(?:[┼╇┳┬┴╪+][─━=-]+)*[┤┩┓┐┘|+]")
QUOTES = re.compile(r"^[\s>]+")
NUMBER_FIRST = re.compile(r"\s*[\d,]+(?:\s|$)")
HEAVY = "│┃"
HEADS = ("Param", "Connected to", "Trainable")
MOST_PIECES = 6
TALLEST = 12  # the most lines of a head


def unfolded_lines(lines: list[str]) -> list[str]:
    """The lines, with every folded one joined again."""
    found: list[str] = []
    bars, at, loose = 0, 0, False  # loose: the number was folded out of the head, and so it is in the rows
    while at < len(lines):
        ruler = CLOSED.search(lines[at])
        rest = QUOTES.sub("", lines[at + 1]) if at + 1 < len(lines) else ""
        pieces = 1
        if ruler is not None:
            bars = max(map(bars_beside_ruler, lines[at : at + TALLEST]))  # the first ruler in ASCII shows no columns
        elif "Layer (type" in lines[at] and rest.startswith(HEADS):
            pieces, loose = 2, "Param" not in lines[at]
        elif "Total params" in lines[at]:
            bars, loose = 0, False
        elif bars > 2:
            pieces = pieces_of_line(lines, at, bars)
        elif loose and NUMBER_FIRST.match(rest) and "(" in lines[at]:
            pieces = 2
        whole = [lines[at], *(QUOTES.sub("", line) for line in lines[at + 1 : at + pieces])]
        found.append(" ".join(whole) if pieces > 1 else lines[at])
        at += pieces
    return found


def bars_beside_ruler(line: str) -> int:
    """The number of bars in the lines next to a ruler."""
    ruler = CLOSED.search(line)
    return 0 if ruler is None else 2 + sum(ruler.group()[1:-1].count(junction) for junction in JUNCTIONS)


def pieces_of_line(lines: list[str], at: int, bars: int) -> int:
    """The number of lines, from this one on, that have the bars of a single line."""
    seen = 0
    for pieces, line in enumerate(lines[at : at + MOST_PIECES], 1):
        if not line.strip() or CLOSED.search(line):
            return 1
        seen += sum(line.count(bar) for bar in HEAVY) or line.count("|")
        if seen >= bars or not seen:
            return pieces if seen == bars else 1
    return 1
