"""Formulas of depthwise convolutions: the filters are a multiple of the channels, and as many groups as channels cancel."""

from __future__ import annotations

import pytest

from symparams import check, from_huggingface
from symparams.keras import layers as K
from symparams.torch import nn
from tests.questions.models_asked_about import on

KERAS = on((32, 32, 16), K.DepthwiseConv2D(3, depth_multiplier=2))
TORCH = nn.Conv2d(32, 64, 3, groups=32)


@pytest.mark.parametrize("model", [KERAS, TORCH], ids=["Keras", "PyTorch"])
@pytest.mark.parametrize("formula", ["k*k*c*m + c*m", "k*k*f + f", "k*k*c*f/g + f", "m*(k**2*c + c)"])
def test_all_its_formulas_are_right(formula, model):
    assert check(formula, model).agrees


@pytest.mark.parametrize("formula", ["k*k*c*m + c*m", "k*k*c + c", "k*k*f + f"])
def test_the_multiplier_may_be_one(formula):
    assert check(formula, on((32, 32, 16), K.DepthwiseConv2D(3))).agrees


def test_a_letter_may_be_the_multiplier():
    found = check("k*k*c*m + c*m", KERAS)
    assert found.letters == {"k": "k", "c": "c", "m": "m"}
    assert "m is the depth multiplier of depthwise_conv2d, 2" in str(found)


def test_filters_that_read_every_channel_are_told():
    found = check("k*k*c*f + f", TORCH)
    assert "The term of kernel is f*k**2; you have c*f*k**2: a factor c should not be there." in str(found)


def test_an_axis_of_one_is_no_letter():
    """A token and its position have an axis along which they are repeated."""
    found = check("12*L*d**2", from_huggingface("vit-base-patch16-224"))
    assert found.letters == {"L": "L", "d": "d"}
    assert "cls_token" in str(found)
    assert found.count - found.value == 1633000
    assert found.sentences[0] == "You left out d*floor(S/p)**2, the term of vit.embeddings.position_embeddings."


def test_a_formula_for_equal_heads_says_how_many_keys_there_are():
    found = check("L*(4*d**2 + 3*d*f + 2*d) + 2*V*d + d", from_huggingface("mistral-7b"))
    assert found.sentences == ["The formula is right where g = d/e and h = d/e; here, g is 8 and d/e is 32."]
    assert "g is num_key_value_heads, 8" in str(found)
    assert "Yours gives 8047038464; the model has 7241732096." in str(found)
