"""The tables of PyTorch Lightning as tables of ours: each row is a module with everything in it, and most numbers are rounded."""

from __future__ import annotations

from ...torch.printers import LIGHTNING
from ..table import SummaryTable
from ..text.lightning import exact_number, lightning_tables
from ..text.row import SummaryLayer
from .explaining import Explanation
from .torch_question import TorchQuestion
from .torch_search import explanation_of_torch_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..text.lightning import LightningRow, LightningTable

NO_NUMBER = ("n/a", "--", "?")


def lightning_summaries(lines: Sequence[str]) -> list[tuple[int, SummaryTable]]:
    """The tables in a text, each with the place of its head."""
    return [(table.place, table_of_lightning(table)) for table in lightning_tables(lines)]


def table_of_lightning(table: LightningTable) -> SummaryTable:
    """One table."""
    layers = [lightning_layer(row) for row in table.rows]
    totals = {kind: number for kind, text in table.totals.items() if (number := exact_number(text)) is not None}
    found = SummaryTable("", LIGHTNING, layers, totals)
    inside: dict[str, list[SummaryLayer]] = {}
    for layer in layers:
        inside.setdefault(layer.name.rpartition(".")[0], []).append(layer)
    found.alone = [explanation_of_lightning(layer, inside.get(layer.name, [])) for layer in layers]
    rounded = [f"{text} {kind}" for kind, text in table.totals.items() if exact_number(text) is None]
    found.remarks = [f"the text says only {' and '.join(rounded)}: such tables round numbers from 1,000 on"] if rounded else []
    found.remarks += [f"not read: '{line}'" for line in table.unread]
    return found


def lightning_layer(row: LightningRow) -> SummaryLayer:
    """One row; modules inside others have a path for a name."""
    number = 0 if row.number in NO_NUMBER else exact_number(row.number)
    return SummaryLayer(
        row.name, row.type, row.gives, number, depth=row.name.count("."), input_shape=row.reads,
        outputs=[row.gives] if row.gives else [], shape_text="" if row.gives is None else str([*row.gives]), params_text=row.number,
    )  # fmt: skip


def explanation_of_lightning(layer: SummaryLayer, inside: Sequence[SummaryLayer]) -> Explanation:
    """The explanation of one row; ``inside`` are the rows one level inside it."""
    if layer.params is None:
        return Explanation(None, because=f"no exact number: {layer.params_text} is rounded")
    if inside and sum(row.params or 0 for row in inside) == layer.params:
        return Explanation(layer.params, because="the sum of the rows inside", inside=True)
    if inside:
        return Explanation(layer.params, because="not explained: it includes the rows inside")
    reads, gives = (shape if isinstance(shape, tuple) else None for shape in (layer.input_shape, layer.output_shape))
    question = TorchQuestion(layer.params, reads, gives, stated=reads is not None)
    return explanation_of_torch_row(layer, question, False, LIGHTNING)
