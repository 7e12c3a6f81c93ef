"""The tables of flax and haiku as tables of ours: the arrays of each module are in the text, so nothing is guessed."""

from __future__ import annotations

from math import prod

from ...errors import SymparamsError
from ...layers.convolution import Conv
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.normalization import LayerNormalization
from ...layers.parameter import Parameter
from ..table import SummaryTable
from ..text.array_tables import array_tables
from ..text.printers import ARRAYS
from ..text.row import SummaryLayer
from .explaining import Explanation
from .explanations import LayerWay

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.model import Layer
    from ..text.array_tables import ArrayRow, ArrayTable
    from ..text.cells import Shape

KERNELS, BIASES, SCALES = ("kernel", "w"), ("bias", "b", "offset"), ("scale",)


def array_summaries(lines: Sequence[str]) -> list[tuple[int, SummaryTable]]:
    """The tables in a text, each with the place of its head."""
    return [(table.place, table_of_arrays(table)) for table in array_tables(lines) if table.rows]


def table_of_arrays(table: ArrayTable) -> SummaryTable:
    """One table: each row has the arrays of its module alone."""
    layers = [array_layer(row) for row in table.rows]
    alone = [explanation_of_arrays(row) for row in table.rows]
    total = table.total
    if total is None and table.nested:
        total = table.rows[0].said
    others = sum(prod(size or 1 for size in shape) for row in table.rows for shape in row.others.values())
    if total is not None and total - others == sum(layer.params or 0 for layer in layers):
        total -= others  # flax adds up all collections
    found = SummaryTable("", ARRAYS, layers, {} if total is None else {"total": total})
    found.alone = alone
    found.remarks = [f"arrays of other collections, with {others:,} elements, are not counted"] if others else []
    return found


def array_layer(row: ArrayRow) -> SummaryLayer:
    """The row of one module."""
    params = sum(prod(size or 1 for size in shape) for shape in row.arrays.values())
    shape = "" if row.output is None else str(row.output)
    return SummaryLayer(
        row.path or row.class_name,
        row.class_name or None,
        row.output,
        params,
        depth=row.path.count("/"),
        shape_text=shape,
        params_text=f"{params:,}",
    )


def explanation_of_arrays(row: ArrayRow) -> Explanation:
    """The layer with exactly the arrays of a row."""
    params = sum(prod(size or 1 for size in shape) for shape in row.arrays.values())
    if not row.arrays:
        return Explanation(0)
    return Explanation(params, [LayerWay(row.class_name, layers_of_arrays(row.arrays), 0, True, True)])


def layers_of_arrays(arrays: dict[str, Shape]) -> tuple[Layer, ...]:
    """One layer of ours with these arrays where their names say which, or else a parameter for each."""
    plain: list[Layer] = [Parameter(shape=tuple(size or 1 for size in shape)) for shape in arrays.values()]
    try:
        layer = known_layer({name: tuple(size or 1 for size in shape) for name, shape in arrays.items()})
    except SymparamsError:
        layer = None
    same = layer is not None and int(layer.count) == sum(int(each.count) for each in plain)
    return (layer,) if layer is not None and same else tuple(plain)


def known_layer(arrays: dict[str, tuple[int, ...]]) -> Layer | None:
    """The layer whose arrays have these names: a kernel with or without a bias, an embedding, a normalization."""
    kernel = next((arrays[name] for name in KERNELS if name in arrays), None)
    bias = int(any(name in arrays for name in BIASES))
    if kernel is not None and len(kernel) == 2:
        return Dense(inputs=kernel[0], units=kernel[1], bias_sets=bias)
    if kernel is not None and len(kernel) > 2:
        return Conv(window=kernel[:-2], inputs=kernel[-2], filters=kernel[-1], bias_sets=bias)
    if len(arrays) == 1 and {*arrays} <= {"embedding", "embeddings"}:
        (table,) = arrays.values()
        return Embedding(words=table[0], width=table[1])
    scale = next((arrays[name] for name in SCALES if name in arrays), None)
    return LayerNormalization(shape=scale, shifts=bias) if scale is not None else None
