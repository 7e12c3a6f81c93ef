"""The models of three of the five questions."""

from __future__ import annotations

from symparams import keras
from symparams.keras import v1
from symparams.keras.layers import Bidirectional, Dense, Embedding, TimeDistributed


def t0(both_ways: bool, m, n, k, gru=v1.layers.GRU):
    recurrent = gru(n, return_sequences=True)
    first = Bidirectional(recurrent) if both_ways else recurrent
    return keras.Sequential([keras.Input((64, m)), first, TimeDistributed(Dense(k))])


def t2(*, sequences=True, wrapped=False, m=15, n=16, k=15, time=64):
    last = TimeDistributed(Dense(k)) if wrapped else Dense(k)
    return keras.Sequential([keras.Input((time, m)), v1.layers.GRU(n, return_sequences=sequences), last])


def t4(recurrent):
    return keras.Sequential([Embedding(640, 300), Bidirectional(recurrent)])
