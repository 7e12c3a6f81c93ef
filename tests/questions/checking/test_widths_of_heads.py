"""``check``: a textbook's formula is right where the width of a head is that of all heads divided by their number."""

from __future__ import annotations

import pytest

from symparams import check, layers, symbols
from symparams.keras.layers import MultiHeadAttention

d, h, k, v = symbols("d h k v")


@pytest.mark.parametrize(
    ("formula", "model", "where"),
    [
        ("4(d^2+d)", MultiHeadAttention(h, k), "k = d/h"),
        ("4(n^2+n)", MultiHeadAttention(h, k), "k = n/h"),
        ("4d^2", MultiHeadAttention(h, k, use_bias=False), "k = d/h"),
        ("4(d^2+d)", MultiHeadAttention(h, k, v), "k = d/h and v = d/h"),
        ("4d^2 + 4d", layers.MultiHeadAttention(d, h, k), "k = d/h"),
    ],
)
def test_a_formula_that_is_right_with_a_quotient_is_said_to_be(formula, model, where):
    answer = check(formula, model)
    assert not answer.agrees
    assert str(answer).endswith(f"\n\nThe formula is right where {where}.")
    assert answer.facts()["sentences"] == [f"The formula is right where {where}."]


def test_at_the_quotient_both_give_the_same():
    answer = check("4(d^2+d)", MultiHeadAttention(h, k))
    assert answer.where == {"k": {(("d", 1), ("h", -1)): 1}}
    count = MultiHeadAttention(h, k).by_itself().count
    assert count.at(d=768, h=12, k=64) == 4 * (768**2 + 768)
    assert count.at(d=768, h=12, k=32) != 4 * (768**2 + 768)


@pytest.mark.parametrize("formula", ["4d^2 + 3d", "3(d^2+d)", "4(d^2+h)", "4*d*h*k + 4*d", "4*d*h*k + 3*h*k + d"])
def test_one_that_no_quotient_makes_right_is_not(formula):
    assert "right where" not in str(check(formula, MultiHeadAttention(h, k)))


def test_sizes_that_are_numbers_are_no_letters_to_choose():
    assert "right where" not in str(check("4(d^2+d)", layers.MultiHeadAttention(768, 12, 32)))
