"""Columns without bars: their beginnings, and the cells of a line.

Keras before 2.7 cuts a cell at its column; later versions break it; some cells spill over by up to three characters, and a
line inside a nested model is shifted by one to the left. So a column begins roughly where the header shows it, and a line
whose text runs across a column is not a line of the table.
"""

from __future__ import annotations

import re

from .cells import is_balanced, is_params

WORDS = re.compile(
    r"(?P<layer>Layer \(type(?: \(var_name\))?(?::depth-idx)?\)?(?::depth-idx)?)|(?P<input>Input Sh\w*)|(?P<output>Output(?: Sh\w*)?)"
    r"|(?P<percent>Param %)|(?P<params>Params?(?: ?#)?)|(?P<kernel>Kernel Sh\w*)|(?P<adds>Mult-?\w*)|(?P<connected>Conn\w*(?: to)?|Previous Layer)"
    r"|(?P<groups>Groups)|(?P<trainable>Tra(?:in?\w*)?…?)|(?P<formula>Formula)"
)
SHAPE = re.compile(r"(?<= )(?=[(\[{]+(?:None\b|-?\d)|(?:multiple|\?|--)(?: |$))")
SHAPES = ("input", "output", "kernel")
WORD = re.compile(r"\S*")
TO_THE_SWITCH = re.compile(r"(?![YN-]$).*?(?=\s+[YN-]$|\s{2,}|$)")  # the connections of a row, up to the column Trainable
MODULE = re.compile(r"(\s*[├└│|+`?].*\S|.*: \d+(?:-\d+)?|\w+(?= +--$)) +(\S+)")  # of torchinfo, with its number alone
ROW = re.compile(r"(?<!\S)\S{1,200} ?\([A-Za-z_][^()]{0,99}[)…]? {0,99}[^()\[\]]{0,9}[(\[{].{1,200}?[)\]}]+ {1,99}\(?\d")
SUMMARIZED_ROW = re.compile(r"(?<!\S)[A-Za-z_]\w{0,99}-\d{1,6} {1,99}\[.{1,200}?\]+ {1,99}[\d,]+\s*$")
TREE_ROW = re.compile(
    r"[├└|+`]\W{0,200}[A-Za-z_]\w{0,99}(?: \([\w.]{1,99}\))?: \d{1,3}-\d{1,6} {2,99}\[[^\[\]]{1,200}\] {2,99}(?:[\d,]+|--)"
)
CUT_SHAPE = re.compile(
    r"([\[({][\d, None()\[\]]{1,200}?) {1,9}([\d,]{1,20})(?: {1,99}([A-Za-z].*))?\s*"
)  # a shape that was cut, and the number after it
CONNECTED = ["layer", "output", "params", "connected"]
NEAR = (0, -1, 1, -2, 2, -3, 3)
LONGEST_LINE = 5_000
LONGEST_SHAPE = 1_000
DEEPEST = 5  # brackets in brackets


def header_columns(line: str) -> list[tuple[str, int]]:
    """The kind and the beginning of each column of a table's head; empty for any other line."""
    if "Layer (type" not in line or "Param" not in line or len(line) > LONGEST_LINE:
        return []
    line = line[line.index("Layer (type") :].rjust(len(line))
    found = [(match.lastgroup or "", match.start()) for match in WORDS.finditer(line)]
    kinds = [kind for kind, _ in found]
    return found if kinds[0] == "layer" and "params" in kinds and len(set(kinds)) == len(kinds) else []


def is_row_by_form(line: str) -> bool:
    """Whether a line is a row wherever its columns begin: ``dense (Dense)  (None, 10)  650``, ``Linear-1  [-1, 10]  650``."""
    return len(line) <= LONGEST_LINE and bool(ROW.search(line) or SUMMARIZED_ROW.search(line) or is_tree_row(line))


def is_tree_row(line: str) -> bool:
    """Whether a line is a row of torchinfo: ``├─Linear: 1-1  [-1, 13]  2,613``."""
    return ": " in line and bool(TREE_ROW.search(line))


def cells_by_position(line: str, starts: list[int]) -> list[str] | None:
    """The cells of a line by the beginnings of the columns; None where the text runs across one."""
    edges = [0]
    for start in starts[1:]:
        edge = next((start + by for by in NEAR if begins_word(line, start + by)), None)
        if edge is None and not line[start - 1 : start].strip():
            edge = start
        if edge is None or edge < edges[-1]:
            return None
        edges.append(edge)
    return [line[left:right].rstrip() for left, right in zip(edges, [*edges[1:], None], strict=True)]


def begins_word(line: str, place: int) -> bool:
    """Whether a word begins at a place, after a space."""
    return 0 < place < len(line) and line[place - 1] == " " != line[place]


def cells_by_token(line: str, kinds: list[str]) -> list[str] | None:
    """The cells of a line by their form: a name, shapes, a number, the rest; None for a line of another form."""
    if kinds[0] != "layer" or len(line) > LONGEST_LINE:
        return None
    if kinds == ["layer", "params"]:
        match = MODULE.fullmatch(line)
        return None if match is None else [match[1], match[2]]
    for match in SHAPE.finditer(line):
        cells, rest = {"layer": line[: match.start()]}, line[match.start() :]
        for kind in kinds[1:]:
            cells[kind] = cell_at_start(kind, rest)
            rest = rest[len(cells[kind]) :].lstrip()
        if cells["layer"].strip() and is_params(cells["params"]) and all(cells[kind] for kind in kinds if kind in SHAPES):
            return [*cells.values()]
        cut = CUT_SHAPE.fullmatch(line[match.start() :]) if kinds in (["layer", "output", "params"], CONNECTED) else None
        if cut is not None and not is_balanced(cut[1]) and cells["layer"].strip():
            return [cells["layer"], cut[1], cut[2], *([cut[3] or ""] if kinds == CONNECTED else [])]
    return None


def cell_at_start(kind: str, text: str) -> str:
    """The cell at the beginning of a text, by the kind of its column."""
    if kind in SHAPES:
        return bracketed_shape(text)
    pattern = TO_THE_SWITCH if kind == "connected" else WORD
    match = pattern.match(text)
    return match[0] if match is not None else ""


def bracketed_shape(text: str) -> str:
    """The shape at the beginning of a text, up to its closing bracket; empty where two spaces come before that."""
    end = text.find("  ")
    text = text[:LONGEST_SHAPE] if end < 0 else text[: min(end, LONGEST_SHAPE)]
    if text[:1] not in "([{":
        return text.split(" ")[0]  # a word in place of the shape
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0:
            return text[: place + 1]
        if depth > DEEPEST:
            break
    return ""


def cells_of_line(line: str, kinds: list[str], starts: list[int]) -> list[str] | None:
    """The cells of a line, by position where that makes sense, or else by their form."""
    cells = cells_by_position(line, starts)
    if cells is not None:
        text = dict(zip(kinds, cells, strict=True))
        if is_params(text["params"]) and all(is_balanced(text.get(kind, "")) for kind in SHAPES[:2]) and text["layer"].strip():
            return cells
    return cells_by_token(line, kinds) or cells
