"""A number that was cut off after its first digits: the rest of the total, where that has the same first digits."""

from __future__ import annotations

import re

from .cells import CUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..table import SummaryTable

BEGINNING = re.compile(rf"\d[\d,]*{CUT}")


def complete_cut_number(table: SummaryTable) -> None:
    """Completes the only number that was cut off, with a remark; numbers that only lost the bar after them are complete."""
    lacking = [layer for layer in table.top if layer.params is None]
    cut = [layer for layer in table.layers if BEGINNING.fullmatch(layer.params_text)]
    shown = {id(layer): int(layer.params_text.rstrip(CUT).replace(",", "")) for layer in cut}
    if len(lacking) > 1 and sum(shown.get(id(layer), layer.params or 0) for layer in table.top) == table.of_the_model:
        for layer in cut:
            layer.params = shown[id(layer)]
        return
    if len(lacking) != 1 or not BEGINNING.fullmatch(lacking[0].params_text):
        return
    (layer,) = lacking
    left = table.of_the_model - sum(row.params or 0 for row in table.top)
    if left > 0 and f"{left:,}".startswith(layer.params_text.rstrip(CUT)):
        layer.params = left
        table.remarks.append(f"the number of {layer.name} is cut off, {layer.params_text}; the total leaves {left:,} for it")
