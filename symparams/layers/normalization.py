"""Layers that centre and scale their input: over the batch, the features of one example, or groups of channels."""

from __future__ import annotations

from ..core import Dim, Layer, Node, beside, dim, dims, fixed, number, times, weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def moments(default: int) -> Any:
    """The field for the moving moments of a normalization."""
    doc = "1 with a moving mean and a moving variance, which are not trained, 0 without"
    return number(letter="moments", doc=doc, default=default, least=0)


class Normalization(Layer, abstract=True):
    r"""A normalization, with a trained scale and shift, and statistics kept between batches that are not trained.

    >>> print(Normalization.symbolic().count)
    scales*c + shifts*c + 2*moments*c + rho*c
    """

    shape: tuple[Dim, ...] = dims(
        letter="c", doc="the axes along which each position has its own scale and shift, usually the channels"
    )
    scales: Dim = number(letter="scales", doc="1 with a scale gamma, 0 without", default=1, least=0)
    shifts: Dim = number(letter="shifts", doc="1 with a shift beta, 0 without", default=1, least=0)
    moments: Dim = moments(default=0)
    renorm_statistics: Dim = number(letter="rho", doc="3 with batch renormalization, 0 without", default=0, least=0)

    def weights(self) -> Node:
        c = self.shape
        return beside(
            times(weight("gamma", *c), scales=self.scales),
            times(weight("beta", *c), shifts=self.shifts),
            times(weight("moving_mean", *c, trainable=False), moments=self.moments),
            times(weight("moving_variance", *c, trainable=False), moments=self.moments),
            times(weight("renorm", *c, trainable=False), renorm_statistics=self.renorm_statistics),
        )


class BatchNormalization(Normalization):
    r"""Normalization over the batch (Ioffe and Szegedy, 2015, arXiv:1502.03167).

    A scale and a shift per channel are trained; a moving mean and a moving variance per channel are not.
    Batch renormalization (Ioffe, 2017, arXiv:1702.03275) keeps more statistics.

    >>> print(BatchNormalization.symbolic().count)
    4*c
    >>> print(BatchNormalization.symbolic().trainable_count)
    2*c
    """

    moments: Dim = moments(default=1)


class LayerNormalization(Normalization):
    r"""Normalization over the features of one example (Ba et al., 2016, arXiv:1607.06450).

    >>> print(LayerNormalization.symbolic().count)
    2*c
    """

    moments: Dim = fixed(0)
    renorm_statistics: Dim = fixed(0)


class GroupNormalization(Normalization):
    r"""Normalization over groups of channels of one example (Wu and He, 2018, arXiv:1803.08494).

    Scale and shift are per channel, so the number of groups does not change the count.

    >>> print(GroupNormalization.symbolic().count)
    2*c
    """

    moments: Dim = fixed(0)
    renorm_statistics: Dim = fixed(0)


class InstanceNormalization(Normalization):
    r"""Normalization over the positions in one channel of one example (Ulyanov et al., 2016, arXiv:1607.08022).

    >>> print(InstanceNormalization.symbolic().count)
    2*c
    >>> print(InstanceNormalization.symbolic(moments=1).non_trainable_count)
    2*c
    """

    renorm_statistics: Dim = fixed(0)


class RMSNormalization(Normalization):
    r"""Scaling by the root mean square of the features, without centring (Zhang and Sennrich, 2019, arXiv:1910.07467).

    >>> print(RMSNormalization.symbolic().count)
    c
    """

    shifts: Dim = fixed(0)
    moments: Dim = fixed(0)
    renorm_statistics: Dim = fixed(0)


class SpectralNormalization(Layer):
    r"""The vector that spectral normalization adds to the layer it wraps (Miyato et al., 2018, arXiv:1802.05957).

    The kernel is divided by its largest singular value; the power iteration for it keeps one vector as long as the kernel's
    last axis, which is not trained.

    >>> print(SpectralNormalization.symbolic().count)
    n
    >>> print(SpectralNormalization.symbolic().trainable_count)
    0
    """

    units: Dim = dim(letter="n", doc="size of the kernel's last axis")

    def weights(self) -> Node:
        return weight("vector_u", 1, self.units, trainable=False)


class Standardization(Layer):
    r"""Inputs minus their mean, divided by their standard deviation, both computed from the data before training.

    The layer also keeps the number of examples that it has seen. None of this is trained.

    >>> print(Standardization.symbolic().count)
    2*c + 1
    >>> print(Standardization.symbolic().trainable_count)
    0
    """

    shape: tuple[Dim, ...] = dims(letter="c", doc="the axes along which each position has its own mean and variance", empty=True)
    kept: Dim = number(letter="kept", doc="1 where the moments are computed from data, 0 where they are given", default=1, least=0)

    def weights(self) -> Node:
        c = self.shape
        moments = weight("mean", *c, trainable=False) + weight("variance", *c, trainable=False)
        return times(moments + weight("count", trainable=False), kept=self.kept)
