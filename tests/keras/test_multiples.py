"""Copies of a layer or model in a Keras model: the first takes the input, each other one the output of the one before it."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import compare, keras, latex, solve, symbols, table
from symparams.errors import ShapeError

d, m, n, L = symbols("d m n L")
KL = keras.layers


def sequential(*layers: Any, shape: Any = (m,)) -> Any:
    return keras.Sequential([keras.Input(shape), *layers])


@pytest.mark.parametrize("copies", [1, 2, 5])
@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (lambda: KL.Dense(d), (m,)),
        (lambda: KL.Dense(m), (m,)),
        (lambda: KL.LSTM(n, return_sequences=True), (64, m)),
        (lambda: KL.Conv2D(8, 3, padding="same"), (32, 32, 3)),
        (lambda: KL.Bidirectional(KL.GRU(n, return_sequences=True)), (64, m)),
        (lambda: keras.Sequential([KL.Dense(4 * d), KL.BatchNormalization(), KL.Dense(d)]), (m,)),
    ],
)
def test_a_letter_of_copies_is_that_many_layers_one_after_another(layer, shape, copies):
    """The closed form at a number against the model with the layers written out."""
    closed = sequential(L * layer(), shape=shape)
    written_out = sequential(*(layer() for _ in range(copies)), shape=shape)
    assert closed.count.given(L=copies) == written_out.count == sequential(copies * layer(), shape=shape).count
    assert closed.trainable_count.given(L=copies) == written_out.trainable_count
    assert closed.output_shape == written_out.output_shape


def test_a_number_of_copies_is_the_layers_that_keras_would_have():
    model = sequential(3 * KL.Dense(d))
    assert [tensor.path for tensor in model.weights][::2] == ["dense/kernel", "dense_1/kernel", "dense_2/kernel"]
    assert [layer.name for layer in model.layers] == ["dense", "dense_1", "dense_2"]


def test_copies_of_a_functional_model_have_weights_of_their_own():
    x = keras.Input((d,))
    block = keras.Model(x, KL.Add()([x, KL.Dense(d)(KL.Dense(4 * d)(x))]))
    for copies in (3, L):
        assert sequential(KL.Dense(d), copies * block).count == m * d + d + copies * (8 * d**2 + 5 * d)


def test_a_shape_that_every_copy_changes_needs_a_number():
    with pytest.raises(ShapeError, match="their number must be a number, not a letter"):
        sequential(L * KL.Conv2D(8, 3), shape=(32, 32, 3))
    assert sequential(3 * KL.Conv2D(8, 3), shape=(32, 32, 3)).count == (27 * 8 + 8) + 2 * (72 * 8 + 8)


def test_questions_and_formats_take_a_model_with_copies():
    model = sequential(KL.Dense(d), L * KL.Dense(d))
    assert "L x Dense" in str(model._summary())
    assert "L x Dense" in str(table(model))
    assert latex(model)
    assert compare(model, sequential(KL.Dense(d))).total == -L * d**2 - L * d
    assert solve(model, equals=3 * 65**2 - 65 - 3 * 65 + 195, for_=L, given={"m": 64, "d": 64}, nearest=True)
    with pytest.raises(ShapeError, match="cannot be listed"):
        model.weights  # noqa: B018


def test_the_count_of_a_multiple_may_be_frozen():
    block = KL.Dense(d)
    block.trainable = False
    assert sequential(L * block, shape=(d,)).trainable_count == 0
    model = sequential(L * KL.Dense(d), shape=(d,))
    model.trainable = False
    assert model.non_trainable_count == L * (d**2 + d)
