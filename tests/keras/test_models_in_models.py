"""A model that uses another twice, which uses another twice: the work grows with the models, not with their uses."""

from __future__ import annotations

import pickle

from symparams import keras, latex, symbols, table
from tests.growth import calls_made

n = symbols("n")
LEVELS = 40  # 2**40 uses of the innermost layer


def used_twice(levels: int, width: object = 4) -> keras.Model:
    x = keras.Input((width,))
    model = keras.Model(x, keras.layers.Dense(width)(x))
    for _ in range(levels):
        x = keras.Input((width,))
        model = keras.Model(x, model(model(x)))
    return model


def test_each_use_of_a_model_is_worked_out_once():
    def asked() -> None:
        model = used_twice(LEVELS, n)
        assert str(model.count) == "n**2 + n"
        assert model.output_shape == (None, n)
        assert str(table(model))
        assert latex(model) == "n^{2} + n"

    assert calls_made(asked, 10**6)


def test_other_inputs_are_worked_out_anew():
    x = keras.Input((None, None, 3))
    inner = keras.Model(x, keras.layers.Conv2D(4, 3)(x))
    for size in (8, 9, n + 2, 8):
        assert inner(keras.Input((size, 7, 3))).shape == (None, size - 2, 5, 4)


def test_a_model_that_was_used_can_be_pickled():
    model = pickle.loads(pickle.dumps(used_twice(2)))
    assert model(keras.Input((4,))).shape == (None, 4)
