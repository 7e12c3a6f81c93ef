"""The parts of a tree that count the same in the same form, whatever their names."""

from __future__ import annotations

from ...errors import never
from ..tree import FactoredWeight, Sum, Tied, Times, Weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..tree import Node

# The names of parts of one layer, the projections of an attention; any other name in a tree is that of a layer or model.
INSIDE_A_LAYER = ("", "query", "key", "value", "gate", "attention_output")
# What copies of a whole layer or model are for; the copies of a part of a layer are for gates, heads, directions ...
OF_LAYERS = ("layers", "models", "copies")


def form_key(node: Node) -> object:
    """What a node looks like in a formula: two nodes with equal keys are written alike."""
    match node:
        case FactoredWeight(name=name, shape=shape, factors=factors):
            return name, shape, factors
        case Weight(name=name, shape=shape):
            return name, shape
        case Tied():
            return None
        case Sum(parts=parts):
            keys = [key for key in map(form_key, parts) if key is not None]
            return keys[0] if len(keys) == 1 else tuple(keys) or None
        case Times(part=part, copies=copies, per=per):
            inside = form_key(part)
            return None if inside is None or copies == 0 else (inside, copies, per)
        case _:
            never(node)


def inside_of(node: Node) -> Node:
    """The node without the names around it, and without parts that do not count."""
    while isinstance(node, Sum):
        counted = [part for part in node.parts if form_key(part) is not None]
        if len(counted) != 1:
            return Sum(tuple(counted))
        (node,) = counted
    return node


def is_one_layer(node: Node) -> bool:
    """Whether a node is the weights of one layer, not several layers or copies of one."""
    match node:
        case Weight() | Tied():
            return True
        case Sum(parts=parts):
            return all(is_one_layer(part) and not (isinstance(part, Sum) and part.name not in INSIDE_A_LAYER) for part in parts)
        case Times(part=part, per=per):
            return per not in OF_LAYERS and is_one_layer(part)
        case _:
            never(node)


def distinct_layers(node: Node) -> int:
    """The number of layers in a node; equal ones beside each other count once."""
    inside = inside_of(node)
    if is_one_layer(inside):
        return 1
    if isinstance(inside, Times):
        return distinct_layers(inside.part)
    assert isinstance(inside, Sum)
    return sum(distinct_layers(part) for part in {form_key(part): part for part in inside.parts}.values())
