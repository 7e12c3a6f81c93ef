"""The rows of a table: lines divided into cells, and the cells of rows that span several lines joined."""

from __future__ import annotations

import re

from .boxed_columns import cells_between, is_ruler
from .cells import CUT, is_balanced, is_no_count, is_params, output_of
from .heads_and_totals import TOTALS, rule_start, separates_rows
from .names import SUMMARIZED, is_of_torchinfo
from .spaced_columns import cells_of_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from .heads_and_totals import TableHead

    Cells: TypeAlias = dict[str, list[str]]  # the pieces of each cell, by the kind of its column

BRANCHES = ("├", "└", "│", "+")  # the characters with which torchinfo draws its tree
DIGITS, NUMBERS = re.compile(r"\d"), re.compile(r"\s*\d+")
HEADLINE = "Parameters in forward computation graph"  # of the totals in MXNet Gluon
DIGITS_ONLY = re.compile(r"\D")
NESTED = re.compile(r"\|+(?=[ |]|$)")
QUOTES = re.compile(r"^(?:\s|>)+")
NO_NAME = re.compile(r"\s(?!\()|[\[\]'\",]")  # names of layers and classes do not contain spaces
BETWEEN = 3  # the most spaces between two columns
SLACK = 6  # the most characters of its column that a broken cell may leave free
CONNECTED = re.compile(r"\[\d+\]['\",\]]*$")
REST_OF_SHAPE = re.compile(r"[(\[{]*(?:None|\d+)?[)\]},]+")
CLASS = re.compile(r"\([A-Za-z_]\w*(?:\)|…)?")
ROW_BEGINS = re.compile(r"\W{0,9}(?:[\w/.-]{1,99} ?\([A-Za-z_]\w*|[A-Za-z_]\w*-\d+ )|\s*[├└│┃]")
LINE_NUMBER = re.compile(r"[\s>|]*\d{1,6}[:.)|]?\s*")
WHOLE_NAME = re.compile(r".*\([^()]*\)\s*$")


class RawRow:
    """The cells of one row as they are printed, and its depth of nesting."""

    def __init__(self, kinds: list[str], depth: int) -> None:
        self.cells: Cells = {kind: [] for kind in kinds}
        self.depth = depth
        self.weights: dict[str, int] = {}  # the tensors that torchinfo lists below the row, in its verbose form

    def add(self, cells: dict[str, str]) -> None:
        """Adds a line to the row."""
        for kind, text in cells.items():
            if text.strip():
                self.cells[kind].append(text)

    def text(self, kind: str, between: str = " ") -> str:
        """The text of one cell."""
        pieces = [piece.strip() for piece in self.cells.get(kind, [])]
        return between.join(f"{piece} " if piece.endswith(CUT) else piece for piece in pieces).rstrip()


class RawTable:
    """The rows below a head. ``end`` is the place of the totals, ``breaks`` whether cells were broken within words, and
    ``unread`` has the lines among the rows that belong to none."""

    def __init__(self, end: int, breaks: bool) -> None:
        self.end, self.breaks = end, breaks
        self.rows: list[RawRow] = []
        self.unread: list[str] = []
        self.read = 0  # how many of the unread lines come before the last row

    def begin(self, kinds: list[str], depth: int, cells: dict[str, str]) -> None:
        """Begins a row."""
        self.rows.append(RawRow(kinds, depth))
        self.rows[-1].add(cells)
        self.read = len(self.unread)

    def lines_not_read(self, totals: bool) -> list[str]:
        """The unread lines of the table; without totals, those after the last row only if they look like the beginning of one."""
        after = [line for line in self.unread[self.read :] if (totals and HEADLINE not in line) or ROW_BEGINS.match(line)]
        return [" ".join(line.split()) for line in [*self.unread[: self.read], *after] if not LINE_NUMBER.fullmatch(line)]


