"""The places of the tables in a text: their heads, their totals, and the name of the model above each."""

from __future__ import annotations

import re

from ...core.frozen import Frozen
from .boxed_columns import bars_in_line, cells_between, column_kind, is_ruler
from .spaced_columns import LONGEST_LINE, cells_by_position, header_columns, is_row_by_form

TOTALS = re.compile(
    r"(?<!\w)(?<!\w-)(Total|Trainable|Non-trainable|Optimizer) params *: *(\d{1,3}(?: \d{3})+(?![^\s(])|\S+)", re.IGNORECASE
)
OF_GLUON = re.compile(
    r"(?<!\w)(?:Parameters in forward computation graph, (total)|(Shared) params in forward computation graph|(Unique) parameters in model): *([\d,]+)\s*$"
)
MODEL = re.compile(r"Model: *[\"“'](.{1,200}?)[\"”']")
RULES = "=_-¯"
SHORTEST_RULE = 8
SHORTEST_DRAWN = 4  # where it has a line for itself
TALLEST = 8  # the most lines of a head whose cells are wrapped


class TableHead(Frozen):
    """The head of a table: its lines, the kinds of its columns, and how its lines are divided into cells.

    ``bars`` separate the cells, or else ``starts`` has the beginning of each column; ``prefix`` is the text before the table
    in every line; ``lead`` is 1 where the first cell is indented by one space; ``broken`` is true where the words of the head
    are broken.
    """

    first: int
    last: int
    title: str
    kinds: list[str]
    bars: str
    starts: list[int]
    prefix: str
    lead: int
    broken: bool


def heads_in(lines: list[str]) -> list[TableHead]:
    """The heads of all tables of a text, in order."""
    heads: list[TableHead] = []
    place = 0
    while place < len(lines):
        head = head_at(lines, place) if "Layer" in lines[place] else None
        if head is not None:
            heads.append(head)
            place = head.last
        place += 1
    return heads


def head_at(lines: list[str], place: int) -> TableHead | None:
    """The head of a table at a line, if there is one."""
    line = lines[place]
    columns = header_columns(line) or broken_columns(lines, place)
    bars = bars_in_line(line)
    if any(bar in line[line.index("Layer") :] for bar in bars):  # a bar only before it is a quote mark
        head = barred_head(lines, place, bars)
        if head is not None:
            return head
    return ruled_head(lines, place, columns) if columns else None


def barred_head(lines: list[str], place: int, bars: str) -> TableHead | None:
    """A head between bars, whose cells may span several lines."""
    cells = cells_between(lines[place], bars)
    if not cells or not cells[0].strip().startswith("Layer"):
        return None
    first = last = place
    while first > 0 and place - first < TALLEST and is_line_of_cells(lines[first - 1], bars, len(cells)):
        first -= 1
    while last + 1 < len(lines) and last - place < TALLEST and is_line_of_cells(lines[last + 1], bars, len(cells)):
        last += 1
    if last - place == TALLEST:  # without a ruler below, the head is the line itself
        first = last = place
    group = [cells_between(line, bars, len(cells)) or [] for line in lines[first : last + 1]]
    texts = [" ".join(" ".join(pieces).split()) for pieces in zip(*group, strict=True)]
    kinds = [column_kind(text) for text in texts]
    if kinds[0] != "layer" or not {"params", "output"} & {*kinds} or "(type" not in texts[0].replace("…", "(type"):
        return None
    return TableHead(first, last, texts[0], kinds, bars, [], "", 0, False)


def is_line_of_cells(line: str, bars: str, columns: int) -> bool:
    """Whether a line consists of cells, one for each column of the table."""
    return not is_ruler(line) and cells_between(line, bars, columns) is not None


def ruled_head(lines: list[str], place: int, columns: list[tuple[str, int]]) -> TableHead:
    """A head without bars. The ruler next to it shows where the table begins in its line, after any quote mark or log prefix."""
    start = columns[0][1]
    starts = [rule_start(lines[near]) for near in (*range(place + 1, place + TALLEST), place - 1) if 0 <= near < len(lines)]
    origin = next((found for found in starts if found is not None and found <= start), start)
    if start - origin > 1 and not lines[place][origin:start].isspace():
        origin = start
    return TableHead(
        first=place,
        last=last_line_of_head(lines, place),
        title=lines[place][start:].split("  ")[0],
        kinds=[kind for kind, _ in columns],
        bars="",
        starts=[column - origin for _, column in columns],
        prefix=lines[place][:origin],
        lead=start - origin,
        broken=not header_columns(lines[place]),
    )


def last_line_of_head(lines: list[str], place: int) -> int:
    """The line before the ruler below a head; the head alone where that ruler was lost."""
    for near in range(place + 1, min(place + TALLEST, len(lines))):
        if rule_start(lines[near]) is not None:
            return near - 1
        if is_row_by_form(lines[near]):
            break
    return place


def broken_columns(lines: list[str], place: int) -> list[tuple[str, int]]:
    """The columns of a head whose words are broken, as Keras 2 does in narrow columns: ``Par``, ``am``, ``#``."""
    ruler = next((near for near in range(place + 1, min(place + TALLEST, len(lines))) if rule_start(lines[near]) is not None), None)
    start = lines[place].find("Layer")
    if ruler is None or start < 0 or len(lines[place]) > LONGEST_LINE:
        return []
    head = [line[start:] for line in lines[place:ruler]]
    starts = [match.start() for match in re.finditer(r"(?<!\S)\S+(?: \S+)*", head[0])]
    pieces = [cells_by_position(line, starts) or [""] * len(starts) for line in head]
    kinds = [column_kind("".join("".join(column).split())) for column in zip(*pieces, strict=True)]
    if kinds[:1] != ["layer"] or "params" not in kinds or len({*kinds}) < len(kinds):
        return []
    return [(kind, start + column) for kind, column in zip(kinds, starts, strict=True)]


def rule_start(line: str) -> int | None:
    """The beginning of the ruler at the end of a line; None for a line without one."""
    line = line.rstrip()
    if is_drawn(line):
        return len(line) - len(line.lstrip())
    if not line.endswith(tuple(RULES)):
        return None
    start = len(line.rstrip(line[-1]))
    return start if len(line) - start >= SHORTEST_RULE else None


def is_drawn(line: str) -> bool:
    """Whether a line is one character over and over, such as ``''''''''``."""
    line = line.strip()
    return len(line) >= SHORTEST_DRAWN and not line[0].isalnum() and len({*line}) == 1


def totals_in(lines: list[str]) -> dict[str, str]:
    """``Total params: 1,672 (6.53 KB)`` and its companions, by the first word."""
    found: dict[str, str] = {}
    for line in lines:
        of_gluon = [("".join(kinds), number) for *kinds, number in OF_GLUON.findall(line)]
        for kind, number in TOTALS.findall(line) + of_gluon:
            found.setdefault(kind.lower().partition(" ")[0], number.replace(" ", ","))
    return found


def model_name(lines: list[str]) -> str:
    """The name in ``Model: "sequential"``, in the lines just above a table."""
    for line in reversed(lines):
        match = MODEL.search(line)
        if match:
            return match.group(1)
    return ""


def separates_rows(line: str) -> bool:
    """Whether a line without bars separates two rows."""
    return not line.strip() or rule_start(line) is not None or "¯¯¯" in line
