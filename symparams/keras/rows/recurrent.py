"""Recurrent layers: SimpleRNN, GRU, LSTM, their cells and cuDNN forms, and RNN with any cell."""

from __future__ import annotations

from ...core.catalogue import NO_BIAS, always, entry, when
from ...core.sizes import shown, size
from ...errors import ArgumentError, SettingError, ShapeError, brief, several
from ...layers.recurrent import Recurrent
from ..axes import Axes, agreed_size, checked_choice
from ..built import Built
from ..conventions import CUDNN, KERAS
from ..names import automatic_name
from ..row import INCOMPLETE, TABLE, check_seed, is_layer, refusal, row, sizes_check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.catalogue import Option
    from ...core.sizes import Dim, OpenShape
    from ..built import Shapes
    from ..row import RowLayer
    from ..signature import Arguments

RESET_AFTER = when(
    "reset_after", True, "reset_after=True resets after the recurrent product, which then has its own bias", bias_sets=2
)
RESET_BEFORE = when(
    "reset_after", False, "reset_after=False has one bias, since it resets before the recurrent product", bias_sets=1
)
CORES = {core.__name__: core for core in Recurrent.__subclasses__()}
CELLS = {"StackedRNNCells"}
STATES: dict[str, int] = {}  # of each recurrent class and each cell
CUDNN_BIASES = always("cuDNN adds one bias to W x and one to U h, where Keras keeps only their sum", bias_sets=2)


def sizes(a: Arguments, x: Axes) -> dict[str, object]:
    return {"inputs": x.features, "units": a.units}


def sequence_axes(a: Arguments) -> str:
    return "time batch features" if a.get("time_major") else "batch time features"


def sequence_shapes(a: Arguments, x: Axes, width: Dim, states: list[Dim]) -> Shapes:
    """The output shapes of a recurrence: the last output or all, then the states if asked for."""
    batch = x["batch"]
    if a.stateful and batch is None:
        raise ShapeError(f"{x.owner}: stateful=True needs the size of the batch, such as Input(batch_shape=(8, None, 3))")
    if a["version"] != "v3" and a.get("unroll") and x["time"] is None:
        raise ShapeError(f"{x.owner}: unroll=True needs the number of steps, which is None in the input")
    output = (*x.shape[:2], width) if a.return_sequences else (batch, width)
    return [output, *((batch, state) for state in states)] if a.return_state else output


def output_shapes(a: Arguments, x: Axes) -> Shapes:
    return sequence_shapes(a, x, a.units, [a.units] * STATES[a["class_name"]])


def cell_output_shapes(a: Arguments, x: Axes) -> Shapes:
    """The output shapes of a cell: its output and the list of its next states."""
    one = (x["batch"], a.units)
    return [one, [one] * STATES[a["class_name"]]]


def check(a: Arguments) -> None:
    sizes_check("units")(a)
    check_seed(a)
    for argument in ("dropout", "recurrent_dropout"):  # Keras clips other numbers to the range from 0 to 1
        if argument in a and not isinstance(a[argument], int | float):
            raise refusal(a, argument, "must be a number")
    if a.get("seed") is not None and a["version"] == "v1" and not a["class_name"].endswith("Cell"):
        raise SettingError(f"{a['class_name']}: TensorFlow 1 accepts seed only in cells; leave it out")
    if "use_cudnn" in a:
        checked_choice(a.use_cudnn, ("auto", True, False), f"{a['class_name']}: use_cudnn")


def check_states(name: str, a: Arguments, given: list[OpenShape]) -> None:
    """Checks that the states in a call are as wide as those of the layer. A cell needs them."""
    widths = state_widths(a.cell.arguments if "cell" in a else a)
    if a["class_name"] in CELLS and not given:
        raise ArgumentError(f"{a['class_name']} must be called on an input and its states: cell(x, [h])")
    if given and len(given) != len(widths):
        raise ShapeError(f"{name} takes {several(len(widths), 'state')}, not {len(given)}")
    for state, width in zip(given, widths, strict=False):
        if len(state) != 2:
            raise ShapeError(f"{name}: a state must have shape (batch, {width}), not {shown(state)}")
        agreed_size(state[-1], width, f"{name}: the size of a state")


# Arguments outside the signature: those of the base class, and ways of computing.
BASE = ("zero_output_for_mask",)
BASE_BEFORE = (*BASE, "input_length")
CELL_BEFORE = ("enable_caching_device", "seed")


