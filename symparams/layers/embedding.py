"""Tables of vectors."""

from __future__ import annotations

from ..layer import Layer, dim
from ..tree import weight
from .adapters import adapted, lora_rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..dims import Dim
    from ..tree import Node


class Embedding(Layer):
    r"""One vector of d numbers for each of V words (Bengio et al., 2003, "A neural probabilistic language model").

    >>> print(Embedding.symbolic().count)
    V*d
    """

    words: Dim = dim(letter="V", doc="rows of the table: words, tokens, positions")
    width: Dim = dim(letter="d", doc="numbers in each row")
    lora_rank: Dim = lora_rank()

    def weights(self) -> Node:
        V, d = self.words, self.width
        return adapted(weight("embeddings", V, d), "embeddings", self.lora_rank)