def raw_table(head: TableHead, lines: list[str]) -> RawTable:
    """The rows below a head."""
    end = next((place for place, line in enumerate(lines) if TOTALS.search(line) or HEADLINE in line), len(lines))
    if head.bars:
        return barred_rows(head, lines[:end])
    body = [line_without_prefix(head, line) for line in lines[:end]]
    # Keras before 2.7 separates rows by underscores; it cuts cells and never breaks them.
    cut = any(rule_start(line) is not None and line.endswith("_") for line in body[1:-2])
    return ruled_rows(head, body, breaks=not cut)


# ---------------------------------------------------------------- with bars
def barred_rows(head: TableHead, lines: list[str]) -> RawTable:
    """The rows of a table with bars."""
    ruled = sum(map(is_ruler, lines)) > 2
    table = RawTable(len(lines), breaks=False)
    begins = True
    for line in lines:
        if is_ruler(line):
            begins = True
            continue
        cells = cells_between(line, head.bars, len(head.kinds))
        if cells is None:
            table.unread += [line] if line.strip() else []
            continue
        text = dict(zip(head.kinds, cells, strict=True))
        if begins or (not ruled and (is_params(text.get("params", "")) or is_row_without_count(text))):
            table.begin(head.kinds, 0, text)
        else:
            table.rows[-1].add(text)
        begins = False
    table.rows = [row for row in table.rows if any(row.cells.values())]
    return table


# ---------------------------------------------------------------- without bars
def line_without_prefix(head: TableHead, line: str) -> str:
    """A line without the prefix of the table."""
    width = len(head.prefix)
    if DIGITS.sub(" ", line[:width]).rstrip() == DIGITS.sub(" ", head.prefix).rstrip():  # the time in a log may differ
        return line[width:]
    numbered = (
        re.match(r"\s*\d+".join(map(re.escape, NUMBERS.split(head.prefix))), line)
        if head.prefix.rstrip()[-1:] in tuple(":|)]")
        else None
    )
    if numbered is not None:  # a line number that has become longer
        return line[numbered.end() :]
    if not head.prefix.strip() and not line[:width].strip():
        return line[width:]
    return " " * head.lead + QUOTES.sub("", line)


def ruled_rows(head: TableHead, lines: list[str], breaks: bool) -> RawTable:
    """The rows of a table without bars."""
    parted = are_separated(lines)
    table = RawTable(len(lines), breaks)
    rows = table.rows
    begins, tree = True, is_of_torchinfo(head.title, lines)
    width, digits = head.starts[1] if breaks else 0, digits_held(head)
    for line in lines:
        if separates_rows(line) or not line.strip(" |"):
            begins = True
            continue
        depth, plain = (0, line) if tree else depth_and_line(line)
        cells = cells_of_line(plain, head.kinds, head.starts)
        if cells is None:  # the text runs across the columns, such as a warning printed between the lines
            more = continued_cells(rows[-1], {"layer": line}, 0, digits) if rows and CONNECTED.search(line) else {}
            if more:
                rows[-1].add(more)
            else:
                table.unread.append(line)
            continue
        text = dict(zip(head.kinds, cells, strict=True))
        if line.count("(None,") > sum(cell.count("(None,") for cell in cells):
            table.unread.append(line)  # of another row in the same line
        number = text["params"].strip()
        if tree and number[:1] in "├└" and number:  # in torchinfo's verbose form, a weight of the layer above
            if rows:
                rows[-1].weights[text["layer"].strip(" │├└─|")] = int(DIGITS_ONLY.sub("", number) or 0)
            continue
        numbered = is_params(number) or is_row_without_count(text)
        more = continued_cells(rows[-1], text, width, digits) if rows and not tree else {}
        if parted or not rows:
            begun = begins or not rows or begins_next_row(rows[-1], text["layer"])
        else:
            begun = not {*more} >= {kind for kind, cell in text.items() if cell.strip()}  # otherwise the line continues the row
        if numbered and begun and text["layer"].strip():
            table.begin(head.kinds, depth, text)
            begins = False
        elif more:
            rows[-1].add(more)
            begins = False
        else:
            table.unread.append(line)  # a stray line is not part of a row
    return table


