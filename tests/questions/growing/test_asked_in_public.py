"""Questions that people asked in public: from where on which is larger?

The numbers are the askers'. Nothing is calculated here: every answer is the library's.
"""

from __future__ import annotations

from fractions import Fraction

from symparams import Formula, crossings, growth, keras, solve, symbols, torch
from symparams.core.tree import beside, named, times
from symparams.keras.layers import Conv2D, MultiHeadAttention, SeparableConv2D
from symparams.layers import Dense, Embedding

d, f, h, r = symbols("d f h r")


def test_separable_is_larger_only_with_few_filters():
    """https://stackoverflow.com/questions/54705367/what-is-the-difference-between-separableconv2d-and-conv2d-layers"""
    image = keras.Input((3, 3, 3))
    separable, plain = (keras.Model(image, layer(f, 2)(image)) for layer in (SeparableConv2D, Conv2D))
    found = crossings(separable, plain)
    assert (found.difference_at(1), found.overtakes) == (3, (2,))


def test_heads_of_the_whole_width_grow_and_heads_that_share_it_do_not():
    """https://github.com/keras-team/keras/issues/18373"""
    x = keras.Input((None, 64))
    grows = keras.Model(x, MultiHeadAttention(h, 64)(x, x))
    found = crossings(grows, torch.nn.MultiheadAttention(64, 4))
    assert (found.difference_at(1), found.difference_at(4), found.overtakes) == (0, 49_728, ())
    assert growth(grows, h).degree == 1


def test_the_number_of_heads_cancels():
    """https://github.com/facebookresearch/fvcore/issues/153"""
    four, eight = torch.nn.MultiheadAttention(448, 4), torch.nn.MultiheadAttention(448, 8)
    assert int(four.count) == int(eight.count) == 804_608
    assert "h" not in torch.nn.MultiheadAttention(d, h).count.letters
    same = crossings(torch.nn.MultiheadAttention(8 * d, 4), torch.nn.MultiheadAttention(8 * d, 8))
    assert str(same).startswith("every d: both are equal\n")


def test_the_rank_of_an_adapter_hardly_moves_the_share():
    """https://github.com/QwenLM/Qwen/issues/797: LoRA on c_attn alone, and both vocabulary tables trained."""
    tables = times(Embedding(151_936, 4096).weights(), tables=2)
    lora = beside(Dense(4096, r, bias_sets=0), Dense(r, 12_288, bias_sets=0))
    trained = Formula(beside(named("tables", tables), named("lora", times(lora, layers=32))))
    grown = growth(trained, r)
    assert int(grown.parts["tables"]) == 1_244_659_712
    assert [grown.shares(rank)["tables"] > Fraction(97, 100) for rank in (1, 8, 64)] == [True, True, True]
    assert solve(grown.parts["lora"], equals=grown.parts["tables"]).value == 2374  # only here has the adapter as many
