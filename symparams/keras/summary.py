"""``model.summary()``: Keras's table, with the formula of every layer next to its number."""

from __future__ import annotations

from ..core.assumptions import printed
from ..core.formula import Formula
from ..core.frozen import Frozen
from ..core.tree import NOTHING
from ..errors import several
from ..tables.answer import Answer, Table
from ..tables.cells import Count, Inside, in_text
from ..tables.facts import count_facts, row_facts
from ..tables.layer_table import said_once
from .graph import Graph, tensors_in
from .lora_and_quantization import leaf_layers
from .plain_values import policy_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..tables.answer import Facts
    from ..tables.writers import Block
    from .built import Shapes
    from .graph import KerasCountable, KerasTensor
    from .row import RowLayer

FLOAT32 = (None, "float32", "mixed_float16", "mixed_bfloat16")
LONG = 60  # characters
UNITS = ("B", "KB", "MB", "GB", "TB")


class SummaryRow(Frozen):
    """One layer: its name and class, its output shape, its count, and the layers it is connected to.

    ``depth`` is the number of nested models around it; ``trainable`` is None where there is nothing to train, and
    ``output_shape`` and ``connected_to`` are None where only the model's own code determines them.
    """

    name: str
    class_name: str
    output_shape: Shapes | None
    count: Formula
    connected_to: tuple[str, ...] | None
    trainable: bool | None
    depth: int

    @property
    def title(self) -> str:
        """Its name and class."""
        return f"{self.name} ({self.class_name})"

    @property
    def formula(self) -> str:
        """The formula as text; empty where there is nothing to count."""
        return in_text(self.count)


# The columns of the table, some of them optional: key, head, and the content for a row.
COLUMNS: dict[str, tuple[str, Callable[[SummaryRow], object]]] = {
    "layer": ("Layer (type)", lambda row: Inside(row.depth, row.title)),
    "output_shape": ("Output Shape", lambda row: shape_cell(row.output_shape)),
    "count": ("Param #", lambda row: count_cell(row.count)),
    "formula": ("Formula", lambda row: row.count),
    "connected_to": ("Connected to", lambda row: ", ".join(row.connected_to or ()) or "-"),
    "trainable": ("Trainable", lambda row: {True: "Y", False: "N", None: "-"}[row.trainable]),
}


class Summary(Answer):
    """The table of a model. ``print`` shows it as Keras does; ``rows`` has its layers.

    ``markdown()``, ``html()``, ``latex()``, ``csv()``, ``json()``, ``to_pandas()`` and ``to_polars()`` write it.
    ``expand_nested`` also shows the layers of nested models, ``show_trainable`` which layers are trained, as in Keras.
    """

    def __init__(self, model: Graph, expand_nested: bool = False, show_trainable: bool = False) -> None:
        self.title = model.name
        self.rows = [*summary_rows(model, expand_nested)]
        self.total, self.trainable, self.non_trainable = model.count, model.trainable_count, model.non_trainable_count
        self.in_float32 = all(is_float32(layer) for layer in leaf_layers(model, set()))
        self.notes, self.assumed = [*model.notes, *dict.fromkeys(model._left_out())], list(model.assumed)
        left_out = {"connected_to": not has_branches(self.rows), "trainable": not show_trainable}
        self.columns = [key for key in COLUMNS if not left_out.get(key)]

    @property
    def totals(self) -> list[tuple[str, Formula]]:
        """The lines below the table."""
        return [("Total params", self.total), ("Trainable params", self.trainable), ("Non-trainable params", self.non_trainable)]

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """The layers with their counts, and the totals."""
        counts = {"trainable": count_facts(self.trainable), "non_trainable": count_facts(self.non_trainable)}
        return {
            "name": self.title,
            "layers": list(map(row_facts, self.rows)),
            **count_facts(self.total),
            **counts,
            "notes": self.notes,
            "assumed": self.assumed,
        }

    def table(self) -> Table:
        """The layers, with the totals below them."""
        foot = [{"layer": name, "count": count_cell(count), "formula": count} for name, count in self.totals]
        return Table(self._layers.columns, self._layers.rows, foot)

    @property
    def _layers(self) -> Table:
        heads = {key: COLUMNS[key][0] for key in self.columns}
        return Table(heads, [{key: COLUMNS[key][1](row) for key in self.columns} for row in self.rows])

    def content(self) -> Sequence[Block]:
        """The table and its notes."""
        return [
            said_once(self.table()),
            *(f"Note: {note}" for note in self.notes),
            *(f"Assumed: {each}" for each in printed(self.assumed)),
        ]

    def explain(self) -> str:
        """The table as Keras prints it, with one more column."""
        totals = (
            f" {name}: {in_text(count_cell(count))}{memory_text(count) if self.in_float32 else ''}" for name, count in self.totals
        )
        notes = (*(f" Note: {note}" for note in self.notes), *(f" Assumed: {each}" for each in printed(self.assumed)))
        return "\n".join([f'Model: "{self.title}"', str(self._layers), *totals, *notes])

    def __repr__(self) -> str:
        return f"<Summary of {self.title}: {several(len(self.rows), 'layer')}, {several(self.total, 'parameter')}>"


