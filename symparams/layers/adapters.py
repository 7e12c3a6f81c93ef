"""What a layer can be adapted by: low-rank matrices beside a frozen weight (Hu et al., 2021, arXiv:2106.09685), or small integers.

How integers are stored is :mod:`symparams.layers.quantization`'s; it is imported where a layer is quantized.
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


def quantized_as() -> Any:
    """The field of a layer that can be quantized."""
    return setting(letter="quantization", doc="how the weights are stored, None for unquantized", check=quantization)


def quantization(value: object, of: str) -> Quantization | None:
    """``None``, or what :func:`symparams.layers.quantization.read` reads."""
    if value is None:
        return None
    from .quantization import read

    return read(value, of)


def quantized(node: Node, name: str, how: Quantization | None, **shapes: Any) -> Node:
    """The tree as it is, or as :func:`symparams.layers.quantization.stored_as` stores the weight of that name."""
    if how is None:
        return node
    from .quantization import stored_as

    return stored_as(node, name, how, **shapes)
