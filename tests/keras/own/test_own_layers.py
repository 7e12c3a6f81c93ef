"""Users' own layers: what they hold is counted once, their call gives shapes, and mistakes are said in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symparams import compare, keras, latex, symbols, table
from symparams.errors import ArgumentError, SettingError, ShapeError, SizeError
from symparams.keras import Input, layers, ops, v2
from tests.bad_input import refused

m, n, d, h = symbols("m n d h")


class Linear(layers.Layer):
    def __init__(self, units: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape: Any) -> None:
        self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
        self.b = self.add_weight(shape=(self.units,), name="b", trainable=False)

    def call(self, inputs: Any) -> Any:
        return ops.matmul(inputs, self.w) + self.b


class Tower(layers.Layer):
    """Layers in an attribute, a list, a dict and a tuple, of which one is used twice."""

    def __init__(self) -> None:
        super().__init__()
        self.first = layers.Dense(n)
        self.blocks: list[Any] = []
        self.norm = layers.LayerNormalization()
        for _ in range(2):
            self.blocks.append(Linear(n))
        self.heads = {"a": layers.Dense(3), "b": self.first}
        self.pair = (layers.Dropout(0.1), layers.Dense(2))

    def call(self, x: Any) -> Any:
        x = self.first(x)
        for block in self.blocks:
            x = block(x)
        return self.norm(x), self.heads["a"](x), self.pair[1](self.pair[0](x))


def test_what_a_layer_holds_is_counted_once_in_keras_s_order() -> None:
    tower = Tower()
    a, b, c = tower(Input((n,)))
    assert (a.shape, b.shape, c.shape) == ((None, n), (None, 3), (None, 2))
    assert tower.count.expr == 3 * n**2 + 10 * n + 5
    assert [tensor.path.split("/")[1] for tensor in tower.weights][::2] == [
        "dense", "layer_normalization", "linear", "linear_1", "dense_1", "dense_2",
    ]  # fmt: skip
    assert tower.non_trainable_count == 2 * n


def test_a_layer_used_twice_counts_once_and_a_second_width_is_refused() -> None:
    linear = Linear(n)
    x = Input((64, n))
    model = keras.Model(x, linear(linear(x)))
    assert str(model.count) == "n**2 + n"
    assert len(model.weights) == 2
    with pytest.raises(ShapeError):
        linear(Input((64, 3)))


def test_questions_take_own_layers_and_models() -> None:
    x = Input((64, m))
    one, other = keras.Model(x, Linear(n)(x)), keras.Sequential([x, layers.Dense(n, use_bias=False)])
    assert compare(other, one).total == n
    assert latex(one) == "m n + n"
    assert "linear" in str(table(one))
    assert compare(2 * Linear(n, name="a")(x).call.layer, one).total is not None


def test_trainable_freezes_everything_inside() -> None:
    tower = Tower()
    tower(Input((n,)))
    tower.trainable = False
    assert tower.trainable_count == 0
    tower.trainable = True
    assert tower.non_trainable_count == 2 * n


def test_names_that_symparams_uses_are_the_user_s_own() -> None:
    class Clash(layers.Layer):
        def __init__(self) -> None:
            super().__init__()
            self.count = 3
            self.steps = [1, 2]
            self.parts = layers.Dense(n)

        def title(self) -> str:
            return "mine"

        def call(self, x: Any) -> Any:
            assert (self.count, len(self.steps), self.title()) == (3, 2, "mine")
            return self.parts(x)

    x = Input((m,))
    layer = Clash()
    model = keras.Model(x, layer(x))
    assert str(model.count) == "m*n + n"
    assert layer.count == 3
    assert layer.title() == "mine"
    assert "clash (Clash)" in str(model._summary())


@pytest.mark.parametrize("shape", [(None, None, 8), (None, 12, 8), (2, 12, 8)])
def test_sizes_computed_from_unknown_ones_are_right(shape: tuple[Any, ...]) -> None:
    class Heads(layers.Layer):
        def call(self, x: Any) -> Any:
            batch, length = ops.shape(x)[0], ops.shape(x)[1]
            split = ops.transpose(ops.reshape(x, (batch, -1, 2, 4)), (0, 2, 1, 3))
            return ops.reshape(ops.transpose(split, (0, 2, 1, 3)), (batch, length * 2, -1))

    length = None if shape[1] is None else 24
    assert Heads()(Input(batch_shape=shape)).shape == (shape[0], length, 4)


def test_a_weight_of_an_unknown_size_is_refused() -> None:
    refused(
        ShapeError, r"^Linear.add_weight\('w'\): shape\[0\] is unknown, and a weight needs it", lambda: Linear(3)(Input((None,)))
    )
    refused(SizeError, r"Linear.add_weight\('w'\): shape\[1\] must be", lambda: Linear(-3)(Input((4,))))


def test_mistakes_are_said_in_a_sentence() -> None:
    class Forgets(layers.Layer):
        def __init__(self) -> None:
            self.dense = layers.Dense(3)

        def call(self, x: Any) -> Any:
            return self.dense(x)

    class Numbers(layers.Layer):
        def call(self, x: Any) -> Any:
            return np.exp(x)

    class Empty(layers.Layer):
        pass

    refused(ArgumentError, r"^Forgets: call super\(\).__init__\(\) first", lambda: Forgets()(Input((3,))))
    refused(
        ShapeError,
        "functions of TensorFlow, NumPy, JAX and PyTorch are out of reach|cannot be run on shapes",
        lambda: Numbers()(Input((3,))),
    )
    refused(ShapeError, r"Empty has no call\(self, inputs\)", lambda: Empty()(Input((3,))))
    refused(ShapeError, r"^tower \(Tower\) has no input yet: dense in it is not built", lambda: Tower().count)
    refused(
        ArgumentError,
        "Tower has no argument 'nam'; did you mean 'name'|unexpected|Linear has no argument",
        lambda: Linear(3, nam="x"),
    )


def test_numpy_and_conditions_on_values_are_out_of_reach() -> None:
    x = Input((3,))
    refused(ShapeError, "use keras.ops", lambda: np.asarray(x))
    refused(ShapeError, "neither true nor false", lambda: bool(x > 0))


def test_keras_2_takes_the_name_of_a_weight_first() -> None:
    class Before(v2.layers.Layer):
        def build(self, input_shape: Any) -> None:
            self.kernel = self.add_weight("kernel", shape=[input_shape.as_list()[-1], 4])
            super().build(input_shape)

        def call(self, x: Any) -> Any:
            return x @ self.kernel

    layer = Before()
    assert layer(Input((m,))).shape == (None, 4)
    assert (str(layer.count), layer.weights[0].name) == ("4*m", "kernel")

    class Now(layers.Layer):
        def build(self, input_shape: Any) -> None:
            self.kernel = self.add_weight("kernel", shape=(3, 4))

    refused(ArgumentError, "in Keras 3 the shape comes first, so write name='kernel'; keras.v2", lambda: Now().build((None, 3)))


def test_configs_make_the_same_layer() -> None:
    @keras.saving.register_keras_serializable(package="mine")
    class Sized(layers.Layer):
        def __init__(self, units: Any, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.units = units

        def get_config(self) -> dict[str, Any]:
            return {**super().get_config(), "units": self.units}

    made = Sized.from_config(Sized(n, name="x").get_config())
    assert (made.units, made.name) == (n, "x")
    again = layers.Dense.from_config(layers.Dense(n, name="y").get_config())
    assert (again.units, again.name) == (n, "y")


def test_a_wrapper_takes_an_own_layer() -> None:
    x = Input((10, m))
    layer = layers.TimeDistributed(Linear(n))
    assert layer(x).shape == (None, 10, n)
    assert str(layer.count) == "m*n + n"


def test_compute_output_shape_is_run_or_the_user_s() -> None:
    assert Linear(n).compute_output_shape((None, 5, m)) == (None, 5, n)


def test_layers_of_keras_are_not_changed_by_subclasses() -> None:
    def subclass() -> object:
        class Mine(layers.Dense):
            def call(self, x: Any) -> Any:
                return super().call(x) + 1

        return Mine

    refused(
        SettingError, "Mine: a subclass of Dense with its own call is not counted; subclass layers.Layer and hold a Dense", subclass
    )
