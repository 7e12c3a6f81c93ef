"""The weights of a tree by their kind: all kernels, all biases."""

from __future__ import annotations

from .tree import Sum, Weight, copied, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .tree import Node


def by_kind(node: Node) -> Sum:
    """The same weights, those of one name under that name; in the order in which the names are met.

    >>> from symparams.layers import LSTM
    >>> by_kind(LSTM.symbolic().weights()).parts[0].name
    'kernel'
    """
    kinds: dict[str, list[Node]] = {}
    for _, leaf, around in leaves(node):
        if isinstance(leaf, Weight) and not any(copies.copies == 0 for copies in around):
            kinds.setdefault(leaf.name, []).append(copied(leaf, around))
    return Sum(tuple(Sum(tuple(parts), name) for name, parts in kinds.items()))
