"""Convolutions in any number of dimensions: ordinary, grouped and separable.

A transposed convolution (Dumoulin and Visin, 2016, arXiv:1603.07285) has the weights of the convolution that it
reverses, and a depthwise one is a convolution with a group for each channel: both are :class:`Conv`, stored differently.
"""

from __future__ import annotations

from ..core import Dim, Layer, Node, dim, dims, fixed, number, same, shown_as, split, times, weight
from .adapters import adapted, lora_rank


class _Convolution(Layer, abstract=True):
    r"""A convolution: f filters over a window of c channels, or of the channels of a group.

    The kernel has a matrix of channels by filters for each position in the window. With a ``multiplier`` it is the product of
    two factors: m filters for each channel alone, and one matrix that mixes the resulting m c channels.

    >>> print(_Convolution.symbolic(multiplier=0, groups=1, lora_rank=0).count)
    k*c*f + bias_sets*f
    """

    window: tuple[Dim, ...] = dims(letter="k", doc="size of the window along each axis")
    inputs: Dim = dim(letter="c", doc="channels of the input")
    filters: Dim = dim(letter="f", doc="channels of the output")
    groups: Dim = number(letter="g", doc="groups of channels that do not see each other", default=1)
    multiplier: Dim = number(
        letter="m",
        doc="filters for each channel alone, before the channels are mixed; 0 for an ordinary kernel",
        default=0,
        least=0,
    )
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias, 0 without", default=1, least=0)
    lora_rank: Dim = lora_rank()

    def validate(self) -> None:
        name = type(self).__name__
        split(self.filters, self.groups, f"{name}: filters over groups")
        split(self.inputs, self.groups, f"{name}: inputs over groups")

    def weights(self) -> Node:
        c, f, m = self.inputs, self.filters, self.multiplier
        biases = weight("bias", f)
        bias = times(shown_as(biases, c, split(f, c)) if same(self.groups, c) else biases, bias_sets=self.bias_sets)
        if m != 0:
            window_of_one = (1,) * len(self.window)
            depthwise = times(weight("depthwise_kernel", *self.window, 1, m), groups=c)
            return depthwise + shown_as(weight("pointwise_kernel", *window_of_one, c * m, f), c, m, f) + bias
        kernel = times(weight("kernel", *self.window, split(c, self.groups), split(f, self.groups)), groups=self.groups)
        return adapted(kernel + bias, "kernel", self.lora_rank, outputs=f)


class Conv(_Convolution):
    r"""A convolution (LeCun et al., 1989, "Backpropagation applied to handwritten zip code recognition").

    With ``groups`` each group of channels has its own kernel and does not see the others (Krizhevsky et al., 2012); with as
    many groups as channels the convolution is depthwise (Sifre, 2014).

    >>> print(Conv.symbolic().count)
    k*c*f + f
    >>> print(Conv(window=(3, 3), inputs=16, filters=32).count)
    4640
    >>> print(Conv(window=(3, 3), inputs=16, filters=32, groups=2).count)
    2336
    """

    multiplier: Dim = fixed(0)


class SeparableConv(_Convolution):
    r"""A depthwise separable convolution: a window for each channel alone, then a window of 1 over all channels
    (Chollet, 2017, arXiv:1610.02357). The first step has no bias.

    >>> print(SeparableConv.symbolic().count)
    c*k + c*f + f
    >>> print(SeparableConv.symbolic(multiplier=2).count)
    2*c*k + 2*c*f + f
    >>> print(SeparableConv(window=(3, 3), inputs=16, filters=32).count)
    688
    """

    groups: Dim = fixed(1)
    multiplier: Dim = number(letter="m", doc="filters for each channel alone, before the channels are mixed", default=1)
    lora_rank: Dim = fixed(0)
