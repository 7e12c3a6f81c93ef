"""Low-rank adaptation: a frozen weight and two thin ones beside it (Hu et al., 2021, arXiv:2106.09685)."""

from __future__ import annotations

from ..layer import number
from ..tree import NOTHING, rebuilt, weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..dims import Dim
    from ..tree import Node, Tied, Weight


def lora_rank() -> Any:
    """The field of a layer that can be adapted."""
    return number(letter="r", doc="rank of the LoRA update, 0 for none", default=0, least=0)


def adapted(node: Node, name: str, rank: Dim, outputs: Dim | None = None) -> Node:
    """The tree with the weight of that name frozen, and its update a (..., r) by (r, last axis) at the end.

    The bias goes on training: LoRA freezes the kernel alone. ``outputs`` is how wide the update is, where the last axis
    of the weight is that of one group.
    """
    if rank == 0:
        return node
    update: list[Node] = []

    def freeze(leaf: Weight | Tied) -> Node:
        if leaf.name != name:
            return leaf
        *front, last = leaf.shape
        update.append(weight(f"lora_{name}_a", *front, rank) + weight(f"lora_{name}_b", rank, outputs or last))
        return weight(name, *leaf.shape, trainable=False)

    kept = rebuilt(node, freeze)
    return kept + (update[0] if update else NOTHING)
