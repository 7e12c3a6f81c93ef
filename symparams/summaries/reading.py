"""``from_summary``: the tables of a pasted text."""

from __future__ import annotations

from .._startup.boundary import entrance
from .._startup.limits import ROWS_OF_A_TABLE
from ..errors import TextError
from ..keras.names import automatic_name
from ..keras.printers import KERAS_2, KERAS_3
from ..torch.framework import NN
from .table import SummaryTable
from .tables import SummaryTables
from .text.batch_axes import add_batch_axes
from .text.cells import NUMBER
from .text.cleaning import clean_lines
from .text.connections import complete_classes
from .text.csv_tables import with_bars
from .text.cut_numbers import complete_cut_number
from .text.heads_and_totals import TOTALS, heads_in, model_name, totals_in
from .text.lost_heads_and_bars import with_head_restored
from .text.mail_folds import unfolded_lines
from .text.names import known_classes
from .text.printers import MXNET, printer_of
from .text.row import keras_layer, torch_layer
from .text.rows import raw_table
from .text.terminal_wraps import unwrapped_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .text.heads_and_totals import TableHead
    from .text.row import SummaryLayer
    from .text.rows import RawRow

LONGEST_QUOTE = 100
MOST_LINES = 50  # that are quoted because they were not read
NEAR = 12  # lines between a name and its table, or between the totals of one table


@entrance
def from_summary(text: str, input_shape: Sequence[int | None] | None = None) -> SummaryTable | SummaryTables:
    """The table that ``model.summary()`` printed, in any Keras since 1.0, in torchinfo or in torchsummary, or ``print(module)``.

    Text around the table (prompts, quote marks, log prefixes, colours, indentation) does not matter. Several tables in one
    text are returned as :class:`~symparams.summaries.SummaryTables`. ``input_shape`` is the shape of the model's input, without
    the batch axis, for a table that does not show it. A printed ``nn.Module`` has no numbers: the numbers are counted from the
    modules that it names, and its notes say what it does not show. Raises :class:`~symparams.errors.TextError` for a text
    without a table, or with one that was cut off.

    >>> table = from_summary('''
    ... Layer (type)                 Output Shape              Param #
    ... =================================================================
    ... gru (GRU)                    (None, 64, 16)            1536
    ... _________________________________________________________________
    ... time_distributed (TimeDistri (None, 64, 8)             136
    ... =================================================================
    ... Total params: 1,672
    ... ''')
    >>> table.total, [(layer.name, layer.class_name, layer.params) for layer in table.layers]
    (1672, [('gru', 'GRU', 1536), ('time_distributed', 'TimeDistributed', 136)])
    """
    from .explaining.other_kinds import tables_of_other_kinds

    plain = with_bars(clean_lines(text))
    lines = unfolded_lines(unwrapped_lines(plain))
    headed = tables_with_heads(lines, heads_in(lines))
    places = [place for place, line in enumerate(plain) if "Layer (type" in line]
    found = [*zip(places, headed, strict=False), *tables_of_other_kinds(plain, headed)] if len(places) >= len(headed) else []
    tables = [table for _, table in sorted(found, key=lambda each: each[0])] or headed
    if not tables:
        restored = with_head_restored(lines)
        tables = tables_with_heads(restored, heads_in(restored))
    if not tables:
        raise TextError(no_table_in_words(lines))
    for table in tables if input_shape is not None else ():
        table.input_shape = (None, *shape_given(input_shape))
    return only_or_all(tables)


def tables_with_heads(lines: list[str], heads: list[TableHead]) -> list[SummaryTable]:
    """The tables below the heads of a text."""
    ends = [head.first for head in heads[1:]] + [len(lines)]
    before = [0, *(head.last for head in heads)]
    return [
        one_table(head, lines[max(start, head.first - NEAR) : head.first], lines[head.last + 1 : end], place + 1)
        for place, (head, start, end) in enumerate(zip(heads, before, ends, strict=False))
    ]


def no_table_in_words(lines: list[str]) -> str:
    """The error for a text without a table: why, and what to paste instead."""
    if any("Layer (type" in line for line in lines):
        return (
            "the line 'Layer (type)' has no 'Param #' next to it: paste the table as it was printed, "
            "from a terminal that is as wide as its line_length"
        )
    if any(TOTALS.search(line) for line in lines):
        return "the beginning of the table is missing: paste it from the line 'Layer (type) ... Param #' on"
    return (
        "no table found: paste the output of model.summary(), from the line 'Layer (type) ... Param #' to 'Total params', "
        f"or a printed {NN.prefix}Module"
    )


