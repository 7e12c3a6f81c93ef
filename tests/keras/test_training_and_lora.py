"""What is trained: frozen layers and models, and LoRA where it may be enabled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy

from symparams import symbols
from symparams.errors import ArgumentError, SymparamsError
from symparams.keras import Input, Sequential, layers, v2
from tests.bad_input import refused

m, n, k, c = symbols("m n k c")


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
        (lambda: lora(layers.Dense(3), 2, 2), "^LoRA is already enabled for dense; enable it once$"),
        (lambda: lora(layers.Dense(3), 0.5), "^Dense: rank must be a whole number of at least 1"),
        (lambda: lora(layers.Dense(3), -1), "^Dense: rank must be a whole number of at least 1"),
        (
            lambda: lora(layers.Dropout(0.1), 2),
            "^Dropout does not support LoRA; Dense, EinsumDense, Embedding, ReversibleEmbedding and convolutions of Keras 3 do$",
        ),
    ],
)
def test_lora_where_it_cannot_be_is_refused(call: Callable[[], Any], words: str) -> None:
    refused(SymparamsError, words, call)


def lora(layer: Any, *ranks: Any) -> None:
    layer(Input((4,)))
    for rank in ranks:
        layer.enable_lora(rank)


# ---------------------------------------------------------------- what a fresh pair of eyes found


def test_freezing_a_model_freezes_what_is_in_it() -> None:
    inner = Sequential([Input((4,)), dense := layers.Dense(3)])
    inner.trainable = False
    assert dense.trainable is False
    inner.trainable = True
    assert dense.trainable_count == 15


def test_keras_3_takes_lora_for_a_convolution_too() -> None:
    x = Input((9, 9, c))
    assert layers.Conv2D(n, 3, lora_rank=2)(x).shape == (None, 7, 7, n)
    layer = layers.Conv1D(32, 3, lora_rank=2)
    layer(Input((9, 4)))
    assert [tensor.shape for tensor in layer.weights] == [(3, 4, 32), (32,), (3, 4, 2), (2, 32)]
    refused(ArgumentError, "lora_rank", lambda: v2.layers.Conv1D(32, 3, lora_rank=2))
