"""The table of a model by its layers, and of a layer by its tensors."""

from __future__ import annotations

from ..core.formula import Formula, Values
from ..core.model import Countable, Layer, count_of, counted
from .cells import Share
from .table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

HEADS = {"layer": "Layer", "output_shape": "Output shape", "formula": "Formula", "count": "Parameters", "share": "Share"}
TOTAL = "Total"
ASKED = "table takes a model, a layer, a dict of variants or a difference"


def of_model(thing: Any, at: Mapping[Any, int] | None = None) -> Table:
    """The layers of a model, or the tensors of a layer."""
    its = counted(thing, ASKED)
    return with_counts([*rows_of(its)], count_of(its), at)


def rows_of(thing: Any) -> Iterable[dict[str, Any]]:
    """What a model is made of, each with its formula: layers, or where there are none, tensors."""
    if hasattr(thing, "summary"):  # knows what comes out of each layer
        for row in thing.summary().rows:
            if row.class_name != "InputLayer":
                yield {"layer": called(row.name, row.class_name), "output_shape": row.output_shape, "formula": row.count}
    elif isinstance(thing, Countable) and not isinstance(thing, Layer):
        for part in thing.parts:
            yield {"layer": called(part.name, part.title), "formula": Formula(part.node)}
    else:
        for path, count in count_of(thing).terms.items():
            yield {"layer": path, "formula": count}


def called(name: str, title: str) -> str:
    """A layer by its name, and its class where the name does not say it: ``dense_1``, ``tags (Dense)``."""
    stem = name.rpartition("/")[2].rstrip("0123456789").replace("_", "")
    return name if stem == title.partition("(")[0].lower() else f"{name} ({title})"


def with_counts(rows: list[dict[str, Any]], total: Formula, at: Mapping[Any, int] | None) -> Table:
    """Rows with formulas, and where the letters have sizes, the counts and shares."""
    number = total.at(at) if at is not None or not total.letters else None
    foot: dict[str, Any] = {"layer": TOTAL}
    if number is None:
        foot["formula"] = total
    else:
        sizes = Values({getattr(key, "name", key): size for key, size in (at or {}).items()})
        for row in rows:
            row["count"] = row["formula"].at(sizes)
            row["share"] = Share(row["count"], number) if number else None
        foot |= {"count": number, "share": Share(number, number) if number else None}
    used = foot.keys() | {key for row in rows for key in row}
    return Table({key: head for key, head in HEADS.items() if key in used}, rows, [foot])
