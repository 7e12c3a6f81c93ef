"""The door of Keras: models as its users write them, with letters where the numbers were, and what it refuses."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy

from symparams import keras, symbols
from symparams.errors import ArgumentError, SettingError, ShapeError, SizeError, SymparamsError, UnknownLayerError
from symparams.keras import Input, Model, Sequential, layers, v1, v2
from tests.bad_input import TwoLines, refused

m, n, k, c, h, t = symbols("m n k c h t")


Untyped: Any = Input  # as a caller without a type checker has it


def names(model: Model) -> list[str]:
    return [layer.name for layer in model.layers if layer.class_name != "InputLayer"]


# ---------------------------------------------------------------- Sequential
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


@pytest.mark.parametrize("ask", ["count", "weights", "trainable_count", "output_shape", "input_shape", "inputs", "parts", "node"])
def test_a_model_without_an_input_refuses_to_count(ask: str) -> None:
    model = Sequential([layers.Dense(3)])
    refused(ShapeError, r"sequential does not know its input: begin with Input\(\.\.\.\)", lambda: getattr(model, ask))
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
    refused(SettingError, r"^sequential is made of layers, not of ", lambda: Sequential([Input((3,)), thing]))


def test_an_input_comes_first_and_once() -> None:
    refused(SettingError, "an Input comes first, and once", lambda: Sequential([Input((3,)), Input((3,))]))
    refused(SettingError, "an Input comes first, and once", lambda: Sequential([layers.Dense(3), Input((3,))]))


def test_a_layer_stands_in_a_sequential_once() -> None:
    dense = layers.Dense(3)
    refused(
        SettingError,
        "dense stands in it already; a layer that is used twice needs the functional API",
        lambda: Sequential([Input((3,)), dense, dense]),
    )


def test_five_hundred_layers_are_quick() -> None:
    model = Sequential([Input((4,)), *(layers.Dense(4) for _ in range(500))])
    assert model.count == 500 * 20
    assert names(model)[-1] == "dense_499"


# ---------------------------------------------------------------- the functional API
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
    refused(SettingError, r"has no layer 'decoder'; it has .*encoder", lambda: outer.get_layer("decoder"))


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
        (Model, ArgumentError, r"Model takes inputs and outputs: Model\(inputs=x, outputs=y\)"),
        (lambda: Model(Input((3,))), ArgumentError, "takes inputs and outputs"),
        (lambda: Model(Input((3,)), layers.Dense(2)(Input((3,)))), ShapeError, r"begins at an Input of shape \(None, 3\) that is not among the inputs"),
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


# ---------------------------------------------------------------- shapes
@pytest.mark.parametrize(
    ("layer", "given", "gives"),
    [
        (lambda: layers.Dense(n), (None, None, m), (None, None, n)),
        (lambda: layers.Dense(n), (h, t, m), (h, t, n)),
        (lambda: layers.LSTM(n), (None, None, m), (None, n)),
        (lambda: layers.LSTM(n, return_sequences=True), (2, t, m), (2, t, n)),
        (lambda: layers.Embedding(100, n), (None, None), (None, None, n)),
        (lambda: layers.Embedding(100, n), (None,), (None, n)),
        (lambda: layers.Conv2D(n, 3), (None, h, None, c), (None, h - 2, None, n)),
        (lambda: layers.Conv2D(n, 3, strides=2), (None, h, 9, c), (None, sympy.floor((h - 3) / 2) + 1, 4, n)),
        (lambda: layers.Conv1D(n, 7), (None, 500, 128), (None, 494, n)),
        (lambda: layers.Conv1D(n, 7, padding="same", strides=2), (None, t, c), (None, sympy.ceiling(t / 2), n)),
        (lambda: layers.Conv1D(n, 7, padding="causal", dilation_rate=4), (None, t, c), (None, t, n)),
        (lambda: layers.Conv2D(8, (3, 5), data_format="channels_first"), (None, c, 10, 10), (None, 8, 8, 6)),
        (lambda: layers.TimeDistributed(layers.Dense(n)), (None, t, m), (None, t, n)),
        (lambda: layers.TimeDistributed(layers.Conv2D(n, 3)), (None, t, 9, 9, c), (None, t, 7, 7, n)),
        (lambda: layers.Bidirectional(layers.LSTM(n)), (None, t, m), (None, 2 * n)),
        (layers.Flatten, (None, t, m), (None, m * t)),
        (layers.Flatten, (None, None, 3), (None, None)),
        (layers.Flatten, (None,), (None, 1)),
        (lambda: layers.Dropout(0.5), (None, t, m), (None, t, m)),
        (lambda: layers.Activation("relu"), (None, None), (None, None)),
        (lambda: layers.EinsumDense("abc,cd->abd", output_shape=(None, n), bias_axes="d"), (None, 3, m), (None, None, n)),
        (lambda: layers.EinsumDense("...x,xy->...y", output_shape=n), (None, 3, 4, m), (None, 3, 4, n)),
        (lambda: v2.layers.EinsumDense("ab,bc->ac", output_shape=(n, 7)), (None, m), (None, n)),  # reads as far as it needs
        (lambda: layers.BatchNormalization(axis=1), (None, c, h, h), (None, c, h, h)),
        (lambda: layers.LayerNormalization(axis=[1, 2]), (None, c, h), (None, c, h)),
    ],
)  # fmt: skip
def test_shapes_go_in_and_come_out(layer: Callable[[], Any], given: Any, gives: Any) -> None:
    made = layer()
    assert made.compute_output_shape(given) == gives
    assert made(Input(batch_shape=given)).shape == gives
    assert made.output_shape == gives
    assert made.input_shape == given


def test_asking_for_an_output_shape_builds_nothing() -> None:
    layer = layers.TimeDistributed(layers.Dense(8))
    assert layer.compute_output_shape((None, 5, 4)) == (None, 5, 8)
    assert layer(Input((5, 6))).shape == (None, 5, 8)


@pytest.mark.parametrize(
    ("layer", "given", "words"),
    [
        (lambda: layers.LSTM(4), (4,), r"^LSTM takes \(batch, time, features\), not an input of shape \(None, 4\)$"),
        (lambda: layers.Dense(4), (), r"^Dense takes \(batch, \.\.\., features\), not an input of shape \(None,\)$"),
        (lambda: layers.Conv1D(4, 3), (8, 8, 3), r"^Conv1D takes \(batch, steps, channels\)"),
        (lambda: layers.Bidirectional(layers.LSTM(4)), (4,), r"LSTM takes \(batch, time, features\)"),
        (lambda: layers.TimeDistributed(layers.Dense(4)), (4,), r"TimeDistributed takes \(batch, time, features\)"),
        (lambda: layers.Dense(4), (None,), r"^Dense: features is None in the input, but a weight has that size"),
        (lambda: layers.LSTM(4), (3, None), r"^LSTM: features is None in the input"),
        (lambda: layers.Conv2D(4, 3), (8, 8, None), r"^Conv2D: channels is None in the input"),
        (layers.BatchNormalization, (None,), r"^BatchNormalization: axis 1 is None in the input"),
        (lambda: layers.BatchNormalization(axis=4), (3, 4), r"^BatchNormalization: axis: no axis 4 in an input of 3 axes$"),
        (lambda: layers.Conv1D(4, 5), (4, 3), r"^Conv1D: a window of 5 does not fit an axis of 4; pad it, or give a longer input$"),
        (lambda: layers.Conv1D(4, n + 9), (n, 3), r"^Conv1D: a window of n \+ 9 does not fit an axis of n"),
        (lambda: layers.EinsumDense("abc,cd->abd", (5, 4)), (None, c), "axis b of 'abc,cd->abd' is None in the input and 5"),
        (lambda: layers.EinsumDense("...bc,cd->...bd", 4), (2, 3, c), "output_shape has fewer axes than 'bd'"),
        (lambda: layers.EinsumDense("abc,cd->adb", 4), (3, c), "output_shape has fewer axes than 'adb'"),
        (lambda: layers.EinsumDense("ab,bc->ac", (n, 7)), (c,), "output_shape has more axes than 'ac'"),
        (lambda: layers.EinsumDense("ab,bc->ac", 4), (3, 4), r"^EinsumDense: 'ab,bc->ac' takes 2 axes, not an input of shape \(None, 3, 4\)$"),
        (lambda: layers.RNN(layers.GRUCell(3)), (4,), r"^RNN takes \(batch, time, features\)"),
    ],
)  # fmt: skip
def test_an_input_that_does_not_fit_is_refused_by_name(layer: Callable[[], Any], given: Any, words: str) -> None:
    refused(SymparamsError, words, lambda: layer()(Input(given)))


def test_a_layer_takes_inputs_of_one_width() -> None:
    dense = layers.Dense(4)
    dense(Input((3,)))
    dense(Input((7, 3)))
    refused(
        ShapeError,
        r"^dense was built for inputs of shape \(None, 3\), whose weights do not fit \(None, 5\)$",
        lambda: dense(Input((5,))),
    )


@pytest.mark.parametrize("value", [5, "x", None, layers.Dense(3), np.zeros((2, 3)), TwoLines(), [(3,)]], ids=str)
def test_a_layer_is_called_on_symbolic_tensors(value: Any) -> None:
    refused(
        ShapeError, r"^Dense is called on symbolic tensors, such as Input\(\(64, 15\)\), not on ", lambda: layers.Dense(3)(value)
    )


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (Input, ArgumentError, r"Input takes a shape without the batch axis, such as Input\(\(64, 15\)\), or batch_shape"),
        (lambda: Input((3,), batch_shape=(None, 3)), ArgumentError, "and not both"),
        (lambda: Untyped(3), ShapeError, r"^Input: shape must be a tuple of sizes, .* not 3$"),
        (lambda: Untyped("ab"), ShapeError, r"^Input: shape must be a tuple of sizes, .* not 'ab'$"),
        (lambda: Input((3, 0)), SizeError, r"^Input: shape\[1\] must be a whole number of at least 1, or a symbol, not 0$"),
        (lambda: Input((-1,)), SizeError, r"^Input: shape\[0\] "),
        (lambda: Untyped((2.0,)), SizeError, r"^Input: shape\[0\] .* not 2\.0$"),
        (lambda: Untyped(("m",)), SizeError, r"^Input: shape\[0\] .* not 'm'$"),
        (lambda: Input((3,), batch_size=0), SizeError, "^Input: batch_size"),
        (lambda: Input(batch_shape=(None, True)), SizeError, r"^Input: batch_shape\[1\] .* not True$"),
    ],
)  # fmt: skip
def test_an_input_takes_sizes_symbols_and_none(make: Callable[[], Any], error: type[SymparamsError], words: str) -> None:
    refused(error, words, make)


def test_inputs_as_keras_gives_them() -> None:
    assert Input((3, None)).shape == (None, 3, None)
    assert Input([m, 2 * n], batch_size=t).shape == (t, m, 2 * n)
    assert Input(batch_shape=(2, 3), dtype="int32").dtype == "int32"
    assert repr(Input((64, m))) == "<KerasTensor shape=(None, 64, m), dtype=float32>"
    assert layers.Input((3,)).shape == (None, 3)


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
        "two layers are called 'a': names in a model are different",
        lambda: Sequential([Input((3,)), layers.Dense(3, name="a"), layers.Dense(3, name="a")]),
    )


@pytest.mark.parametrize("name", [5, "a/b", ["a"], n, ""])
def test_a_name_is_a_text_without_a_slash(name: Any) -> None:
    refused(SettingError, r"^Dense: name must be a text", lambda: layers.Dense(3, name=name))


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


# ---------------------------------------------------------------- versions
@pytest.mark.parametrize(("version", "biases"), [(keras, 2), (v2, 2), (v1, 1)])
def test_reset_after_is_the_default_since_keras_2(version: Any, biases: int) -> None:
    x = Input((None, m))
    assert Model(x, version.layers.GRU(n)(x)).count == sympy.expand(3 * (m * n + n**2 + biases * n))
    assert Model(x, version.layers.GRU(n, reset_after=False)(x)).count == sympy.expand(3 * (m * n + n**2 + n))
    assert Model(x, version.layers.GRU(n, use_bias=False)(x)).count == sympy.expand(3 * (m * n + n**2))


def test_cudnn_layers_are_in_version_1_and_have_two_biases() -> None:
    x = Input((None, m))
    plain, cudnn = (Model(x, v1.layers.Bidirectional(layer)(x)) for layer in (v1.layers.LSTM(n), v1.layers.CuDNNLSTM(n)))
    assert cudnn.count - plain.count == 2 * 4 * n
    assert [tensor.shape for tensor in cudnn.weights][2] == (8 * n,)
    refused(UnknownLayerError, r"^no layer 'CuDNNLSTM' in keras\.layers; keras\.v1\.layers has it$", lambda: layers.CuDNNLSTM)


def test_arguments_that_only_one_version_has() -> None:
    assert v2.layers.LSTM(3, time_major=True)(Input((5, 4))).shape == (5, 3)  # the second axis is the batch
    refused(ArgumentError, "^LSTM has no argument 'time_major'", lambda: layers.LSTM(3, time_major=True))
    refused(ArgumentError, "^Dense has no argument 'batch_input_shape'", lambda: layers.Dense(3, batch_input_shape=(None, 4)))
    refused(ArgumentError, "^Dense has no argument 'lora_rank'", lambda: v2.layers.Dense(3, lora_rank=2))


def test_keras_3_takes_a_deprecated_input_length() -> None:
    assert layers.Embedding(10, 4, input_length=5)(Input((5,))).shape == (None, 5, 4)


# ---------------------------------------------------------------- wrappers
@pytest.mark.parametrize(("mode", "gives"), [("concat", (None, 2 * n)), ("sum", (None, n)), ("mul", (None, n)), ("ave", (None, n))])
def test_merge_modes_change_the_shape_and_never_the_count(mode: str, gives: Any) -> None:
    layer = layers.Bidirectional(layers.LSTM(n), merge_mode=mode)
    assert layer(Input((t, m))).shape == gives
    assert str(layer.count) == "2*4*(m*n + n**2 + n)"


def test_merging_nothing_gives_both_and_states_follow() -> None:
    assert [x.shape for x in layers.Bidirectional(layers.LSTM(n), merge_mode=None)(Input((t, m)))] == [(None, n)] * 2
    states = layers.Bidirectional(layers.LSTM(n, return_state=True))(Input((t, m)))
    assert [x.shape for x in states] == [(None, 2 * n)] + [(None, n)] * 4


def test_a_backward_layer_of_its_own() -> None:
    layer = layers.Bidirectional(layers.LSTM(n), backward_layer=layers.GRU(k, go_backwards=True))
    assert layer(Input((t, m))).shape == (None, n + k)
    assert str(layer.count) == "4*(m*n + n**2 + n) + 3*(m*k + k**2 + 2*k)"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: layers.Bidirectional(layers.LSTM(3), merge_mode="cat"), r"^Bidirectional: merge_mode must be one of .* not 'cat'$"),
        (lambda: layers.Bidirectional(layers.Dense(3)), "^Bidirectional: layer must be a recurrent layer"),
        (lambda: layers.Bidirectional(3), r"^Bidirectional: layer must be a recurrent layer such as LSTM\(16\), not 3$"),
        (lambda: layers.Bidirectional(layers.LSTM(3), backward_layer=layers.LSTM(3)), "must differ in go_backwards"),
        (lambda: layers.Bidirectional(layers.LSTM(3, go_backwards=True)), "go_backwards"),
        (
            lambda: layers.Bidirectional(layers.LSTM(3), backward_layer=layers.LSTM(3, go_backwards=True, return_sequences=True)),
            "must have the same return_sequences",
        ),
        (lambda: layers.Bidirectional(layers.LSTM(3), "sum", backward_layer=layers.LSTM(4, go_backwards=True))(Input((5, 2))), "needs both directions alike, not widths 3 and 4"),
        (lambda: layers.TimeDistributed("Dense"), r"^TimeDistributed: layer must be a layer such as Dense\(8\), not 'Dense'$"),
        (lambda: layers.RNN(layers.Dense(3)), "^RNN: cell must be a cell"),
        (lambda: layers.RNN([]), "^RNN: cell must be a cell"),
        (lambda: layers.StackedRNNCells([layers.Dense(3)]), "^StackedRNNCells: cells must be a list of cells"),
    ],
)  # fmt: skip
def test_a_wrapper_around_the_wrong_thing_is_refused(make: Callable[[], Any], words: str) -> None:
    refused(SymparamsError, words, make)


def test_cells_in_a_recurrence_count_as_the_layer_does() -> None:
    x = Input((t, m))
    assert Model(x, layers.RNN(layers.LSTMCell(n))(x)).count == Model(x, layers.LSTM(n)(x)).count
    stacked = layers.RNN([layers.GRUCell(n), layers.LSTMCell(k)], return_state=True)
    assert [y.shape for y in stacked(x)] == [(None, k), (None, n), (None, k), (None, k)]
    assert str(stacked.count) == "3*(m*n + n**2 + 2*n) + 4*(n*k + k**2 + k)"


# ---------------------------------------------------------------- training and adapters
def test_a_frozen_layer_trains_nothing() -> None:
    model = Sequential([Input((m,)), layers.Dense(n, trainable=False), layers.Dense(k)])
    assert str(model.trainable_count) == "n*k + k"
    assert str(model.non_trainable_count) == "m*n + n"
    assert [tensor.trainable for tensor in model.weights] == [False, False, True, True]
    assert len(model.trainable_weights) == len(model.non_trainable_weights) == 2
    model.layers[0].trainable = True
    assert model.trainable_count == model.count


@pytest.mark.parametrize("inside", [False, True])
def test_a_frozen_model_trains_nothing(inside: bool) -> None:
    frozen = Sequential([Input((3,)), layers.Dense(2), layers.BatchNormalization()])
    frozen.trainable = False
    model = Sequential([Input((3,)), frozen]) if inside else frozen
    assert (model.trainable_count, model.non_trainable_count) == (0, 16)
    assert model.trainable_weights == []


def test_lora_on_a_layer_and_on_one_inside_a_wrapper() -> None:
    dense = layers.Dense(n)
    model = Sequential([Input((5, m)), layers.TimeDistributed(dense)])
    dense.enable_lora(symbols("r"))
    assert [tensor.name for tensor in model.weights if tensor.trainable] == ["bias", "lora_kernel_a", "lora_kernel_b"]
    assert model.count == sympy.expand(m * n + n + symbols("r") * (m + n))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: layers.Dense(3).enable_lora(2), r"^dense \(Dense\) has no input yet"),
        (lambda: lora(layers.Dense(3), 2, 2), "^dense has LoRA enabled already$"),
        (lambda: lora(layers.Dense(3), 0.5), "^Dense: rank must be a whole number of at least 1"),
        (lambda: lora(layers.Dense(3), -1), "^Dense: rank must be a whole number of at least 1"),
        (
            lambda: lora(layers.Dropout(0.1), 2),
            "^Dropout has no LoRA; Dense, EinsumDense, Embedding, ReversibleEmbedding and the convolutions have it$",
        ),
    ],
)
def test_lora_where_it_cannot_be_is_refused(call: Callable[[], Any], words: str) -> None:
    refused(SymparamsError, words, call)


def lora(layer: Any, *ranks: Any) -> None:
    layer(Input((4,)))
    for rank in ranks:
        layer.enable_lora(rank)


# ---------------------------------------------------------------- arguments
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (layers.Dense, "^Dense needs units$"),
        (lambda: layers.Embedding(3), "^Embedding needs output_dim$"),
        (lambda: layers.Dense(3, unit=4), r"^Dense has no argument 'unit'; did you mean 'units'\?$"),
        (lambda: layers.LSTM(3, return_sequence=True), r"did you mean 'return_sequences'\?$"),
        (lambda: layers.Flatten(foo=3), "^Flatten has no argument 'foo'"),
        (lambda: layers.Dense(3, units=4), "^Dense: units is given twice$"),
        (lambda: layers.Dense(*range(40)), r"^Dense takes \d+ arguments by position, not 40$"),
    ],
)
def test_an_argument_that_is_unknown_missing_or_given_twice_is_refused(make: Callable[[], Any], words: str) -> None:
    refused(ArgumentError, words, make)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: layers.Dense(0), "^Dense: units must be a whole number of at least 1, or a symbol, not 0$"),
        (lambda: v2.layers.Dense(3, input_length=4), "^Dense has no argument 'input_length'"),
        (lambda: layers.Dense(3, batch_shape=(None, 4)), "^Dense has no argument 'batch_shape'"),
        (lambda: v2.layers.Embedding(9, 3, mask_zero=True, sparse=True), "^Embedding: mask_zero=True does not go with sparse=True$"),
        (lambda: v1.layers.LSTM(3, seed=1), "^LSTM: in TensorFlow 1 seed is an argument of cells alone$"),
        (lambda: layers.Dropout(symbols("p")), "^Dropout: rate must be a number from 0 to 1, not p$"),
        (lambda: layers.Dense(3, trainable="no"), "^Dense: trainable must be True or False, not 'no'"),
        (lambda: layers.Dense("64"), "^Dense: units must be .* not '64'$"),
        (lambda: layers.LSTM(True), "^LSTM: units must be .* not True$"),
        (lambda: layers.Embedding(10, 2.5), "^Embedding: output_dim must be .* not 2.5$"),
        (lambda: layers.Dense(np.zeros((2, 2))), "^Dense: units must be "),
        (lambda: layers.Conv2D(4, (3, 3, 3)), r"^Conv2D: kernel_size needs 2 sizes, one per axis, not \(3, 3, 3\)$"),
        (lambda: layers.Conv2D(4, 0), "^Conv2D: kernel_size must be"),
        (lambda: layers.Conv2D(4, 3, strides=0), "^Conv2D: strides must be"),
        (lambda: layers.Conv2D(4, 3, strides=2, dilation_rate=2), r"^Conv2D: strides must be 1 where dilation_rate is not, here \(2, 2\), not \(2, 2\)$"),
        (lambda: layers.Conv2D(4, 3, padding="valide"), "^Conv2D: padding must be one of 'valid', 'same', not 'valide'$"),
        (lambda: layers.Conv2D(4, 3, padding="causal"), "^Conv2D: padding must be one of 'valid', 'same', not 'causal'$"),
        (lambda: layers.Conv2D(4, 3, data_format="last"), "^Conv2D: data_format must be one of"),
        (lambda: layers.Conv2D(5, 3, groups=2), "^Conv2D: filters over groups: 5 does not divide into 2 equal parts$"),
        (lambda: layers.EinsumDense("ab->ac", 3), None),
        (lambda: layers.EinsumDense("ab,bc->ac", 3, bias_axes=3), None),
        (lambda: layers.EinsumDense("ab,bc->ac", "x"), "output_shape"),
        (lambda: layers.BatchNormalization(axis=()), None),
    ],
)  # fmt: skip
def test_a_value_that_an_argument_does_not_take_is_refused(make: Callable[[], Any], words: str | None) -> None:
    refused(SymparamsError, words or ".", lambda: make()(Input((4,)) if make().class_name.startswith("Eins") else Input((8, 4))))


@pytest.mark.parametrize("off", [False, None, 0, np.False_])
def test_a_bias_is_left_out_by_whatever_is_false(off: Any) -> None:
    assert Sequential([Input((4,)), layers.Dense(3, use_bias=off)]).count == 12


@pytest.mark.parametrize("version", [v2, v1])
def test_batch_normalization_over_two_axes_has_both(version: Any) -> None:
    assert Sequential([Input((3, 4)), version.layers.BatchNormalization(axis=[1, 2])]).count == 4 * 12


def test_arguments_that_cannot_change_a_count_are_accepted() -> None:
    layer = layers.LSTM(
        4,
        activation="relu",
        kernel_initializer=lambda shape: None,
        dropout=0.3,
        seed=7,
        unroll=True,
        kernel_regularizer=lambda kernel: 0,
        dtype="float16",
    )
    layer(Input((5, 3)))
    assert layer.count == 128


# ---------------------------------------------------------------- unknown layers
def test_an_unknown_layer_is_an_error_with_the_nearest_name() -> None:
    refused(UnknownLayerError, r"^no layer 'LSTMM' in keras\.layers; did you mean 'LSTM'\?$", lambda: layers.LSTMM)
    refused(UnknownLayerError, r"^no layer 'dense' in keras\.v2\.layers; did you mean 'Dense'\?$", lambda: v2.layers.dense)
    refused(UnknownLayerError, r"^no layer 'a\\nb' in keras\.layers$", lambda: getattr(layers, "a\nb"))
    assert not hasattr(layers, "__path__")
    assert {"LSTM", "Dense", "Input"} <= set(dir(layers))
    assert "CuDNNLSTM" in dir(v1.layers)


def test_layers_are_made_once() -> None:
    assert layers.LSTM is keras.layers.LSTM
    assert layers.LSTM is not v2.layers.LSTM
    assert "Its formula is that of" in (layers.LSTM.__doc__ or "")


# ---------------------------------------------------------------- no SymPy
NUMERIC = """
import sys
import symparams
assert "sympy" not in sys.modules
from symparams import keras
from symparams.layers import LSTM
layers = keras.layers
x = keras.Input((64, 15))
model = keras.Model(x, layers.Dense(8)(layers.Bidirectional(layers.GRU(16, return_sequences=True))(x)))
assert (int(model.count), model.count_params(), str(model.count), repr(model.count)) == (3432, 3432, "3432", "Formula(3432)")
assert model.trainable_count == 3432 and hash(model.count) == hash(3432) and model.output_shape == (None, 64, 8)
assert LSTM(15, 16).count.at() == int(LSTM(15, 16).count) == 2048
images = keras.Sequential([keras.Input((32, 32, 3)), layers.Conv2D(16, 3), layers.BatchNormalization(), layers.Flatten(), layers.Dense(10)])
assert int(images.count) == 448 + 64 + 144010, int(images.count)
assert [tensor.shape for tensor in images.weights][0] == (3, 3, 3, 16)
try:
    layers.Dense(2.5)
