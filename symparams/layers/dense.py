"""Layers that multiply by a matrix: dense and bilinear."""

from __future__ import annotations

from ..core import Dim, Layer, Node, dim, number, times, weight
from .adapters import adapted, lora_rank, quantized, quantized_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .quantization import Quantization


class Dense(Layer):
    r"""A fully connected layer, y = x W + b, on the last axis of its input.

    >>> print(Dense.symbolic().count)
    m*n + n
    >>> print(Dense.symbolic(quantization="int4").count)
    2*n + m*ceiling(n/2)
    """

    inputs: Dim = dim(letter="m", doc="features of each input, the size of the last axis")
    units: Dim = dim(letter="n", doc="features of each output")
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias, 0 without", default=1, least=0)
    lora_rank: Dim = lora_rank()
    quantization: Quantization | None = quantized_as()

    def weights(self) -> Node:
        m, n = self.inputs, self.units
        bias = times(weight("bias", n), bias_sets=self.bias_sets)
        node = adapted(weight("kernel", m, n) + bias, "kernel", self.lora_rank)
        return quantized(node, "kernel", self.quantization)


class Bilinear(Layer):
    r"""A layer of two inputs, y_k = x W_k z + b_k, with a weight for every pair of features and each output.

    >>> print(Bilinear.symbolic().count)
    m*l*n + n
    """

    inputs: Dim = dim(letter="m", doc="features of the first input")
    other_inputs: Dim = dim(letter="l", doc="features of the second input")
    units: Dim = dim(letter="n", doc="features of each output")
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias, 0 without", default=1, least=0)

    def weights(self) -> Node:
        bias = times(weight("bias", self.units), bias_sets=self.bias_sets)
        return weight("kernel", self.inputs, self.other_inputs, self.units) + bias
