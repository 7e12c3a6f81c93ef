"""A table with the formula beside each number, for a person and for a program."""

from __future__ import annotations

from ..errors import listed
from ..tables.formats import boxed_table, clean
from ..tables.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from .explaining.explaining import Explanation
    from .table import SummaryTable
    from .text.row import SummaryLayer

SHOWN = 9  # alternatives of one row
MARK = "not explained: "  # how a row says it that stands alone
NAMES = 4  # rows of which the same is said
HEAD = ("Layer (type)", "Output Shape", "Param #", "Formula")


def printed(table: SummaryTable) -> str:
    """The table of the text with one more column, the totals with what was checked, and what remains open."""
    pairs = [*zip(table.layers, table.explanations, strict=True)]
    lines = [f'Model: "{clean(table.name)}"'] if table.name else []
    rows = [cells(layer, why) for layer, why in pairs]
    if any(layer.shape_text for layer in table.layers):
        lines.append(boxed_table(HEAD, rows, right=(2,)))
    else:
        lines.append(boxed_table((HEAD[0], *HEAD[2:]), [(name, *rest) for name, _, *rest in rows], right=(1,)))
    lines += totals(table)
    lines += [f" note: {clean(note)}" for note in table.notes]
    open_rows = by_reason(
        (layer.name, [str(why).removeprefix(MARK)]) for layer, why in pairs if layer.params and not why.explained and why.because
    )
    if open_rows:
        lines += ["", f"Not explained ({share(table)}):", *open_rows]
    doubtful = by_reason((layer.name, doubt(why)) for layer, why in pairs if why.doubt)
    if doubtful:
        lines += ["", "The text does not decide:", *doubtful]
    return "\n".join(lines)


def by_reason(pairs: Iterable[tuple[str, list[str]]]) -> list[str]:
    """``dense: a, or b``, with the rows of which the same is said together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, reason in pairs:
        found.setdefault(tuple(reason), []).append(clean(name))
    return [
        line
        for (first, *others), names in found.items()
        for line in (f"  {some(names)}: {clean(first)}", *(f"      or {other}" for other in others))
    ]


def some(names: Sequence[str]) -> str:
    """``a, b and 3 more``."""
    return listed([*names[:NAMES], f"{len(names) - NAMES} more"] if len(names) > NAMES + 1 else names)


def as_table(table: SummaryTable) -> Table:
    """The rows, each with its formula."""
    keys = ("layer", "output_shape", "count", "formula")
    rows = []
    for layer, why in zip(table.layers, table.explanations, strict=True):
        its = cells(layer, why)
        rows.append(dict(zip(keys, (*its[:2], layer.params, its[3]), strict=True)))
    return Table(dict(zip(keys, HEAD, strict=True)), rows, [{"layer": "Total params", "count": table.total}], table.name)


def cells(layer: SummaryLayer, why: Explanation) -> tuple[str, str, str, str]:
    name = f"{'   ' * layer.depth}└ {layer.title}" if layer.depth else layer.title
    number = layer.params_text if layer.params is None else f"{layer.params:,}"
    reason = str(why.ways[0]) + (" (?)" if why.doubt else "") if why.ways else why.because
    return name, layer.shape_text, number, reason


def totals(table: SummaryTable) -> list[str]:
    """The lines below the table, with whether they agree with the rows."""
    kinds = [
        ("Total", table.total),
        ("Trainable", table.trainable),
        ("Non-trainable", table.non_trainable),
        ("Optimizer", table.optimizer),
    ]
    agrees = "" if table.disagreements else " = the sum of the rows" + (" and the optimizer's" if table.optimizer else "")
    if table.counted_here and table.disagreements:
        agrees = ", without the rows that have no number"
    return [f" {kind} params: {number:,}{agrees if kind == 'Total' else ''}" for kind, number in kinds if number is not None]


def share(table: SummaryTable) -> str:
    """How much of the total no formula explains."""
    pairs = zip(table.layers, table.explanations, strict=True)
    without = sum(layer.params or 0 for layer, why in pairs if not why.explained and layer in table.top)
    return f"{without:,} of {table.of_the_model:,}"


def doubt(why: Explanation) -> list[str]:
    """What a row is taken as, and what else its number could be."""
    untold = f" ({why.untold})" if why.untold else ""
    others, more = why.alternatives[:SHOWN], len(why.alternatives) - SHOWN
    return [f"{why.ways[0]}{untold}", *others, *([f"{more} more"] if more > 0 else [])]


# ---------------------------------------------------------------- for a program
def facts(table: SummaryTable) -> dict[str, Any]:
    """What the command prints with ``--json``."""
    return {
        "name": table.name,
        "printed_by": table.printed_by,
        "layers": [row(layer, why) for layer, why in zip(table.layers, table.explanations, strict=True)],
        "total": table.total,
        "trainable": table.trainable,
        "non_trainable": table.non_trainable,
        "optimizer": table.optimizer,
        "notes": table.notes,
    }


def row(layer: SummaryLayer, why: Explanation) -> dict[str, Any]:
    return {
        "name": layer.name,
        "class_name": layer.class_name,
        "output_shape": layer.output_shape,
        "params": layer.params,
        "trainable": layer.trainable,
        "depth": layer.depth,
        "connected": list(layer.connected),
        "explained": why.explained,
        "layer": why.layer,
        "code": why.code,
        "written_for": why.ways[0].framework if why.ways else "",
        "formula": None if why.formula is None else why.formula.text(),
        "numbers": why.values,
        "alternatives": why.alternatives,
        "doubt": why.doubt,
        "because": why.because,
        "nearest": why.nearest,
    }
