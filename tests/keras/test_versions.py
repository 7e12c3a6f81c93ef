"""What differs between Keras 1, 2 and 3: defaults, classes and arguments."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from symparams import keras, symbols
from symparams.errors import ArgumentError, UnknownLayerError
from symparams.keras import Input, Model, layers, v1, v2
from tests.bad_input import refused

m, n = symbols("m n")


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
