"""Shapes that go into a layer and come out of it, in numbers and in letters, or are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy

from symparams import keras, symbols
from symparams.errors import ArgumentError, ShapeError, SizeError, SymparamsError
from symparams.keras import Input, Model, layers, v2
from tests.bad_input import TwoLines, refused

m, n, c, h, t = symbols("m n c h t")


Untyped: Any = Input  # as a caller without a type checker has it


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
        (lambda: layers.BatchNormalization(axis=4), (3, 4), r"^BatchNormalization: axis: an input of 3 axes has no axis 4; use -3 to 2$"),
        (lambda: layers.Conv1D(4, 5), (4, 3), r"^Conv1D: a window of 5 does not fit an axis of 4; pad the input or make it longer$"),
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


@pytest.mark.parametrize("value", [5, "x", None, layers.Dense(3), TwoLines(), [(3,)]], ids=str)
def test_a_layer_is_called_on_symbolic_tensors(value: Any) -> None:
    refused(
        ShapeError,
        r"^Dense must be called on symbolic tensors, such as Input\(\(64, 15\)\), not on ",
        lambda: layers.Dense(3)(value),
    )


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (Input, ArgumentError, r"Input takes either a shape without the batch axis, such as Input\(\(64, 15\)\), or batch_shape"),
        (lambda: Input((3,), batch_shape=(None, 3)), ArgumentError, "or batch_shape with it"),
        (lambda: Untyped(3), ShapeError, r"^Input: shape must be a tuple of sizes, .* not 3$"),
        (lambda: Untyped("ab"), ShapeError, r"^Input: shape must be a tuple of sizes, .* not 'ab'$"),
        (lambda: Input((3, 0)), SizeError, r"^Input: shape\[1\] must be a whole number of at least 1, or a symbol, not 0$"),
        (lambda: Input((-1,)), SizeError, r"^Input: shape\[0\] "),
        (lambda: Untyped((2.0,)), SizeError, r"^Input: shape\[0\] .* not 2\.0; write 2$"),
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


H, W = symbols("H W")


def shortcut(main: Callable[[Any], Any], other: Callable[[Any], Any]) -> Any:
    x = Input((H, W, c))
    return Model(x, layers.add([main(x), other(x)]))


@pytest.mark.parametrize(
    ("main", "other"),
    [
        (lambda x: layers.Conv2D(c, 3, strides=2)(layers.ZeroPadding2D(1)(x)), layers.Conv2D(c, 1, strides=2, padding="same")),
        (lambda x: layers.Conv2D(c, 3, strides=2)(layers.ZeroPadding2D(1)(x)), layers.Conv2D(c, 1, strides=2)),
        (
            layers.Conv2D(c, 3, strides=4, padding="same"),
            lambda x: layers.MaxPooling2D(2, padding="same")(layers.Conv2D(c, 1, 2, padding="same")(x)),
        ),
    ],
)
def test_a_shortcut_of_equal_sizes_that_are_written_differently_builds(main, other):
    assert shortcut(main, other).count.at(c=8) > 0
    x = Input((H, W, c))
    assert (main(x) + other(x)).shape == main(x).shape


def test_a_shortcut_of_sizes_that_may_differ_is_refused():
    with pytest.raises(ShapeError, match=r"floor\(H/2\)"):
        shortcut(layers.MaxPooling2D(2), layers.MaxPooling2D(2, padding="same"))


def test_a_shape_that_is_rounded_is_printed_as_its_authors_write_it():
    H, W = symbols("H W")
    model = keras.Sequential([keras.Input((H, W, 3)), keras.layers.Conv2D(8, 3, strides=2), keras.layers.MaxPooling2D(2)])
    lines: list[str] = []
    model.summary(print_fn=lines.append)
    assert "(None, floor((H - 3)/2) + 1, floor((W - 3)/2) + 1, 8)" in lines[0]
    assert "floor((floor((H - 3)/2) - 1)/2) + 1" in lines[0]
    assert repr(keras.Input((H // 2, W))) == "<KerasTensor shape=(None, floor(H/2), W), dtype=float32>"


def test_a_layer_alone_has_the_input_that_it_declares():
    KL, m = keras.layers, symbols("m")
    assert KL.Dense(3, input_dim=10).count == KL.Dense(3, input_shape=(10,)).count == 33
    assert KL.LSTM(4, input_shape=(7, 2)).count == 4 * (2 * 4 + 16 + 4)
    assert KL.Conv2D(3, 3, input_shape=(8, 8, m)).count == 27 * m + 3
    assert keras.v2.layers.Dense(3, batch_input_shape=(None, 5)).count == 18
    assert KL.Dense(3).count == 3 * m + 3
