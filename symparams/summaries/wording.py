"""A table with the formula next to each number, for a person to read."""

from __future__ import annotations

from ..errors import listed, printable
from ..tables.answer import Table
from ..tables.cells import Expression, Inside, in_text, words
from ..tables.layout import boxed_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    from ..tables.cells import Words
    from .explaining.explaining import Explanation
    from .text.row import SummaryLayer

    Rows: TypeAlias = Sequence[tuple[SummaryLayer, Explanation]]

SHOWN = 9  # alternatives of one row
MARK = "not explained: "  # the beginning of a reason, left out under a heading that says the same
NAMES = 4  # the names that are shown of rows with the same reason
HEAD = ("Layer (type)", "Output Shape", "Param #", "Formula")


def boxed_rows(rows: Rows) -> str:
    """The table of the text with a column of formulas; without shapes where the text has none."""
    boxed = [row_text_cells(layer, why) for layer, why in rows]
    if any(layer.shape_text for layer, _ in rows):
        return boxed_table(HEAD, boxed, right=(2,))
    return boxed_table((HEAD[0], *HEAD[2:]), [(name, *rest) for name, _, *rest in boxed], right=(1,))


def open_rows(rows: Rows, top: Sequence[SummaryLayer], total: int) -> list[str]:
    """The rows that no formula explains, with the reasons, and their part of the total."""
    reasons = lines_by_reason(
        (layer.name, [str(why).removeprefix(MARK)]) for layer, why in rows if layer.params and not why.explained and why.because
    )
    without = sum(layer.params or 0 for layer, why in rows if not why.explained and layer in top)
    return ["", f"Not explained ({without:,} of {total:,}):", *reasons] if reasons else []


def doubtful_rows(rows: Rows) -> list[str]:
    """The rows whose number could come from several layers."""
    doubts = lines_by_reason((layer.name, readings_in_words(why)) for layer, why in rows if why.doubt)
    return ["", "Ambiguous in the text:", *doubts] if doubts else []


def lines_by_reason(pairs: Iterable[tuple[str, list[str]]]) -> list[str]:
    """``dense: a, or b``, with the rows of the same reason together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, reason in pairs:
        found.setdefault(tuple(reason), []).append(printable(name))
    return [
        line
        for (first, *others), names in found.items()
        for line in (f"  {shortened_names(names)}: {printable(first)}", *(f"      or {other}" for other in others))
    ]


def shortened_names(names: Sequence[str]) -> str:
    """``a, b and 3 more``."""
    return listed([*names[:NAMES], f"{len(names) - NAMES} more"] if len(names) > NAMES + 1 else names)


def summary_as_table(rows: Rows, totals: Mapping[str, int | None], name: str) -> Table:
    """The rows, each with its formula, and the totals of the text."""
    heads = dict(zip(("layer", "output_shape", "count", "formula"), HEAD, strict=True))
    cells_of_rows = [
        {
            "layer": Inside(layer.depth, layer.title),
            "output_shape": layer.shape_text or None,
            "count": layer.params_text or None if layer.params is None else layer.params,
            "formula": explanation_in_words(why),
        }
        for layer, why in rows
    ]
    foot = [{"layer": f"{kind} params", "count": number} for kind, number in totals.items() if number is not None]
    if not any(layer.shape_text for layer, _ in rows):
        return Table(heads, cells_of_rows, foot, name).only("layer", "count", "formula")
    return Table(heads, cells_of_rows, foot, name)


def explanation_in_words(why: Explanation) -> Words:
    """The explanation of a row's number, with the formula as mathematics."""
    if not why.ways:
        return words(why.because)
    way = why.ways[0]
    return words(f"{way.words}: ", Expression(way.in_letters[0].notation()), f" = {way.count}{' (?)' if why.doubt else ''}")


def row_text_cells(layer: SummaryLayer, why: Explanation) -> tuple[str, str, str, str]:
    """A row as text."""
    name = f"{'   ' * layer.depth}└ {layer.title}" if layer.depth else layer.title
    number = layer.params_text if layer.params is None else f"{layer.params:,}"
    return name, layer.shape_text, number, in_text(explanation_in_words(why))


def total_lines(totals: Mapping[str, int | None], agrees: str) -> list[str]:
    """The lines below the table; ``agrees`` says whether the first is the sum of the rows."""
    numbers = [f"{kind} params: {number:,}" for kind, number in totals.items() if number is not None]
    return [f" {line}{agrees if place == 0 else ''}" for place, line in enumerate(numbers)]


def readings_in_words(why: Explanation) -> list[str]:
    """The layer that a row is read as, and the others that have the same number."""
    untold = f" ({why.untold})" if why.untold else ""
    others, more = why.alternatives[:SHOWN], len(why.alternatives) - SHOWN
    return [f"{why.ways[0]}{untold}", *others, *([f"{more} more"] if more > 0 else [])]
