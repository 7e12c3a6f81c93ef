"""``table``: a model by its layers, variants side by side, the causes of a difference."""

from __future__ import annotations

from .._startup.boundary import entrance
from ..core.assumptions import printed
from ..core.formula import Formula
from ..core.model import Countable, assumed_of, count_of, subject_of_count
from ..core.tree import NOTHING
from ..errors import SettingError, brief
from ..questions.comparing.alignment import aligned_layers
from ..questions.comparing.answer import Difference
from ..tables.answer import Table
from ..tables.cells import Count, LayerName
from ..tables.of_models import ASKED, TOTAL, layer_title, model_table
from ..tables.of_variants import are_all_given, closed_form_table, sizes_of_letters
from ..tables.paper_names import paper_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.model import Part
    from ..core.sizes import ByLetter


@entrance
def table(thing: object, at: ByLetter[int] | None = None, columns: Sequence[str] | None = None) -> Table:
    """A table for a paper, a page or a program; see :class:`Table` for its formats.

    Of a model: each layer with its output shape where that is known, formula, count and share. Of a layer of
    :mod:`symparams.layers`: its tensors. Of a dict of variants, ``{"LSTM": before, "cuDNN": after}``: their layers side by
    side, or for many of them, or with ``columns=["variant", "formula"]``, a row each, with the closed form. Of a :class:`Difference`: its causes. ``at`` has sizes for the letters, which counts and shares
    need; ``columns`` chooses columns, by their keys.

    Raises :class:`SettingError` for things without a table, :class:`LetterError` for sizes that are missing or unknown.

    >>> from symparams.layers import LSTM
    >>> print(table(LSTM.symbolic(), at={"m": 300, "n": 300}).markdown())
    | Layer | Formula | Parameters | Share |
    | --- | --- | --- | --- |
    | kernel | `4*m*n` | 360,000 | 49.9 % |
    | recurrent_kernel | `4*n**2` | 360,000 | 49.9 % |
    | bias | `4*n` | 1,200 | 0.2 % |
    | **Total** |  | **721,200** | **100.0 %** |
    """
    if isinstance(thing, dict):
        made = variants_table(thing, at, columns)
    elif isinstance(thing, Difference | Table):
        if at is not None:
            raise SettingError(
                "at= applies to models, not to a finished table: compare the models with numbers in place of letters"
            )
        made = thing.table()
    else:
        made = model_table(thing, at)
    return made.only(*columns) if columns is not None else made


# ---------------------------------------------------------------- variants side by side
MOST_BESIDE = 5  # variants in columns; more would not fit on a page
FEW_LAYERS = 3  # variants of a single layer in columns


def variants_table(variants: Mapping[str, object], at: ByLetter[int] | None = None, columns: Sequence[str] | None = None) -> Table:
    """The layers of several models, matching ones in one row, and for two models the difference; or a row for each model."""
    for name in variants or [""]:
        if not str(name).strip() or name in ("layer", "difference"):
            raise SettingError(f'variants need names, such as {{"LSTM": before, "cuDNN": after}}, not {brief(name)}')
    models = {str(name): subject_of_count(thing, ASKED) for name, thing in variants.items()}
    counts = {name: count_of(model) for name, model in models.items()}
    sizes = sizes_of_letters(counts.values(), at)
    if columns is not None and set(columns) & {"variant", "formula"} - set(models):
        return closed_form_table(counts, sizes)
    layers = [parts_of_variant(model) for model in models.values()]
    alone = all(len(parts) == 1 for parts in layers)  # side by side they would be a table of one row
    if len(models) > (FEW_LAYERS if alone else MOST_BESIDE):
        return closed_form_table(counts, sizes)
    numbers = are_all_given(counts.values(), sizes)

    def cell(count: Formula) -> Formula | int:
        return count.at(sizes) if numbers else count.given(sizes)

    heads = {"layer": "Layer"} | {name: name for name in models}
    keys = list(models)
    rows: list[dict[str, object]] = []
    for title, parts in aligned_rows(layers):
        cells = {key: cell(Formula(part.node)) for key, part in zip(keys, parts, strict=True) if part is not None}
        rows.append({"layer": title} | cells | ({"difference": difference_cell(*map(cells.get, keys))} if len(keys) == 2 else {}))
    totals = [cell(count) for count in counts.values()]
    foot: dict[str, object] = {"layer": TOTAL}
    foot |= dict(zip(keys, totals, strict=True)) if numbers else {}  # in letters they would be too wide for a page
    if len(keys) == 2:
        heads["difference"] = "Difference"
        foot["difference"] = difference_cell(*totals) or 0
    notes = [f"Given for {name}: {each}" for name, model in models.items() for each in model.holds_given]
    notes += [f"Assumed of {name}: {each}" for name, model in models.items() for each in printed(assumed_of(model))]
    return Table(heads, rows, [foot] if len(foot) > 1 else (), notes=notes)


def parts_of_variant(model: Formula | Countable) -> list[Part]:
    """The layers of a model, as a comparison sees them."""
    if isinstance(model, Formula):
        raise SettingError(f"variants must be models or layers, which can be compared layer by layer, not {brief(model)}")
    return model.parts


def difference_cell(before: Formula | int | None, after: Formula | int | None) -> Count | int | None:
    """The second count minus the first; None if they are equal."""
    if isinstance(before, int) or isinstance(after, int):
        return (int(after or 0) - int(before or 0)) or None
    old, new = (Formula(NOTHING) if each is None else each for each in (before, after))
    gap = new.polynomial - old.polynomial
    return Count(gap) if gap.terms else None


def aligned_rows(columns: list[list[Part]]) -> list[tuple[str, list[Part | None]]]:
    """The layers of all variants in rows: each beside the matching layer of the first variant.

    A layer that matches none of the first has a row after its neighbour's; two of one name and class share it.
    """
    first, *others = columns
    rows: list[list[Part | None]] = [[part, *(None for _ in others)] for part in first]
    for place, parts in enumerate(others, 1):
        at = -1
        for old, new in aligned_layers(first, parts):
            if old is not None:
                at = next(number for number, row in enumerate(rows) if row[0] is old)
            if new is None:
                continue
            if old is None:
                at += 1
                shared = at < len(rows) and rows[at][0] is None and rows[at][place] is None and same_name(rows[at], new)
                if not shared:
                    rows.insert(at, [None for _ in columns])
            rows[at][place] = new
    papers = [paper_names(parts) for parts in columns]
    return [(title_of(row, papers), row) for row in rows]


def same_name(row: list[Part | None], new: Part) -> bool:
    return any(part is not None and (part.name, part.title) == (new.name, new.title) for part in row)


def title_of(row: list[Part | None], papers: Sequence[Mapping[str, str]]) -> LayerName:
    """The name of a row: the name of the layer, and its class where all are of one; in a paper, the classes of all."""
    parts = [part for part in row if part is not None]
    titles = {part.title for part in parts}
    name = layer_title(parts[0].name, parts[0].title) if len(titles) == 1 else parts[0].name
    printed_names = [its.get(part.name, "") for part, its in zip(row, papers, strict=True) if part is not None]
    return LayerName(name, " / ".join(dict.fromkeys(printed_names)) if all(printed_names) else name)
