"""Weights outside any layer."""

from __future__ import annotations

from ..core import Dim, Layer, Node, dims, weight


class Parameter(Layer):
    r"""A single array of parameters: a class token, a learned scale, a table of a model.

    >>> print(Parameter(shape=(1, 197, 768)).count)
    151296
    >>> print(Parameter.symbolic().count)
    s
    """

    shape: tuple[Dim, ...] = dims(letter="s", doc="the axes of the array; none for a single number", empty=True)

    def weights(self) -> Node:
        return weight("parameter", *self.shape)
