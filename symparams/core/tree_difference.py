"""The difference of two trees as a tree: ``4n per direction`` stays ``2*4*n`` instead of ``8*n``."""

from __future__ import annotations

from .tree import NOTHING, Sum, Times, Weight, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .tree import Node


REMOVED = "removed"


def change(old: Node, new: Node) -> Node:
    """A tree whose count is the new tree's minus the old one's, in their own form wherever one thing changed."""
    if old == new:
        return NOTHING
    match old, new:
        case Weight(name=name, shape=before), Weight(shape=after) if len(before) == len(after):
            differing = [place for place, axis in enumerate(before) if axis != after[place]]
            if not differing:  # trained in one and not in the other: the count is the same
                return NOTHING
            if len(differing) == 1:
                (place,) = differing
                return Weight(name, (*after[:place], after[place] - before[place], *after[place + 1 :]))
        case Sum(parts=before), Sum(parts=after, name=name):
            ours, its = ({part_key(part): part for part in parts} for parts in (before, after))
            parts = (change(ours.get(key, NOTHING), its.get(key, NOTHING)) for key in {**ours, **its})
            if len(ours) == len(before) and len(its) == len(after):
                return Sum(tuple(part for part in parts if part != NOTHING), name)
        case Times(part=before, copies=few, per=per), Times(part=after, copies=many) if per == new.per:
            if few == many:
                return Times(change(before, after), many, per)
            if before == after:
                return Times(before, many - few, per)
    if old == NOTHING:
        return new
    return Times(old, -1, REMOVED) if new == NOTHING else Sum((new, Times(old, -1, REMOVED)))


def part_key(node: Node) -> str:
    """The key of a part of a sum: the path of its first weight."""
    return next((path for path, _, _ in leaves(node)), "")
