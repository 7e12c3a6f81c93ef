"""The weights of a tree as parts, each with all its copies: what comparisons line up."""

from __future__ import annotations

from ..core.model import Part
from ..core.tree import Weight, copied, copies_of, leaves
from ..layers.parameter import Parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..core.tree import Node


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
