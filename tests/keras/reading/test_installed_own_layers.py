"""Live models of an installed Keras with what no config says: layers of one's own, sharing, adapters, unused layers, adapted ones.

Each is read with the count, the trained count and the arrays that Keras itself has, in its own graph where it has one.
"""

from __future__ import annotations

import os
from math import prod
from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_keras
from tests.installed import installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore")  # Keras's and torch's own


@pytest.fixture(scope="module")
def k() -> Any:
    os.environ.setdefault("KERAS_BACKEND", "torch")
    return installed("keras", at_least="3.15")


@pytest.fixture(scope="module")
def k2() -> Any:
    os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
    return installed("tf_keras", at_least="2.21")


# ---------------------------------------------------------------- layers of one's own
def own(k: Any) -> Any:
    """Classes that Keras does not have."""

    class Own:
        class Scale(k.layers.Layer):
            def build(self, shape: Any) -> None:
                self.w = self.add_weight(shape=(shape[-1],), name="w")
                self.built = True

            def call(self, x: Any) -> Any:
                return x * self.w

        class Twice(k.layers.Layer):
            def __init__(self, width: int, **kwargs: Any) -> None:
                super().__init__(**kwargs)
                self.one, self.two = k.layers.Dense(width), k.layers.Dense(width)

            def call(self, x: Any) -> Any:
                return self.two(self.one(x))

        class Mix(k.layers.Layer):
            def build(self, shape: Any) -> None:
                self.w = self.add_weight(shape=(2,), name="w")
                self.built = True

            def call(self, a: Any, b: Any = None) -> Any:
                return a * self.w[0] + b * self.w[1]

        class Split(k.layers.Layer):
            def build(self, shape: Any) -> None:
                self.w = self.add_weight(shape=(2,), name="w")
                self.built = True

            def call(self, a: Any) -> Any:
                return {"whole": a * self.w[0], "part": a[:, :3]}

        class Dense(k.layers.Layer):
            """Called like a layer of Keras, and another one."""

            def __init__(self, units: int, **kwargs: Any) -> None:
                super().__init__(**kwargs)
                self.units = units

            def build(self, shape: Any) -> None:
                self.w = self.add_weight(shape=(shape[-1], self.units, 2), name="w")
                self.built = True

            def call(self, x: Any) -> Any:
                return x

            def get_config(self) -> dict[str, Any]:
                return {**super().get_config(), "units": self.units}

        class Holder(k.layers.Layer):
            def __init__(self, layer: Any, **kwargs: Any) -> None:
                super().__init__(**kwargs)
                self.layer = layer

            def call(self, x: Any) -> Any:
                return self.layer(x)

        class Encoder(k.Model):
            def __init__(self, **kwargs: Any) -> None:
                super().__init__(**kwargs)
                self.inner = k.layers.Dense(4)

            def call(self, x: Any) -> Any:
                return self.inner(x)

    return Own


def in_a_graph(k: Any) -> Any:
    x = k.Input((8,))
    return k.Model(x, k.layers.Dense(3)(own(k).Twice(5)(own(k).Scale()(x))))


def in_a_chain(k: Any) -> Any:
    return k.Sequential([k.Input((8,)), own(k).Twice(5), own(k).Scale(), own(k).Encoder(), k.layers.Dense(2)])


def built_by_its_first_call(k: Any) -> Any:
    model = k.Sequential([k.layers.Dense(4), own(k).Scale(), k.layers.Dense(2)])
    model.build((None, 8))
    return model


def used_twice(k: Any) -> Any:
    x, y = k.Input((8,)), k.Input((8,))
    scale = own(k).Scale()
    return k.Model([x, y], k.layers.Dense(3)(k.layers.Concatenate()([scale(x), scale(scale(y))])))


def a_model_used_twice(k: Any) -> Any:
    x, y = k.Input((8,)), k.Input((8,))
    encoder = own(k).Encoder()
    return k.Model([x, y], k.layers.Dense(2)(k.layers.Concatenate()([encoder(x), encoder(y)])))


def inside_a_model(k: Any) -> Any:
    x, y = k.Input((8,)), k.Input((8,))
    inner = k.Model(x, own(k).Scale()(x), name="inner")
    return k.Model(y, k.layers.Dense(2)(inner(inner(y))))


def of_two_inputs(k: Any) -> Any:
    x, y = k.Input((8,)), k.Input((8,))
    return k.Model([x, y], k.layers.Dense(2)(own(k).Mix()(x, b=y)))


