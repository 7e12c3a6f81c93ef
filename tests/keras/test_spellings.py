"""Names and arguments of another version, of Keras 0 and 1, and of PyTorch: an error says what is written today."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from symparams import keras, symbols
from symparams.errors import SymparamsError
from symparams.torch import nn
from tests.bad_input import refused

m, n = symbols("m n")
L = keras.layers

CASES: dict[str, tuple[Any, str]] = {
    "filters": (lambda: L.Conv2D(nb_filter=3), "no argument 'nb_filter': it is filters today$"),
    "padding": (lambda: L.Conv2D(32, 3, border_mode="same"), "no argument 'border_mode': it is padding today$"),
    "strides": (lambda: L.Conv2D(32, 3, subsample=(2, 2)), "no argument 'subsample': it is strides today$"),
    "units": (lambda: L.LSTM(output_dim=3), "no argument 'output_dim': it is units today$"),
    "rate": (lambda: L.Dropout(p=0.3), "no argument 'p': it is rate today$"),
    "batch": (lambda: L.Dense(3, batch_input_shape=(2, 3)), r"write an Input\(batch_shape=...\) before it; keras.v2.layers and keras.v1.layers take it$"),
    "slope": (lambda: keras.v2.layers.LeakyReLU(negative_slope=1), "no argument 'negative_slope': keras.layers takes it$"),
    "kernel": (lambda: L.Convolution2D(32, 3, 5), r"^Convolution2D\(32, 3, 5\) had a kernel of \(3, 5\) in Keras 1; today that is Conv2D\(32, \(3, 5\)\)"),
    "merge": (lambda: L.Merge, "Keras 1 had it; use Add, Concatenate, Multiply, Average or Dot$"),
    "distributed": (lambda: L.TimeDistributedDense, r"use TimeDistributed\(Dense\(...\)\)$"),
    "Linear": (lambda: L.Linear, "that is PyTorch's name; in Keras it is Dense$"),
    "Dense": (lambda: nn.Dense, "that is Keras's name; in PyTorch it is Linear$"),
    "BatchNorm": (lambda: nn.BatchNorm, "in PyTorch it is BatchNorm1d, BatchNorm2d or BatchNorm3d$"),
    "two sizes": (lambda: L.LSTM(m, n), "not n; the size of its input is no argument in Keras, where a layer takes it from its input$"),
    "a class": (lambda: keras.Sequential([L.ReLU]), r"write ReLU\(...\), with its arguments$"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_to_write_today_is_said(case: str) -> None:
    call, words = CASES[case]
    refused(SymparamsError, words, call)


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("from symparams.keras.layers import LSTMM", "LSTM"),
        ("from symparams.keras.optimizers import Adamm", "Adam"),
        ("from symparams.torch.nn import Linar", "Linear"),
    ],
)
def test_an_import_says_what_is_near(line: str, near: str) -> None:
    with pytest.raises(ImportError, match=f"did you mean '{near}'"):
        exec(line)  # noqa: S102


def test_a_stride_may_still_be_given_by_its_name() -> None:
    assert L.Convolution2D(32, 3, strides=5).strides == (5, 5)


def test_import_star_leaves_the_user_s_own_frameworks() -> None:
    mine = dict.fromkeys(("torch", "keras", "layers", "nn", "jax", "errors"), "mine")
    space: dict[str, Any] = dict(mine)
    exec("from symparams import *", space)  # noqa: S102
    assert {name: space[name] for name in mine} == mine
    assert {"compare", "latex", "symbols", "from_keras"} <= space.keys()
    assert not [name for name, value in space.items() if isinstance(value, ModuleType)]
