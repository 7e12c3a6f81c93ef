"""Layers in the paper's letters, one family a file."""

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
