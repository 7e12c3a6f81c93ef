"""Tables whose lines ran together, as forum pages and chats copy them, and rows to which rulers or fillers are glued.

Such a line is divided where a ruler, a head, a total or the name of the next row begins: ``dense_1 (Dense) (None, 512)``.
"""

from __future__ import annotations

import re
from itertools import pairwise

BEGINNING = re.compile(
    r"(?<!\S)\S{0,199}[^\s,(\[] ?\([A-Za-z_][\w>]{0,99}[)…]? {0,99}[\[({]*(?:None|\d|multiple|\?)"
)  # of a row of Keras
NUMBERED = re.compile(
    r"(?<!\S)[A-Za-z_]\w{0,99}-\d{1,6} {1,40}[\[(]{1,3}-?\d[^()]{0,200}?[\])]{1,3} {1,40}[\d,]{1,20}(?= |$)"
)  # a row of torchsummary
COLUMNS = re.compile(
    r"(Layer \(type\)(?: +\|? *(?:Input Shape|Output Shape|Param ?#|Params?(?= |$)|Connected to|Trainable|Tr…)(?: *\|)?)+)",
    re.IGNORECASE,
)
RULE = re.compile(r"(?:(?<=\s)|^)((?:[=_─━]{4,}|-{4,})(?= |$)|[┏┡├└╭╰][─━┬┼┴┳╇┻]{3,}[┓┩┤┘╮╯])")
TOTAL = re.compile(r"(?<!\w-)(?<!Total )\b((?:Total|Trainable|Non-trainable|Optimizer) params? *:)", re.IGNORECASE)
GLUED_END = re.compile(r"(?<=[\d)\]])[ \t]{0,99}([=_─]{8,})\s*$")
GLUED_START = re.compile(r"^(\s*[=_─]{20,})[ \t]*(?=\w+ ?\([A-Z])")
FILLER = re.compile(r"(?<=[)\] ])(?:[_.·]{3,}|(?:[.·] ){3,}[.·]?|-{3,})(?=[ \[(\d])|(?<= )[_.·]{3,}(?= |$)")
NEXT = re.compile(r"(?<=\d )(?=[^\s()\[\]]{1,99} [\[(]+None, )")  # a row whose class follows its number
WRAPPED = re.compile(r"(\S+) ([\[(]+None, .*?[)\]]+) ([\d,]+) ([^\[(]*\([^\[(]*\)) *")
BOXED = re.compile(r"[│┃]")
FILLERS = "=_─-.·"
SHORTEST = 3  # rules, rows and totals that a line of a flattened table has at least


def divided_lines(lines: list[str]) -> list[str]:
    """The lines, with each one that holds several lines of a table divided."""
    return [part for line in lines for part in parts_of_line(line)]


def parts_of_line(line: str) -> list[str]:
    """One line of a text as the lines of its table."""
    if not may_be_of_a_table(line):
        return [line]
    rows = len(BEGINNING.findall(line)) or len(NUMBERED.findall(line))
    ends = len(RULE.findall(line)) + len(TOTAL.findall(line))
    if ("Layer (type" in line and COLUMNS.search(line) and rows + ends >= SHORTEST) or (
        rows > 1 and ends and not BOXED.search(line)
    ):
        return lines_of_table(line)
    if not rows:
        return [without_fillers(line)]
    return [without_fillers(part) for part in GLUED_START.sub(r"\1\n", GLUED_END.sub(r"\n\1", line)).split("\n")]


def may_be_of_a_table(line: str) -> bool:
    """Whether a line may hold more than one line of a table, or fillers."""
    return "Layer (type" in line or "params" in line or any(4 * mark in line for mark in FILLERS)


def lines_of_table(line: str) -> list[str]:
    """A whole table in one line, as lines."""
    text = TOTAL.sub(r"\n\1", RULE.sub(r"\n\1\n", COLUMNS.sub(r"\n\1\n", line)))
    rows = [row for part in text.split("\n") for row in rows_of_part(part)]
    return [row.strip() for row in rows if row.strip()]


def rows_of_part(part: str) -> list[str]:
    """The rows of a part without rulers."""
    if BOXED.search(part) or COLUMNS.search(part):
        return [part]
    starts = [match.start() for pattern in (BEGINNING, NUMBERED, NEXT) for match in pattern.finditer(part)]
    edges = sorted({0, *starts, len(part)})
    return [with_name_restored(without_fillers(part[left:right])) for left, right in pairwise(edges)]


def with_name_restored(row: str) -> str:
    """A row whose name and class had been broken, so that the rest of them follows the number, in order."""
    match = WRAPPED.fullmatch(row)
    if match is None:
        return row
    name, opening, class_name = f"{match[1]}{match[4]}".partition("(")
    return f"{name.strip()} {opening}{class_name.replace(' ', '')} {match[2]} {match[3]}"


def without_fillers(line: str) -> str:
    """A row or a head without the dots or underscores between its cells; their places stay empty."""
    if not any(3 * mark in line for mark in FILLERS):
        return line
    plain = FILLER.sub(lambda match: " " * len(match[0]), line)
    return plain if "Layer (type" in plain or BEGINNING.search(plain) else line
