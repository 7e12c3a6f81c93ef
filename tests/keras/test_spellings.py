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
    "widths of PyTorch": (lambda: L.Dense(in_features=m, out_features=n), "no argument 'in_features': that is PyTorch's name; in Keras a layer takes it from its input$"),
    "hidden size": (lambda: L.LSTM(hidden_size=n), "no argument 'hidden_size': that is PyTorch's name; in Keras it is units$"),
    "out channels": (lambda: L.Conv2D(out_channels=n, kernel_size=3), "that is PyTorch's name; in Keras it is filters$"),
    "two directions": (lambda: L.LSTM(n, bidirectional=True), r"in Keras write Bidirectional\(\.\.\.\) around the layer$"),
    "units of Keras": (lambda: nn.Linear(m, units=n), "no argument 'units': that is Keras's name; in PyTorch it is out_features$"),
    "units of a recurrence": (lambda: nn.LSTM(m, units=n), "in PyTorch it is hidden_size$"),
    "filters of Keras": (lambda: nn.Conv2d(3, filters=n, kernel_size=3), "in PyTorch it is out_channels$"),
    "activation": (lambda: nn.Linear(m, n, activation="relu"), r"in PyTorch write a module after it, such as nn\.ReLU\(\)$"),
    "steps": (lambda: nn.LSTM(m, n, return_sequences=True), r"write nothing: every step is returned, and out\[:, -1\] is the last one$"),
    "rate of Keras": (lambda: nn.Dropout(rate=0.1), "in PyTorch it is p$"),
    "lr": (lambda: keras.optimizers.Adam(lr=0.1), "no argument 'lr': it is learning_rate today; keras.v2.optimizers takes it$"),
    "consume_less": (lambda: L.LSTM(n, consume_less="gpu"), "no argument 'consume_less': Keras 1 had it; leave it out$"),
    "objectives": (lambda: keras.objectives, "keras.objectives is not a name of Keras: use keras.losses$"),
    "Concatenate": (lambda: nn.Concatenate, r"in PyTorch it is torch\.cat\(tensors, dim\)$"),
    "Parameter": (lambda: L.Parameter, r"in Keras it is self\.add_weight\(\.\.\.\) of an own Layer$"),
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
        ("from symparams.torch.optim import Adamm", "Adam"),
        ("from symparams.keras import Sequental", "Sequential"),
        ("from symparams.keras.applications import ResNet5", "ResNet50"),
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
