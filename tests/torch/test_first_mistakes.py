"""What people write first by mistake is refused in a sentence that says what to write."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import compare, keras, symbols, torch
from symparams.errors import ArgumentError, SettingError, UnknownLayerError
from symparams.torch import nn
from tests.bad_input import refused

m, n = symbols("m n")
a_model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(n)])
MISTAKES: list[Any] = [
    (
        ArgumentError,
        r"Sequential: give the modules one by one, Sequential\(\*modules\), not in a list",
        lambda: nn.Sequential([nn.ReLU()]),
    ),
    (ArgumentError, "not in a generator", lambda: nn.Sequential(nn.ReLU() for _ in range(2))),
    (ArgumentError, r"Sequential: 0 is a class, ReLU; write ReLU\(...\)", lambda: nn.Sequential(nn.ReLU)),
    (ArgumentError, "0 is a function and not a module; write a module", lambda: nn.Sequential(torch.relu)),
    (ArgumentError, "ModuleList takes a list of modules", lambda: nn.ModuleList(nn.Linear(m, n))),
    (
        SettingError,
        r"Flatten: a tensor is given where .* write Flatten\(...\)\(x\)",
        lambda: keras.layers.Flatten(keras.Input((m,))),
    ),
    (SettingError, "Dense: a tensor is given where", lambda: keras.layers.Dense(keras.Input((m,)))),
    (SettingError, "before is the text 'LSTM.n.'; write it without quotes", lambda: compare("LSTM(n)", "GRU(n)")),
    (SettingError, r"before is the class LSTM; write LSTM\(...\)", lambda: compare(keras.layers.LSTM, keras.layers.GRU)),
    (SettingError, "clone_model: only a copy", lambda: keras.models.clone_model(a_model, clone_function=lambda layer: layer)),
    (UnknownLayerError, "dense/kernel has no 'numpy' here: a weight has a path and a shape", lambda: a_model.weights[0].numpy),
]


@pytest.mark.parametrize(("error", "words", "call"), MISTAKES, ids=[words for _, words, _ in MISTAKES])
def test_a_first_mistake_is_answered_with_what_to_write(error: Any, words: str, call: Any) -> None:
    refused(error, words, call)
