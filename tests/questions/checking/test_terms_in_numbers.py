"""Formulas without letters beside the sizes of a model: the window, the channels and the filters stay visible."""

from __future__ import annotations

import pytest

from symparams import check
from symparams.keras.layers import Conv1D, Conv2D, Dense, Flatten
from symparams.torch import nn
from tests.questions.models_asked_about import on


@pytest.mark.parametrize(
    ("formula", "model", "rows", "sentence"),
    [
        (
            "5*5*96",
            on((100, 60), Conv1D(96, 5)),
            {("5*5*96", "5*60*96"), ("", "96")},
            "The term of kernel is 5*60*96; you have 5*5*96. The kernel reads 60 channels, you have 5.",
        ),
        ("24*5*5*3+24", on((32, 32, 24), Conv2D(24, 5)), {("5*5*3*24", "5*5*24*24")}, "The kernel reads 24 channels, you have 3."),
        (
            "784*128 + 128",
            nn.Linear(784, 100),
            {("784*128", "784*100"), ("128", "100")},
            "The kernel gives 100 units, you have 128.",
        ),
        ("784*128", on((28, 28), Flatten(), Dense(100)), {("28*28*128", "28*28*100"), ("", "100")}, "The kernel gives 100 units"),
        (
            "3*3*3*32+32+3*3*3*64+64",
            on((28, 28, 3), Conv2D(32, 3), Conv2D(64, 3)),
            {("", "3*3*32*64"), ("3*3*3*64", "")},
            "The term of conv2d_1/kernel is 3*3*32*64; you have 3*3*3*64.",
        ),
        ("5*5*10 + 10", nn.Conv2d(60, 10, 5), {("5*5*10", "5*5*60*10")}, "The kernel reads 60 channels, you have 1."),
    ],
)
def test_the_sizes_of_a_tensor_are_shown_one_by_one(formula, model, rows, sentence):
    found = check(formula, model)
    assert {tuple(row.times(factor) if factor else "" for factor in (row.yours, row.its)) for row in found.wrong} == rows
    assert sentence in str(found)
    assert str(found.value) in str(found)
