"""``einops.layers.torch``: ``Rearrange`` and ``Reduce`` have no parameters; those of ``EinMix`` are in its pattern.

>>> from symparams import symbols
>>> d, f = symbols("d f")
>>> print(EinMix("b t d -> b t f", weight_shape="d f", bias_shape="f", d=d, f=f).count)
d*f + f
"""

from __future__ import annotations

from ....core.einops import sides
from ...module import Module
from ...tensors import Parameter
from ..functions import einmix_shapes, rearrange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...tensors import Tensor

__all__ = ["EinMix", "Rearrange", "Reduce"]


class Rearrange(Module):
    """``rearrange`` as a module."""

    def __init__(self, pattern: str, **axes_lengths: Any) -> None:
        super().__init__()
        sides(pattern)
        self.pattern, self.axes_lengths = pattern, axes_lengths

    def forward(self, input: Tensor) -> Any:
        """The input rearranged."""
        return rearrange(input, self.pattern, **self.axes_lengths)

    def extra_repr(self) -> str:
        """The pattern and the lengths."""
        return ", ".join([repr(self.pattern), *(f"{name}={length}" for name, length in self.axes_lengths.items())])


class Reduce(Rearrange):
    """``reduce`` as a module."""

    def __init__(self, pattern: str, reduction: object, **axes_lengths: Any) -> None:
        super().__init__(pattern, **axes_lengths)
        self.reduction = reduction


class EinMix(Module):
    """A linear layer whose weight and bias have the axes that are named."""

    def __init__(self, pattern: str, weight_shape: str, bias_shape: str | None = None, **axes_lengths: Any) -> None:
        super().__init__()
        self.pattern, self.axes_lengths = pattern, axes_lengths
        weight, bias = einmix_shapes(pattern, weight_shape, bias_shape, axes_lengths)
        self.weight = Parameter(weight)
        self.bias = None if bias is None else Parameter(bias)

    def forward(self, input: Tensor) -> Any:
        """The axes of the right side of the pattern."""
        return rearrange(input, self.pattern, **self.axes_lengths)
