"""Sequential models: what they count, how they are given their input, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symparams import keras, symbols
from symparams.errors import SettingError, ShapeError
from symparams.keras import Input, Model, Sequential, layers, v1, v2
from tests.bad_input import TwoLines, refused
from tests.keras.names_of_layers import names

m, n, k, t = symbols("m n k t")


def test_a_sequential_in_letters_and_in_numbers() -> None:
    def model(length: Any, features: Any, units: Any, classes: Any) -> Sequential:
        return Sequential(
            [Input((length, features)), layers.Bidirectional(layers.GRU(units, return_sequences=True)), layers.Dense(classes)]
        )

    letters, numbers = model(t, m, n, k), model(64, 15, 16, 8)
    assert letters.output_shape == (None, t, k)
    assert numbers.output_shape == (None, 64, 8)
    assert str(letters.count) == "2*3*(m*n + n**2 + 2*n) + 2*n*k + k"
    assert letters.count.at(m=15, n=16, k=8) == int(numbers.count) == numbers.count_params() == 3432
    assert letters.count_params() == letters.count


@pytest.mark.parametrize(
    "first",
    [
        lambda: v2.layers.LSTM(n, input_shape=(None, m)),
        lambda: v2.layers.LSTM(n, batch_input_shape=(None, None, m)),
        lambda: v2.layers.LSTM(n, input_dim=m),
        lambda: v2.layers.LSTM(n, input_dim=m, input_length=7),
        lambda: layers.LSTM(n, input_shape=(None, m)),
    ],
)
def test_the_first_layer_may_say_its_input(first: Callable[[], Any]) -> None:
    model = Sequential([first(), v2.layers.Dense(k)])
    assert model.output_shape == (None, k)
    assert str(model.count) == "4*(m*n + n**2 + n) + n*k + k"


def test_input_dim_of_a_dense_layer_is_its_width() -> None:
    assert Sequential([v2.layers.Dense(12, input_dim=8), v2.layers.Dense(1)]).count == 108 + 13
    assert Sequential([v2.layers.Dense(12, input_dim=8, batch_size=4)]).output_shape == (4, 12)


def test_a_batch_input_shape_has_the_batch() -> None:
    model = Sequential([v2.layers.LSTM(4, batch_input_shape=(2, None, 3), return_sequences=True, stateful=True)])
    assert (model.input_shape, model.output_shape) == ((2, None, 3), (2, None, 4))


@pytest.mark.parametrize("version", [keras, v2, v1])
def test_an_embedding_may_come_first(version: Any) -> None:
    model = Sequential([version.layers.Embedding(1000, 64), version.layers.SimpleRNN(32)])
    assert model.count == 64000 + 3104
    assert model.output_shape == (None, 32)


def test_an_embedding_with_an_input_length_gives_sequences_of_it() -> None:
    assert Sequential([v2.layers.Embedding(1000, 64, input_length=10)]).output_shape == (None, 10, 64)


@pytest.mark.parametrize("version", [keras, v2])
def test_an_input_layer_may_come_first(version: Any) -> None:
    shape: dict[str, Any] = {"shape" if version is keras else "input_shape": (4,)}
    assert Sequential([version.layers.InputLayer(**shape), version.layers.Dense(2)]).count == 10


def asked(value: Any) -> Any:
    return value() if callable(value) else value


@pytest.mark.parametrize("ask", ["count", "tensors", "trainable_count", "output_shape", "input_shape", "inputs", "parts", "node"])
def test_a_model_without_an_input_refuses_to_count(ask: str) -> None:
    model = Sequential([layers.Dense(3)])
    refused(ShapeError, r"sequential has no input yet: begin with Input\(\.\.\.\)", lambda: asked(getattr(model, ask)))
    assert not model.built
    assert repr(model) == "<Sequential name=sequential, 1 layer, no input yet>"


def test_build_gives_the_input_later() -> None:
    model = Sequential([layers.Dense(3), layers.Dense(2)])
    model.build((None, 4))
    model.build((None, 4))
    assert model.count == 15 + 8
    refused(
        ShapeError,
        r"dense was built for inputs of shape \(None, 4\), whose weights do not fit \(None, 5\)",
        lambda: model.build((None, 5)),
    )


def test_add_is_the_same_as_a_list() -> None:
    model = Sequential()
    model.add(Input((64, m)))
    model.add(layers.LSTM(n))
    model.add(layers.Dense(k, use_bias=False))
    assert str(model.count) == "4*(m*n + n**2 + n) + n*k"


def test_a_sequential_without_an_input_is_built_by_its_first_call() -> None:
    assert Sequential([layers.Dense(8), layers.Dense(3)])(Input((4,))).shape == (None, 3)


def test_a_model_may_come_first_in_a_model() -> None:
    base = Sequential([Input((4,)), layers.Dense(8)])
    assert Sequential([Input((4,)), base, layers.Dense(2)]).count == 40 + 18
    assert Sequential([base, layers.Dense(2)]).count == 40 + 18


def test_a_layer_that_does_not_fit_is_not_added() -> None:
    model = Sequential([Input((3,)), layers.Dense(2)])
    refused(
        ShapeError,
        r"Conv2D takes \(batch, rows, columns, channels\), not an input of shape \(None, 2\)",
        lambda: model.add(layers.Conv2D(4, 3)),
    )
    assert names(model) == ["dense"]
    assert model.count == 8


@pytest.mark.parametrize("thing", [None, 5, "Dense", layers.Dense, [layers.Dense(3)], TwoLines()], ids=str)
def test_what_is_no_layer_is_refused(thing: Any) -> None:
    refused(SettingError, r"^sequential takes layers, such as Dense\(8\), not ", lambda: Sequential([Input((3,)), thing]))


def test_an_input_comes_first_and_once() -> None:
    refused(SettingError, "already has its input; an Input can only come first", lambda: Sequential([Input((3,)), Input((3,))]))
    refused(SettingError, "already has its input; an Input can only come first", lambda: Sequential([layers.Dense(3), Input((3,))]))


def test_a_layer_stands_in_a_sequential_once() -> None:
    dense = layers.Dense(3)
    refused(
        SettingError,
        r"already contains dense; use the functional API, Model\(inputs, outputs\), to use a layer twice",
        lambda: Sequential([Input((3,)), dense, dense]),
    )


def test_five_hundred_layers_are_quick() -> None:
    model = Sequential([Input((4,)), *(layers.Dense(4) for _ in range(500))])
    assert model.count == 500 * 20
    assert names(model)[-1] == "dense_499"


def test_a_chain_begins_with_a_model_of_a_list_of_one_input() -> None:
    x = Input((4,))
    base = Model([x], layers.Dense(3)(x))
    assert Sequential([base, layers.Dense(2)]).count == 15 + 8
