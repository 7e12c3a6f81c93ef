"""``check``: a textbook's formula is right where the width of a head is that of all heads divided by their number."""

from __future__ import annotations

import pytest

from symparams import check, from_huggingface, layers, symbols
from symparams.keras.layers import MultiHeadAttention
from symparams.torch import nn

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


@pytest.mark.parametrize(
    ("formula", "letters", "says"),
    [
        ("h*k*k*4", {"h": 8, "k": 64}, "In h*k*k*4, each of h heads with k features reads k features; in fact it reads all 512."),
        ("8*64*64", None, "In 8*64*64, each of 8 heads with 64 features reads 64 features; in fact it reads all 512."),
        ("3*8*64**2 + 4*512", None, "In 3*8*64*64, each of 8 heads with 64 features reads 64 features; in fact it reads all 512."),
        ("4*512**2", None, ""),  # only the biases are missing
        ("8*64*64 + 512", None, "In 8*64*64, each of 8 heads with 64 features reads 64 features; in fact it reads all 512."),
    ],
)
def test_heads_counted_as_square_matrices_are_told(formula, letters, says):
    """https://gist.github.com/thistleknot/48b4551737e72c039abf20b6b913b043 counts Mistral's so."""
    told = str(check(formula, nn.MultiheadAttention(512, 8), letters))
    assert (says in told) if says else ("heads with" not in told)


def test_a_product_that_is_right_is_no_head():
    model = nn.ModuleList([*(nn.Linear(64, 64) for _ in range(8)), nn.Linear(512, 10)])
    told = str(check("8*64*64 + 8*64 + 512*11", model))
    assert "heads with" not in told


@pytest.mark.parametrize(
    ("formula", "model"),
    [
        ("6*(4*512*512 + 2*512*2048) + 6*(8*512*512 + 2*512*2048)", nn.Transformer(512, 8, 6, 6, 2048)),
        ("4*d**2 + 8*d**2", nn.TransformerEncoderLayer(512, 8, 2048)),
        ("4*512*512 + 2*512*2048", nn.TransformerEncoderLayer(512, 8, 2048)),
        ("12*(4*768*768 + 2*768*3072)", from_huggingface("gpt2")),
        ("L*(4*d*d + 3*d*f)", from_huggingface("llama-2-7b")),
        ("32*(4*4096*4096 + 3*4096*16384)", from_huggingface("llama-2-7b")),
        ("4*128*128", nn.MultiheadAttention(512, 8)),  # the width is wrong, and there are 8 heads
        ("3*256*256", nn.Linear(768, 768)),
        ("4*64*64 + 64*256", nn.Sequential(nn.Linear(64, 256), nn.Linear(256, 64))),
    ],
)
def test_four_matrices_as_wide_as_the_model_are_no_heads(formula, model):
    """4*d is the width inside of a feed-forward network, and no number of heads."""
    assert "heads with" not in str(check(formula, model))


def test_a_single_product_is_not_split_into_terms_of_several_kinds():
    """8*64*64 was taken for some of the kernels and all biases."""
    found = check("8*64*64", nn.MultiheadAttention(512, 8))
    assert [row.verdict for row in found.rows].count("right") == 0
