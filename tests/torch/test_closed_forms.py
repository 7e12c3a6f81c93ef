"""Modules of PyTorch in letters have their closed forms, and stacks may have a letter for their number of layers."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import symbols
from symparams.errors import ShapeError
from symparams.torch import nn
from tests.bad_input import refused

law = settings(max_examples=25, deadline=None, database=None, derandomize=True)
V, L, d, f, h, m, n = symbols("V L d f h m n")

FORMS = [
    (lambda: nn.LSTM(m, n), 4 * (m * n + n**2 + 2 * n)),
    (lambda: nn.LSTM(m, n, num_layers=L), 4 * (m * n + n**2 + 2 * n) + (L - 1) * 8 * (n**2 + n)),
    (lambda: nn.GRU(m, n, L, bidirectional=True), 6 * (m * n + n**2 + 2 * n) + (L - 1) * 6 * (3 * n**2 + 2 * n)),
    (lambda: nn.LSTM(m, n, L, bias=False, proj_size=d), 4 * n * (m + d) + n * d + (L - 1) * (8 * n * d + n * d)),
    (lambda: nn.MultiheadAttention(d, h), 4 * d**2 + 4 * d),
    (lambda: nn.MultiheadAttention(d, h, kdim=m, vdim=n, add_bias_kv=True), 2 * d**2 + d * m + d * n + 6 * d),
    (lambda: nn.TransformerEncoderLayer(d, h, f), 4 * d**2 + 2 * d * f + f + 9 * d),
    (lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(d, h, f), L), L * (4 * d**2 + 2 * d * f + f + 9 * d)),
    (lambda: nn.Transformer(d, h, L, L, f), L * (12 * d**2 + 4 * d * f + 2 * f + 24 * d) + 4 * d),
    (lambda: nn.Conv2d(m, n, (3, d)), 3 * d * m * n + n),
    (lambda: nn.AdaptiveLogSoftmaxWithLoss(16 * d, V, [10, 100]), 16 * d * 12 + 4 * d * (16 * d + 90) + d * (16 * d + V - 100)),
]


@pytest.mark.parametrize(("module", "form"), FORMS, ids=[str(form) for _, form in FORMS])
def test_a_module_in_letters_has_its_closed_form(module: Any, form: sympy.Expr) -> None:
    assert sympy.expand(module().count.expr - form) == 0


@law
@given(sizes=st.tuples(*[st.integers(1, 40)] * 2), layers=st.integers(1, 6), both=st.booleans(), bias=st.booleans())
def test_a_number_of_layers_may_be_given_before_or_after(sizes: tuple[int, int], layers: int, both: bool, bias: bool) -> None:
    for cls in (nn.RNN, nn.LSTM, nn.GRU):
        settings = {"bidirectional": both, "bias": bias}
        in_letters = cls(m, n, num_layers=L, **settings)
        in_numbers = cls(*sizes, num_layers=layers, **settings)
        assert in_letters.count.at(m=sizes[0], n=sizes[1], L=layers) == int(in_numbers.count)
        assert int(in_numbers.count) == sum(tensor.numel() for tensor in in_numbers.parameters())


@law
@given(width=st.integers(1, 8), heads=st.integers(1, 8), inner=st.integers(1, 50), layers=st.integers(0, 4))
def test_a_stack_of_as_many_layers_as_a_letter_says_is_the_stack(width: int, heads: int, inner: int, layers: int) -> None:
    total = nn.Transformer(d, h, L, L, f).count
    made = nn.Transformer(width * heads, heads, layers, layers, inner)
    assert total.given(L=layers).at({"d": width * heads, "f": inner} if layers else {"d": width * heads}) == int(made.count)


def test_as_many_layers_as_a_letter_says_have_a_formula_and_no_list() -> None:
    refused(
        ShapeError,
        "LSTM has L layers, so its parameters have a formula but cannot be listed",
        lambda: [*nn.LSTM(m, n, L).parameters()],
    )
    model = nn.Sequential(nn.TransformerEncoder(nn.TransformerEncoderLayer(d, 8), L))
    refused(ShapeError, "0.layers has L layers", lambda: [*model.named_parameters()])
    refused(ShapeError, "a formula but cannot be listed", lambda: model[0].layers[0])
    refused(ShapeError, "a formula but cannot be listed", lambda: [*model[0].layers])
