"""Convolutions in any number of dimensions."""

from __future__ import annotations

from ..dims import split
from ..layer import Layer, dim, dims, number
from ..tree import times, weight
from .adapters import adapted, lora_rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..dims import Dim
    from ..tree import Node


class Conv(Layer):
    r"""A convolution: f filters over a window of all channels of the group (LeCun et al., 1989).

    >>> print(Conv.symbolic().count)
    k*c*f + f
    >>> print(Conv(window=(3, 3), inputs=16, filters=32).count)
    4640
    """

    window: tuple[Dim, ...] = dims(letter="k", doc="size of the window along each axis")
    inputs: Dim = dim(letter="c", doc="channels of the input")
    filters: Dim = dim(letter="f", doc="channels of the output")
    groups: Dim = number(letter="g", doc="groups of channels that do not see each other", default=1)
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias, 0 without", default=1, least=0)
    lora_rank: Dim = lora_rank()

    def validate(self) -> None:
        split(self.filters, self.groups, "Conv: filters over groups")
        split(self.inputs, self.groups, "Conv: inputs over groups")

    def weights(self) -> Node:
        c, f = split(self.inputs, self.groups), self.filters
        bias = times(weight("bias", f), bias_sets=self.bias_sets)
        return adapted(weight("kernel", *self.window, c, f) + bias, "kernel", self.lora_rank)
