"""The short-time Fourier transform as a convolution."""

from __future__ import annotations

from ..core import Dim, Layer, Node, dim, number, times, weight
from ..core.sizes import quotient


class Spectrogram(Layer):
    r"""The short-time Fourier transform (Allen, 1977) as a convolution whose kernels are sines and cosines.

    A kernel spans the frame in time and has floor(f/2) + 1 frequencies. The real and the imaginary part have a kernel each,
    which is trained like any other.

    >>> print(Spectrogram.symbolic().count)
    2*l*(floor(f/2) + 1)
    """

    frame: Dim = dim(letter="l", doc="samples of a frame")
    transform: Dim = dim(letter="f", doc="samples in each transform, at least as many as in the frame")
    real: Dim = number(letter="real", doc="1 with the real part, 0 without", default=1, least=0)
    imaginary: Dim = number(letter="imaginary", doc="1 with the imaginary part, 0 without", default=1, least=0)

    def weights(self) -> Node:
        kernel = self.frame, 1, quotient(self.transform, 2) + 1
        return times(weight("real_kernel", *kernel), real=self.real) + times(
            weight("imag_kernel", *kernel), imaginary=self.imaginary
        )
