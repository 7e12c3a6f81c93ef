"""The layers that have the number of a row: candidates are built as Keras would build them, and their counts compared.

There are no formulas here. A size that the table does not show (a window, the words of an embedding, the features of an
unknown input) is solved for by building the layer at small sizes; the result is built as well, and its count must be exact.
"""

from __future__ import annotations

from itertools import islice
from math import prod

from ...errors import SymparamsError
from ...keras.graph import KerasTensor
from ...keras.layer import layer_class
from ...keras.signature import REQUIRED, parameters
from ...keras.table import row_of
from .argument_values import FROM_THE_OUTPUT, SIZES, argument_combinations, geometries
from .explanations import KerasWay
from .row_question import LayerCandidate
from .solved_sizes import divisors_in_order, solved_growing_size, solved_size, windows_of_volume

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ...keras.row import Row
    from ..text.cells import Shape
    from .row_question import RowQuestion

SOLVED = ("kernel_size", "input_dim", "num_heads", "key_dim")
EACH_PLACE = "LocallyConnected"
SMALL_WINDOWS = (3, 5, 7, 1, 9, 11, 2, 4, 6)
FEW_CHANNELS = (1, 3, 2, 4)
MOST_WINDOWS = 24
MOST_HEADS = 128
WHOLE_OUTPUT = "its whole output"
LONGEST = 32  # the side from which a window is stranger than unusual arguments
LONG = 15  # its cost
UNEQUAL = 10  # the cost of a window with unequal sides, one of many that have the same number


def undecided_arguments(version: str, class_name: str) -> list[str]:
    """The arguments that neither a table nor a number can decide."""
    return [
        name
        for name, default in parameters(version, class_name).items()
        if default is REQUIRED and name not in SIZES and name not in SOLVED
    ]


def ways_of_layer(version: str, class_name: str, case: RowQuestion) -> list[KerasWay]:
    """The layers of a class that have the number, on the row's input or, where it is unknown, on the input that it must have."""
    return usual_or_rare_ways(lambda rare: matching_ways(version, class_name, case, rare))


def usual_ways(version: str, class_name: str, case: RowQuestion) -> list[KerasWay]:
    """The layers of a class that have the number with the usual arguments."""
    return [*matching_ways(version, class_name, case, rare=False)]


def usual_or_rare_ways(matching: Callable[[bool], Iterator[KerasWay]]) -> list[KerasWay]:
    """The ways with the usual arguments, and those with rare ones where none fits or the windows have unequal sides."""
    usual = [*matching(False)]
    if any(found.fits and found.cost < UNEQUAL for found in usual):
        return usual
    rare = [*matching(True)]
    if any(found.fits for found in usual):  # then the rare ones are no likelier
        rare = [found for found in rare if found.fits]
        for found in rare:
            found.cost += UNEQUAL
    return [*usual, *rare]


def matching_ways(
    version: str, class_name: str, case: RowQuestion, rare: bool, solved: Sequence[str] = SOLVED
) -> Iterator[KerasWay]:
    """The layers of a class that have the number, with usual or with rare arguments; it decides one of the arguments ``solved``."""
    row = row_of(class_name)
    if row is None or row.entry is None or undecided_arguments(version, class_name) or not (case.inputs or case.output):
        return
    shape: Shape | None = case.inputs[0].shape if case.inputs else case.output  # type: ignore[assignment]
    for arguments, cost in argument_combinations(row, version, shape, case.output, rare):
        candidate = LayerCandidate(version, row.name, arguments, cost, rare)
        for whole, inputs, stated in completed_candidates(candidate, row, case, solved):
            match = checked_way(whole, row, inputs, case, stated)
            if match is not None:
                match.unknown = WHOLE_OUTPUT if case.open_output else match.unknown
                yield match


