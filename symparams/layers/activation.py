"""Activations with parameters."""

from __future__ import annotations

from ..core import Dim, Layer, Node, dims, weight


class PReLU(Layer):
    r"""A rectifier whose slope below zero is learned (He et al., 2015, arXiv:1502.01852).

    >>> print(PReLU.symbolic().count)
    c
    """

    shape: tuple[Dim, ...] = dims(
        letter="c", doc="the axes along which each position has its own slope; 1 where an axis shares one"
    )

    def weights(self) -> Node:
        return weight("alpha", *self.shape)