def recurrence(
    name: str,
    *options: Option,
    states: int = 1,
    also: tuple[str, ...] = ("implementation",),
    also_before: tuple[str, ...] = CELL_BEFORE,
) -> None:
    """The rows of a recurrent class and of its cell: of the layer of ours that has its name, with as many ``states``.

    ``also`` and ``also_before`` are arguments outside its signature, as :func:`row` takes them.
    """
    core, cell = CORES.get(name), f"{name}Cell"
    if core is None:
        INCOMPLETE[name] = INCOMPLETE[cell] = f"symparams/layers/recurrent.py has no class {name}"
        return
    STATES[name] = STATES[cell] = states
    CELLS.add(cell)
    row(
        name,
        entry=entry(f"keras.{name}", core, KERAS.but(under=automatic_name(cell)), *options),
        takes=sequence_axes,
        check=check,
        sizes=sizes,
        gives=output_shapes,
        states=check_states,
        also=also + BASE,
        also_before=(*BASE_BEFORE, *also_before, "time_major"),
    )
    row(
        cell,
        entry=entry(f"keras.{cell}", core, KERAS, *options),
        takes="batch features",
        check=check,
        sizes=sizes,
        gives=cell_output_shapes,
        states=check_states,
        also=also,
        also_before=CELL_BEFORE,
    )


def in_cudnn(name: str) -> None:
    """The row of the cuDNN form of a recurrent class, which follows that of the class."""
    STATES[f"CuDNN{name}"] = STATES[name]
    row(
        f"CuDNN{name}",
        entry=entry(f"keras.CuDNN{name}", CORES[name], CUDNN, CUDNN_BIASES),
        takes="batch time features",
        check=check,
        sizes=sizes,
        gives=output_shapes,
        states=check_states,
    )


recurrence("SimpleRNN", NO_BIAS, also=(), also_before=CELL_BEFORE[:1])
recurrence("GRU", NO_BIAS, RESET_AFTER, RESET_BEFORE)
recurrence("LSTM", NO_BIAS, states=2)  # h and c
in_cudnn("GRU")
in_cudnn("LSTM")


# ---------------------------------------------------------------- layers around cells
def cell_arguments(a: Arguments) -> list[Arguments]:
    """The arguments of all cells in a stack and the stacks inside it; for any other layer, its own arguments."""
    if a["class_name"] != "StackedRNNCells":
        return [a]
    return [cell for inside in a.cells for cell in cell_arguments(inside.arguments)]


def state_widths(a: Arguments) -> list[Dim]:
    """The widths of the states of a cell or a recurrent layer."""
    return [width for cell in cell_arguments(a) for width in cell.get("state_size") or [cell.units] * STATES[cell["class_name"]]]


def is_cell(value: object) -> bool:
    return is_layer(value) and (value.class_name in CELLS or is_own_cell(value))


def is_own_cell(value: RowLayer) -> bool:
    """Whether a user's own layer is a cell: it says the sizes of its states. They are noted in its arguments, as its units are."""
    states = getattr(value, "state_size", None) if value.row.name not in TABLE else None
    if states is None:
        return False
    sizes = [*states] if isinstance(states, tuple | list) else [states]
    value.arguments["state_size"] = [size(each, f"{value.class_name}: state_size") for each in sizes]
    value.arguments["units"] = getattr(value, "output_size", None) or sizes[0]
    return True


def check_rnn(a: Arguments) -> None:
    if isinstance(a.cell, tuple | list) and a.cell and all(map(is_cell, a.cell)):
        a["cell"] = a.cell[0].sibling("StackedRNNCells", cells=list(a.cell))
    if not is_cell(a.cell):
        raise refusal(a, "cell", "must be a cell such as LSTMCell(16), or a list of cells")


def build_rnn(a: Arguments, shape: OpenShape) -> Built:
    x = Axes(a["class_name"], sequence_axes(a), shape)
    inside: Built = a.cell._built((x["batch"], x["features"]))
    output = sequence_shapes(a, x, cell_arguments(a.cell.arguments)[-1].units, state_widths(a.cell.arguments))
    return Built(core=inside.core, output=output, because=inside.because, inner=(a.cell,))


def check_cells(a: Arguments) -> None:
    if not isinstance(a.cells, tuple | list) or not a.cells or not all(map(is_cell, a.cells)):
        raise SettingError(
            f"StackedRNNCells: cells must be a list of cells, such as [GRUCell(8), LSTMCell(8)], not {brief(a.cells)}"
        )
    taken: dict[str, int] = {}
    named: list[RowLayer] = []
    for cell in a.cells:
        if any(cell is other for other in named):  # a cell that is used twice has its weights once
            named.append(cell)
            continue
        number = taken.get(cell.name, 0)
        taken[cell.name] = number + 1
        named.append(cell.renamed(f"{cell.name}_{number}") if number else cell)
    a["cells"] = named


def build_cells(a: Arguments, shape: OpenShape) -> Built:
    batch, width = shape[0], shape[-1]
    for cell in a.cells:
        cell._built((batch, width))
        width = cell_arguments(cell.arguments)[-1].units
    states = [[(batch, state) for state in state_widths(cell.arguments)] for cell in a.cells]
    each = [of_one[0] if len(of_one) == 1 else of_one for of_one in states]
    return Built(output=[(batch, width), each], inner=tuple(a.cells))


row("RNN", states=check_states, also_before=BASE_BEFORE, check=check_rnn, build=build_rnn, takes="batch time features")
row("StackedRNNCells", states=check_states, check=check_cells, build=build_cells, takes="batch features")
