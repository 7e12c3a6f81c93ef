"""compare_all: several variants side by side."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import compare_all, symbols
from symparams.errors import LetterError, SettingError
from symparams.keras import layers
from symparams.torch import nn
from tests.bad_input import refused
from tests.questions.comparing.models_to_compare import torch_models

m, n = symbols("m n")


def test_variants_have_a_row_each_and_a_column_per_kind():
    table = compare_all([layers.SimpleRNN(n), layers.GRU(n), layers.LSTM(n), nn.LSTM(m, n)])
    assert table.kinds == ["kernel", "recurrent_kernel", "bias"]
    assert [row.name for row in table.rows] == ["SimpleRNN", "GRU", "LSTM", "nn.LSTM"]
    assert [row.count.expr for row in table.rows] == [
        sympy.expand(gates * (m * n + n**2 + bias_sets * n)) for gates, bias_sets in ((1, 1), (3, 2), (4, 1), (4, 2))
    ]
    assert table.notes == ["SimpleRNN, GRU and LSTM have no input, so they are given that of nn.LSTM: (None, None, m)"]
    assert "│ nn.LSTM   │  4*m*n │           4*n**2 │  8*n │" in str(table)
    assert r"nn.LSTM & $4 \left(m n + n^{2} + 2 n\right)$ & $3 m n + 3 n^{2} + 7 n$ \\" in table.latex()
    assert r"$4 \left(m h + h^{2} + h\right)$" in table.latex(names={"n": "h"})
    assert ">4*n**2</td>" in table.html()
    assert "<tfoot>" not in table.html()


@given(models=st.lists(torch_models(), min_size=2, max_size=4))
@settings(max_examples=20, deadline=None)
def test_the_kinds_of_a_variant_add_up(models):
    for row in compare_all(models).rows:
        assert sympy.expand(sum(count.expression() for count in row.kinds.values()) - row.count.expr) == 0


def test_variants_have_names_of_their_own():
    assert [row.name for row in compare_all([layers.LSTM(3), layers.LSTM(3)]).rows] == ["LSTM", "LSTM (2)"]
    assert [row.name for row in compare_all({"old": layers.LSTM(3), "new": layers.GRU(3)}).rows] == ["old", "new"]


@pytest.mark.parametrize("models", [[], [layers.LSTM(n)], "LSTM", 3, [layers.LSTM(n), 3], [layers.LSTM, layers.GRU]])
def test_what_is_no_list_of_models_is_refused(models):
    refused(SettingError, "compare_all takes", lambda: compare_all(models))


def test_variants_with_two_symbols_of_one_name_are_refused():
    refused(LetterError, "two different symbols", lambda: compare_all([layers.LSTM(n), layers.LSTM(sympy.Symbol("n"))]))
