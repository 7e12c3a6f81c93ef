"""Layers around another layer: the table names only the outer one, so every class that may be inside is tried."""

from __future__ import annotations

import re

from ...keras.signature import parameters, signatures
from ...keras.table import every_row
from .explanations import KerasWay
from .row_question import LayerCandidate
from .search import matching_ways, outputs_agree, undecided_arguments, usual_or_rare_ways

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...keras.graph import KerasTensor
    from ..text.cells import Shape
    from .row_question import RowQuestion

WINDOWED = re.compile(r"([123])D(?:Transpose)?$")
MERGES = ("concat", "sum")  # the other merge modes have the count and the output of a sum
AROUND = ("Bidirectional", "TimeDistributed", "RNN")
PREFERRED = ("Dense", "LSTM", "GRU", "SimpleRNN", "Conv1D", "Conv2D", "Conv3D", "CuDNNLSTM", "CuDNNGRU")


def ways_around_a_layer(version: str, wrapper: str, case: RowQuestion) -> list[KerasWay]:
    """The wrappers that have the number, with any layer inside."""
    tried = dict(zip(AROUND, (ways_in_both_directions, ways_at_each_step, ways_around_a_cell), strict=True)).get(wrapper)
    return [] if tried is None else usual_or_rare_ways(lambda rare: tried(version, case, rare))


def classes_inside(case: RowQuestion, with_argument: str = "") -> Iterator[tuple[str, str, float]]:
    """Version and name of each class with weights, and its cost as a layer inside another."""
    rows = every_row()
    for place, name in enumerate(dict.fromkeys([*PREFERRED, *rows])):
        row, version = rows.get(name), case.version_of(name)
        if row is None or row.entry is None or version is None or signatures(version)[name].startswith("= "):
            continue
        if with_argument in ("", *parameters(version, name)) and not undecided_arguments(version, name):
            yield version, name, place / 100 if place < len(PREFERRED) else 1


def ways_in_both_directions(version: str, case: RowQuestion, rare: bool) -> Iterator[KerasWay]:
    """Bidirectional: half of the number in each direction, and half of the width where the two are concatenated."""
    if case.params % 2:
        return
    for merge in MERGES:
        output = case.output
        if merge == "concat" and output is not None:
            if output[-1] is None or output[-1] % 2:
                continue
            output = (*output[:-1], output[-1] // 2)
        for inner_version, name, cost in classes_inside(case, "return_sequences"):
            inside = case.on(shapes_of_inputs(case.inputs), output, case.params // 2, case.beginning.rpartition(",")[0])
            for found in matching_ways(inner_version, name, inside, rare):
                wrapped = LayerCandidate(version, "Bidirectional", {"layer": found.candidate}, found.cost + cost)
                if merge != "concat":
                    wrapped = wrapped.but(1, merge_mode=merge)
                yield from wrapped_way(wrapped, case, found, found.inputs)


def ways_at_each_step(version: str, case: RowQuestion, rare: bool) -> Iterator[KerasWay]:
    """TimeDistributed: the layer inside does not see the time axis."""
    inputs = (
        None if case.inputs is None else [(shape[0], *shape[2:]) for shape in shapes_of_inputs(case.inputs) or [] if len(shape) > 2]
    )
    output = None if case.output is None else (case.output[0], *case.output[2:])
    batch, *axes = case.beginning.split(",")
    inside = case.on(inputs or None, output, beginning=",".join([batch, *axes[1:]]))
    for inner_version, name, cost in classes_inside(case):
        if name.endswith("Cell"):
            continue  # a cell is one step of a recurrence, not a layer to apply at each step
        for found in matching_ways(inner_version, name, inside, rare):
            shapes = [
                (shape[0], case.output[1] if case.output else None, *shape[1:]) for shape in shapes_of_inputs(found.inputs) or []
            ]
            strange = (
                int(len(found.inputs[0].shape) != window_rank(name) + 2) if window_rank(name) else 0
            )  # for example Conv1D on images
            wrapped = LayerCandidate(version, "TimeDistributed", {"layer": found.candidate}, found.cost + cost + strange)
            yield from wrapped_way(wrapped, case, found, case.inputs or case.on(shapes, None).inputs or [])


def window_rank(class_name: str) -> int:
    """The number of axes of a class's window, by its name: 2 for ``Conv2D``."""
    match = WINDOWED.search(class_name)
    return int(match[1]) if match is not None else 0


def ways_around_a_cell(version: str, case: RowQuestion, rare: bool) -> Iterator[KerasWay]:
    """RNN: a cell sees one step."""
    inputs = None if case.inputs is None else [(shape[0], shape[-1]) for shape in shapes_of_inputs(case.inputs) or [] if shape]
    output = None if case.output is None else (case.output[0], case.output[-1])
    for inner_version, name, cost in classes_inside(case):
        if name.endswith("Cell"):
            for found in matching_ways(inner_version, name, case.on(inputs, output), rare):
                shapes = [(shape[0], None, shape[-1]) for shape in shapes_of_inputs(found.inputs) or []]
                for sequences in (False, True):
                    wrapped = LayerCandidate(
                        version, "RNN", {"cell": found.candidate, "return_sequences": sequences}, found.cost + cost
                    )
                    wrapped = wrapped.but(return_state=True) if len(case.outputs) > 1 else wrapped
                    yield from wrapped_way(wrapped, case, found, case.inputs or case.on(shapes, None).inputs or [])


def wrapped_way(candidate: LayerCandidate, case: RowQuestion, inside: KerasWay, inputs: list[KerasTensor]) -> Iterator[KerasWay]:
    """The outer layer, where it has the number as well."""
    layer = candidate.built(inputs)
    if layer is not None and int(layer.count) == case.params:
        way = KerasWay(candidate, layer, inputs, outputs_agree(candidate.outputs, case), inside.stated)
        way.unknown = inside.unknown
        yield way


def shapes_of_inputs(inputs: list[KerasTensor] | None) -> list[Shape] | None:
    """The shapes of some inputs, where they are known."""
    return None if inputs is None else [tensor.shape for tensor in inputs]  # type: ignore[misc]
