"""What changes from one tree to another, as a tree: ``4n per direction`` stays ``2*4*n`` and is not ``8*n``."""

from __future__ import annotations

from .tree import NOTHING, Sum, Times, Weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .tree import Node


REMOVED = "removed"


def change(old: Node, new: Node) -> Node:
    """A tree whose count is the new tree's less the old one's, in their own form wherever one thing changed."""
    if old == new:
        return NOTHING
    match old, new:
        case Weight(name=name, shape=before), Weight(shape=after) if len(before) == len(after):
            differing = [place for place, axis in enumerate(before) if axis != after[place]]
            if len(differing) == 1:
                (place,) = differing
                return Weight(name, (*after[:place], after[place] - before[place], *after[place + 1 :]))
        case Sum(parts=before), Sum(parts=after, name=name) if len(before) == len(after):
            parts = (change(a, b) for a, b in zip(before, after, strict=True))
            return Sum(tuple(part for part in parts if part != NOTHING), name)
        case Times(part=before, copies=few, per=per), Times(part=after, copies=many) if per == new.per:
            if few == many:
                return Times(change(before, after), many, per)
            if before == after:
                return Times(before, many - few, per)
    return Sum((new, Times(old, -1, REMOVED)))
