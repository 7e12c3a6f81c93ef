"""What layers learn from data, and their vocabularies; configs of models; losses and weights of own layers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symparams import keras, symbols
from symparams.errors import SettingError, ShapeError
from tests.bad_input import refused

L = keras.layers
n = symbols("n")

# Each with the words that Keras 3.15 gives.
VOCABULARIES: dict[str, tuple[Any, list[object]]] = {
    "words": (lambda: L.StringLookup(vocabulary=["a", "b"]), ["[UNK]", "a", "b"]),
    "words with a mask": (lambda: L.StringLookup(vocabulary=["a", "b"], mask_token=""), ["", "[UNK]", "a", "b"]),
    "special tokens given": (lambda: L.StringLookup(vocabulary=["[UNK]", "a"]), ["[UNK]", "a"]),
    "two unknown": (lambda: L.StringLookup(vocabulary=["a"], num_oov_indices=2), ["[UNK]", "[UNK]", "a"]),
    "integers": (lambda: L.IntegerLookup(vocabulary=[3, 4]), [-1, 3, 4]),
    "texts": (lambda: L.TextVectorization(vocabulary=["x", "y"]), ["", "[UNK]", "x", "y"]),
}


@pytest.mark.parametrize("case", VOCABULARIES)
def test_a_vocabulary_is_known_where_it_is_given(case: str) -> None:
    make, words = VOCABULARIES[case]
    layer = make()
    assert layer.get_vocabulary() == words
    assert layer.vocabulary_size() == len(words)
    special = [word for word in words if word in ("", "[UNK]", -1)]
    assert layer.get_vocabulary(include_special_tokens=False) == words[len(special) :]


def test_a_vocabulary_from_data_is_refused_and_one_that_is_set_is_known() -> None:
    layer = L.TextVectorization(max_tokens=100)
    layer.adapt(["a text"])
    refused(
        SettingError, r"^TextVectorization\.get_vocabulary: its words come from data.*vocabulary=\[\.\.\.\]", layer.get_vocabulary
    )
    layer.set_vocabulary(["a"])
    assert layer.get_vocabulary() == ["", "[UNK]", "a"]


def test_data_builds_a_normalization() -> None:
    layer = L.Normalization()
    layer.adapt(np.ones((10, 3)))
    assert layer.count == 7


def test_a_model_is_made_again_from_its_config() -> None:
    x = keras.Input((4,))
    model = keras.Model(x, L.Dense(n)(L.Dense(8)(x)), name="first")
    again = keras.Model.from_config(model.get_config())
    assert (again.name, str(again.count)) == ("first", str(model.count))
    chain = keras.Sequential([keras.Input((4,)), L.Dense(2)])
    assert keras.Sequential.from_config(chain.get_config()).count == 10
    refused(SettingError, "takes what get_config gives; .*use symparams.from_keras", lambda: keras.Model.from_config({"name": "m"}))


class Linear(L.Layer):
    def __init__(self, units: int) -> None:
        super().__init__()
        self.units = units

    def build(self, input_shape: Any) -> None:
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,))

    def call(self, inputs: Any) -> Any:
        self.add_loss(keras.ops.sum(inputs))
        return inputs @ self.w + self.b


def test_an_own_layer_has_its_weights_and_the_losses_of_its_last_call() -> None:
    layer = Linear(3)
    for _ in range(2):
        layer(keras.ops.ones((2, 2)))
        assert len(layer.losses) == 1
    assert layer.weights == [layer.w, layer.b]
    assert layer.w not in layer.weights[1:]
    assert f"{layer.losses[0]:.2f}" == repr(layer.losses[0])


def test_an_error_in_the_code_of_a_user_says_whose_it_is() -> None:
    class Doubled(L.Layer):
        def call(self, x: Any) -> Any:
            return tf.add(x, x)  # type: ignore[name-defined]  # noqa: F821

    class Strict(L.Layer):
        def call(self, x: Any) -> Any:
            raise ValueError("too wide")

    refused(
        ShapeError,
        r"^doubled \(Doubled\): its call cannot be run on shapes: NameError.*keras\.ops",
        lambda: keras.Sequential([keras.Input((3,)), Doubled()]),
    )
    refused(
        ValueError,
        r"^strict \(Strict\): its call cannot be run on shapes: ValueError: too wide$",
        lambda: Strict()(keras.Input((3,))),
    )
