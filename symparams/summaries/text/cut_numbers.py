"""A number of which only the beginning is in the text: what the total leaves for it, where that begins so as well."""

from __future__ import annotations

import re

from .cells import CUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..table import SummaryTable

BEGINNING = re.compile(rf"\d[\d,]*{CUT}")


def complete(table: SummaryTable) -> None:
    """Fills in the only number that was cut off, and says so; numbers that only lost the bar behind them are whole."""
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
    left = table.of_the_model - sum(each.params or 0 for each in table.top)
    if left > 0 and f"{left:,}".startswith(layer.params_text.rstrip(CUT)):
        layer.params = left
        table.remarks.append(
            f"the number of {layer.name} is cut off, {layer.params_text}: {left:,} is what the total leaves for it"
        )
