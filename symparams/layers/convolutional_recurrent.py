"""Convolutional recurrent layers, which have convolutions in place of the matrices of a recurrence."""

from __future__ import annotations

from ..core import Dim, Layer, Node, dim, dims, number, times, weight


class ConvLSTM(Layer):
    r"""An LSTM whose gates see the input and the last state through a window (Shi et al., 2015, arXiv:1506.04214), without
    the peepholes of the paper, as in Keras.

    >>> print(ConvLSTM.symbolic().count)
    4*(k*c*f + k*f**2 + f)
    >>> print(ConvLSTM(window=(3, 3), inputs=1, filters=40).count.at())
    59200
    """

    window: tuple[Dim, ...] = dims(letter="k", doc="size of the window along each axis")
    inputs: Dim = dim(letter="c", doc="channels of x_t")
    filters: Dim = dim(letter="f", doc="channels of h_t")
    bias_sets: Dim = number(letter="bias_sets", doc="biases per gate: 1 with a bias, 0 without", default=1, least=0)
    directions: Dim = number(letter="directions", doc="2 reads the sequence both ways, each with weights of its own", default=1)

    def weights(self) -> Node:
        c, f = self.inputs, self.filters
        kernel = weight("kernel", *self.window, c, f)
        recurrent = weight("recurrent_kernel", *self.window, f, f)
        bias = times(weight("bias", f), bias_sets=self.bias_sets)
        return times(kernel + recurrent + bias, gates=4, directions=self.directions)
