"""Terms that lack a single factor, and numbers whose terms tell nothing."""

from __future__ import annotations

import pytest

from symparams import check
from symparams.keras import layers as K
from symparams.torch import nn
from tests.questions.comparing.whole_models import bert
from tests.questions.models_asked_about import on


@pytest.mark.parametrize(
    ("formula", "model", "sentence"),
    [
        (
            "3*3*16*32 + 32",
            on((8, 8, 8, 16), K.Conv3D(32, 3)),
            "The term of kernel is 3*3*3*16*32; you have 3*3*16*32: a factor 3 is missing.",
        ),
        (
            "5*5*5*8*24 + 24",
            nn.Conv2d(8, 24, 5),
            "The term of kernel is 5*5*8*24; you have 5*5*5*8*24: a factor 5 should not be there.",
        ),
        ("7*7*7*6*24 + 24", nn.Conv2d(6, 24, 7), "a factor 7 should not be there."),
        ("5*6*24 + 24", nn.Conv2d(6, 24, 5), "a factor 5 is missing."),
    ],
)
def test_a_term_that_lacks_a_factor_is_beside_that_of_the_model(formula, model, sentence):
    found = check(formula, model)
    assert not found.agrees
    assert sentence in str(found)
    assert [row.verdict for row in found.rows].count("right") == 1


@pytest.mark.parametrize(
    ("formula", "model", "counted"),
    [
        (
            "4*((1 + 1)*1 + 1**2)*10",
            on((None, 1), K.LSTM(10)),
            "lstm counts as one layer per unit; the formula already includes all units",
        ),
        ("4*(10+1+1)*10", on((None, 1), K.LSTM(10, return_sequences=True), K.LSTM(10)), "only lstm is counted"),
        ("3*5", nn.Sequential(nn.Linear(5, 3), nn.Linear(3, 5)), ""),  # two kernels have as much, and no layer
        ("2*3", nn.Linear(5, 3), ""),  # nobody counts so
    ],
)
def test_a_number_alone_is_explained_by_the_way_it_was_counted(formula, model, counted):
    found = check(formula, model)
    assert found.counted == counted
    assert ("is what one gets if" in str(found)) == bool(counted)


@pytest.mark.parametrize(
    ("formula", "model", "sentence"),
    [
        (
            "28*28*32 + 32",
            on((28, 28, 1), K.Conv2D(32, 3)),
            "The term of kernel is 9*32; you have 784*32.",
        ),
        (
            "512*4096 + 4096",
            nn.Linear(25088, 4096),
            "The term of kernel is 25088*4096; you have 512*4096. The kernel reads 25088 inputs, you have 512.",
        ),
    ],
)
def test_a_term_that_is_a_tensor_is_right_although_another_has_its_factors(formula, model, sentence):
    found = check(formula, model)
    assert [(row.verdict, row.owners) for row in found.rows] == [("right", ["bias"]), ("wrong factor", ["kernel"])]
    assert sentence in str(found)


@pytest.mark.parametrize(
    ("formula", "model"),
    [
        ("3*(16*32 + 32*32 + 32)", on((None, 16), K.GRU(32))),
        ("4*(n*m + n*n + n)", nn.LSTM(10, 20)),
        ("2*3*(16*32 + 32*32 + 32)", on((None, 16), K.Bidirectional(K.GRU(32)))),
    ],
)
def test_a_second_bias_is_told_as_one(formula, model):
    found = str(check(formula, model))
    assert "There are two, one for the input and one for the state; you have one." in found
    assert "There are two" not in str(check("4*(16*32 + 32*32)", on((None, 16), K.LSTM(32))))


def test_numbers_of_different_tensors_are_not_made_into_one_wrong_term():
    """https://github.com/google-research/bert/issues/901: the blocks are right, and the vocabulary is estimated."""
    found = check("12*768*(4*768)*3 + 110000*768", bert(words=119547))
    assert next((row.verdict, row.times(row.its)) for row in found.rows) == ("right", "144*768**2")
    assert found.value == 169_414_656
