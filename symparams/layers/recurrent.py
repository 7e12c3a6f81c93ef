"""Recurrent layers: the simple recurrence, the GRU and the LSTM share one formula with 1, 3 and 4 gates."""

from __future__ import annotations

from ..core import Dim, Layer, Node, dim, fixed, number, times, weight
from ..core.fields import Field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def projection(possible: bool) -> Any:
    """The field for the projection of a recurrence's state."""
    doc = "features to which h_t is projected before it is fed back, 0 for no projection"
    return Field(letter="p", doc=doc, default=0, least=0, number=True, fixed=not possible)


class Recurrent(Layer, abstract=True):
    r"""A recurrence with gates: each gate reads the input and the last state (Elman, 1990).

    Every gate has a kernel of m by n, a recurrent kernel of n by n, and one bias of n per bias set.

    >>> print(Recurrent.symbolic().count)
    directions*gates*(m*n + n**2 + bias_sets*n)
    """

    gates: Dim = number(letter="gates", doc="gates and candidates, each with its own weights")
    inputs: Dim = dim(letter="m", doc="features of x_t")
    units: Dim = dim(letter="n", doc="features of h_t")
    bias_sets: Dim = number(
        letter="bias_sets", doc="biases per gate: 2 where the input and the recurrent product have one each", default=1, least=0
    )
    directions: Dim = number(letter="directions", doc="2 reads the sequence both ways, each with weights of its own", default=1)
    projection: Dim = projection(possible=False)

    def weights(self) -> Node:
        m, n, p = self.inputs, self.units, self.projection
        kernel = weight("kernel", m, n)
        recurrent = weight("recurrent_kernel", n if p == 0 else p, n)
        bias = times(weight("bias", n), bias_sets=self.bias_sets)
        cell = times(kernel + recurrent + bias, gates=self.gates)
        return times(cell if p == 0 else cell + weight("projection_kernel", n, p), directions=self.directions)


class SimpleRNN(Recurrent):
    r"""The simple recurrence, h_t = f(W x_t + U h_{t-1} + b) (Elman, 1990, "Finding structure in time").

    >>> print(SimpleRNN.symbolic().count)
    m*n + n**2 + n
    """

    gates: Dim = fixed(1)


class GRU(Recurrent):
    r"""Gated recurrent unit: update gate, reset gate, candidate (Cho et al., 2014, arXiv:1406.1078).

    With ``bias_sets=2`` the reset gate acts after the recurrent product, which then has its own bias.

    >>> print(GRU.symbolic().count.latex())
    3 \left(m n + n^{2} + n\right)
    """

    gates: Dim = fixed(3)


class LSTM(Recurrent):
    r"""Long short-term memory: input, forget and output gate, candidate (Hochreiter and Schmidhuber, 1997; the forget
    gate by Gers et al., 2000).

    >>> print(LSTM.symbolic(bias_sets=2, directions=2).count)
    2*4*(m*n + n**2 + 2*n)

    The state may be projected to p features (Sak et al., 2014, arXiv:1402.1128), which are fed back in its place:

    >>> print(LSTM.symbolic(projection=5).count)
    4*(m*n + 5*n + n) + 5*n
    """

    gates: Dim = fixed(4)
    projection: Dim = projection(possible=True)