except ValueError as error:
    assert "units" in str(error)
for module in ("sympy", "numpy", "dataclasses", "inspect", "typing"):
    assert module == "typing" or module not in sys.modules, module
"""


def test_a_model_of_plain_numbers_never_imports_sympy() -> None:
    done = subprocess.run([sys.executable, "-I", "-c", NUMERIC], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# ---------------------------------------------------------------- what a fresh pair of eyes found
@pytest.mark.parametrize("off", ["False", "no", n, 2, sympy.false, [False]])
def test_a_switch_takes_no_word_and_no_letter_for_a_truth(off: Any) -> None:
    refused(SettingError, "^GRU: reset_after must be True or False, not ", lambda: layers.GRU(3, reset_after=off))


def test_a_layer_of_two_models_has_one_name_in_both() -> None:
    shared, second = layers.Dense(4), layers.Dense(4)
    one = Sequential([Input((4,)), shared, second])
    other = Sequential([Input((4,)), layers.Dense(4), shared])
    assert names(one) == ["dense", "dense_1"]
    assert names(other) == ["dense_1", "dense"]
    assert len(one.count.terms) == len(other.count.terms) == 4


def test_freezing_a_model_freezes_what_is_in_it() -> None:
    inner = Sequential([Input((4,)), dense := layers.Dense(3)])
    inner.trainable = False
    assert dense.trainable is False
    inner.trainable = True
    assert dense.trainable_count == 15


@pytest.mark.parametrize("equation", ["a...b,bc->a...c", "...a,ab->b", "ab...,bc->ac", "...ab...,bc->ac", "ab,...bc->ac"])
def test_an_ellipsis_stands_at_one_end_of_both_sides(equation: str) -> None:
    refused(SettingError, "^EinsumDense: equation must look like", lambda: layers.EinsumDense(equation, 4)(Input((3, 5))))


def test_help_shows_the_signature_of_keras() -> None:
    known = inspect.signature(layers.GRU).parameters
    assert [*known][:2] == ["units", "activation"]
    assert known["reset_after"].default is True
    assert inspect.signature(v1.layers.GRU).parameters["reset_after"].default is False


def test_keras_code_finds_its_modules() -> None:
    import importlib

    for version in ("", ".v1", ".v2"):
        assert importlib.import_module(f"symparams.keras{version}.models").Sequential is Sequential
    everything: dict[str, Any] = {}
    exec("from symparams.keras.layers import *", everything)  # noqa: S102
    assert everything["LSTM"] is layers.LSTM


def test_keras_3_takes_lora_for_a_convolution_too() -> None:
    x = Input((9, 9, c))
    assert layers.Conv2D(n, 3, lora_rank=2)(x).shape == (None, 7, 7, n)
    layer = layers.Conv1D(32, 3, lora_rank=2)
    layer(Input((9, 4)))
    assert [tensor.shape for tensor in layer.weights] == [(3, 4, 32), (32,), (3, 4, 2), (2, 32)]
    refused(ArgumentError, "lora_rank", lambda: v2.layers.Conv1D(32, 3, lora_rank=2))


def test_a_softmax_over_all_axes_has_none():
    assert keras.v2.layers.Softmax(axis=None)(keras.Input((4, 5))).shape == (None, 4, 5)
    with pytest.raises(ValueError, match="at least one axis"):
        keras.v2.layers.Softmax(axis=[])(keras.Input((4, 5)))
