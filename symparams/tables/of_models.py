"""A model as a table: its layers with their formulas, and with sizes for the letters their counts and shares."""

from __future__ import annotations

from ..core.assumptions import printed
from ..core.formula import Formula, Values
from ..core.model import Countable, Layer, assumed_of, count_of, subject_of_count
from ..core.notation.forms import of_size
from ..core.notation.text import plain
from ..core.sizes import letter_name
from ..errors import listed
from .answer import Table
from .cells import LayerName, Share
from .paper_names import paper_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from ..core.sizes import ByLetter

    Row: TypeAlias = tuple[dict[str, object], Formula]  # its name and output shape, and its count

HEADS = {"layer": "Layer", "output_shape": "Output shape", "formula": "Formula", "count": "Parameters", "share": "Share"}
TOTAL = "Total"
ASKED = "table takes a model, a layer, a dict of variants or a difference"


def model_table(thing: object, at: ByLetter[int] | None = None) -> Table:
    """The layers of a model, or the tensors of a layer."""
    its = subject_of_count(thing, ASKED)
    made = table_with_counts([*layer_rows(its)], count_of(its), at)
    made.notes += definition_notes(count_of(its))
    made.notes += [f"Given: {each}" for each in its.holds_given]
    made.notes += [f"Assumed: {each}" for each in printed(assumed_of(its))]
    made.notes += [f"Note: {each}" for each in (its._left_out() if isinstance(its, Countable) else ())]
    return made


def definition_notes(count: Formula) -> list[str]:
    """The sizes of a formula that have letters of their own, as a note."""
    said = [f"{name} = {plain(of_size(size))}" for name, size in count.definitions.items()]
    return [f"where {listed(said)}"] if said else []


def layer_rows(thing: Formula | Countable) -> Iterator[Row]:
    """The parts of a model, each with its formula: layers, or for a single layer or formula, tensors."""
    papers = {} if isinstance(thing, Formula | Layer) else paper_names(thing.parts)
    if hasattr(thing, "_summary"):  # has the output shape of each layer
        for row in thing._summary().rows:
            if row.class_name != "InputLayer":
                title = layer_title(row.name, row.class_name)
                yield {"layer": LayerName(title, papers.get(row.name, title)), "output_shape": row.output_shape}, row.count
    elif not isinstance(thing, Formula | Layer):
        for part in thing.parts:
            yield {"layer": layer_title(part.name, part.title)}, Formula(part.node)
    else:
        for path, count in count_of(thing).terms.items():
            yield {"layer": path}, count


def layer_title(name: str, title: str) -> str:
    """The title of a layer: its name, and its class unless the name shows it: ``dense_1``, ``tags (Dense)``."""
    if not title:
        return name
    stem = name.rpartition("/")[2].rstrip("0123456789").replace("_", "")
    return name if stem == title.partition("(")[0].lower() else f"{name} ({title})"


def table_with_counts(rows: Sequence[Row], total: Formula, at: ByLetter[int] | None) -> Table:
    """A table of rows with formulas, and if the letters have sizes, with counts and shares."""
    sizes = Values({letter_name(key): size for key, size in (at or {}).items()})
    if set(total.letters) - set(sizes):  # some letters remain, so there are formulas and no counts
        total.given(at)  # refuses an unknown letter
        rows = [(cells, formula.given(sizes)) for cells, formula in rows]
        total, at = total.given(sizes), None
    number = total.at(at) if not total.letters or at else None
    made = [cells | {"formula": formula} for cells, formula in rows]
    foot: dict[str, object] = {"layer": TOTAL} | ({"formula": total} if number is None else count_and_share(number, number))
    if number is not None:
        for row, (_, formula) in zip(made, rows, strict=True):
            row.update(count_and_share(formula.at(sizes), number))
    used = foot.keys() | {key for row in made for key in row}
    return Table({key: head for key, head in HEADS.items() if key in used}, made, [foot])


def count_and_share(count: int, total: int) -> dict[str, object]:
    """A count, and its share of the total."""
    return {"count": count, "share": Share(count, total) if total else None}
