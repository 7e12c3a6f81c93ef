"""The formula behind each number of a table, or the reason why there is none."""

from __future__ import annotations

from functools import cached_property

from ...errors import several
from ...keras.framework import FRAMEWORK as KERAS
from ...keras.graph import KerasTensor
from ...keras.signature import parameters
from ...layers.activation import PReLU
from ..text.cells import CUT
from ..text.connections import places_by_name, sources_of_row
from ..text.names import MODELS, NO_LONGER, classes_beginning_with
from .earlier_classes import class_today, earlier_ways, is_of_keras_1, normalization_of_keras_1
from .explanations import LayerWay
from .layers_inside import AROUND, classes_inside, shapes_of_inputs, ways_around_a_layer
from .nearest_layer import nearest_layer_in_words, nearest_way
from .row_question import RowQuestion
from .search import matching_ways, undecided_arguments, usual_ways, ways_of_layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeVar

    from ...core.formula import Formula
    from ..text.cells import Shape
    from ..text.connections import Source
    from ..text.row import SummaryLayer
    from .explanations import KerasWay

    AnyWay = TypeVar("AnyWay", bound=LayerWay)

PLAIN = ("Dense", "SimpleRNN", "GRU", "LSTM")  # of which every plain member is tried: each number of biases
GUESSED = (
    "Dense",
    "Embedding",
    "LSTM",
    "GRU",
    "SimpleRNN",
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "BatchNormalization",
    "LayerNormalization",
    "MultiHeadAttention",
)
LONGEST_GUESSED = 11  # the longest window of a layer whose class was cut off
UNUSUAL = 2  # the cost from which a candidate is not a plain layer
UNLIKELY = 10  # the cost from which a candidate is used only where there is no other
SHOWN = 4  # alternatives that a sentence lists


class Explanation:
    """The explanation of a row's number.

    ``ways`` are the layers that have it, the likeliest first: empty where no layer explains it, several where the number
    could come from several. ``because`` is the reason why there is no formula, or describes the rows inside, and ``nearest``
    is the plain layer of the class that is nearest to an unexplained number, where the shapes give its sizes.
    """

    def __init__(
        self, params: int | None, ways: Sequence[LayerWay] = (), because: str = "", inside: bool = False, nearest: str = ""
    ) -> None:
        self.nearest = nearest
        self.params, self.ways, self.because = params, tuple(ways), because
        self.inside = inside  # the sum of the rows below it

    @property
    def explained(self) -> bool:
        """Whether the number is accounted for: by a formula, by the rows inside, or because it is 0."""
        return bool(self.ways) or self.inside or self.params == 0

    @property
    def ambiguous(self) -> bool:
        """Whether different layers have this number."""
        return len(self.ways) > 1

    @property
    def formula(self) -> Formula | None:
        """The count in the letters of the likeliest layer."""
        return self.ways[0].in_letters[0] if self.ways else None

    @property
    def values(self) -> dict[str, int]:
        """The sizes of the formula's letters."""
        return self.ways[0].in_letters[1] if self.ways else {}

    @property
    def code(self) -> str:
        """The likeliest layer as Keras code."""
        return self.ways[0].code if self.ways else ""

    @property
    def layer(self) -> str:
        """The likeliest layer in words: ``GRU, 16 units on 15 features, one bias set``."""
        return self.ways[0].words if self.ways else ""

    @cached_property
    def alternatives(self) -> list[str]:
        """The other layers with this number."""
        return [str(way) for way in self.ways[1:]]

    @property
    def untold(self) -> str:
        """The facts about the likeliest layer that the table does not show, in words."""
        return self.ways[0].untold if self.ways else ""

    @property
    def doubt(self) -> str:
        """Why the likeliest layer may not be the right one."""
        others = self.alternatives[:SHOWN]
        if len(self.ways) - 1 > SHOWN:
            others.append(f"{len(self.ways) - 1 - SHOWN} more")
        same = "same number: " + "; or ".join(others) if others else ""
        return "; ".join(filter(None, (same, self.untold)))

    def __str__(self) -> str:
        if not self.ways:
            return f"{self.because}; nearest: {self.nearest}" if self.nearest else self.because
        return f"{self.ways[0]} ({self.doubt})" if self.doubt else str(self.ways[0])

    def __repr__(self) -> str:
        return f"<Explanation {self}>"


