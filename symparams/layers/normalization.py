"""Layers that centre and scale what they get."""

from __future__ import annotations

from ..layer import Layer, dims, number
from ..tree import beside, times, weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..dims import Dim
    from ..tree import Node


class BatchNormalization(Layer):
    r"""Normalization over the batch (Ioffe and Szegedy, 2015, arXiv:1502.03167).

    A scale and a shift per channel are trained; a moving mean and a moving variance per channel are not.
    Batch renormalization (Ioffe, 2017, arXiv:1702.03275) keeps more statistics.

    >>> print(BatchNormalization.symbolic().count)
    4*c
    >>> print(BatchNormalization.symbolic().trainable_count)
    2*c
    """

    channels: tuple[Dim, ...] = dims(letter="c", doc="the axes that keep statistics of their own, mostly the channels")
    scales: Dim = number(letter="scales", doc="1 with a scale gamma, 0 without", default=1, least=0)
    shifts: Dim = number(letter="shifts", doc="1 with a shift beta, 0 without", default=1, least=0)
    renorm_statistics: Dim = number(letter="rho", doc="3 with batch renormalization, 0 without", default=0, least=0)

    def weights(self) -> Node:
        c = self.channels
        return beside(
            times(weight("gamma", *c), scales=self.scales),
            times(weight("beta", *c), shifts=self.shifts),
            weight("moving_mean", *c, trainable=False),
            weight("moving_variance", *c, trainable=False),
            times(weight("renorm", *c, trainable=False), renorm_statistics=self.renorm_statistics),
        )


class LayerNormalization(Layer):
    r"""Normalization over the features of one example (Ba et al., 2016, arXiv:1607.06450).

    >>> print(LayerNormalization.symbolic().count)
    2*c
    """

    shape: tuple[Dim, ...] = dims(letter="c", doc="the axes that are normalized together")
    scales: Dim = number(letter="scales", doc="1 with a scale gamma, 0 without", default=1, least=0)
    shifts: Dim = number(letter="shifts", doc="1 with a shift beta, 0 without", default=1, least=0)

    def weights(self) -> Node:
        gamma = times(weight("gamma", *self.shape), scales=self.scales)
        beta = times(weight("beta", *self.shape), shifts=self.shifts)
        return beside(gamma, beta)
