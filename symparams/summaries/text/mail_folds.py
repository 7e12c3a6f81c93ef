"""Tables whose long lines were folded at a space, as a mail client does it: what belongs in one line is put there again.

Rulers have no spaces and stay whole, so they tell how many bars every line between them must have.
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
TALLEST = 12  # lines of a head


def refolded(lines: list[str]) -> list[str]:
    """The lines with every folded one put together again."""
    found: list[str] = []
    bars, at, loose = 0, 0, False  # loose: the head lacked its number, and so do its rows
    while at < len(lines):
        ruler = CLOSED.search(lines[at])
        rest = QUOTES.sub("", lines[at + 1]) if at + 1 < len(lines) else ""
        many = 1
        if ruler is not None:
            bars = max(map(bars_of, lines[at : at + TALLEST]))  # the first ruler in ASCII shows no columns
        elif "Layer (type" in lines[at] and rest.startswith(HEADS):
            many, loose = 2, "Param" not in lines[at]
        elif "Total params" in lines[at]:
            bars, loose = 0, False
        elif bars > 2:
            many = pieces_of(lines, at, bars)
        elif loose and NUMBER_FIRST.match(rest) and "(" in lines[at]:
            many = 2
        whole = [lines[at], *(QUOTES.sub("", line) for line in lines[at + 1 : at + many])]
        found.append(" ".join(whole) if many > 1 else lines[at])
        at += many
    return found


def bars_of(line: str) -> int:
    """How many bars the lines beside a ruler have."""
    ruler = CLOSED.search(line)
    return 0 if ruler is None else 2 + sum(ruler.group()[1:-1].count(each) for each in JUNCTIONS)


def pieces_of(lines: list[str], at: int, bars: int) -> int:
    """How many lines from here on have the bars of one."""
    seen = 0
    for many, line in enumerate(lines[at : at + MOST_PIECES], 1):
        if not line.strip() or CLOSED.search(line):
            return 1
        seen += sum(line.count(each) for each in HEAVY) or line.count("|")
        if seen >= bars or not seen:
            return many if seen == bars else 1
    return 1
