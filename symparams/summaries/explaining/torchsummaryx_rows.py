"""The tables of torchsummaryX: a name, the shapes of kernel and output, and a number that is rounded from 1,000 on, in each line."""

from __future__ import annotations

import re

from ..table import SummaryTable
from ..text.row import SummaryLayer
from .explaining import Explanation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..text.cells import Shape

TORCHSUMMARYX = "torchsummaryX"
HEAD = re.compile(r"\bKernel Shape +Output Shape +(?:# ?)?Params\b")
SHAPE = r"(\[[\d, ]{1,100}\]|-)"
ROW = re.compile(rf"^\W{{0,60}}(\d{{1,6}}_[\w.]{{1,200}}) +{SHAPE} +{SHAPE} +(\S{{1,20}})(?: +\S{{1,20}})?\s*$")
TOTAL = re.compile(r"^\W{0,60}(Total|Trainable|Non-trainable) params +(\S{1,20})\s*$")
EXACT = re.compile(r"(\d{1,3}(?:,\d{3})*|\d+)(?:\.0+)?")
NONE = ("-", "nan", "NaN")  # how it writes that a module has no parameters


def torchsummaryx_summaries(lines: Sequence[str]) -> list[tuple[int, SummaryTable]]:
    """The tables in a text, each with the place of its head."""
    heads = [place for place, line in enumerate(lines) if HEAD.search(line)]
    ends = [*heads[1:], len(lines)]
    found = [(head, table_below(lines[head + 1 : end])) for head, end in zip(heads, ends, strict=False)]
    return [(place, table) for place, table in found if table.layers]


def table_below(lines: Sequence[str]) -> SummaryTable:
    """The table below a head."""
    rows = [row for line in lines if (row := ROW.match(line))]
    said: dict[str, str] = {}
    for line in lines:
        if (total := TOTAL.match(line)) is not None:
            said.setdefault(total[1].lower(), total[2])
    totals = {kind: number for kind, text in said.items() if (number := exact_number(text)) is not None}
    table = SummaryTable("", TORCHSUMMARYX, [layer_of(row) for row in rows], totals)
    table.alone = [explanation_of(layer) for layer in table.layers]
    rounded = [f"{text} {kind}" for kind, text in said.items() if kind not in totals]
    table.remarks = [f"the text says only {' and '.join(rounded)}: such tables round numbers from 1,000 on"] if rounded else []
    table.remarks += [] if said else ["the line 'Total params' is missing, so the text may be cut off"]
    return table


def layer_of(row: re.Match[str]) -> SummaryLayer:
    """One row. The kernel has its input before its output, and the name no class."""
    gives = shape_in(row[3])
    number = 0 if row[4] in NONE else exact_number(row[4])
    said = row[4] if number is not None else re.sub(r"(?<=\d)(?=[A-Za-z])", " ", row[4])
    shapes = [gives] if gives else []
    return SummaryLayer(row[1], None, gives, number, kernel=shape_in(row[2]), outputs=shapes, shape_text=row[3], params_text=said)


def explanation_of(layer: SummaryLayer) -> Explanation:
    """A number by itself: such a table does not name classes."""
    if layer.params is None:
        return Explanation(None, because=f"no exact number: {layer.params_text} is rounded")
    return Explanation(layer.params, because="not explained: the table does not name its class" if layer.params else "")


def shape_in(text: str) -> Shape | None:
    """``[1, 10, 24, 24]``; None for a module without a kernel."""
    sizes = re.findall(r"\d{1,12}", text)
    return tuple(map(int, sizes)) or None


def exact_number(text: str) -> int | None:
    """The number in ``260.0``; None for ``5.02k``."""
    number = EXACT.fullmatch(text)
    return None if number is None else int(number[1].replace(",", ""))
