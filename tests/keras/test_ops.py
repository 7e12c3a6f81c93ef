"""Operations on symbolic tensors, ``x + y`` and ``keras.ops``: shapes, steps of a graph, no weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symparams import keras, symbols
from symparams.errors import ShapeError
from symparams.keras import Input, Model, layers, ops
from tests.bad_input import refused
from tests.installed import installed

d, h, w = symbols("d h w")


def test_a_residual_block_is_written_as_in_keras() -> None:
    x = Input((64, d))
    model = Model(x, layers.Dense(3)((2 * (x + layers.Dense(d)(x)) - 1)[:, 0]))
    assert str(model.count) == "d**2 + d + 3*d + 3"
    assert [layer.name for layer in model.layers] == ["input_layer", "dense", "dense_1"]
    assert [layer.name for layer in model.inside()] == [
        "input_layer",
        "dense",
        "add",
        "multiply",
        "subtract",
        "get_item",
        "dense_1",
    ]
    assert model.output_shape == (None, 3)


CASES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "constant": (lambda k, x: 1.5 - x / 2, (None, 8, 6)),
    "power": (lambda k, x: (-x) ** 2 % 3 // 2, (None, 8, 6)),
    "matmul": (lambda k, x: x @ k.ops.transpose(x, (0, 2, 1)), (None, 8, 8)),
    "broadcast": (lambda k, x: x * k.ops.mean(x, axis=-1, keepdims=True), (None, 8, 6)),
    "slice": (lambda k, x: x[:, 2:-1, 0], (None, 5)),
    "new axis": (lambda k, x: x[:, None, ..., ::2], (None, 1, 8, 3)),
    "concatenate": (lambda k, x: k.ops.concatenate([x, x], axis=-1), (None, 8, 12)),
    "stack": (lambda k, x: k.ops.stack([x, x], axis=1), (None, 2, 8, 6)),
    "split": (lambda k, x: k.ops.split(x, 3, axis=-1)[1], (None, 8, 2)),
    "reshape": (lambda k, x: k.ops.reshape(x, (-1, 4, 12)), (None, 4, 12)),
    "expand": (lambda k, x: k.ops.expand_dims(x, -1), (None, 8, 6, 1)),
    "sizes": (lambda k, x: k.ops.reshape(x, (-1, k.ops.shape(x)[1] * k.ops.shape(x)[2])), (None, 48)),
    "array": (lambda k, x: x[:, :1, :1] + np.ones((7, 3)), (None, 7, 3)),
    "array in a function": (lambda k, x: k.ops.add(x[:, :, :1], np.ones(5)), (None, 8, 5)),
    "softmax": (lambda k, x: k.ops.softmax(x + 1), (None, 8, 6)),
}


@pytest.mark.parametrize("case", CASES)
def test_shapes(case: str) -> None:
    expression, shape = CASES[case]
    assert expression(keras, Input((8, 6))).shape == shape


@pytest.mark.parametrize("case", CASES)
def test_shapes_are_keras_s(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    real = installed("keras", at_least="3.15")
    expression, shape = CASES[case]
    assert tuple(expression(real, real.Input((8, 6))).shape) == shape


def test_letters_go_through() -> None:
    x = Input((h, w, 3))
    assert ops.mean(x + 1, axis=(1, 2)).shape == (None, 3)
    assert ops.concatenate([x, x], axis=1).shape == (None, 2 * h, w, 3)


def test_what_is_refused() -> None:
    x = Input((64, d))
    refused(ShapeError, r"\(None, 64, d\) and \(None, 3, 5\) cannot be broadcast together", lambda: x + Input((3, 5)))
    refused(ShapeError, "GetItem: the output shape is unknown; use a layer instead", lambda: x[:, d])
    refused(ShapeError, "a tensor, an array or a number is needed, not <object", lambda: ops.mean(object()))
    refused(ShapeError, "cannot be iterated over", lambda: list(x))
    refused(AttributeError, "keras.ops.frobnicate", lambda: ops.frobnicate(x))
    refused(TypeError, "unsupported operand", lambda: x + "a")


def test_a_tensor_of_no_graph_can_be_iterated_over() -> None:
    assert [part.shape for part in ops.zeros((3, 2))] == [(2,)] * 3
    refused(ShapeError, "cannot be iterated over", lambda: list(Input(batch_shape=(3, 2))))


def test_sizes_in_operations_may_be_letters():
    T, k, m = symbols("T k m")
    x = keras.Input((T, m))
    assert keras.ops.repeat(x, k, axis=1).shape == (None, T * k, m)
    assert keras.ops.pad(x, ((0, 0), (1, k), (0, 0))).shape == (None, T + k + 1, m)
    assert keras.ops.slice(x, (0, 0, 0), (2, 1, m)).shape == (2, 1, m)
    assert [each.shape for each in keras.ops.top_k(x, k)] == [(None, T, k)] * 2
