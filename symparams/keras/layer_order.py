"""The order in which Keras lists the layers of a graph: the longest way to an output first, and among equals as they are met."""

from __future__ import annotations

from .graph import tensors_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .graph import Call, KerasCountable, KerasTensor


def in_keras_order(steps: list[Call], inputs: Iterable[KerasTensor], outputs: Iterable[KerasTensor]) -> list[KerasCountable]:
    """The layers of a graph, each once, for all its calls in an order of execution."""
    given = {id(tensor) for tensor in inputs}
    inside = {id(call) for call in steps}
    finished, met = visited(outputs, inside, given)
    depths: dict[int, int] = {}  # of calls
    of_layers: dict[int, int] = {}
    for call in reversed(finished):
        depth = max(depths.get(id(call), 0), of_layers.get(id(call.layer), 0))
        of_layers[id(call.layer)] = depths[id(call)] = depth
        for before in calls_before(call, inside, given):
            depths[id(before)] = max(depth + 1, depths.get(id(before), 0))
    layers = {id(call.layer): call.layer for call in steps}
    # An input that no output depends on comes first among those without depth.
    return sorted(layers.values(), key=lambda layer: (-of_layers.get(id(layer), 0), met.get(id(layer), -1)))


def visited(outputs: Iterable[KerasTensor], inside: set[int], given: set[int]) -> tuple[list[Call], dict[int, int]]:
    """The calls from the outputs on, each after those that it reads, and the place at which each layer was met first."""
    finished: dict[int, Call] = {}
    met: dict[int, int] = {}
    ahead = [(call, False) for tensor in reversed([*tensors_in(list(outputs))]) if (call := tensor.call) is not None]
    while ahead:
        call, ready = ahead.pop()
        if id(call) in finished or id(call) not in inside:
            continue
        if ready:
            finished[id(call)] = call
            continue
        met.setdefault(id(call.layer), len(met))
        ahead.append((call, True))
        ahead += [(before, False) for before in reversed(calls_before(call, inside, given))]
    return [*finished.values()], met


def calls_before(call: Call, inside: set[int], given: set[int]) -> list[Call]:
    """The calls whose outputs a call reads."""
    found = [tensor.call for tensor in call.inputs if id(tensor) not in given or (tensor.call and not tensor.call.inputs)]
    return [each for each in found if each is not None and id(each) in inside]
