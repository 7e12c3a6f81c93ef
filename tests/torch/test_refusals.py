"""What PyTorch refuses is refused in one line."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import sympy

from symparams import symbols, torch
from symparams.errors import ArgumentError, LetterError, SettingError, ShapeError, SizeError, UnknownLayerError
from symparams.torch import nn
from tests.bad_input import refused

m, n = symbols("m n")

REFUSED = [
    (SizeError, "Linear: in_features must be a whole number of at least 1, or a symbol, not 3.0", lambda: nn.Linear(3.0, 4)),
    (SizeError, "Linear: in_features must be .* not True", lambda: nn.Linear(True, 4)),
    (SizeError, "Linear: out_features must be .* not nan", lambda: nn.Linear(3, math.nan)),
    (SizeError, "Linear: out_features must be .* not .3.", lambda: nn.Linear(3, {3})),
    (ArgumentError, "Linear has no argument 'baias'; did you mean 'bias'", lambda: nn.Linear(3, 4, baias=True)),
    (ArgumentError, "Linear needs out_features", lambda: nn.Linear(3)),
    (ArgumentError, "Linear: in_features is given twice", lambda: nn.Linear(3, in_features=3)),
    (SettingError, "Linear: bias must be True or False, not 'false'; did you mean 'False'", lambda: nn.Linear(3, 4, bias="false")),
    (UnknownLayerError, "no module 'Linaer' in torch.nn 2.13; did you mean 'Linear'", lambda: nn.Linaer),
    (SizeError, "embed_dim over num_heads: 10 does not divide into 3", lambda: nn.MultiheadAttention(10, 3)),
    (SizeError, "in_channels over groups: 10 does not divide into 3", lambda: nn.Conv1d(10, 3, 3, groups=3)),
    (SettingError, "kernel_size must be one size or a tuple of length 2, not", lambda: nn.Conv2d(3, 4, (3, 3, 3))),
    (SettingError, "proj_size must be smaller than hidden_size, which is 4", lambda: nn.LSTM(3, 4, proj_size=4)),
    (ArgumentError, "GRU has no argument 'proj_size'", lambda: nn.GRU(3, 4, proj_size=2)),
    (SettingError, "num_layers must be at most 10000, or a letter, not", lambda: nn.LSTM(3, 4, num_layers=10**9)),
    (SettingError, "nonlinearity must be 'tanh' or 'relu', not 'gelu'", lambda: nn.RNN(3, 4, nonlinearity="gelu")),
    (SettingError, "p must be a number from 0 to 1, not 1.5", lambda: nn.Dropout(1.5)),
    (SettingError, "cutoffs must increase", lambda: nn.AdaptiveLogSoftmaxWithLoss(16, 100, [20, 10])),
    (ShapeError, r"_weight must have the shape \(3, 4\)", lambda: nn.Embedding(3, 4, _weight=torch.empty(3, 5))),
    (ArgumentError, "Sequential: 0 must be a module of symparams.torch.nn, not 3", lambda: nn.Sequential(3)),
    (ArgumentError, "w must be an nn.Parameter, such as", lambda: nn.Module().register_parameter("w", torch.ones(3))),
    (ArgumentError, "call super", type("Early", (nn.Module,), {"__init__": lambda its: setattr(its, "a", nn.ReLU())})),
    (SettingError, "symparams uses the name count itself", lambda: setattr(nn.Module(), "count", 3)),
    (SettingError, "a name must be non-empty and without '.'", lambda: nn.Module().add_module("a.b", nn.ReLU())),
    (
        ShapeError,
        r"Linear takes an input whose last axis is 3, not one of shape \(2, 4\)",
        lambda: nn.Linear(3, 4)(torch.ones(2, 4)),
    ),
    (ShapeError, "takes tensors without numbers, such as .* not array", lambda: nn.Linear(3, 4)(np.zeros((2, 3)))),
    (ArgumentError, "a function of torch takes a tensor, not 3", lambda: nn.functional.relu(3)),
    (ShapeError, "functional.grouped_mm cannot be called", lambda: nn.functional.grouped_mm(torch.ones(3))),
    (ShapeError, "Module has no forward, so it cannot be called", lambda: nn.Module()(torch.ones(3))),
    (ShapeError, r"item: a tensor here has a shape, \(\), and no numbers", lambda: torch.ones(3).sum().item()),
    (ShapeError, "the shape of tensor.mask. depends on the numbers", lambda: torch.ones(3)[torch.ones(3) > 0]),
    (SettingError, "spectral_norm: dim must be at least 0, not -1", lambda: nn.utils.spectral_norm(nn.Linear(3, 4), dim=-1)),
    (
        SettingError,
        "Linear has no parameter 'wieght'; its parameters are weight and bias",
        lambda: nn.utils.weight_norm(nn.Linear(3, 4), "wieght"),
    ),
    (SettingError, "the longer of n and m decides", lambda: nn.utils.parametrizations.orthogonal(nn.Linear(m, n))),
    (SettingError, "normalized_shape must have at least one size", lambda: nn.LayerNorm(())),
    (LetterError, "two different symbols are both called n", lambda: nn.Linear(sympy.Symbol("n"), n).count.expr),
    (SettingError, "unknown nonlinearity 'tahn'; use linear, .*; did you mean 'tanh'", lambda: nn.init.calculate_gain("tahn")),
]


@pytest.mark.parametrize(("error", "words", "call"), REFUSED, ids=[words for _, words, _ in REFUSED])
def test_what_pytorch_refuses_is_refused_in_one_line(error: Any, words: str, call: Any) -> None:
    refused(error, words, call)
