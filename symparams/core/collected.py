"""A formula that collects what is in the same blocks: ``V*d + L*(12*d**2 + 13*d)``, as papers write a whole model."""

from __future__ import annotations

from .formula import Formula
from .notation.collected import factored
from .notation.forms import expanded, of_size, product, summed
from .polynomial import polynomial_of_node
from .tree import Sum, Tied, Times, Weight, copied, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .notation.forms import Notation
    from .sizes import Dim
    from .tree import Node


LAYERS = "layers"


class CollectedFormula(Formula):
    """A formula whose written form is collected by block."""

    is_by_blocks = True

    def notation(self, form: str = "written") -> Notation:
        if form == "factored":
            return factored(in_blocks(self.node))
        return collected(self.node) if form in ("written", "collected") else super().notation(form)

    def _put_in(self, given: Mapping[str, Dim]) -> Formula:
        inside = super()._put_in(given)
        return inside if inside is self else CollectedFormula(inside.node, signed=self.signed)


def in_blocks(node: Node) -> Node:
    """The same tensors, those of one block beside each other: first the ones outside all copies, then copies in copies."""
    outside: list[Node] = []
    inside: dict[tuple[Dim, str], list[Node]] = {}
    for _, leaf, around in leaves(node):
        if isinstance(leaf, Tied) or any(type(each.copies) is int and each.copies == 0 for each in around):
            continue
        if around:
            outermost, *inner = around
            inside.setdefault((outermost.copies, outermost.per), []).append(copied(Weight(leaf.name, leaf.shape), tuple(inner)))
        else:
            outside.append(Weight(leaf.name, leaf.shape))
    blocks = [Times(in_blocks(Sum(tuple(parts))), copies, LAYERS) for (copies, _), parts in inside.items()]
    return Sum((Sum(tuple(outside), "outside"), *blocks))


def collected(node: Node) -> Notation:
    """The tensors outside all blocks first, then block by block, each multiplied out."""
    blocks: dict[tuple[Dim, ...], list[Node]] = {}
    for _, leaf, around in leaves(node):
        if not isinstance(leaf, Tied) and not any(type(each.copies) is int and each.copies == 0 for each in around):
            blocks.setdefault(tuple(each.copies for each in around), []).append(Weight(leaf.name, leaf.shape))
    order = [key for key in blocks if key == ()] + [key for key in blocks if key != ()]
    return summed(
        product((*(of_size(copies) for copies in key), expanded(polynomial_of_node(Sum(tuple(blocks[key])))))) for key in order
    )
