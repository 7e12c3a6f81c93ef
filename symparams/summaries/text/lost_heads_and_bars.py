"""Tables whose outer bars or whose head was left out: Markdown without a bar at the beginning of its lines, quoted rows."""

from __future__ import annotations

import re

from .spaced_columns import is_row_by_form, is_tree_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = re.compile(r"^(\W{0,20})Layer \(type[^|]{0,40}\|")
TOTAL = "params:"
CELLS = re.compile(r"^[^|]*\S \([A-Za-z_]\w*\)? *\| *[\[(]+(?:None|-?\d)[^|]*\| *\(?\d[\d,]*\)? *(\|[^|]*){0,2}$")
CONNECTED = re.compile(r"\w\[\d+\]\[\d+\]")
CELL = re.compile(r"\S+(?: \S+)*")
COLUMNS = ("Layer (type)", "Output Shape", "Param #", "Connected to")
OF_TORCHINFO = "Layer (type:depth-idx)"
HEAVY = "│┃"


# ---------------------------------------------------------------- outer bars
def with_outer_bars(lines: list[str]) -> list[str]:
    """The lines of Markdown tables that lack the bar at their beginning, or at their end, with both."""
    found = [*lines]
    columns = 0
    for place, line in enumerate(lines):
        head = HEAD.match(line)
        if head is not None and head[1].strip("> ") == "":
            columns = columns_of_line(line)
        elif TOTAL in line or not line.strip():
            columns = 0
        if columns and columns_of_line(line) == columns and not line.lstrip("> ").startswith("|"):
            found[place] = f"| {line.strip().strip('|').strip()} |"
    return found


def columns_of_line(line: str) -> int:
    """The number of cells of a line that may lack its outer bars."""
    return line.strip().strip("|").count("|") + 1 if "|" in line else 0


# ---------------------------------------------------------------- the head
def with_head_restored(lines: list[str]) -> list[str]:
    """The lines with a head before the first row, where rows are quoted without one; unchanged without rows."""
    first = next((place for place, line in enumerate(lines) if is_row_by_form(line) or is_row_between_bars(line)), None)
    if first is None:
        return lines
    line = lines[first]
    bar = next((bar for bar in (*HEAVY, "|") if line.count(bar) > 1), "")
    names = COLUMNS if CONNECTED.search(line) or columns_of_bars(line, bar) > len(COLUMNS) - 1 else COLUMNS[:-1]
    if is_tree_row(line):
        bar, names = "", (OF_TORCHINFO, *COLUMNS[1:-1])
    head = f" {bar} ".join(names) if bar else head_above(line, names)
    ruler = f"|{'---|' * len(names)}" if bar == "|" else f"├{'───' * len(names)}┤"
    return [*lines[:first], *([f"{bar} {head} {bar}", ruler] if bar else [head]), *lines[first:]]


def head_above(line: str, names: Sequence[str]) -> str:
    """The head of a row without bars, its words above the row's cells where their beginnings can be seen."""
    starts = [match.start() for match in CELL.finditer(line)]
    if len(starts) < len(names):
        return "   ".join(names)
    head = ""
    for name, start in zip(names, starts, strict=False):
        head = f"{head}{'   ' if head and len(head) >= start else ''}".ljust(start) + name
    return head


def columns_of_bars(line: str, bar: str) -> int:
    """The number of cells between bars."""
    return line.count(bar) - 1 if bar else 0


def is_row_between_bars(line: str) -> bool:
    """Whether a line is a row of a table with bars: ``│ dense (Dense) │ (None, 10) │ 650 │``."""
    for bar in HEAVY:
        line = line.replace(bar, "|")
    return bool(CELLS.match(line.strip().strip("|").rstrip()))
