"""Layers that multiply by a matrix: dense, and its general form in Einstein notation."""

from __future__ import annotations

from ..layer import Layer, dim, dims, number
from ..tree import times, weight
from .adapters import adapted, lora_rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..dims import Dim
    from ..tree import Node


class Dense(Layer):
    r"""A fully connected layer, y = x W + b, on the last axis of its input.

    >>> print(Dense.symbolic().count)
    m*n + n
    """

    inputs: Dim = dim(letter="m", doc="features of each input, the size of the last axis")
    units: Dim = dim(letter="n", doc="features of each output")
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias, 0 without", default=1, least=0)
    lora_rank: Dim = lora_rank()

    def weights(self) -> Node:
        m, n = self.inputs, self.units
        bias = times(weight("bias", n), bias_sets=self.bias_sets)
        return adapted(weight("kernel", m, n) + bias, "kernel", self.lora_rank)


class EinsumDense(Layer):
    r"""A dense layer between any axes of input and output, as an einsum equation names them.

    >>> print(EinsumDense(kernel=(16, 4, 8), bias=(4, 8)).count)
    544
    """

    kernel: tuple[Dim, ...] = dims(letter="k", doc="the axes of the kernel")
    bias: tuple[Dim, ...] = dims(letter="b", doc="the axes of the bias", default=(1,))
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias, 0 without", default=1, least=0)
    lora_rank: Dim = lora_rank()

    def weights(self) -> Node:
        bias = times(weight("bias", *self.bias), bias_sets=self.bias_sets)
        return adapted(weight("kernel", *self.kernel) + bias, "kernel", self.lora_rank)
