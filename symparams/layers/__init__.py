"""Layers in the letters of their papers, one family per file; a family is imported with its first layer."""

from .._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .activation import PReLU as PReLU
    from .attention import AdditiveAttention as AdditiveAttention
    from .attention import Attention as Attention
    from .attention import MultiHeadAttention as MultiHeadAttention
    from .convolution import Conv as Conv
    from .convolution import SeparableConv as SeparableConv
    from .convolutional_recurrent import ConvLSTM as ConvLSTM
    from .dense import Bilinear as Bilinear
    from .dense import Dense as Dense
    from .einsum import EinsumDense as EinsumDense
    from .embedding import Embedding as Embedding
    from .locally_connected import LocallyConnected as LocallyConnected
    from .normalization import BatchNormalization as BatchNormalization
    from .normalization import GroupNormalization as GroupNormalization
    from .normalization import InstanceNormalization as InstanceNormalization
    from .normalization import LayerNormalization as LayerNormalization
    from .normalization import Normalization as Normalization
    from .normalization import RMSNormalization as RMSNormalization
    from .normalization import SpectralNormalization as SpectralNormalization
    from .normalization import Standardization as Standardization
    from .parameter import Parameter as Parameter
    from .recurrent import GRU as GRU
    from .recurrent import LSTM as LSTM
    from .recurrent import Recurrent as Recurrent
    from .recurrent import SimpleRNN as SimpleRNN
    from .spectrogram import Spectrogram as Spectrogram

HOMES = {
    "PReLU": "activation",
    "AdditiveAttention": "attention",
    "Attention": "attention",
    "MultiHeadAttention": "attention",
    "Conv": "convolution",
    "SeparableConv": "convolution",
    "ConvLSTM": "convolutional_recurrent",
    "Bilinear": "dense",
    "Dense": "dense",
    "EinsumDense": "einsum",
    "Embedding": "embedding",
    "LocallyConnected": "locally_connected",
    "BatchNormalization": "normalization",
    "GroupNormalization": "normalization",
    "InstanceNormalization": "normalization",
    "LayerNormalization": "normalization",
    "Normalization": "normalization",
    "RMSNormalization": "normalization",
    "SpectralNormalization": "normalization",
    "Standardization": "normalization",
    "Parameter": "parameter",
    "GRU": "recurrent",
    "LSTM": "recurrent",
    "Recurrent": "recurrent",
    "SimpleRNN": "recurrent",
    "Spectrogram": "spectrogram",
}

__all__ = [*HOMES]  # noqa: PLE0604  (they are strings)
__getattr__, __dir__ = names_of(__name__, HOMES)
