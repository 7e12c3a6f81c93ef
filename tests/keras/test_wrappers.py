"""Bidirectional, TimeDistributed and RNN: shapes, counts and what they may wrap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symparams import symbols
from symparams.errors import SymparamsError
from symparams.keras import Input, Model, layers
from tests.bad_input import refused

m, n, k, t = symbols("m n k t")


@pytest.mark.parametrize(("mode", "gives"), [("concat", (None, 2 * n)), ("sum", (None, n)), ("mul", (None, n)), ("ave", (None, n))])
def test_merge_modes_change_the_shape_and_never_the_count(mode: str, gives: Any) -> None:
    layer = layers.Bidirectional(layers.LSTM(n), merge_mode=mode)
    assert layer(Input((t, m))).shape == gives
    assert str(layer.count) == "2*4*(m*n + n**2 + n)"


def test_merging_nothing_gives_both_and_states_follow() -> None:
    assert [x.shape for x in layers.Bidirectional(layers.LSTM(n), merge_mode=None)(Input((t, m)))] == [(None, n)] * 2
    states = layers.Bidirectional(layers.LSTM(n, return_state=True))(Input((t, m)))
    assert [x.shape for x in states] == [(None, 2 * n)] + [(None, n)] * 4


def test_a_backward_layer_of_its_own() -> None:
    layer = layers.Bidirectional(layers.LSTM(n), backward_layer=layers.GRU(k, go_backwards=True))
    assert layer(Input((t, m))).shape == (None, n + k)
    assert str(layer.count) == "4*(m*n + n**2 + n) + 3*(m*k + k**2 + 2*k)"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: layers.Bidirectional(layers.LSTM(3), merge_mode="cat"), r"^Bidirectional: merge_mode must be .* or None, not 'cat'$"),
        (lambda: layers.Bidirectional(layers.Dense(3)), "^Bidirectional: layer must be a recurrent layer"),
        (lambda: layers.Bidirectional(3), r"^Bidirectional: layer must be a recurrent layer such as LSTM\(16\), not 3$"),
        (lambda: layers.Bidirectional(layers.LSTM(3), backward_layer=layers.LSTM(3)), "must differ in go_backwards"),
        (lambda: layers.Bidirectional(layers.LSTM(3, go_backwards=True)), "go_backwards"),
        (
            lambda: layers.Bidirectional(layers.LSTM(3), backward_layer=layers.LSTM(3, go_backwards=True, return_sequences=True)),
            "must have the same return_sequences",
        ),
        (lambda: layers.Bidirectional(layers.LSTM(3), "sum", backward_layer=layers.LSTM(4, go_backwards=True))(Input((5, 2))), "needs two directions of the same width, not 3 and 4"),
        (lambda: layers.TimeDistributed("Dense"), r"^TimeDistributed: layer must be a layer such as Dense\(8\), not 'Dense'$"),
        (lambda: layers.RNN(layers.Dense(3)), "^RNN: cell must be a cell"),
        (lambda: layers.RNN([]), "^RNN: cell must be a cell"),
        (lambda: layers.StackedRNNCells([layers.Dense(3)]), "^StackedRNNCells: cells must be a list of cells"),
    ],
)  # fmt: skip
def test_a_wrapper_around_the_wrong_thing_is_refused(make: Callable[[], Any], words: str) -> None:
    refused(SymparamsError, words, make)


def test_cells_in_a_recurrence_count_as_the_layer_does() -> None:
    x = Input((t, m))
    assert Model(x, layers.RNN(layers.LSTMCell(n))(x)).count == Model(x, layers.LSTM(n)(x)).count
    stacked = layers.RNN([layers.GRUCell(n), layers.LSTMCell(k)], return_state=True)
    assert [y.shape for y in stacked(x)] == [(None, k), (None, n), (None, k), (None, k)]
    assert str(stacked.count) == "3*(m*n + n**2 + 2*n) + 4*(n*k + k**2 + k)"