# ---------------------------------------------------------------- sizes that the number must decide
def completed_candidates(
    candidate: LayerCandidate, row: Row, case: RowQuestion, solved: Sequence[str]
) -> Iterator[tuple[LayerCandidate, list[KerasTensor], bool]]:
    """The candidate with the missing sizes: its inputs, its window, its words."""
    known = parameters(candidate.version, row.name)
    if case.open_output and {*known} & {*FROM_THE_OUTPUT}:
        yield from candidates_by_output(candidate, known.keys(), case)
        return
    if case.inputs:
        for sized in candidates_by_size(candidate, [name for name in solved if name in known], case.inputs, case):
            yield sized, case.inputs, True
        return
    if "kernel_size" in known:
        for size in SMALL_WINDOWS:
            even = size % 2 == 0
            yield from candidates_by_input(candidate.but(even, kernel_size=size), case, usually=FEW_CHANNELS)
    elif "input_dim" in known and case.output:
        inputs = [KerasTensor(case.output[:-1])]
        for sized in candidates_by_size(candidate, [name for name in solved if name in known], inputs, case):
            yield sized, inputs, True  # its input does not matter for the count
    else:
        yield from candidates_by_input(candidate, case)


def candidates_by_size(
    candidate: LayerCandidate, names: Sequence[str], inputs: list[KerasTensor], case: RowQuestion
) -> Iterator[LayerCandidate]:
    """The candidate with the sizes ``names`` that give the number."""
    params = case.params
    if not names:
        yield candidate
    elif "kernel_size" in names:
        yield from candidates_by_window(candidate, inputs, case)
    elif "key_dim" in names:
        size = solved_size(lambda size: candidate.but(num_heads=1, key_dim=size).count(inputs), params)
        for heads in divisors_in_order(size or 0):  # the number decides only the product
            if heads <= MOST_HEADS:
                yield candidate.but(num_heads=heads, key_dim=(size or 0) // heads)
    else:
        (name,) = names
        size = solved_size(lambda size: candidate.but(**{name: size}).count(inputs), params)
        if size is not None:
            yield candidate.but(**{name: size})


def candidates_by_output(
    candidate: LayerCandidate, known: Sequence[str] | object, case: RowQuestion
) -> Iterator[tuple[LayerCandidate, list[KerasTensor], bool]]:
    """The candidate with the only output width that gives the number, for an output that was cut off; windows are usual ones."""
    (name,) = {*known} & {*FROM_THE_OUTPUT}  # type: ignore[misc]
    inputs = case.inputs or []
    if "input_dim" in known:  # type: ignore[operator]
        return  # the number decides only the product
    windowed = "kernel_size" in known  # type: ignore[operator]
    for window in SMALL_WINDOWS if windowed else (0,):
        one = candidate.but(window % 2 == 0, kernel_size=window) if windowed else candidate
        size = solved_growing_size(lambda size, one=one: one.but(**{name: size}).count(inputs), case.params)  # type: ignore[misc]
        if size is not None:
            yield one.but(**{name: size}), inputs, not windowed


def candidates_by_places(candidate: LayerCandidate, inputs: list[KerasTensor], case: RowQuestion) -> Iterator[LayerCandidate]:
    """Every window that has the number, for a layer with weights at each position of its output, which the table shows."""
    shape, output = inputs[0].shape, case.output or ()
    first = candidate.arguments.get("data_format") == "channels_first"
    places, (channels, filters) = (output[2:], (shape[1], output[1])) if first else (output[1:-1], (shape[-1], output[-1]))
    if not places or not channels or not filters or not all(places):
        return
    each, rest = divmod(case.params, prod(places) * filters)  # type: ignore[arg-type]
    volume, more = divmod(each - bool(candidate.arguments.get("use_bias", True)), channels)  # type: ignore[operator]
    for window in islice(windows_of_volume(int(volume), len(places)), MOST_WINDOWS) if not rest and not more and volume > 0 else ():
        yield candidate.but(0 if len({*window}) == 1 else UNEQUAL / 2, kernel_size=window)


def candidates_by_window(candidate: LayerCandidate, inputs: list[KerasTensor], case: RowQuestion) -> Iterator[LayerCandidate]:
    """Every window that has the number; only the one with equal sides, if there is one."""
    if candidate.class_name.startswith(EACH_PLACE):
        yield from candidates_by_places(candidate, inputs, case)
        return
    layer = candidate.but(kernel_size=1).built(inputs)
    rank = len(layer.arguments.kernel_size) if layer is not None else 0
    if not rank:
        return
    padded = candidate.but(padding="same") if "padding" in layer.arguments else candidate  # type: ignore[union-attr]
    ones = (1,) * (rank - 1)
    volume = solved_size(lambda size: padded.but(kernel_size=(size, *ones)).count(inputs), case.params)
    for window in islice(windows_of_volume(volume, rank), MOST_WINDOWS) if volume else ():
        equal = len({*window}) == 1
        if equal or not candidate.rare:
            yield candidate.but((0 if equal else UNEQUAL) + LONG * (max(window) > LONGEST), kernel_size=window)
        if equal:
            return


def candidates_by_input(
    candidate: LayerCandidate, case: RowQuestion, usually: Sequence[int] = ()
) -> Iterator[tuple[LayerCandidate, list[KerasTensor], bool]]:
    """The candidate on the only input width that gives the number."""
    shape = input_of_width(candidate, case.output)
    if shape is None:
        return
    inputs: Callable[[int], list[KerasTensor]] = lambda size: [KerasTensor(shape(size))]
    if shape(1) == shape(2):
        yield candidate, inputs(1), False
        return
    size = solved_size(lambda size: candidate.count(inputs(size)), case.params)
    if size is not None:
        yield candidate.but(bool(usually) and size not in usually), inputs(size), False


def input_of_width(candidate: LayerCandidate, output: Shape | None) -> Callable[[int], Shape] | None:
    """The shape of an input with a given width; for a layer that has no use for a width, the shape of its output."""
    try:
        layer = layer_class(candidate.version, candidate.class_name)(**candidate.arguments)
        names = layer.row.takes(layer.arguments).split()
    except SymparamsError:
        return None
    if layer.row.reads or not {"features", "channels"} & {*names}:
        return None if output is None else lambda _: output
    middle = max(0, len(output) - len(names) + 1) if output is not None else 1
    spread = [axis for name in names for axis in ([name] * middle if name == "..." else [name])]
    open_axes: Shape = (None,) * len(spread)
    if output is not None and candidate.built([KerasTensor(shape_of_width(open_axes, spread, 1))]) is None:
        # ConvLSTM in Keras 3 needs the positions of its input: those of its output, as with padding "same".
        open_axes = (*open_axes[: 1 - len(output)], *output[1:])
    return lambda size: shape_of_width(open_axes, spread, size)


def shape_of_width(axes: Shape, names: Sequence[str], size: int) -> Shape:
    """The shape of an input with that number of features or channels."""
    return tuple(size if name in ("features", "channels") else axis for name, axis in zip(names, axes, strict=True))


# ---------------------------------------------------------------- the exact check
def checked_way(candidate: LayerCandidate, row: Row, inputs: list[KerasTensor], case: RowQuestion, stated: bool) -> KerasWay | None:
    """The candidate, if it has the number, with the strides and padding that give the printed output, if any do."""
    right: KerasWay | None = None
    for tried in (candidate, *candidates_by_geometry(candidate, row, inputs, case)):
        layer = tried.built(inputs)
        if layer is not None and int(layer.count) == case.params:
            if outputs_agree(tried.outputs, case):
                return KerasWay(tried, layer, inputs, True, stated)
            right = right or KerasWay(tried, layer, inputs, False, stated)
        elif layer is not None and not depends_on_places(row):
            break  # strides and padding do not change the count
    return right


def candidates_by_geometry(
    candidate: LayerCandidate, row: Row, inputs: list[KerasTensor], case: RowQuestion
) -> Iterator[LayerCandidate]:
    """The candidate with other strides, padding, dilation."""
    if case.output or case.beginning:
        shape: Shape = inputs[0].shape  # type: ignore[assignment]  # the sizes in a table are numbers
        for geometry in geometries(row, candidate.version, shape, case.output or shape):
            yield candidate.but(**geometry)


def depends_on_places(row: Row) -> bool:
    """Whether a layer has weights for each position of its output, as LocallyConnected2D has."""
    return row.name.startswith(EACH_PLACE)


def outputs_agree(outputs: list[KerasTensor], case: RowQuestion) -> bool:
    """Whether the outputs agree with the table, as far as both are known."""
    printed = case.outputs
    if not printed:
        return not case.beginning or "".join(str(outputs[0].shape).split()).startswith(case.beginning)
    if len(printed) > 1 and len(outputs) != len(printed):
        return False
    return all(
        len(output.shape) == len(shape) and all(a is None or b is None or a == b for a, b in zip(output.shape, shape, strict=True))
        for output, shape in zip(outputs, printed, strict=False)
    )
