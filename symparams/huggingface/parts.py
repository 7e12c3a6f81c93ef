"""The weights of a tree as parts, each with all its copies: what comparisons line up."""

from __future__ import annotations

from ..core.model import Part
from ..core.tree import Weight, copied, leaves
from ..layers.parameter import Parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.sizes import Dim
    from ..core.tree import Node, Times


def parts_of(node: Node) -> list[Part]:
    """A part for each weight."""
    return [
        Part(
            name=path,
            title="Parameter",
            layer=Parameter(shape=leaf.shape),
            node=copied(leaf, around),
            copies=copies_of(around),
            is_tensor=True,
        )
        for path, leaf, around in leaves(node)
        if isinstance(leaf, Weight)
    ]


def copies_of(around: Sequence[Times]) -> dict[str, Dim]:
    """The numbers of copies by what they are of, the innermost first; two of one name are told apart."""
    found: dict[str, Dim] = {}
    for each in reversed(around):
        name = each.per
        while name in found:
            name += "'"
        found[name] = each.copies
    return found
