"""The tables of flax and haiku as tables of ours: the arrays of each module are in the text, so nothing is guessed."""

from __future__ import annotations

import re
from math import prod

from ...errors import SymparamsError
from ...layers.convolution import Conv
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.normalization import LayerNormalization
from ...layers.parameter import Parameter
from ..table import SummaryTable
from ..text.array_tables import ArrayTable, array_tables
from ..text.printed_trees import printed_tree
from ..text.printers import ARRAYS
from ..text.row import SummaryLayer
from .explaining import Explanation
from .explanations import LayerWay

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.model import Layer
    from ..text.array_tables import ArrayRow
    from ..text.cells import Shape

EQUINOX = re.compile(r"Linear$|Conv(?:\dd)?$")  # whose weight has its outputs first
KERNELS, BIASES, SCALES = ("kernel", "w"), ("bias", "b", "offset"), ("scale",)


def array_summaries(lines: Sequence[str]) -> list[tuple[int, SummaryTable]]:
    """The tables in a text, each with the place of its head."""
    return [(table.place, table_of_arrays(table)) for table in array_tables(lines) if table.rows]


def tree_summaries(lines: Sequence[str]) -> list[tuple[int, SummaryTable]]:
    """The printed tree of arrays in a text, with its place."""
    tree = printed_tree(lines)
    if tree is None:
        return []
    table = table_of_arrays(ArrayTable(tree.rows, None, tree.place))
    table.remarks += tree.lacking
    return [(tree.place, table)]


def table_of_arrays(table: ArrayTable) -> SummaryTable:
    """One table: each row has the parameters of its module alone."""
    rows = first_uses(table.rows)
    numbers, total = numbers_alone(rows, table.total)
    found = SummaryTable("", ARRAYS, list(map(array_layer, rows, numbers)), {} if total is None else {"total": total})
    found.alone = list(map(explanation_of_arrays, rows, numbers))
    others = sum(prod(size or 1 for size in shape) for row in rows for shape in row.others.values())
    found.remarks = [f"arrays of other collections, with {others:,} elements, are not counted"] if others else []
    return found


def first_uses(rows: Sequence[ArrayRow]) -> list[ArrayRow]:
    """The rows; a module that is called again has no parameters of its own the second time."""
    seen: set[str] = set()
    found = []
    for row in rows:
        again = row.path in seen and bool(row.path)
        found.append(row.but(arrays={}, others={}, said=None, cut=False) if again else row)
        seen.add(row.path)
    return found


def numbers_alone(rows: Sequence[ArrayRow], total: int | None) -> tuple[list[int], int | None]:
    """The number of parameters of each module alone, and the total of the parameters.

    A number in a row may or may not include the modules inside: the total decides, and the arrays do where they are listed.
    """
    listed = [size_of(row.arrays) for row in rows]
    said = [size if row.said is None else row.said for row, size in zip(rows, listed, strict=True)]
    others = sum(size_of(row.others) for row in rows)
    ways = [way for way in (listed, said, without_inside(rows, said)) if way is not None]
    for numbers in ways:
        if total is not None and sum(numbers) in (total, total - others):  # flax adds up all collections
            return numbers, sum(numbers)
    if total is not None or not any(listed):
        return ways[-1], total
    numbers = [row.said if row.cut and row.said is not None else size for row, size in zip(rows, listed, strict=True)]
    return numbers, sum(numbers) if rows[0].said == sum(numbers) else None  # of the module around all others


def size_of(arrays: dict[str, Shape]) -> int:
    return sum(prod(size or 1 for size in shape) for shape in arrays.values())


def without_inside(rows: Sequence[ArrayRow], said: Sequence[int]) -> list[int] | None:
    """The numbers without those of the modules inside; None where these have more."""
    places = {row.path.replace("/~", ""): place for place, row in reversed([*enumerate(rows)])}
    found = [*said]
    for path, place in places.items():
        steps = path.split("/") if path else []
        around = next((places[up] for cut in range(len(steps) - 1, -1, -1) if (up := "/".join(steps[:cut])) in places), None)
        if around is not None:
            found[around] -= said[place]
    return found if min(found, default=0) >= 0 else None


def array_layer(row: ArrayRow, params: int) -> SummaryLayer:
    """The row of one module."""
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


def explanation_of_arrays(row: ArrayRow, params: int) -> Explanation:
    """The layer with exactly the arrays of a row."""
    if not row.arrays or row.cut or size_of(row.arrays) != params:
        return Explanation(params, because="not explained: the text does not list its arrays" if params else "")
    return Explanation(params, [LayerWay(row.class_name, layers_of_arrays(row.class_name, row.arrays), 0, True, True)])


def layers_of_arrays(class_name: str, arrays: dict[str, Shape]) -> tuple[Layer, ...]:
    """One layer of ours with these arrays where their names say which, or else a parameter for each."""
    plain: list[Layer] = [Parameter(shape=tuple(size or 1 for size in shape)) for shape in arrays.values()]
    try:
        layer = known_layer(class_name, {name: tuple(size or 1 for size in shape) for name, shape in arrays.items()})
    except SymparamsError:
        layer = None
    same = layer is not None and int(layer.count) == sum(int(each.count) for each in plain)
    return (layer,) if layer is not None and same else tuple(plain)


def known_layer(class_name: str, arrays: dict[str, tuple[int, ...]]) -> Layer | None:
    """The layer whose arrays have these names: a kernel with or without a bias, an embedding, a normalization."""
    kernel = next((arrays[name] for name in KERNELS if name in arrays), None)
    bias = int(any(name in arrays for name in BIASES))
    if kernel is None and "weight" in arrays and EQUINOX.match(class_name):  # outputs first
        filters, *rest = arrays["weight"]
        kernel = (*rest[1:], rest[0], filters) if rest else None
    if kernel is not None and len(kernel) == 2:
        return Dense(inputs=kernel[0], units=kernel[1], bias_sets=bias)
    if kernel is not None and len(kernel) > 2:
        return Conv(window=kernel[:-2], inputs=kernel[-2], filters=kernel[-1], bias_sets=bias)
    if len(arrays) == 1 and ({*arrays} <= {"embedding", "embeddings"} or (class_name == "Embedding" and "weight" in arrays)):
        (table,) = arrays.values()
        return Embedding(words=table[0], width=table[1])
    scale = next((arrays[name] for name in SCALES if name in arrays), None)
    if scale is None and "Norm" in class_name:
        scale = arrays.get("weight")
    return LayerNormalization(shape=scale, shifts=bias) if scale is not None else None
