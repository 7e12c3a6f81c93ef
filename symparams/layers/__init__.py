"""Layers in the paper's letters, one family a file; a family is imported with its first layer."""

from ..lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .convolution import Conv as Conv
    from .dense import Dense as Dense
    from .dense import EinsumDense as EinsumDense
    from .embedding import Embedding as Embedding
    from .normalization import BatchNormalization as BatchNormalization
    from .normalization import LayerNormalization as LayerNormalization
    from .recurrent import GRU as GRU
    from .recurrent import LSTM as LSTM
    from .recurrent import Recurrent as Recurrent
    from .recurrent import SimpleRNN as SimpleRNN

HOMES = {
    "Conv": "convolution",
    "Dense": "dense",
    "EinsumDense": "dense",
    "Embedding": "embedding",
    "BatchNormalization": "normalization",
    "LayerNormalization": "normalization",
    "GRU": "recurrent",
    "LSTM": "recurrent",
    "Recurrent": "recurrent",
    "SimpleRNN": "recurrent",
}

__all__ = [*HOMES]  # noqa: PLE0604  (they are texts)
__getattr__, __dir__ = names_of(__name__, HOMES)
