"""The tables of torchsummaryX: a name, the shapes of kernel and output, and a number that is rounded from 1,000 on, in each line."""

from __future__ import annotations

import re

from ...layers.convolution import Conv
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.normalization import LayerNormalization
from ..table import SummaryTable
from ..text.row import SummaryLayer
from .explaining import Explanation
from .explanations import LayerWay

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.model import Layer
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
    before = [None, *(gives_of(layer) for layer in table.layers)]
    table.alone = [explanation_of(layer, reads) for layer, reads in zip(table.layers, before, strict=False)]
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


def explanation_of(layer: SummaryLayer, before: Shape | None) -> Explanation:
    """The layer with the kernel that the table shows, if it has the number: such a table does not name classes."""
    if layer.params is None:
        return Explanation(None, because=f"no exact number: {layer.params_text} is rounded")
    if not layer.params:
        return Explanation(layer.params)
    ways = kernel_ways(layer.kernel or (), gives_of(layer) or (), before or (), layer.params)
    return Explanation(layer.params, ways, "" if ways else "not explained: the table does not name its class")


def gives_of(layer: SummaryLayer) -> Shape | None:
    """The output of a row."""
    return layer.outputs[0] if layer.outputs else None


def kernel_ways(kernel: Shape, gives: Shape, before: Shape, params: int) -> list[LayerWay]:
    """The layers with a kernel, on the output of the row before, that have a number."""
    sizes = tuple(size for size in kernel if size)
    found = [LayerWay(title, (core,), place, True, True) for place, (title, core) in enumerate(kernel_layers(sizes, gives, before))]
    return [way for way in found if way.count == params]


def kernel_layers(kernel: tuple[int, ...], gives: Shape, before: Shape) -> Iterator[tuple[str, Layer]]:
    """The layers that may have a kernel, its input before its output."""
    if len(kernel) == 1:
        yield "normalization", LayerNormalization(shape=kernel)
        yield "normalization", LayerNormalization(shape=kernel, shifts=0)
    if len(kernel) < 2:
        return
    reads, filters, *window = kernel
    for bias_sets in (1, 0):
        if not window and gives[-1:] == (filters,):
            yield "dense layer", Dense(inputs=reads, units=filters, bias_sets=bias_sets)
        elif window and gives[1:2] == (filters,):
            channels = before[1] if len(before) == len(kernel) and before[1] else reads
            groups = channels // reads if channels % reads == 0 else 1
            yield (
                "convolution",
                Conv(window=tuple(window), inputs=reads * groups, filters=filters, groups=groups, bias_sets=bias_sets),
            )
        elif window and gives[1:2] == (reads,):  # the kernel of a transposed one has its output first
            yield "transposed convolution", Conv(window=tuple(window), inputs=filters, filters=reads, bias_sets=bias_sets)
    if not window and gives[-1:] == (reads,):
        yield "embedding", Embedding(words=filters, width=reads)


def shape_in(text: str) -> Shape | None:
    """``[1, 10, 24, 24]``; None for a module without a kernel."""
    sizes = re.findall(r"\d{1,12}", text)
    return tuple(map(int, sizes)) or None


def exact_number(text: str) -> int | None:
    """The number in ``260.0``; None for ``5.02k``."""
    number = EXACT.fullmatch(text)
    return None if number is None else int(number[1].replace(",", ""))