def of_named_outputs(k: Any) -> Any:
    x = k.Input((8,))
    parts = own(k).Split()(x)
    return k.Model(x, [k.layers.Dense(2)(parts["whole"]), k.layers.Dense(4)(parts["part"])])


def called_like_one_of_keras(k: Any) -> Any:
    x = k.Input((8,))
    return k.Model(x, k.layers.Flatten()(own(k).Dense(4)(x)))


def a_cell(k: Any) -> Any:
    class Cell(k.layers.Layer):
        def __init__(self, width: int, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.state_size = self.output_size = width

        def build(self, shape: Any) -> None:
            self.w = self.add_weight(shape=(shape[-1], self.state_size), name="w")
            self.u = self.add_weight(shape=(self.state_size, self.state_size), name="u")
            self.built = True

        def call(self, x: Any, states: Any) -> Any:
            h = x @ self.w + states[0] @ self.u
            return h, [h]

    x = k.Input((4, 8))
    return k.Model(x, k.layers.Dense(2)(k.layers.RNN(Cell(6))(x)))


def frozen(k: Any) -> Any:
    x, scale = k.Input((8,)), own(k).Scale()
    scale.trainable = False
    return k.Model(x, k.layers.Dense(2)(scale(x)))


# ---------------------------------------------------------------- the same arrays in two places
def a_layer_inside_two(k: Any) -> Any:
    x, dense = k.Input((8,)), k.layers.Dense(8)
    return k.Model(x, own(k).Holder(dense)(own(k).Holder(dense)(dense(x))))


def the_same_array_in_two_layers(k: Any) -> Any:
    class Head(k.layers.Layer):
        def __init__(self, table: Any, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.table = table.embeddings

        def build(self, shape: Any) -> None:
            self.b = self.add_weight(shape=(10,), name="b")
            self.built = True

        def call(self, x: Any) -> Any:
            return x[..., :1] + self.b

    x, table = k.Input((3,), dtype="int32"), k.layers.Embedding(10, 4)
    y = table(x)
    return k.Model(x, Head(table)(y))


def a_part_kept_as_an_attribute(k: Any) -> Any:
    class Autoencoder(k.Model):
        def __init__(self) -> None:
            x = k.Input((8,))
            h = k.layers.Dense(3)(x)
            super().__init__(x, k.layers.Dense(8)(h))
            self.encoder = k.Model(x, h)

    return Autoencoder()


def a_layer_beside_the_graph(k: Any) -> Any:
    x = k.Input((8,))
    model = k.Model(x, k.layers.Dense(3)(x))
    beside = k.layers.Dense(5)
    beside.build((None, 8))
    model.beside = beside
    return model


# ---------------------------------------------------------------- what was never called, or has more than its config says
def never_called(k: Any) -> Any:
    class Net(k.Model):
        def __init__(self) -> None:
            super().__init__()
            self.unused, self.used = own(k).Twice(9), k.layers.Dense(3)
            self.twice = k.layers.Lambda(lambda x: x * 2)

        def call(self, x: Any) -> Any:
            return self.used(self.twice(x))

    model = Net()
    model(k.Input((8,)))
    return model


def a_lambda_with_a_variable(k: Any) -> Any:
    layer, inner, x = k.layers.Lambda(lambda x: x, output_shape=(2,)), k.layers.Dense(2), k.Input((2,))
    inner.build((None, 2))
    layer.inner = inner
    return k.Model(x, layer(x))


def an_adapter_inside_attention(k: Any) -> Any:
    x, attention = k.Input((4, 8)), k.layers.MultiHeadAttention(2, 4)
    model = k.Model(x, attention(x, x))
    if hasattr(attention, "query_dense"):  # Keras 2 has no adapters
        attention.query_dense.enable_lora(2)
    return model


def adapted_bounds(k: Any) -> Any:
    import numpy as np

    x, layer = k.Input((1,)), k.layers.Discretization(num_bins=4)
    layer.adapt(np.linspace(0, 1, 100).reshape(-1, 1))
    return k.Model(x, k.layers.Dense(2)(layer(x)))


def adapted_statistics(k: Any) -> Any:
    import numpy as np

    layer = k.layers.Normalization()
    layer.adapt(np.ones((100, 5)))
    model = k.Sequential([layer, k.layers.Dense(2)])
    model.build((None, 5))
    return model


def a_list_of_one(k: Any) -> Any:
    x = k.Input((8,))
    return k.Model(x, k.layers.Dense(2)(k.layers.Add()([x])))


MODELS = [
    *(in_a_graph, in_a_chain, built_by_its_first_call, used_twice, a_model_used_twice, inside_a_model, of_two_inputs),
    *(of_named_outputs, called_like_one_of_keras, a_cell, frozen, a_layer_inside_two, the_same_array_in_two_layers),
    *(a_part_kept_as_an_attribute, a_layer_beside_the_graph, never_called, a_lambda_with_a_variable, an_adapter_inside_attention),
    *(adapted_bounds, adapted_statistics, a_list_of_one),
]


def check(model: Any) -> Any:
    """The model as it is read, with the arrays that Keras counts."""
    trained = {id(array) for array in model.trainable_weights}
    arrays = [each for each in model.weights if hasattr(each, "shape") and None not in tuple(each.shape)]
    read = from_keras(model)
    assert int(read.count) == model.count_params() == sum(prod(tuple(each.shape)) for each in arrays)
    assert sorted((tuple(each.shape), each.trainable) for each in read.weights) == sorted(
        (tuple(each.shape), id(each) in trained) for each in arrays
    )
    return read


@pytest.mark.parametrize("make", MODELS)
def test_a_live_model_has_the_arrays_that_it_has(k: Any, make: Callable[[Any], Any]) -> None:
    check(make(k))


@pytest.mark.parametrize("make", MODELS)
def test_a_live_model_of_keras_2_has_the_arrays_that_it_has(k2: Any, make: Callable[[Any], Any]) -> None:
    check(make(k2))


def test_a_loss_and_a_metric_of_tensors_are_no_layers_with_weights(k2: Any) -> None:
    tensorflow = installed("tensorflow")
    x = k2.Input((8,))
    y = k2.layers.Dense(3)(x)
    model = k2.Model(x, y)
    model.add_loss(tensorflow.reduce_mean(y))
    model.add_metric(tensorflow.reduce_sum(y), name="sum")
    assert check(model).output_shape == (None, 3)
    assert int(from_keras(model.to_json()).count) == 27


def test_tensors_in_a_list_are_stacked(k2: Any) -> None:
    tensorflow = installed("tensorflow")
    x, y = k2.Input((8, 8, 2)), k2.Input((8, 8, 2))
    model = k2.Model([x, y], k2.layers.Dense(3)(tensorflow.reduce_sum([x, y], axis=0)))
    assert check(model).output_shape == (None, 8, 8, 3)


def test_a_vocabulary_in_a_file_is_read_by_the_arrays(k2: Any, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("a\nb\nc\n")
    layer = k2.layers.StringLookup(vocabulary=str(words), output_mode="multi_hot")
    x = k2.Input((1,), dtype="string")
    assert check(k2.Model(x, k2.layers.Dense(2)(layer(x)))).output_shape == (None, 2)


def test_attention_over_time_of_two_tensors(k2: Any) -> None:
    x, y = k2.Input((3, 4, 8)), k2.Input((3, 5, 8))
    over_time = k2.layers.TimeDistributed(k2.layers.Attention())([x, y])
    assert check(k2.Model([x, y], k2.layers.Dense(2)(over_time))).output_shape == (None, 3, 4, 2)


# ---------------------------------------------------------------- letters
def blocks(k: Any, width: int, copies: int) -> Any:
    class Block(k.layers.Layer):
        def __init__(self) -> None:
            super().__init__()
            self.up, self.down = k.layers.Dense(4 * width), k.layers.Dense(width)
            self.norms = [k.layers.LayerNormalization(), k.layers.LayerNormalization()]

        def build(self, shape: Any) -> None:
            self.gain = self.add_weight(shape=(shape[-1],), name="gain")
            self.built = True

        def call(self, x: Any) -> Any:
            return self.norms[1](x + self.gain * self.down(self.up(self.norms[0](x))))

    x = y = k.Input((10, width))
    for _ in range(copies):
        y = Block()(y)
    return k.Model(x, k.layers.Dense(7)(y))


def test_layers_of_ones_own_in_a_graph_have_letters(k: Any) -> None:
    model = blocks(k, 32, 3)
    read = from_keras(model, letters={"d": 32, "4*d": 128, "L": 3})
    assert str(read.count) == "7*d + 7 + L*(8*d**2 + 10*d)"
    assert read.count.at(read.values) == model.count_params()


def test_two_builds_settle_their_letters(k: Any) -> None:
    models = blocks(k, 32, 3), blocks(k, 48, 2)
    read = from_keras(models[0], also=models[1], letters={"d": (32, 48), "L": (3, 2)})
    assert str(read.count) == "7*d + 7 + L*(8*d**2 + 10*d)"
    assert read.count.at(d=48, L=2) == models[1].count_params()
