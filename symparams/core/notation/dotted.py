"""A model that is a list of tensors, ``model.layers.*.mlp.weight``, as a tree: what is under one name is one part."""

from __future__ import annotations

from ..tree import Sum, Tied, Times, Weight, copied, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from ..sizes import Dim
    from ..tree import Node

    Step: TypeAlias = tuple[str, Dim, str]  # a name, or a star with the number of the copies and what they are of
    Branch: TypeAlias = dict[Step, "Branch | list[Node]"]

STAR = "*"


def is_dotted(node: Node) -> bool:
    """Whether the structure of a model is only in the names of its tensors."""
    return isinstance(node, Sum) and all("." in leaf.name for _, leaf, _ in leaves(node))


def nested(node: Node) -> Node:
    """The same weights under the steps of their names; repeated ones once, with the number of copies around them."""
    root: Branch = {}
    for _, leaf, around in leaves(node):
        if isinstance(leaf, Tied) or any(copies.copies == 0 for copies in around):
            continue
        *steps, last = leaf.name.split(".")
        outer = list(around)
        branch = root
        for step in steps:
            copies = outer.pop(0) if step == STAR and outer else None
            key = (step, copies.copies, copies.per) if copies else (step, 1, "")
            branch = branch.setdefault(key, {})  # type: ignore[assignment]
        leaf_key: Step = (last, len(branch), "tensor")
        branch[leaf_key] = [copied(Weight(last, leaf.shape, leaf.trainable), tuple(outer))]
    return Sum(parts_of(root))


def parts_of(branch: Branch) -> tuple[Node, ...]:
    """The parts of a step, each under its name."""
    found: list[Node] = []
    for (name, copies, per), inside in branch.items():
        if isinstance(inside, list):
            found += inside
        elif per:
            found.append(Times(Sum(parts_of(inside)), copies, per))
        else:
            found.append(Sum(parts_of(inside), name))
    return tuple(found)
