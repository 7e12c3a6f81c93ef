"""The graph of a functional model: which layer is called on which tensors, as Keras 2 or Keras 3 writes it.

Keras 3 writes the arguments of each call, with ``{"class_name": "__keras_tensor__", ...}`` for a tensor; Keras 2 writes a list
of ``["layer", call, output, kwargs]``. Both become a :class:`Reference` in the arguments of a :class:`Node`.
"""

from __future__ import annotations

from ...errors import TextError, brief, nearest, several
from ..graph import things_in
from ..plain_values import is_shape, python_value, shapes_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
    from typing import Any, TypeAlias, TypeGuard

    from ...core.sizes import OpenShape

    Key: TypeAlias = tuple[str, int]

CONSTANT = "_CONSTANT_VALUE"  # Keras 2's mark for a first argument that is not a tensor


class Reference:
    """A tensor of the graph: output number ``output`` of call number ``call`` of a layer, with the ``shape`` in the file."""

    __slots__ = ("call", "layer", "output", "shape")

    def __init__(self, layer: str, call: int, output: int, shape: OpenShape | None = None) -> None:
        self.layer, self.call, self.output, self.shape = layer, call, output, shape

    @property
    def key(self) -> Key:
        return self.layer, self.call


class Node:
    """One call of a layer: its arguments, with a :class:`Reference` for each tensor."""

    __slots__ = ("args", "kwargs", "references")

    def __init__(self, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        self.args, self.kwargs = args, kwargs
        self.references = list(things_in(Reference, (args, *kwargs.values())))


def nodes_of(data: dict[str, object], name: str, known: Container[str], built_for: list[OpenShape]) -> list[Node]:
    """The calls of one layer that the file lists.

    ``known`` are the layers of the graph, ``built_for`` the input shapes for which the layer was built, according to the file.
    """
    nodes = data.get("inbound_nodes")
    if nodes is None:
        return []
    if not isinstance(nodes, list):
        raise TextError(f"{brief(name)}: inbound_nodes must be a list of calls, not {brief(nodes)}")
    found = [node_of_v3(node, name) if isinstance(node, dict) and "args" in node else node_of_v2(node, known) for node in nodes]
    for node in found:
        if not node.references:
            raise TextError(f"{brief(name)} is called without a tensor of the graph: {brief(nodes)}")
    if len(found) == 1 and len(built_for) == len(found[0].references):  # Keras 2 records shapes only here
        for reference, shape in zip(found[0].references, built_for, strict=True):
            reference.shape = reference.shape or shape
    return found


def build_shapes(data: object) -> list[OpenShape]:
    """The input shapes for which a layer was built, if the file has them."""
    config = data.get("build_config") if isinstance(data, dict) else None
    return [*shapes_in(config.get("shapes_dict") or config.get("input_shape"))] if isinstance(config, dict) else []


# ---------------------------------------------------------------- Keras 3
def node_of_v3(node: dict[str, object], name: str) -> Node:
    args, kwargs = node.get("args"), node.get("kwargs") or {}
    if not isinstance(args, list | tuple) or not isinstance(kwargs, dict):
        raise TextError(f"{brief(name)}: a call must have args and kwargs, not be {brief(node)}")
    return Node(tuple(argument_v3(each) for each in args), {key: argument_v3(each) for key, each in kwargs.items()})


def argument_v3(value: object) -> object:
    """An argument with its tensors as references."""
    if isinstance(value, list | tuple):
        return [argument_v3(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("class_name") == "__keras_tensor__":
        config = value.get("config")
        history = config.get("keras_history") if isinstance(config, dict) else None
        if not isinstance(history, list | tuple) or not is_reference(history):
            raise TextError(f"a tensor of the graph has no keras_history: {brief(value)}")
        shape = config.get("shape")  # type: ignore[union-attr]
        return Reference(history[0], history[1], history[2], tuple(shape) if is_shape(shape) else None)
    return python_value(value) if "class_name" in value else {key: argument_v3(each) for key, each in value.items()}


# ---------------------------------------------------------------- Keras 2
def node_of_v2(node: object, known: Container[str]) -> Node:
    kwargs: dict[str, object] = {}

    def first_argument(value: object) -> object:
        if is_reference(value, (3, 4)):
            if len(value) == 4 and isinstance(value[3], dict):
                kwargs.update(value[3])
            return python_value(value[2]) if value[0] == CONSTANT else Reference(*value[:3])
        if isinstance(value, dict):
            return {key: first_argument(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [first_argument(each) for each in value]
        raise TextError(f"a call must be a list such as ['layer', 0, 0, {{}}], not {brief(node)}")

    def other_argument(value: object) -> object:
        if is_reference(value) and value[0] in known:
            return Reference(*value)
        if isinstance(value, dict) and "class_name" not in value:
            return {key: other_argument(each) for key, each in value.items()}
        return [other_argument(each) for each in value] if isinstance(value, list | tuple) else python_value(value)

    inputs = first_argument(node)
    only = inputs[0] if isinstance(inputs, list) and len(inputs) == 1 else inputs
    return Node((only,), {key: other_argument(value) for key, value in kwargs.items()})


def is_reference(value: object, lengths: tuple[int, ...] = (3,)) -> TypeGuard[tuple[Any, ...]]:
    """Whether a list is ``["layer", call, output]``."""
    if not isinstance(value, list | tuple) or len(value) not in lengths or not isinstance(value[0], str):
        return False
    return value[0] == CONSTANT or (type(value[1]) is int and type(value[2]) is int)


# ---------------------------------------------------------------- both
def ends_of(value: object, what: str) -> object:
    """The inputs or outputs of a model: a structure of references."""
    if is_reference(value):
        return Reference(*value)
    if isinstance(value, dict):
        return {key: ends_of(each, what) for key, each in value.items()}
    if isinstance(value, list | tuple) and value:
        return [ends_of(each, what) for each in value]
    raise TextError(f"{what} of a model must be lists such as ['dense', 0, 0], not {brief(value)}")


def ordered_keys(nodes: dict[Key, Node], wanted: list[Reference]) -> list[Key]:
    """The calls that the wanted tensors depend on, each after its own dependencies.

    Raises :class:`TextError` for a tensor that no call gives, and for a cycle.
    """
    done: dict[Key, None] = {}
    begun: set[Key] = set()
    stack = [reference.key for reference in reversed(wanted)]
    while stack:
        key = stack[-1]
        if key in done:
            stack.pop()
            continue
        node = nodes.get(key)
        if node is None:
            raise missing_call_error(key, nodes)
        open_ones = [each.key for each in node.references if each.key not in done]
        if not open_ones:
            done[stack.pop()] = None
        elif key in begun:
            raise TextError(f"the graph has a cycle: {brief(key[0])} depends on its own output")
        else:
            begun.add(key)
            stack.extend(reversed(open_ones))
    return list(done)


def missing_call_error(key: Key, nodes: dict[Key, Node]) -> TextError:
    """The error for a reference to nothing."""
    name, call = key
    calls = sum(1 for layer, _ in nodes if layer == name)
    if calls:
        return TextError(f"the graph refers to call {call} of {brief(name)}, which has {several(calls, 'call')}, counted from 0")
    return TextError(
        f"the graph refers to a layer {brief(name)} that is not in the file, or is never called{nearest(name, {layer for layer, _ in nodes})}"
    )
