"""The tables of PyTorch Lightning: a name, a type and a number in each line, which are rounded from 1,000 on."""

from __future__ import annotations

import re

from ...core.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cells import Shape

BARS = str.maketrans("│┃║", "|||")
HEAD = re.compile(r"Name\s*\|\s*Type\s*\|\s*Params\b", re.IGNORECASE)
ROW = re.compile(
    r"^\W{0,60}(?:\d+\s*\|)?\s*([A-Za-z_][\w. /-]{0,199}?)\s*\|\s*([A-Za-z_][\w./<>\[\]-]{0,199})\s*\|\s*([\d.,]+ ?[KMBT]?|n/a|--|\?)\s*(?:\||$)"
)
TOTAL = re.compile(
    r"^\W{0,60}([\d.,]+ ?[KMBT]?)\s+(Trainable|Non-trainable|Total) params\b|\b(Trainable|Non-trainable|Total) params:? *([\d.,]+ ?[KMBT]?)\s*$"
)
SIZES = re.compile(r"\[(\d{1,12}(?:, \d{1,12}){0,11})\]")
EXACT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
RULE = re.compile(r"^[\s>|+┏┡├└╇┳┻┼┴━─=_-]*$")
NEAR = 12  # lines from the last row to the totals


class LightningRow(Frozen):
    """One line: the module's name and type, its number as it is printed, and its input and output where they are shown."""

    name: str
    type: str
    number: str
    reads: Shape | None = None
    gives: Shape | None = None


class LightningTable(Frozen):
    """The rows of one table, the totals as they are printed, the place of its head, and the lines that were not read."""

    rows: list[LightningRow]
    totals: dict[str, str]
    place: int
    unread: list[str]


def lightning_tables(lines: Sequence[str]) -> list[LightningTable]:
    """The tables of a text."""
    plain = [line.translate(BARS) for line in lines]
    heads = [place for place, line in enumerate(plain) if HEAD.search(line)]
    ends = [*heads[1:], len(plain)]
    found = [lightning_table(plain[head + 1 : end], head) for head, end in zip(heads, ends, strict=False)]
    return [table for table in found if table.rows]


def lightning_table(lines: Sequence[str], place: int) -> LightningTable:
    """The table below one head."""
    rows: list[LightningRow] = []
    totals: dict[str, str] = {}
    unread: list[str] = []
    since = 0
    for line in lines:
        row = ROW.match(line)
        total = TOTAL.search(line)
        since += bool(rows)
        if row is not None and not totals:
            rows.append(LightningRow(row[1], row[2], row[3], *sizes_in(line[row.end() :])))
            since = 0
        elif total is not None:
            totals.setdefault((total[2] or total[3]).lower(), total[1] or total[4])
        elif line.count("|") > 1 and not RULE.match(line) and not totals:
            unread.append(" ".join(line.split()))
        if since > NEAR:
            break
    return LightningTable(rows, totals, place, unread)


def sizes_in(text: str) -> tuple[Shape | None, Shape | None]:
    """The input and the output in the columns 'In sizes' and 'Out sizes', the last ones of a row; None for several tensors."""
    cells = [cell.strip() for cell in text.strip(" |").split("|")]
    shapes = [tuple(map(int, match[1].split(","))) if (match := SIZES.fullmatch(cell)) else None for cell in cells[-2:]]
    return (shapes[0], shapes[1]) if len(shapes) > 1 else (None, None)


def exact_number(text: str) -> int | None:
    """A number that was not rounded; None for ``50.4 K``."""
    return int(text.replace(",", "")) if EXACT.fullmatch(text.strip()) else None