def summary_rows(model: Graph, expand_nested: bool, depth: int = 0) -> Iterator[SummaryRow]:
    """The layers of a model; with ``expand_nested``, each nested model is followed by its layers."""
    reads: dict[int, list[str]] = {}
    for call in model.steps:
        reads.setdefault(id(call.layer), []).extend(tensor_source(tensor) for tensor in call.inputs)
    for layer in model.inside():
        yield SummaryRow(
            name=layer.name,
            class_name=layer.class_name,
            output_shape=layer.output_shape if layer.built else None,
            count=Formula(NOTHING) if layer.lacks_input else layer.count,
            connected_to=tuple(reads.get(id(layer), ())) if model.inputs else None,
            trainable=is_trained(layer),
            depth=depth,
        )
        if expand_nested and isinstance(layer, Graph):
            yield from summary_rows(layer, expand_nested, depth + 1)


def shape_cell(shape: Shapes | None) -> object:
    """A shape, or several; ``?`` where it is unknown, as in Keras."""
    return "?" if shape is None else [shape_cell(each) for each in shape] if isinstance(shape, list) else shape


def tensor_source(tensor: KerasTensor) -> str:
    """The source of a tensor as Keras writes it: ``dense[0][0]`` is output 0 of call 0."""
    call = tensor.call
    if call is None:
        return "-"
    call_number = next((number for number, each in enumerate(call.layer.calls) if each is call), 0)
    output_number = next((number for number, each in enumerate(tensors_in(call.outputs)) if each is tensor), 0)
    return f"{call.layer.name}[{call_number}][{output_number}]"


def has_branches(rows: list[SummaryRow]) -> bool:
    """Whether the layers are not a simple chain, so that the table needs the column "Connected to"."""
    before: dict[int, str] = {}
    shown = {row.name for row in rows}
    for row in rows:
        if row.connected_to is None:
            continue
        reads = [name for name, _, _ in (source.partition("[") for source in row.connected_to) if name in shown]
        chain = reads in ([], [before.get(row.depth)])
        if not chain or (not row.connected_to and row.depth in before):
            return True
        before = {depth: name for depth, name in before.items() if depth <= row.depth} | {row.depth: row.name}
    return False


def count_cell(count: Formula) -> Count | Formula:
    """The number or the count multiplied out; the written form where that is shorter and the other exceeds a line."""
    multiplied = Count(count.polynomial)
    return count if max(LONG, len(count.text())) < len(in_text(multiplied)) else multiplied


def is_trained(layer: KerasCountable) -> bool | None:
    """Whether training changes a layer; None where it has no weights."""
    return layer.trainable if not layer.lacks_input and layer.count.polynomial.terms else None


def is_float32(layer: RowLayer) -> bool:
    """Whether all weights of a layer take four bytes each, as they also do under a mixed policy."""
    if layer.row.entry is None:
        return True
    dtype = layer.arguments.get("dtype")
    name = policy_value(dtype) if isinstance(dtype, dict) else getattr(dtype, "name", dtype)
    return name in FLOAT32 and (layer.core is None or layer.core.values().get("quantization") is None)


def memory_text(count: Formula) -> str:
    """The size in memory at four bytes per parameter, as Keras prints it."""
    number = count.polynomial.constant()
    if number is None:
        return ""
    size, unit = float(4 * number), 0
    while size >= 1024 and unit < len(UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f" ({size:.2f} {UNITS[unit]})"