# ---------------------------------------------------------------- row by row
def explanations(layers: Sequence[SummaryLayer], version: str, input_shape: Shape | None = None) -> list[Explanation]:
    """An explanation for each row of a Keras table; ``input_shape`` is the model's input, where the table does not show it."""
    found: list[Explanation] = []
    seen: dict[object, Explanation] = {}
    why: list[str] = []  # for each row, the reason for the width of its output
    places = places_by_name(layers)
    for place, layer in enumerate(layers):
        sources = sources_of_row(layers, place, places)
        reads = [KerasTensor(source.shape, because=input_reason(source, layers, why)) for source in sources]
        if not reads and input_shape is not None and place == 0 and layer.class_name != "InputLayer":
            reads = [KerasTensor(input_shape, because="it reads the model's input")]
        stated = all(source.stated for source in sources)
        shapes = tuple(tensor.shape for tensor in reads)
        key = (layer.class_name, layer.params, tuple(layer.outputs), beginning_of(layer), shapes, stated)
        if key in seen and seen[key].ways:
            explanation = repeated_explanation(seen[key], reads)
        else:
            explanation = seen[key] = explanation_of_row(layers, place, reads, stated, version)
        found.append(explanation)
        if not layer.outputs and explanation.ways and not explanation.doubt:  # an output that was cut off follows from the layer
            layer.found = [tensor.shape for tensor in explanation.ways[0].outputs]  # type: ignore[misc]  # the sizes are numbers
        why.append(width_reason(layer, explanation, reads))
    return found


def repeated_explanation(explanation: Explanation, reads: list[KerasTensor]) -> Explanation:
    """The explanation of a row that is equal to an earlier one, on the tensors that this one reads."""
    return Explanation(explanation.params, [way.on(reads) for way in explanation.ways])


def input_reason(source: Source, layers: Sequence[SummaryLayer], why: list[str]) -> str:
    """The reason for the width of an input."""
    return why[source.place] if source.place < len(why) else output_as_input_reason(layers[source.place])


def width_reason(layer: SummaryLayer, explanation: Explanation, reads: list[KerasTensor]) -> str:
    """The reason for the width of a row's output, for the layers that read it."""
    if explanation.ways and explanation.ways[0].outputs:
        because = explanation.ways[0].outputs[0].because
        return (
            because if isinstance(because, str) else output_as_input_reason(layer)
        )  # only the row has a name, not the layer of a way
    if layer.class_name == "InputLayer":
        return "it reads the model's input"
    same = reads and layer.outputs and layer.outputs[0][-1:] == tuple(reads[0].shape[-1:])
    return str(reads[0].because) if same else output_as_input_reason(layer)


def output_as_input_reason(layer: SummaryLayer) -> str:
    """The reason that an input is the output of a row."""
    return f"it reads the output of {layer.name}"


def explanation_of_row(
    layers: Sequence[SummaryLayer], place: int, reads: list[KerasTensor], stated: bool, version: str
) -> Explanation:
    """The explanation of one row; ``stated`` is true where the table names the layers that it reads."""
    layer = layers[place]
    if layer.params is None:
        return Explanation(
            None, because=f"no number: {layer.params_text}" if layer.params_text else "no number: it is missing in the text"
        )
    inside = rows_inside(layers, place)
    if inside:
        total = sum(row.params or 0 for row in inside)
        if total == layer.params:
            return Explanation(layer.params, because=f"the sum of the {several(len(inside), 'row')} inside", inside=True)
        return Explanation(layer.params, because=f"not explained: the sum of the {several(len(inside), 'row')} inside is {total}")
    if layer.params == 0:
        return Explanation(0)
    if layer.class_name in MODELS:
        return Explanation(layer.params, because="a nested model: its own summary, or expand_nested=True, shows its layers")
    case = RowQuestion(layer.params, reads or None, layer.outputs, version, beginning_of(layer))
    if layer.class_name is None:
        return explanation_without_class(case, layer.class_beginning)
    class_name = class_today(version, layer.class_name)
    its_version = case.version_of(class_name)
    if its_version is None:
        return explanation_of_unknown_class(class_name, case)
    if class_name == "BatchNormalization" and is_of_keras_1(layers) and (counted := normalization_of_keras_1(case)):
        return Explanation(layer.params, counted)
    ways: list[LayerWay] = [*distinct_ways(ways_of_class(its_version, class_name, case))]
    readable, near = (True, None) if any(way.fits for way in ways) else nearest_way(its_version, class_name, case)
    if reads and not stated and not is_chain(layers) and not any(way.fits and way.cost < UNUSUAL for way in ways):
        ways = distinct_ways([*ways, *ways_on_earlier_rows(layers, place, case, its_version, class_name)])
    if reads and not stated and not any(way.fits for way in ways):
        if readable and is_chain(layers):  # it must read the output of the row above, where it has another number
            ways = []
        else:
            unread = RowQuestion(layer.params, None, layer.outputs, version)
            ways = [*distinct_ways(ways_of_class(its_version, class_name, unread))] or ways
    ways = ways or distinct_ways(ways_with_activation(its_version, class_name, case))
    adapted = ways_with_lora(class_name, case) if not ways else []
    ways = ways or [way for way in adapted if its_version == "v3" and is_of_low_rank(way)]
    if not ways and near is not None and near.count == layer.params:
        ways = [near]
    if ways:
        return Explanation(layer.params, ways)
    why = only_with_lora(adapted[0], case) if adapted else no_way_in_words(its_version, class_name, case)
    return Explanation(layer.params, because=why, nearest=nearest_layer_in_words(near, layer.params))