def only_or_all(tables: list[SummaryTable]) -> SummaryTable | SummaryTables:
    """A single table, or all of several."""
    return tables[0] if len(tables) == 1 else SummaryTables(tables)


def one_table(head: TableHead, above: list[str], below: list[str], place: int) -> SummaryTable:
    """The table below one head."""
    text = raw_table(head, below)
    raw, end, breaks = text.rows, text.end, text.breaks
    name = model_name(above)
    which = f"table {place}" + (f" ({name})" if name else "")
    totals = totals_in(below[end : end + NEAR])
    if not raw:
        raise TextError(f"{which} is cut off: it has no rows; paste it to the end, with the line 'Total params'")
    if len(raw) > ROWS_OF_A_TABLE:
        raise TextError(f"{which} has {len(raw):,} rows, more than {ROWS_OF_A_TABLE:,}")
    printed_by, layers = read_rows(head, raw, breaks)
    put_classes_last(layers)
    add_batch_axes(layers, printed_by == MXNET)
    complete_classes(layers)
    # Keras did not print the model's name before 2.3, when its GRU had one set of biases, as it still has in TensorFlow 1. But the
    # line with the name is easily left out of a paste; then the name of the first layer, gru instead of gru_1, shows that it is newer.
    newer = name or breaks or any(layer.name == automatic_name(layer.class_name or "") for layer in layers)
    version = "v3" if printed_by == KERAS_3 else "v2" if newer else "v1"
    table = SummaryTable(
        name, printed_by, layers, {kind: exact_total(number, which, kind) for kind, number in totals.items()}, version
    )
    complete_cut_number(table)
    table.remarks += remarks_on_sharing(table)
    table.remarks += remarks_on_text(layers[-1], "total" in totals, text.lines_not_read("total" in totals))
    return table


def remarks_on_sharing(table: SummaryTable) -> list[str]:
    """The parameters that MXNet Gluon counts for each layer that shares them."""
    unique = table.unique
    if unique is None or unique == table.total:
        return []
    return [f"the total counts shared parameters for each layer that has them; the model has {unique:,}"]


def remarks_on_text(last: SummaryLayer, has_total: bool, unread: list[str]) -> list[str]:
    """The lack of a total, and the lines among the rows that were not read."""
    lack = f"the line 'Total params' is missing, so the text may be cut off, even within its last row, {last.title}"
    more = [f"{len(unread) - MOST_LINES} more lines are not read"] if len(unread) > MOST_LINES else []
    return [*([] if has_total else [lack]), *(f"not read: {quoted_line(line)}" for line in unread[:MOST_LINES]), *more]


def quoted_line(line: str) -> str:
    """A line of the text in quotes, shortened."""
    return f"'{line}'" if len(line) <= LONGEST_QUOTE else f"'{line[:LONGEST_QUOTE]}…'"


def read_rows(head: TableHead, raw: list[RawRow], breaks: bool) -> tuple[str, list[SummaryLayer]]:
    """The tool that printed a table, and the rows."""
    printed_by = printer_of(head, [row.cells["layer"][0] if row.cells["layer"] else "" for row in raw])
    if printed_by in (KERAS_2, KERAS_3, MXNET):
        return printed_by, [keras_layer(row, breaks) for row in raw]
    return printed_by, [torch_layer(row) for row in raw]


def put_classes_last(layers: list[SummaryLayer]) -> None:
    """Exchanges name and class where each row has the class first, as Keras 0 prints it: ``Dense (dense)``."""
    named = [layer for layer in layers if layer.class_name is not None]
    classes = known_classes()
    if named and all(layer.name in classes and layer.class_name not in classes for layer in named):
        for layer in named:
            layer.name, layer.class_name = str(layer.class_name), layer.name


def shape_given(shape: object) -> tuple[int | None, ...]:
    """A shape that the user gives."""
    from ..keras.axes import open_shape

    return open_shape(shape, "from_summary: input_shape")  # type: ignore[return-value]


def exact_total(text: str, which: str, kind: str) -> int:
    """A total; one that was rounded (``1.2M``) or cut is refused."""
    number = NUMBER.match(text)
    if number is None or text[number.end() :].strip(".,;|│ )`*'\"<\\"):
        raise TextError(f"{which}: {kind} params is {text!r}, not a whole number; print the table with exact numbers")
    return int(number.group().partition(".")[0].replace(",", ""))
