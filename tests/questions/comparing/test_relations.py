"""The relation between two counts: a factor that explains something, and what is left over."""

from __future__ import annotations

import pytest

from symparams import compare, keras, symbols
from symparams.keras import layers
from symparams.torch import nn
from tests.questions.comparing.models_to_compare import stack, t0

V, d, k, m, n = symbols("V d k m n")


def embedded(*some):
    return keras.Sequential([keras.Input((64,)), layers.Embedding(V, d), *some])


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (layers.LSTM(n), layers.SimpleRNN(n), "after = before/4"),
        (layers.LSTM(n), layers.GRU(n), "after = 3*before/4 + 3*n"),
        (stack(layers.LSTM(20), features=15), stack(layers.SimpleRNN(20), features=15), "after = before/4"),
        (embedded(layers.LSTM(n)), embedded(layers.SimpleRNN(n)), "after = before - 3*d*n - 3*n**2 - 3*n"),
        (layers.BatchNormalization(), nn.BatchNorm1d(n), "after = before - 2*n"),
        (layers.Dense(10), layers.Dense(20), "after = 2*before"),
        (nn.GRU(m, n, 2, bidirectional=True), layers.GRU(n, reset_after=False), "after = before - 3*m*n - 21*n**2 - 21*n"),
        (nn.GRU(8, 16, 2, bidirectional=True), layers.GRU(16, reset_after=False), "after = before - 6096"),
        (nn.GRU(m, n, 2), nn.GRU(m, n, 2, bidirectional=True), "after = 2*before + 6*n**2"),
    ],
)
def test_a_factor_explains_something_or_is_none(before, after, words):
    assert str(compare(before, after).relation()) == words


def test_a_relation_names_the_tensors_that_are_left_over():
    relation = compare(t0(False), t0(True)).relation()
    assert [(left.path, left.amount) for left in relation.left] == [("time_distributed/bias", -k)]
    assert "left over: -k in time_distributed/bias" in str(compare(t0(False), t0(True)))
