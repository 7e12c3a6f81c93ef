"""Locally connected layers: convolutions whose positions do not share their weights."""

from __future__ import annotations

from ..core import Dim, Layer, Node, dim, dims, number, times, weight


class LocallyConnected(Layer):
    r"""A convolution with its own kernel and bias at each of the p positions of the output (Taigman et al., 2014, "DeepFace").

    >>> print(LocallyConnected.symbolic().count)
    p*k*c*f + p*f
    >>> print(LocallyConnected(window=(3,), places=(8,), inputs=1, filters=3).count.at())
    96

    With padding, the windows at the border see only part of the input. A kernel without the weights for the rest has one
    weight per connection, input channel and filter:

    >>> print(LocallyConnected.symbolic(connections=22, window=(3,), places=(8,)).count)
    22*c*f + 8*f
    """

    window: tuple[Dim, ...] = dims(letter="k", doc="size of the window along each axis")
    places: tuple[Dim, ...] = dims(letter="p", doc="output positions along each axis")
    inputs: Dim = dim(letter="c", doc="channels of the input")
    filters: Dim = dim(letter="f", doc="channels of the output")
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias, 0 without", default=1, least=0)
    connections: Dim = number(
        letter="s",
        doc="pairs of an output position and an input position it sees, where the border cuts windows; 0 for whole windows",
        default=0,
        least=0,
    )

    def weights(self) -> Node:
        c, f = self.inputs, self.filters
        seen = (*self.places, *self.window) if self.connections == 0 else (self.connections,)
        return weight("kernel", *seen, c, f) + times(weight("bias", *self.places, f), bias_sets=self.bias_sets)