def digits_held(head: TableHead) -> int:
    """The number of digits that the column of numbers certainly holds."""
    place = head.kinds.index("params")
    after = head.starts[place + 1 : place + 2]
    return after[0] - head.starts[place] - BETWEEN if after else 1 if head.broken else len("Param #")


def is_row_without_count(cells: dict[str, str]) -> bool:
    """Whether a line is a row except that its number is not a count."""
    name = cells["layer"].strip()
    named = "(" in name or SUMMARIZED.fullmatch(name) or name[:1] in BRANCHES
    return bool(name and named) and is_no_count(cells.get("params", "")) and output_of(cells.get("output", "")) is not None


def begins_next_row(row: RawRow, name: str) -> bool:
    """Whether a line with a name and a number, directly below a row, begins another one."""
    name = name.strip()
    return bool(WHOLE_NAME.match(row.text("layer", "")) or SUMMARIZED.fullmatch(name) or name[:1] in BRANCHES)


def are_separated(lines: list[str]) -> bool:
    """Whether rulers, empty lines or frames separate the rows."""
    inside = [separates_rows(line) or not line.strip(" |") for line in lines]
    places = [place for place, parts in enumerate(inside) if not parts]
    return bool(places) and any(inside[places[0] : places[-1]])


def depth_and_line(line: str) -> tuple[int, str]:
    """The number of nested models' frames around a line, and the line without them."""
    match = NESTED.match(line)
    if match is None:
        return 0, line
    depth = len(match.group())
    inside = " " * depth + line[depth:].rstrip()
    return depth, inside.rstrip("|").rstrip() if inside.endswith("|" * depth) else inside


def continued_cells(row: RawRow, cells: dict[str, str], width: int, digits: int) -> dict[str, str]:
    """The cells that a further line adds to a row: only to incomplete cells, so that a stray line adds nothing.

    ``width`` is the width of the first column where its cells are broken, 0 where they are cut; ``digits`` is the number of
    digits that the column of numbers holds before a number is broken.
    """
    filled = {kind: text for kind, text in cells.items() if text.strip()}
    if [*filled] == ["layer"]:
        filled = cells_by_form(filled["layer"], row)
    return {kind: text for kind, text in filled.items() if is_open(kind, row.cells[kind], text.strip(), width, digits)}


def cells_by_form(text: str, row: RawRow) -> dict[str, str]:
    """The cells of a further line that lost the spaces before it, recognized by their form."""
    found: dict[str, str] = {}
    for word in text.split():
        kind = "connected" if CONNECTED.search(word) else "output" if REST_OF_SHAPE.fullmatch(word) else "layer"
        if kind not in row.cells:
            return {"layer": text}
        found[kind] = f"{found[kind]} {word}" if kind in found else word
    return found


def is_open(kind: str, so_far: list[str], more: str, width: int, digits: int) -> bool:
    """Whether a text continues a cell."""
    match kind:
        case "connected":
            return True
        case "layer":
            name = "".join(so_far).strip()
            if so_far and "(" not in name and CLASS.fullmatch(more):
                return True
            filled = bool(so_far) and len(so_far[-1]) >= width - SLACK
            return (
                bool(width)
                and filled
                and not WHOLE_NAME.match(name)
                and not SUMMARIZED.fullmatch(name)
                and not NO_NAME.search(more)
            )
        case "output":
            return bool(so_far) and not is_balanced("".join(so_far))
        case "params":
            filled = bool(so_far) and more.isdigit() and len(so_far[-1].strip()) >= digits
            return bool(width and so_far) and (filled or more in ("(unbuilt)", "(unused)"))
    return False
