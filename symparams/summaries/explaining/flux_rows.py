"""What Julia's Flux prints of a model: ``Dense(256 => 120, relu),  # 30_840 parameters``, and the total in the last line."""

from __future__ import annotations

import re

from ..table import SummaryTable
from ..text.row import SummaryLayer
from .explaining import Explanation
from .flux_layers import flux_ways

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

FLUX = "Flux"
NUMBER = r"(\d{1,3}(?:_\d{3})+|\d+)"
ROW = re.compile(
    rf"^\W{{0,60}}(?:(\w{{1,60}}) = )?([A-Z][\w.]{{0,60}})\(([^#]{{0,400}})\),?\s{{0,200}}# {NUMBER} parameters?(?:, plus {NUMBER}\b[^,]*)?\s*$"
)
TOTAL = re.compile(rf"# Total: (?:{NUMBER} (?:trainable )?arrays?, )?{NUMBER} parameters?\b")
NEAR = 400  # lines from one row to the next, or to the total


def flux_summaries(lines: Sequence[str]) -> list[tuple[int, SummaryTable]]:
    """The models in a text, each with the place of its first row."""
    found: list[tuple[int, SummaryTable]] = []
    rows: list[tuple[int, re.Match[str]]] = []
    for place, line in enumerate(lines):
        if rows and place - rows[-1][0] > NEAR:
            found, rows = [*found, table_of_flux(rows, None)], []
        total = TOTAL.search(line) if rows else None
        if total is not None:
            found, rows = [*found, table_of_flux(rows, number_in(total[2]))], []
        elif (row := ROW.match(line)) is not None:
            rows.append((place, row))
    return [*found, *([table_of_flux(rows, None)] if rows else [])]


def table_of_flux(rows: Sequence[tuple[int, re.Match[str]]], total: int | None) -> tuple[int, SummaryTable]:
    """One model; what is not trained is not in the numbers of Flux."""
    layers = [flux_layer(place, row) for place, (_, row) in enumerate(rows, 1)]
    table = SummaryTable("", FLUX, layers, {} if total is None else {"total": total})
    table.alone = [explanation_of_flux(layer, row[3]) for layer, (_, row) in zip(layers, rows, strict=True)]
    left_out = sum(number_in(row[5]) for _, row in rows if row[5])
    table.remarks = [] if total is not None else ["the line '# Total' is missing, so the text may be cut off"]
    table.remarks += [f"Flux leaves out {left_out:,} numbers that are not trained"] if left_out else []
    return rows[0][0], table


def flux_layer(place: int, row: re.Match[str]) -> SummaryLayer:
    """One row; its name is its place, unless the model names its layers."""
    return SummaryLayer(row[1] or f"{place}", row[2], None, number_in(row[4]), params_text=row[4])


def explanation_of_flux(layer: SummaryLayer, arguments: str) -> Explanation:
    """The layer that a row prints, if it has the number that the row says."""
    if not layer.params:
        return Explanation(layer.params)
    ways = flux_ways(layer.class_name or "", arguments, layer.params)
    return Explanation(layer.params, ways, "" if ways else f"not explained: no formula known yet for {layer.class_name} of {FLUX}")


def number_in(text: str) -> int:
    """``30_840``."""
    return int(text.replace("_", ""))
