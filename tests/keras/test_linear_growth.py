"""Models of N layers are built and counted in steps that grow with N, and not with its square; names are Keras's all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from symparams import keras
from symparams.keras import layers
from tests.growth import LINEAR, exponent

if TYPE_CHECKING:
    from collections.abc import Callable


def dense(number: int) -> list[Any]:
    return [layers.Dense(8) for _ in range(number)]


def added(number: int) -> Any:
    model = keras.Sequential([keras.Input((8,))])
    for layer in dense(number):
        model.add(layer)
    return model


def functional(number: int) -> Any:
    x = start = keras.Input((8,))
    for layer in dense(number):
        x = layer(x)
    return keras.Model(start, x)


def residual(number: int) -> Any:
    x = start = keras.Input((8,))
    for layer in dense(number):
        x = x + layer(x)
    return keras.Model(start, x)


class Listed(keras.Model):
    def __init__(self, number: int) -> None:
        super().__init__()
        self.chain = dense(number)

    def call(self, x: Any) -> Any:
        for layer in self.chain:
            x = layer(x)
        return x


class Appended(Listed):
    def __init__(self, number: int) -> None:
        super().__init__(0)
        for _ in range(number):
            self.chain.append(keras.Sequential([layers.Dense(8), layers.Dense(8)]))


class Weights(layers.Layer):
    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def build(self, shape: Any) -> None:
        for _ in range(self.number):
            self.add_weight(shape=(8,), name="scale")

    def call(self, x: Any) -> Any:
        return x


def built(model: Any) -> Any:
    model.build((None, 8))
    return model


MODELS: dict[str, Callable[[int], Any]] = {
    "Sequential": lambda n: keras.Sequential([keras.Input((8,)), *dense(n)]),
    "Sequential without an input": lambda n: built(keras.Sequential(dense(n))),
    "Sequential of the layers of another": lambda n: built(keras.Sequential(added(n).layers)),
    "add": added,
    "Model": functional,
    "x + y": residual,
    "a model of one's own": lambda n: built(Listed(n)),
    "a model of one's own that appends": lambda n: built(Appended(n)),
    "a layer of one's own": lambda n: built(Weights(n)),
}


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_built_in_linear_time(name: str) -> None:
    made = MODELS[name]
    assert exponent(lambda n: lambda: made(n)) <= LINEAR


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_counted_in_linear_time(name: str) -> None:
    def asked(n: int) -> Callable[[], object]:
        model = MODELS[name](n)
        return lambda: (int(model.count), int(model.trainable_count), model.weights, model.parts, repr(model))

    assert exponent(asked) <= LINEAR


# ---------------------------------------------------------------- names are what they were
def test_automatic_names_are_numbered_with_the_first_free_number() -> None:
    given = [layers.Dense(8, name="dense_2"), *dense(4), layers.ReLU(), *dense(1)]
    model = keras.Sequential([keras.Input((8,)), *given])
    names = ["dense_2", "dense", "dense_1", "dense_3", "dense_4", "re_lu", "dense_5"]
    assert [layer.name for layer in model.layers] == names


def test_the_number_of_a_layer_that_was_removed_is_free_again() -> None:
    model = added(4)
    model.pop()
    model.pop()
    for layer in dense(2):
        model.add(layer)
    assert [layer.name for layer in model.layers] == ["dense", "dense_1", "dense_2", "dense_3"]


def test_a_layer_that_was_removed_can_be_added_again() -> None:
    model = added(3)
    layer = model.pop()
    model.add(layers.ReLU())
    model.add(layer)
    assert [each.name for each in model.layers] == ["dense", "dense_1", "re_lu", "dense_2"]
    with pytest.raises(Exception, match="already contains dense_2"):
        model.add(layer)


def test_a_copied_model_knows_its_own_layers() -> None:
    copy = keras.models.clone_model(added(3))
    with pytest.raises(Exception, match="already contains dense_1"):
        copy.add(copy.layers[1])


def test_own_layers_know_the_names_that_others_have_given() -> None:
    class Own(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.first = layers.Dense(8)
            x = start = keras.Input((8,))
            self.inner = keras.Model(start, self.first(layers.Dense(8)(x)))  # here the one that is held becomes dense_1
            self.second = layers.Dense(8)
            self.third = layers.Dense(8)

    held = Own()
    assert [held.first.name, held.second.name, held.third.name] == ["dense_1", "dense", "dense_2"]


def test_layers_that_a_list_no_longer_holds_do_not_count() -> None:
    model = Listed(4)
    model.chain.pop()
    model.chain.clear()
    model.chain.append(layers.Dense(8))
    assert int(built(model).count) == 72
    assert model.chain[0].name == "dense"