def explanation_of_unknown_class(class_name: str, case: RowQuestion) -> Explanation:
    """The explanation of a row whose class no version of Keras since 2 has."""
    ways = distinct_ways(earlier_ways(class_name, case))
    if ways or class_name not in NO_LONGER:
        return Explanation(case.params, ways, "" if ways else f"not explained: {class_name} is not a class of {KERAS.title}")
    return Explanation(
        case.params, because=f"not explained: {class_name} is a class of {KERAS.title} 1, which no later version has"
    )


def ways_on_earlier_rows(
    layers: Sequence[SummaryLayer], place: int, case: RowQuestion, version: str, class_name: str
) -> list[KerasWay]:
    """The layers with the number that read the output of an earlier row: in a graph, that need not be the row above."""
    layer = layers[place]
    ways: list[KerasWay] = []
    seen = {tensor.shape for tensor in case.inputs or ()}
    for other in reversed(layers[:place]):
        if other.depth < layer.depth:
            break
        if other.depth == layer.depth and len(other.outputs) == 1 and other.outputs[0] not in seen:
            seen.add(other.outputs[0])
            reads = [KerasTensor(other.outputs[0], because=output_as_input_reason(other))]
            ways += ways_of_class(version, class_name, RowQuestion(case.params, reads, layer.outputs, case.versions[0]))
    for way in ways:
        way.stated = False
    return [way for way in ways if way.fits]


def beginning_of(layer: SummaryLayer) -> str:
    """The beginning of an output shape that was cut off."""
    text = "".join(layer.shape_text.split()).rstrip(CUT).removeprefix("[")
    return text if not layer.outputs and text.startswith("(") else ""


def is_chain(layers: Sequence[SummaryLayer]) -> bool:
    """Whether each row reads the row above: there is no column of connections, at most one input, and one output per row."""
    one_input = sum(layer.class_name == "InputLayer" for layer in layers) <= 1
    return one_input and all(layer.connections is None and len(layer.outputs) == 1 and layer.depth == 0 for layer in layers)


def rows_inside(layers: Sequence[SummaryLayer], place: int) -> list[SummaryLayer]:
    """The rows one level inside a row."""
    depth, inside = layers[place].depth, []
    for layer in layers[place + 1 :]:
        if layer.depth <= depth:
            break
        if layer.depth == depth + 1:
            inside.append(layer)
    return inside


def ways_of_class(version: str, class_name: str, case: RowQuestion) -> list[KerasWay]:
    """The layers of a class, or with a layer inside, that have the number."""
    return ways_of_layer(version, class_name, case) or ways_around_a_layer(version, class_name, case)


