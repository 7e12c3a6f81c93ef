"""Users' own models, and what scripts do with models besides building them."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import keras, symbols
from symparams.errors import SettingError, ShapeError, SymparamsError
from symparams.keras import Input, layers, ops
from tests.bad_input import refused

m, n = symbols("m n")


class Net(keras.Model):
    def __init__(self, units: Any = n, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hidden = layers.Dense(units, activation="relu")
        self.unused = layers.Dense(7)
        self.head = layers.Dense(3)
        self.scale = self.add_weight(shape=(3,), name="scale")

    def call(self, inputs: Any, training: Any = None) -> Any:
        return self.head(self.hidden(inputs)) * self.scale


@pytest.mark.parametrize(
    "build", [lambda net: net.build((None, m)), lambda net: net(Input((m,)))], ids=["by a shape", "by an Input"]
)
def test_a_model_is_built_by_a_shape_or_a_call(build: Any) -> None:
    net = Net()
    build(net)
    assert str(net.count) == "3 + m*n + n + 3*n + 3"
    assert [layer.name for layer in net.layers] == ["dense", "dense_1", "dense_2"]
    assert "call does not use dense_1" in str(net._summary())
    assert net.get_layer("dense") is net.hidden


def test_a_model_without_an_input_says_how_to_give_it_one() -> None:
    refused(ShapeError, r"^net \(Net\) has no input yet: dense in it is not built; call it on Input", lambda: Net().count)


def test_a_model_inside_a_model_counts_once() -> None:
    net = Net(name="inner")
    x = Input((m,))
    model = keras.Model(x, [net(x), net(x)])
    assert model.count == net.count
    assert model.layers[1] is net


def test_a_subclass_may_be_functional() -> None:
    class Functional(keras.Model):
        def __init__(self) -> None:
            inputs = Input((m,))
            super().__init__(inputs=inputs, outputs=layers.Dense(n)(inputs), name="mine")
            self.note = "kept"

    model = Functional()
    assert (str(model.count), model.output_shape, model.name, model.note) == ("m*n + n", (None, n), "mine", "kept")
    assert isinstance(model, Functional)
    assert isinstance(model, keras.Model)
    assert isinstance(keras.Sequential([Input((3,))]), keras.Model)


def test_a_script_runs_to_its_summary_and_training_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    net = Net()
    net.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse", metrics=["accuracy"])
    net.build((None, m))
    net.summary()
    assert "m*n + n" in capsys.readouterr().out
    for method in ("fit", "evaluate", "predict", "train_on_batch"):
        refused(
            SettingError, f"^net.{method}: symparams counts parameters; it does not train, and has no data$", getattr(net, method)
        )
    refused(SettingError, "^net.save: symparams counts parameters; a model has no weights here", lambda: net.save("net.keras"))
    refused(SymparamsError, "symparams has no data", keras.datasets.mnist.load_data)


def test_the_last_layer_can_be_removed() -> None:
    model = keras.Sequential([Input((m,)), layers.Dense(n), layers.Dense(3)])
    model.pop()
    assert (str(model.count), model.output_shape) == ("m*n + n", (None, n))
    model.add(layers.Dense(2))
    assert model.output_shape == (None, 2)


def test_settings_and_weights_are_attributes_of_a_layer() -> None:
    dense = layers.Dense(n, activation="relu")
    dense(Input((m,)))
    assert (dense.units, dense.activation, dense.kernel.shape, dense.bias.shape) == (n, "relu", (m, n), (n,))
    refused(SymparamsError, "Dense has no attribute 'unit' here; did you mean 'units'", lambda: dense.unit)


def test_a_lambda_runs_the_user_s_function_on_shapes() -> None:
    x = Input((8, m))
    assert layers.Lambda(lambda t: keras.ops.mean(t, axis=1))(x).shape == (None, m)
    refused(ShapeError, "its function cannot be run on shapes: ", lambda: layers.Lambda(lambda t: t.numpy())(x))


def test_a_models_own_build_is_called_once_with_the_shape_of_its_input() -> None:
    calls = []

    class Built(keras.Model):
        def build(self, input_shape):
            calls.append(input_shape)
            self.latent = self.add_weight(shape=(4, input_shape[-1]), name="latent")
            self.head = layers.Dense(n)
            super().build(input_shape)

        def call(self, inputs):
            return self.head(inputs + ops.sum(self.latent, axis=0))

    model = Built()
    assert model(keras.Input((m,))).shape == (None, n)
    model(keras.Input((m,)))
    assert calls == [(None, m)]
    assert str(model.count) == "4*m + m*n + n"


def test_a_model_may_have_methods_of_any_name() -> None:
    class Named(keras.Model):
        def __init__(self):
            super().__init__()
            self.head = layers.Dense(n)

        def tree(self):
            return "oak"

        def run(self, x):
            return self.head(x)

        def call(self, inputs):
            return self.run(inputs)

    model = Named()
    model.build((None, m))
    assert str(model.count) == "m*n + n"
    assert model.tree() == "oak"


def test_a_condition_of_a_model_that_letters_fail_says_what_to_write() -> None:
    class Heads(keras.Model):
        def __init__(self, width, heads):
            super().__init__()
            assert width % heads == 0
            self.head = layers.Dense(width)

    refused(SettingError, "for a width that heads share out, write a product", lambda: Heads(m, n))


def test_a_model_with_a_constant_is_called_again() -> None:
    x = keras.Input((3, 8))
    inner = keras.Model(x, layers.Dense(n)(x + ops.ones((3, 8))))
    assert inner(keras.Input((3, 8))).shape == (None, 3, n)
