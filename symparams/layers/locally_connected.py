"""Locally connected layers: convolutions whose places do not share their weights."""

from __future__ import annotations

from ..core import Dim, Layer, Node, dim, dims, number, times, weight


class LocallyConnected(Layer):
    r"""A convolution whose output has, at each of its p places, a kernel and a bias of its own (Taigman et al., 2014,
    "DeepFace").

    >>> print(LocallyConnected.symbolic().count)
    p*k*c*f + p*f
    >>> print(LocallyConnected(window=(3,), places=(8,), inputs=1, filters=3).count.at())
    96

    Where padding widens the input, the windows at its border see less than a whole window. A kernel that leaves out what
    they do not see has a filter's weight per connection:

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
