"""Models of the functional API: shared layers, nested models, several inputs and outputs, and what is no graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symparams import keras, symbols
from symparams.errors import ArgumentError, SettingError, ShapeError, SymparamsError
from symparams.keras import Input, Model, layers, ops
from tests.bad_input import refused
from tests.installed import installed
from tests.keras.names_of_layers import names
from tests.keras.random_graphs import names_in_random_graph

m, n, k = symbols("m n k")


def test_a_shared_layer_counts_once() -> None:
    x, y = Input((m,)), Input((m,))
    dense = layers.Dense(n)
    assert str(Model([x, y], [dense(x), dense(y)]).count) == "m*n + n"


def test_a_layer_shared_through_a_model_or_a_wrapper_counts_once() -> None:
    x, dense = Input((7, 4)), layers.Dense(4)
    inner = Model(x, dense(x))
    y = Input((7, 4))
    assert Model(y, dense(inner(y))).count == 20
    assert Model(y, dense(layers.TimeDistributed(dense)(y))).count == 20
    cell = layers.GRUCell(4)
    assert Model(y, layers.RNN(cell)(layers.RNN(cell, return_sequences=True)(y))).count == 3 * (16 + 16 + 8)


def test_both_directions_have_weights_of_their_own_beside_the_layer_they_come_from() -> None:
    x, layer = Input((7, 4)), layers.GRU(4, return_sequences=True)
    one = 3 * (16 + 16 + 8)
    assert Model(x, layer(layers.Bidirectional(layer, merge_mode="sum")(x))).count == 3 * one


def test_a_model_used_as_a_layer_twice_counts_once() -> None:
    x = Input((4,))
    inner = Model(x, layers.Dense(4)(x))
    y = Input((4,))
    outer = Model(y, inner(inner(y)))
    assert outer.count == inner.count == 20
    assert [tensor.shape for tensor in outer.weights] == [(4, 4), (4,)]


def test_a_nested_model_is_a_step_in_the_paths() -> None:
    x = Input((4,))
    inner = Model(x, layers.Dense(3)(x), name="encoder")
    y = Input((4,))
    outer = Model(y, layers.Dense(2)(inner(y)))
    assert [*outer.count.terms] == ["encoder/dense/kernel", "encoder/dense/bias", "dense/kernel", "dense/bias"]
    assert outer.get_layer("encoder") is inner
    refused(SettingError, r"has no layer 'decoder'; its layers are .*encoder", lambda: outer.get_layer("decoder"))


def test_several_inputs_and_outputs() -> None:
    x, y = Input((3,)), Input((4,))
    model = Model([x, y], [layers.Dense(n)(x), layers.Dense(k)(y)])
    assert model.input_shape == [(None, 3), (None, 4)]
    assert model.output_shape == [(None, n), (None, k)]
    assert Model({"a": x}, {"b": layers.Dense(2)(x)}).output_shape == {"b": (None, 2)}
    refused(ShapeError, "takes 2 inputs, not 1", lambda: model(Input((3,))))


def test_an_encoder_and_a_decoder_that_begins_with_its_states() -> None:
    x, y = Input((None, m)), Input((None, k))
    _, *states = layers.LSTM(n, return_state=True)(x)
    assert [state.shape for state in states] == [(None, n), (None, n)]
    out = layers.Dense(k)(layers.LSTM(n, return_sequences=True)(y, initial_state=states))
    model = Model([x, y], out)
    assert str(model.count) == "4*(m*n + n**2 + n) + 4*(k*n + n**2 + n) + n*k + k"
    assert model.output_shape == (None, None, k)
    assert names(model) == ["lstm", "lstm_1", "dense"]


def test_a_model_that_begins_in_the_middle_has_what_comes_after() -> None:
    middle = layers.Dense(8)(Input((4,)))
    assert Model(middle, layers.Dense(2)(middle)).count == 18


def test_a_model_that_ends_in_the_middle_has_what_comes_before() -> None:
    x = Input((4,))
    middle = layers.Dense(8)(x)
    layers.Dense(2)(middle)
    assert Model(x, middle).count == 40


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (Model, ArgumentError, r"Model needs symbolic tensors as inputs and outputs: Model\(inputs=x, outputs=y\)"),
        (lambda: Model(Input((3,))), ArgumentError, "needs symbolic tensors as inputs and outputs"),
        (lambda: Model(Input((3,)), layers.Dense(2)(Input((3,)))), ShapeError, r"depend on an Input of shape \(None, 3\) that is missing from the inputs"),
        (lambda: Model(3, 4), SymparamsError, "."),
        (lambda: Model(layers.Dense(3), layers.Dense(3)), SymparamsError, "."),
    ],
)  # fmt: skip
def test_what_is_no_graph_is_refused(make: Callable[[], Any], error: type[SymparamsError], words: str) -> None:
    refused(error, words, make)


def test_a_graph_of_a_thousand_layers_needs_no_recursion() -> None:
    x = y = Input((4,))
    dense = layers.Dense(4)
    for _ in range(3000):
        y = dense(y)
    assert Model(x, y).count == 20


def test_an_input_is_not_a_layer_of_its_own_weights() -> None:
    x = Input((3,))
    assert Model(x, x).count == 0
    assert Model([x, Input((9,))], layers.Dense(2)(x)).count == 8


# ---------------------------------------------------------------- the order of the layers
def test_layers_are_listed_by_their_distance_from_the_outputs() -> None:
    x = keras.Input((3,))
    wide = layers.BatchNormalization(name="wide")(x)
    deep = layers.Dense(4, name="second")(layers.Dense(4, name="first")(x))
    model = keras.Model(x, layers.Dense(1, name="last")(layers.concatenate([wide, deep * 2.0], name="joined")))
    assert [layer.name for layer in model.layers[1:]] == ["first", "second", "wide", "joined", "last"]
    assert "multiply" in {row.name for row in model._summary().rows}


@pytest.mark.parametrize("seed", range(40))
def test_layers_are_listed_in_the_order_of_keras(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    real = installed("keras", at_least="3.15")
    assert names_in_random_graph(keras, seed) == names_in_random_graph(real, seed)


def test_a_layer_called_on_numbers_alone_is_no_part_of_the_model() -> None:
    """Keras computes it at once: the model has the result as a constant, and not the layer."""
    x = keras.Input((3, 8))
    places = layers.Embedding(3, 8, name="places")
    model = keras.Model(x, layers.Dense(n)(x + places(ops.arange(3))))
    assert [layer.name for layer in model.layers][1:] == ["dense"]
    assert str(model.count) == "8*n + n"
    assert places.count_params() == 24
