"""``einops.layers.keras``: the same layers for models of Keras."""

from __future__ import annotations

from ....core.einops import sides
from ....keras.own.layers import layer_base
from ..functions import einmix_shapes, rearrange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["EinMix", "Rearrange", "Reduce"]
Base: Any = layer_base("v3")


class Rearrange(Base):  # type: ignore[misc]
    """``rearrange`` as a layer."""

    def __init__(self, pattern: str, **axes_lengths: Any) -> None:
        super().__init__()
        sides(pattern)
        self.pattern, self.axes_lengths = pattern, axes_lengths

    def call(self, inputs: Any) -> Any:
        """The input rearranged."""
        return rearrange(inputs, self.pattern, **self.axes_lengths)


class Reduce(Rearrange):
    """``reduce`` as a layer."""

    def __init__(self, pattern: str, reduction: object, **axes_lengths: Any) -> None:
        super().__init__(pattern, **axes_lengths)
        self.reduction = reduction


class EinMix(Base):  # type: ignore[misc]
    """A linear layer whose weight and bias have the axes that are named."""

    def __init__(self, pattern: str, weight_shape: str, bias_shape: str | None = None, **axes_lengths: Any) -> None:
        super().__init__()
        self.pattern, self.axes_lengths = pattern, axes_lengths
        weight, bias = einmix_shapes(pattern, weight_shape, bias_shape, axes_lengths)
        self.weight = self.add_weight(shape=weight, name="weight")
        self.bias = None if bias is None else self.add_weight(shape=bias, name="bias")

    def call(self, inputs: Any) -> Any:
        """The axes of the right side of the pattern."""
        return rearrange(inputs, self.pattern, **self.axes_lengths)
