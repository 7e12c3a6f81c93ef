"""Models that are compared: a GPT-2 of any size, stacks of layers, random modules."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import sympy
from hypothesis import strategies as st

from symparams import keras, symbols
from symparams.keras import layers
from symparams.torch import nn

d, k, m, n = symbols("d k m n")


class Block(nn.Module):
    def __init__(self, width, heads, bias=True):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width, bias=bias)
        self.attn = nn.MultiheadAttention(width, heads, bias=bias)
        self.ln_2 = nn.LayerNorm(width, bias=bias)
        self.fc = nn.Linear(width, 4 * width, bias=bias)
        self.proj = nn.Linear(4 * width, width, bias=bias)


class GPT(nn.Module):
    """A GPT-2 of any size: tied or not, with biases or without."""

    def __init__(self, vocabulary, width, depth, *, heads=12, positions=1024, tied=True, bias=True, scalars=0):
        super().__init__()
        self.wte = nn.Embedding(vocabulary, width)
        if positions:
            self.wpe = nn.Embedding(positions, width)
        self.h = nn.ModuleList([Block(width, heads, bias) for _ in range(depth)])
        if scalars:
            self.scalars = nn.ParameterList([nn.Parameter((scalars,)) for _ in range(depth)])
        self.ln_f = nn.LayerNorm(width)
        self.lm_head = nn.Linear(width, vocabulary, bias=False)
        if tied:
            self.lm_head.weight = self.wte.weight


def stack(*some, features=m):
    return keras.Sequential([keras.Input((None, features)), *some])


def total(causes: Any) -> Any:
    return sympy.expand(reduce(add, (cause.amount for cause in causes), sympy.Integer(0)))


def torch_models():
    makers = [
        lambda u: nn.Linear(u, 8, bias=u % 2 == 0),
        lambda u: nn.LSTM(u, 4, num_layers=1 + u % 3, bidirectional=u % 2 == 0),
        lambda u: nn.Embedding(9, u),
        nn.BatchNorm1d,
        lambda u: nn.MultiheadAttention(4 * u, 2, bias=u % 3 > 0),
        lambda u: nn.ReLU(),
        lambda u: nn.Linear(d, u),
    ]

    def built(steps):
        modules = [makers[which](units) for which, units in steps]
        for first, second in zip(modules, modules[1:], strict=False):  # noqa: RUF007
            if (
                (tables := {type(first).__name__, type(second).__name__}) == {"Linear"}
                and tables
                and first.weight.shape == second.weight.shape
            ):
                second.weight = first.weight
        return nn.Sequential(*modules)

    return st.lists(st.tuples(st.sampled_from(range(len(makers))), st.integers(1, 6)), max_size=8).map(built)


KINDS = [lambda u: nn.Linear(u, 8), lambda u: nn.LSTM(u, 4), nn.LayerNorm, lambda u: nn.Embedding(9, u)]
modules = st.lists(st.tuples(st.sampled_from(range(len(KINDS))), st.integers(1, 9)), unique=True, max_size=7)


def t0(both_ways):
    recurrent = layers.GRU(n, return_sequences=True)
    first = layers.Bidirectional(recurrent) if both_ways else recurrent
    return keras.Sequential([keras.Input((64, m)), first, layers.TimeDistributed(layers.Dense(k))])
