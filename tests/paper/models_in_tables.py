"""The models of the tables."""

from __future__ import annotations

from symparams import keras, symbols
from symparams.keras.layers import LSTM, Bidirectional, Dense, Dropout, Embedding
from symparams.keras.v1.layers import CuDNNLSTM

V, d, n, k = symbols("V d n k")


def model(recurrent):
    return keras.Sequential([keras.Input((None,)), Embedding(V, d), Bidirectional(recurrent), Dropout(0.5), Dense(k)])


before, after = model(LSTM(n)), model(CuDNNLSTM(n))
SIZES = {"V": 640, "d": 300, "n": 300, "k": 3}
