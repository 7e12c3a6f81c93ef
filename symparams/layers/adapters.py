"""Adaptations of a weight: low-rank matrices added to a frozen one (Hu et al., 2021, arXiv:2106.09685), or a quantization.

:mod:`symparams.layers.quantization` knows how quantized weights are stored; it is imported only for a quantized layer.
"""

from __future__ import annotations

from ..core import Dim, Node, number, setting, weight
from ..core.tree import NOTHING, rebuilt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..core.tree import Tied, Weight
    from .quantization import Quantization


def lora_rank() -> Any:
    """The field for the rank of a LoRA update."""
    return number(letter="r", doc="rank of the LoRA update, 0 for none", default=0, least=0)


def adapted(node: Node, name: str, rank: Dim, outputs: Dim | None = None) -> Node:
    """The tree with the weight of that name frozen, and the factors of its update, (..., r) and (r, last axis), at the end.

    The bias is still trained: LoRA freezes only the kernel. ``outputs`` is the width of the update where it differs from the
    last axis of the weight, which may be that of one group.
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


def quantized_as() -> Any:
    """The field for the quantization of a layer."""
    return setting(letter="quantization", doc="how the weights are stored, None for unquantized", check=quantization)


def quantization(value: object, of: str) -> Quantization | None:
    """The check of that field: ``None``, or a value for :func:`symparams.layers.quantization.read`."""
    if value is None:
        return None
    from .quantization import read

    return read(value, of)


def quantized(node: Node, name: str, how: Quantization | None, **shapes: Any) -> Node:
    """The tree with the weight of that name quantized (:func:`symparams.layers.quantization.stored_as`), if it is to be."""
    if how is None:
        return node
    from .quantization import stored_as

    return stored_as(node, name, how, **shapes)
