"""Which tensor of one model is which of another, by their weights in our own tree, not by name, axes or layout."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.sizes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.conventions import Stored, Tensor
    from ...core.model import Part


class TensorMatch(Frozen):
    """The tensors that store one weight before and after, or several weights that a framework keeps in one tensor.

    ``weight`` is its path in our own tree: ``kernel``, ``query/kernel``.
    """

    weight: str
    before: list[Tensor]
    after: list[Tensor]

    def __str__(self) -> str:
        return f"{self.weight}: {tensors_in_words(self.before)} -> {tensors_in_words(self.after)}"

    __repr__ = __str__


def tensors_in_words(tensors: list[Tensor]) -> str:
    """``bias_ih_l0 (4*n,) and bias_hh_l0 (4*n,)``."""
    return " and ".join(f"{each.path} {shown(each.shape)}" for each in tensors) or "none"


def tensor_matches(old: Part, new: Part) -> list[TensorMatch]:
    """The tensors of two layers side by side; those that store a common weight are in one match."""
    sides = (old.stored(), new.stored())
    if not all(sides):
        return []
    groups: list[tuple[set[str], set[str]]] = []  # weights, and the tensors that store them
    for number, stored in enumerate(sides):
        for weight, tensor in stored:
            weights, tensors = {weight}, {f"{number} {tensor.path}"}
            for other in [group for group in groups if group[0] & weights or group[1] & tensors]:
                groups.remove(other)
                weights, tensors = other[0] | weights, other[1] | tensors
            groups.append((weights, tensors))
    order = list(dict.fromkeys(weight for stored in sides for weight, _ in stored))
    groups.sort(key=lambda group: min(map(order.index, group[0])))
    return [
        TensorMatch(
            weight=", ".join(sorted(weights, key=order.index)),
            before=tensors_of_weights(sides[0], weights),
            after=tensors_of_weights(sides[1], weights),
        )
        for weights, _ in groups
    ]


def tensors_of_weights(stored: Stored, weights: set[str]) -> list[Tensor]:
    """The tensors that store one of the weights, each once."""
    return list({tensor.path: tensor for weight, tensor in stored if weight in weights}.values())
