"""SimpleRNN, GRU, LSTM, their cells and their cuDNN forms, and RNN around any cell."""

from __future__ import annotations

from ...catalogue import NO_BIAS, always, entry, when
from ...conventions import CUDNN, KERAS
from ...errors import SettingError
from ...layers.recurrent import GRU, LSTM, SimpleRNN
from ..row import Built, refuse, row, whole
from ..shapes import Axes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...dims import Dim, OpenShape
    from ..layer import KerasLayer
    from ..signature import Arguments

RESET_AFTER = when(
    "reset_after", True, "reset_after=True resets after the recurrent product, which then has a bias of its own", bias_sets=2
)
CUDNN_BIASES = always("cuDNN adds one bias to W x and one to U h, where Keras keeps only their sum", bias_sets=2)


def sizes(a: Arguments, x: Axes) -> dict[str, Any]:
    return {"inputs": x.features, "units": a.units}


def takes(a: Arguments) -> str:
    return "time batch features" if a.get("time_major") else "batch time features"


def sequence(a: Arguments, x: Axes, width: Dim, states: list[Dim]) -> Any:
    """The outputs of a recurrence: the last one or all, then the states if asked for."""
    batch = x["batch"]
    output = (*x.shape[:2], width) if a.return_sequences else (batch, width)
    return [output, *((batch, state) for state in states)] if a.return_state else output


def gives(states: int) -> Callable[[Arguments, Axes], Any]:
    return lambda a, x: sequence(a, x, a.units, [a.units] * states)


def cell_gives(states: int) -> Callable[[Arguments, Axes], Any]:
    """A cell called by itself gives its output and its next states."""
    return lambda a, x: [(x["batch"], a.units)] * (1 + states)


for name, core, options, states in (
    ("SimpleRNN", SimpleRNN, (NO_BIAS,), 1),
    ("GRU", GRU, (NO_BIAS, RESET_AFTER), 1),
    ("LSTM", LSTM, (NO_BIAS,), 2),
):
    under = {"SimpleRNN": "simple_rnn_cell", "GRU": "gru_cell", "LSTM": "lstm_cell"}[name]
    row(
        name,
        entry=entry(f"keras.{name}", core, KERAS, *options, under=under),
        takes=takes,
        check=whole("units"),
        sizes=sizes,
        gives=gives(states),
        states=True,
    )
    row(
        f"{name}Cell",
        entry=entry(f"keras.{name}Cell", core, KERAS, *options),
        takes="batch features",
        check=whole("units"),
        sizes=sizes,
        gives=cell_gives(states),
        states=True,
    )
for name, core, states in (("CuDNNGRU", GRU, 1), ("CuDNNLSTM", LSTM, 2)):
    row(
        name,
        entry=entry(f"keras.{name}", core, CUDNN, CUDNN_BIASES),
        takes="batch time features",
        check=whole("units"),
        sizes=sizes,
        gives=gives(states),
        states=True,
    )


# ---------------------------------------------------------------- around a cell
CELL_STATES = {"SimpleRNNCell": 1, "GRUCell": 1, "LSTMCell": 2}


def cells_of(layer: KerasLayer) -> list[KerasLayer]:
    return list(layer.arguments.cells) if layer.class_name == "StackedRNNCells" else [layer]


def states_of(cell: KerasLayer) -> list[Dim]:
    return [each.arguments.units for each in cells_of(cell) for _ in range(CELL_STATES[each.class_name])]


def is_cell(value: object) -> bool:
    name = getattr(value, "class_name", None)
    return name in CELL_STATES or name == "StackedRNNCells"


def check_rnn(a: Arguments) -> None:
    if isinstance(a.cell, tuple | list) and a.cell and all(map(is_cell, a.cell)):
        a["cell"] = a.cell[0].sibling("StackedRNNCells", cells=list(a.cell))
    if not is_cell(a.cell):
        raise refuse(a, "cell", "must be a cell such as LSTMCell(16), or a list of cells")


def build_rnn(layer: KerasLayer, shape: OpenShape) -> Built:
    a = layer.arguments
    x = Axes(layer.class_name, takes(a), shape)
    inside = a.cell._built((x["batch"], x["features"]))
    output = sequence(a, x, cells_of(a.cell)[-1].arguments.units, states_of(a.cell))
    return Built(core=inside.core, output=output, because=inside.because, inner=(a.cell,))


def check_cells(a: Arguments) -> None:
    if not isinstance(a.cells, tuple | list) or not a.cells or not all(map(is_cell, a.cells)):
        raise SettingError(f"StackedRNNCells: cells must be a list of cells, such as [GRUCell(8), LSTMCell(8)], not {a.cells!r}")
    taken: dict[str, int] = {}
    named: list[KerasLayer] = []
    for cell in a.cells:
        if any(cell is other for other in named):  # used twice, it has its weights once
            named.append(cell)
            continue
        number = taken.get(cell.name, 0)
        taken[cell.name] = number + 1
        named.append(cell.renamed(f"{cell.name}_{number}") if number else cell)
    a["cells"] = named


def build_cells(layer: KerasLayer, shape: OpenShape) -> Built:
    batch, width = shape[0], shape[-1]
    for cell in layer.arguments.cells:
        cell._built((batch, width))
        width = cell.arguments.units
    output = [(batch, width), *((batch, state) for state in states_of(layer))]
    return Built(output=output, inner=tuple(layer.arguments.cells))


row("RNN", states=True, check=check_rnn, build=build_rnn, takes="batch time features")
row("StackedRNNCells", states=True, check=check_cells, build=build_cells, takes="batch features")
