"""Tables of vectors."""

from __future__ import annotations

from ..core import Dim, Layer, Node, dim, number, times, weight
from ..errors import SettingError
from .adapters import adapted, lora_rank, quantized, quantized_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .quantization import Quantization


class Embedding(Layer):
    r"""A table of V vectors of d numbers, one per word (Bengio et al., 2003, "A neural probabilistic language model").

    The reverse projection, from vectors to words, mostly uses the same table (Press and Wolf, 2016, arXiv:1608.05859).

    >>> print(Embedding.symbolic().count)
    V*d
    >>> print(Embedding.symbolic(reverse_tables=1).count)
    V*d + d*V
    """

    words: Dim = dim(letter="V", doc="rows of the table: words, tokens, positions")
    width: Dim = dim(letter="d", doc="numbers in each row")
    reverse_tables: Dim = number(
        letter="reverse_tables", doc="1 with a separate table for the reverse projection, 0 where it is shared", default=0, least=0
    )
    lora_rank: Dim = lora_rank()
    quantization: Quantization | None = quantized_as()

    def validate(self) -> None:
        if self.quantization is not None and self.quantization.mode not in ("int8", "int4"):
            raise SettingError(f"Embedding: quantization must be int8 or int4, not {self.quantization}")

    def weights(self) -> Node:
        V, d, how = self.words, self.width, self.quantization
        table = quantized(adapted(weight("embeddings", V, d), "embeddings", self.lora_rank), "embeddings", how, summed=1)
        back = quantized(weight("reverse_embeddings", d, V), "reverse_embeddings", how, packed=0, indexed=False)
        return table + times(back, reverse_tables=self.reverse_tables)
