"""PyTorch's recurrent, linear and embedding layers in the catalogue."""

from __future__ import annotations

from ..catalogue import always, entry
from ..conventions import TORCH, TORCH_MATRIX, TORCH_TABLE
from ..layers.dense import Dense
from ..layers.embedding import Embedding
from ..layers.recurrent import GRU, LSTM, SimpleRNN

TWO_BIASES = always(
    "PyTorch stores its recurrent layers as cuDNN does: one bias for the input product, one for the recurrent product",
    bias_sets=2,
)

entry("torch.nn.Linear", Dense, TORCH_MATRIX)
entry("torch.nn.Embedding", Embedding, TORCH_TABLE)
entry("torch.nn.RNN", SimpleRNN, TORCH, TWO_BIASES)
entry("torch.nn.GRU", GRU, TORCH, TWO_BIASES)
entry("torch.nn.LSTM", LSTM, TORCH, TWO_BIASES)
