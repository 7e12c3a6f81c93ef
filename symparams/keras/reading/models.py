"""The config of a model as one of our models: a chain of layers or a graph of calls."""

from __future__ import annotations

from ...errors import SymparamsError, TextError, brief, several
from ..graph import KerasTensor, UnknownTensor, mapped_structure, tensors_in, things_in
from ..layer import KerasLayer
from ..model import Input, Model, Sequential, first_input_shape
from ..plain_values import shapes_in
from .graphs import Node, Reference, build_shapes, ends_of, nodes_of, ordered_keys
from .limits import count_calls, count_calls_of
from .live_proofs import live_part
from .live_steps import LiveStep
from .recorded_shapes import (
    compare_inputs,
    compare_outputs,
    next_recorded_shape,
    operation_of,
    record_shapes,
    take_recorded_shape,
)
from .state import layer_name, part_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...core.sizes import OpenShape
    from ..graph import KerasCountable
    from .graphs import Key
    from .state import DocumentReading

FUNCTIONAL = ("Functional", "Model", "Network", "Container")  # the names of the class in the versions of Keras
NOT_DATA = ("mask", "training")  # arguments of a call that do not change a shape
SHAPING = ("return_attention_scores",)  # arguments other than tensors that do


def is_model(class_name: str, config: dict[str, object]) -> bool:
    """Whether a config is that of a model: it has the class of one, or a graph."""
    if not isinstance(config.get("layers"), list):
        return False
    return class_name in ("Sequential", *FUNCTIONAL) or ("input_layers" in config and "output_layers" in config)


def parts_in(config: dict[str, object]) -> list[object]:
    """The layers in the config of a model, as in the file."""
    layers = config["layers"]
    assert isinstance(layers, list), "is_model has checked it"
    return layers


def read_model(
    reading: DocumentReading, data: dict[str, object], class_name: str, config: dict[str, object], name: str, path: str
) -> Model:
    """The model that a config describes."""
    trainable = config.get("trainable") is not False
    if "output_layers" not in config:
        return read_sequential(reading, data, config, Sequential(name=name, trainable=trainable), path)
    if class_name not in FUNCTIONAL:
        reading.note(f"{class_name} ({name}) is read from the graph in its config; anything its own code adds is not in the file")
    return read_functional(reading, config, name, trainable, path)


# ---------------------------------------------------------------- Sequential
def read_sequential(
    reading: DocumentReading, data: dict[str, object], config: dict[str, object], model: Sequential, path: str
) -> Sequential:
    """A chain of layers; if the file has no input shape, they are only listed."""
    parts = parts_in(config)
    things = [reading.read(part, path) for part in parts]
    if things and not brings_input(things[0]):
        shape = recorded_input(reading, data, config, parts[0], path or model.name)
        if shape is not None:
            model.add(Input(batch_shape=shape))
    for number, part in enumerate(parts):
        after = next_recorded_shape(parts, things, number)
        thing = things[number] = added(reading, model, part, things[number], after, path)
        for tensor in tensors_in(thing.calls[-1].outputs if thing.calls else ()):
            take_recorded_shape(reading, path, thing, tensor, after)
        if thing.calls and thing.calls[-1].inputs:
            compare_inputs(reading, thing, build_shapes(part), thing.calls[-1].inputs)
    count_calls(reading, model, things)
    return model


def added(
    reading: DocumentReading, model: Sequential, part: object, thing: KerasCountable, after: OpenShape | None, path: str
) -> KerasCountable:
    """Adds a layer to a chain; of a live one, the layer that was added in its place where it is another."""
    call = LiveStep(reading, part if isinstance(part, dict) else {}, thing, 0, path)
    step = operation_of(thing)
    if step is not None:
        record_shapes(reading, path, step, call.recorded({0: after} if after is not None else {}))
    call.called(model.add, undo=model.pop)
    return call.thing


def brings_input(thing: KerasCountable) -> bool:
    """Whether a first layer has an input shape of its own."""
    if isinstance(thing, Model):
        return thing.built and bool(thing.inputs)
    return isinstance(thing, KerasLayer) and (thing.row.source is not None or first_input_shape(thing) is not None)


def recorded_input(
    reading: DocumentReading, data: dict[str, object], config: dict[str, object], first: object, path: str
) -> OpenShape | None:
    """The input shape of a model that the file records outside the arguments of its layers."""
    for shapes in (shapes_in(config.get("build_input_shape")), build_shapes(data), build_shapes(first)):
        for shape in shapes[:1]:
            return reading.lettered(path, "build_input_shape", shape)
    return None


# ---------------------------------------------------------------- functional
def read_functional(reading: DocumentReading, config: dict[str, object], name: str, trainable: bool, path: str) -> Model:
    """A graph of calls. Each call is made once, after those it depends on."""
    parts = layers_by_name(parts_in(config), path or name)
    things = {each: reading.read(part, path) for each, part in parts.items()}
    for each, thing in things.items():
        if thing.name != each:
            thing.name = each
    nodes: dict[Key, Node] = {}
    built_for: dict[str, list[OpenShape]] = {}
    for each, part in parts.items():
        built_for[each] = build_shapes(part)
        calls = nodes_of(part, each, parts, built_for[each])
        if not calls and is_input(things[each]):
            nodes[each, 0] = Node((), {})
        nodes.update(((each, number), node) for number, node in enumerate(calls))
    inputs, outputs = (ends_of(config.get(ends), ends) for ends in ("input_layers", "output_layers"))
    ends = [*things_in(Reference, (inputs, outputs))]
    count_calls_from_zero(reading.version, things, parts, [each for node in nodes.values() for each in node.references], ends)
    order = ordered_keys(nodes, ends)
    count_calls_of(reading, things, order, name)
    tensors = evaluated_tensors(reading, parts, things, built_for, nodes, order, ends, path)

    def tensor(reference: Reference) -> KerasTensor:
        return tensor_of(tensors, reference)

    def single(structure: object) -> object:  # Keras 2 writes a list even for a single tensor
        return structure[0] if isinstance(structure, list) and len(structure) == 1 and reading.version == "v2" else structure

    reached = dict.fromkeys(layer for layer, _ in order)
    model = Model.of_graph(
        single(mapped_structure(inputs, tensor, Reference)),
        single(mapped_structure(outputs, tensor, Reference)),
        [thing for each, thing in things.items() if each in reached],
        name,
        trainable,
    )
    left_out = [each for each in things if each not in reached]
    if left_out:
        reading.note(f"{name}: {brief(left_out)} are not between the inputs and the outputs, and are left out, as in Keras")
    reading.calls[id(model)] = reading.calls.pop(id(things))
    return model


