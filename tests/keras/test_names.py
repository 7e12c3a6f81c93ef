"""Names of layers and paths of weights: automatic ones, chosen ones, and which are refused."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import symbols
from symparams.errors import SettingError, ShapeError
from symparams.keras import Input, Model, Sequential, layers
from tests.bad_input import refused
from tests.keras.names_of_layers import names

n = symbols("n")


# ---------------------------------------------------------------- names


def test_automatic_names_are_numbered_in_a_model() -> None:
    model = Sequential(
        [
            Input((4, 4)),
            layers.LSTM(4, return_sequences=True),
            layers.LSTM(4),
            layers.Dense(4),
            layers.Dense(4, name="dense_1"),
            layers.Dense(4),
        ]
    )
    assert names(model) == ["lstm", "lstm_1", "dense", "dense_1", "dense_2"]
    assert names(Sequential([Input((4, 4)), layers.TimeDistributed(layers.Dense(3)), layers.Conv1D(3, 3)])) == [
        "time_distributed",
        "conv1d",
    ]


def test_the_same_layer_gets_the_same_name_in_every_model_made_anew() -> None:
    for _ in range(2):
        assert names(Sequential([Input((4,)), layers.Dense(3), layers.Dense(3)])) == ["dense", "dense_1"]


def test_a_second_model_does_not_rename_the_layers_of_the_first() -> None:
    x, first, second = Input((4,)), layers.Dense(4), layers.Dense(4)
    model = Model(x, second(first(x)))
    before = [*model.count.terms]
    y = Input((4,))
    Model(y, second(y))
    assert names(model) == ["dense", "dense_1"]
    assert [*model.count.terms] == before


def test_a_name_that_a_user_gave_is_kept() -> None:
    x = Input((4,))
    inner = Model(x, layers.Dense(3)(x), name="block_2")
    y = Input((4,))
    Model(y, inner(y))
    assert inner.name == "block_2"


def test_two_layers_of_one_given_name_are_refused() -> None:
    refused(
        SettingError,
        "two layers are called 'a'; give each layer of a model its own name",
        lambda: Sequential([Input((3,)), layers.Dense(3, name="a"), layers.Dense(3, name="a")]),
    )


@pytest.mark.parametrize("name", [5, "a/b", ["a"], n, ""])
def test_a_name_is_a_text_without_a_slash(name: Any) -> None:
    refused(SettingError, r"^Dense: name must be a string", lambda: layers.Dense(3, name=name))


def test_a_name_of_two_lines_leaves_errors_on_one() -> None:
    dense = layers.Dense(2, name="first\nsecond")
    model = Sequential([Input((3,)), dense])
    refused(SettingError, "has no layer 'x'", lambda: model.get_layer("x"))
    refused(ShapeError, "was built for inputs", lambda: dense(Input((4,))))


def test_paths_of_wrapped_layers() -> None:
    model = Sequential(
        [Input((5, 4)), layers.Bidirectional(layers.LSTM(3, return_sequences=True)), layers.TimeDistributed(layers.Dense(2))]
    )
    assert [tensor.path for tensor in model.weights] == [
        *(
            f"bidirectional/{way}_lstm/lstm_cell/{name}"
            for way in ("forward", "backward")
            for name in ("kernel", "recurrent_kernel", "bias")
        ),
        "time_distributed/dense/kernel",
        "time_distributed/dense/bias",
    ]


def test_keras_3_does_not_put_forward_in_front_of_a_name_twice() -> None:
    layer = layers.Bidirectional(layers.LSTM(3, name="forward_x"))
    layer(Input((5, 4)))
    assert layer.weights[0].path == "bidirectional/forward_x/lstm_cell/kernel"


# ---------------------------------------------------------------- what a fresh pair of eyes found


def test_a_layer_of_two_models_has_one_name_in_both() -> None:
    shared, second = layers.Dense(4), layers.Dense(4)
    one = Sequential([Input((4,)), shared, second])
    other = Sequential([Input((4,)), layers.Dense(4), shared])
    assert names(one) == ["dense", "dense_1"]
    assert names(other) == ["dense_1", "dense"]
    assert len(one.count.terms) == len(other.count.terms) == 4
