"""The table of the documentation that sets the classes of Keras beside those of PyTorch."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from symparams import symbols
from symparams.core.catalogue import CATALOGUE
from symparams.keras.framework import FRAMEWORK as KERAS
from symparams.questions.comparing.across_frameworks import Side, class_comparisons, class_pairs
from symparams.torch.framework import FRAMEWORK as TORCH

n = symbols("n")


def test_every_class_of_torch_with_a_layer_that_keras_has_is_in_the_table():
    found = {torch.name for _, torch in class_pairs(KERAS, TORCH)}
    ours = {entry.layer for name, entry in CATALOGUE.items() if name.startswith("keras.")}
    assert found == {name for name, entry in CATALOGUE.items() if name.startswith("torch.nn.") and entry.layer in ours}


@pytest.mark.parametrize(("ours", "theirs"), class_pairs(KERAS, TORCH), ids=lambda entry: entry.name)
def test_each_row_of_the_table_adds_up(ours, theirs):
    rows = list(class_comparisons(ours, theirs))
    assert isinstance(rows[0].before, Side)
    assert rows[0].before.arguments == {}
    for each in rows:
        assert sympy.expand(sum((cause.amount for cause in each.causes), sympy.Integer(0)) - each.total) == 0
        assert all(cause.because for cause in each.causes)


def test_the_table_sets_a_switch_of_one_against_that_of_the_other():
    rows: dict[str, Any] = {
        each.before.title: (each.after.title, each.total) for pair in class_pairs(KERAS, TORCH) for each in class_comparisons(*pair)
    }
    assert rows["GRU()"] == ("nn.GRU()", 0)
    assert rows["GRU(reset_after=False)"] == ("nn.GRU()", 3 * n)
    assert rows["LSTM(use_bias=False)"] == ("nn.LSTM(bias=False)", 0)
    assert rows["v1.CuDNNLSTM()"] == ("nn.LSTM()", 0)
