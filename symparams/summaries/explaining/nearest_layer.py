"""The plain layer nearest to an unexplained number: one of the row's class, with the sizes that the shapes give."""

from __future__ import annotations

from ...keras.signature import parameters
from ...keras.table import row_of
from .argument_values import argument_combinations
from .explanations import KerasWay
from .layers_inside import PREFERRED
from .row_question import LayerCandidate
from .search import candidates_by_geometry, outputs_agree, undecided_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..text.cells import Shape
    from .row_question import RowQuestion

UNTOLD = ("input_dim", "num_heads", "key_dim")  # sizes that no shape shows
WINDOWS = (3, 1, 5, 7, 2)
NEAR = 10  # a guessed window or inner layer is reported only where its number is within a tenth (1/10)


def nearest_way(version: str, class_name: str, case: RowQuestion) -> tuple[bool, KerasWay | None]:
    """Whether a plain layer of a class has the input and output of a row, and the layer whose number is nearest, if it is near."""
    if not case.inputs or not case.outputs:
        return False, None
    found = [
        (guessed, way)
        for candidate, guessed in plain_candidates(version, class_name, case)
        if (way := fitting_way(candidate, case))
    ]
    near = [way for guessed, way in found if not guessed or distance_from(way, case.params) * NEAR <= case.params]
    return bool(found), min(near, key=lambda way: (distance_from(way, case.params), way.cost), default=None)


def distance_from(way: KerasWay, params: int) -> int:
    """The distance of a way's count from a number."""
    return abs(way.count - params)


def nearest_layer_in_words(way: KerasWay | None, params: int) -> str:
    """``Dense, 1 unit on 128 features, one bias set: m*n + n = 129, off by 1``; empty without a way."""
    return "" if way is None else f"{way}, off by {distance_from(way, params)}"


def plain_candidates(version: str, class_name: str, case: RowQuestion) -> Iterator[tuple[LayerCandidate, bool]]:
    """The plain candidates of a class, and whether any part of them is a guess."""
    inputs: Shape = case.inputs[0].shape  # type: ignore[index,assignment]  # the sizes in a table are numbers
    output: Shape = case.outputs[0]
    if class_name == "Bidirectional":
        half = None if output[-1] is None or output[-1] % 2 else (*output[:-1], output[-1] // 2)
        for name in PREFERRED if half is not None else ():
            inner_version = case.version_of(name)
            if inner_version is not None and "return_sequences" in parameters(inner_version, name):
                for inside in usual_candidates(inner_version, name, inputs, half):
                    for sequences in (False, True):
                        layer = inside.but(return_sequences=sequences)
                        yield LayerCandidate(version, class_name, {"layer": layer}, layer.cost + PREFERRED.index(name) / 100), True
    elif class_name == "TimeDistributed":
        for name in PREFERRED if len(inputs) > 2 and len(output) > 1 else ():
            inner_version = case.version_of(name)
            for layer in (
                usual_candidates(inner_version, name, (inputs[0], *inputs[2:]), (output[0], *output[2:])) if inner_version else ()
            ):
                yield LayerCandidate(version, class_name, {"layer": layer}, layer.cost + PREFERRED.index(name) / 100), True
    elif not undecided_arguments(version, class_name):
        for candidate in usual_candidates(version, class_name, inputs, output):
            yield candidate, "kernel_size" in candidate.arguments


def usual_candidates(version: str, class_name: str, inputs: Shape, output: Shape | None) -> Iterator[LayerCandidate]:
    """A class with the usual arguments and the sizes that the shapes give."""
    row, known = row_of(class_name), parameters(version, class_name)
    if row is None or row.entry is None or any(name in known for name in UNTOLD):
        return
    for arguments, cost in argument_combinations(row, version, inputs, output, rare=False):
        for window in WINDOWS if "kernel_size" in known else ("",):
            yield LayerCandidate(version, class_name, {**arguments, **({"kernel_size": window} if window else {})}, cost)


def fitting_way(candidate: LayerCandidate, case: RowQuestion) -> KerasWay | None:
    """The candidate built with the strides and padding that give the printed output; None where no choice does."""
    row, inputs = row_of(candidate.class_name), case.inputs or []
    for tried in (candidate, *(candidates_by_geometry(candidate, row, inputs, case) if row is not None else ())):
        layer = tried.built(inputs)
        if layer is None:
            return None
        if outputs_agree(tried.outputs, case):
            return KerasWay(tried, layer, inputs, True, True)
    return None