def layers_by_name(parts: list[object], where: str) -> dict[str, dict[str, object]]:
    """The layers of a graph, by the names that its calls use."""
    found: dict[str, dict[str, object]] = {}
    for part in parts:
        data, _, config = part_fields(part, where)
        name = layer_name(data, config, where)
        if name in found:
            raise TextError(f"{where} has two layers called {brief(name)}: it is ambiguous which one its graph means")
        found[name] = data
    return found


def is_input(thing: KerasCountable) -> bool:
    return isinstance(thing, KerasLayer) and thing.row.source is not None


def count_calls_from_zero(
    version: str,
    things: dict[str, KerasCountable],
    parts: Mapping[str, dict[str, object]],
    used: list[Reference],
    ends: list[Reference],
) -> None:
    """Renumbers the calls of models from 0, as those of layers.

    A functional model is called once while it is made, so Keras 2 counts its uses in a graph from 1 (also those of a Sequential
    built before); Keras 3 does so only in the inputs and outputs of a model.
    """
    for references in [ends] if version == "v3" else [[*used, *ends]]:
        first: dict[str, int] = {}
        for each in references:
            first[each.layer] = min(first.get(each.layer, each.call), each.call)
        for each in references:
            thing, live = things.get(each.layer), live_part(parts.get(each.layer, {}))
            is_graph = isinstance(thing, Model) and (live.is_functional if live is not None else thing.class_name == "Functional")
            if isinstance(thing, Model) and (is_graph if version == "v3" else first[each.layer] == 1):
                each.call -= 1


def evaluated_tensors(
    reading: DocumentReading,
    parts: Mapping[str, dict[str, object]],
    things: dict[str, KerasCountable],
    built_for: dict[str, list[OpenShape]],
    nodes: dict[Key, Node],
    order: list[Key],
    ends: list[Reference],
    path: str,
) -> dict[Key, list[KerasTensor]]:
    """The output tensors of each call."""
    tensors: dict[Key, list[KerasTensor]] = {}
    recorded: dict[Key, dict[int, OpenShape]] = {}
    last: dict[Key, int] = {}  # the last output of each call that the graph refers to
    for each in [*(each for key in order for each in nodes[key].references), *ends]:
        last[each.key] = max(each.output, last.get(each.key, 0))
        if each.shape is not None:
            recorded.setdefault(each.key, {}).setdefault(each.output, each.shape)

    def tensor(reference: Reference) -> KerasTensor:
        return tensor_of(tensors, reference)

    for key in order:
        thing, node = things[key[0]], nodes[key]
        if not node.references:
            tensors[key] = list(tensors_in(thing.output))  # type: ignore[attr-defined]
            compare_outputs(reading, thing, recorded.get(key, {}), tensors[key])
            continue
        args, kwargs = mapped_structure(list(node.args), tensor, Reference), mapped_structure(node.kwargs, tensor, Reference)
        step, call = operation_of(thing), LiveStep(reading, parts[key[0]], thing, key[1], path)
        if step is not None:
            record_shapes(reading, path, step, call.recorded(recorded.get(key, {})), last[key] + 1)
        else:
            kwargs = {
                each: value
                for each, value in kwargs.items()
                if each in SHAPING or (each not in NOT_DATA and any(True for _ in tensors_in(value)))
            }
        given = call.called(lambda layer, args=args, kwargs=kwargs: called_on(layer, args, kwargs))  # type: ignore[misc]
        thing = things[key[0]] = call.thing
        tensors[key] = list(tensors_in(given))
        for number, output in enumerate(tensors[key]):
            if isinstance(output, UnknownTensor):
                take_recorded_shape(reading, path, thing, output, recorded.get(key, {}).get(number))
        compare_outputs(reading, thing, recorded.get(key, {}), tensors[key])
        if key[1] == 0:
            compare_inputs(reading, thing, built_for[key[0]], thing.calls[-1].inputs)
    return tensors


def called_on(thing: KerasCountable, args: list[object], kwargs: dict[str, object]) -> Any:
    """The outputs of a call. Keras 2 does not write whether a single tensor was in a list, which a layer that merges needs."""
    if isinstance(thing, KerasLayer) and len(thing.row.reads) == 1 and len(args) == 1 and isinstance(args[0], KerasTensor):
        args = [args]
    try:
        return thing(*args, **kwargs)
    except SymparamsError:
        raise
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
        raise TextError(f"{brief(thing.name)} ({thing.class_name}) is called with wrong arguments: {error}") from None


def tensor_of(tensors: dict[Key, list[KerasTensor]], reference: Reference) -> KerasTensor:
    found = tensors[reference.key]
    if not 0 <= reference.output < len(found):
        raise TextError(
            f"the graph refers to output {reference.output} of {brief(reference.layer)}, which has {several(len(found), 'output')}, "
            "counted from 0"
        )
    return found[reference.output]