def ways_with_activation(version: str, class_name: str, case: RowQuestion) -> list[LayerWay]:
    """The layers with a PReLU as their activation that have the number: Keras counts its slopes as the layer's own."""
    found: list[LayerWay] = []
    output = case.output or ()
    if "activation" in parameters(version, class_name) and len(output) > 1 and all(output[1:]):
        sizes = tuple(size for size in output[1:] if size)
        shapes = dict.fromkeys((sizes, (*(1,) * (len(sizes) - 1), sizes[-1])))
        for shape in shapes:
            slopes = PReLU(shape=shape)
            rest = case.params - int(slopes.count)
            inside = case.on(shapes_of_inputs(case.inputs), output, rest)
            for way in ways_of_layer(version, class_name, inside) if rest > 0 and int(slopes.count) > 1 else ():
                if way.fits and way.cost < UNUSUAL:
                    found.append(LayerWay(f"{way.title} activated by PReLU", (*way.cores, slopes), way.cost, True, way.stated))
    return found


def ways_with_lora(class_name: str, case: RowQuestion) -> list[KerasWay]:
    """The dense layers of Keras 3 with LoRA of some rank that have the number; another layer with LoRA has sizes that no table shows."""
    return [*matching_ways("v3", class_name, case, rare=False, solved=("lora_rank",))] if class_name == "Dense" else []


def is_of_low_rank(way: KerasWay) -> bool:
    """Whether the two factors of an adapter are smaller than the kernel; where they are not, the number is an accident."""
    layer: Any = way.layer
    rank, units = layer.lora_rank, layer.units
    return bool(rank < min(way.inputs[0].shape[-1], units))


def only_with_lora(way: KerasWay, case: RowQuestion) -> str:
    """Why a number that only an adapter gives is not explained by it."""
    layer: Any = way.layer
    number = several(case.params, "parameter")
    return f"not explained: a Dense on {way.inputs[0].shape} has {number} only with LoRA of rank {layer.lora_rank}"


def explanation_without_class(case: RowQuestion, beginning: str) -> Explanation:
    """The explanation of a row whose class was cut off, by its number, its shapes and the ``beginning`` of its class."""
    if beginning and not classes_beginning_with(beginning):
        return Explanation(case.params, because=f"not explained: no class of {KERAS.title} begins with {beginning}")
    ways = []
    for version, name, cost in classes_inside(case):
        tried = name.startswith(beginning) and (beginning or name in GUESSED)
        for found in (ways_of_layer if beginning else usual_ways)(version, name, case) if case.inputs and tried else ():
            found.cost += cost
            ways.append(found)
    ways = distinct_ways([way for way in ways if way.fits and (beginning or has_usual_window(way))])
    return Explanation(case.params, ways, "" if ways else "not explained: its class was cut off")


def has_usual_window(way: KerasWay) -> bool:
    """Whether a layer whose class nobody printed is one that somebody would use: with a window that is not very long."""
    window = way.candidate.arguments.get("kernel_size", 1)
    sides = window if isinstance(window, tuple) else (window,)
    return all(isinstance(side, int) and side <= LONGEST_GUESSED for side in sides)


def distinct_ways(ways: Sequence[AnyWay]) -> list[AnyWay]:
    """The ways without duplicates, the likeliest first; ways with another output only where no output fits."""
    fitting = [way for way in ways if way.fits] or [*ways]
    likely = [way for way in fitting if way.cost < UNLIKELY] or fitting
    found: dict[object, AnyWay] = {}
    for way in sorted(likely, key=lambda way: way.cost):
        found.setdefault(way.cores, way)
    return [*found.values()]


def no_way_in_words(version: str, class_name: str, case: RowQuestion) -> str:
    """Why no formula was found."""
    from ...keras.table import row_of

    row = row_of(class_name)
    if row is None:
        return f"no formula known yet for {class_name}"
    missing = undecided_arguments(version, class_name)
    if missing and class_name not in AROUND:
        return f"not explained: the table does not show the {' and '.join(missing)} of {class_name}"
    if not case.inputs and not case.outputs:
        return "not explained: the table shows neither its input nor its output"
    if case.open_output:
        return f"not explained: no {class_name} with a usual window has this number, and the table does not show its output"
    on = " on " + " and ".join(str(tensor.shape) for tensor in case.inputs) if case.inputs else ""
    if class_name in PLAIN:
        return f"not explained: no plain {class_name}{on} has {several(case.params, 'parameter')}"
    of = f" around a {KERAS.title} layer" if class_name in AROUND else ""
    return f"not explained: not found among the usual arguments of {class_name}{of}{on}"
