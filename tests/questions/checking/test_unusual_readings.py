"""A letter keeps its usual meaning where a formula is wrong: a coincidence of sizes is no better explanation."""

from __future__ import annotations

import pytest

from symparams import check, from_huggingface
from symparams.keras.layers import GRU, LSTM, Bidirectional, Conv2D, Dense
from symparams.torch import nn
from tests.questions.checking.random_models import language_model
from tests.questions.models_asked_about import on

# the formula; the model; what each letter means; the terms that differ, the formula's and the model's
MEANT = {
    "the gates of an LSTM for a GRU": (
        "4*(n*m + n*n + n)",
        on((None, 24), GRU(48)),
        {"m": "m", "n": "n"},
        {("4*m*n", "3*m*n"), ("4*n**2", "3*n**2"), ("4*n", "6*n")},
    ),
    "an encoder's formula for a decoder": (
        "4*d**2 + 4*d + 2*d*f + f + d + 4*d",
        nn.TransformerDecoderLayer(512, 8, 2048),
        {"d": "d", "f": "n"},
        {("4*d**2", "8*d**2"), ("9*d", "15*d")},
    ),
    "one direction before a dense layer": (
        "2*4*(m*n + n*n + n) + n*k + k",
        on((None, 10), Bidirectional(LSTM(32)), Dense(5)),
        {"k": "n_1", "m": "m", "n": "n"},
        {("k*n", "2*k*n")},
    ),
    "a separable convolution's formula for a whole one": (
        "k*k*c + c*f + f",
        on((32, 32, 16), Conv2D(64, 3)),
        {"c": "c", "f": "f", "k": "k"},
        {("0", "c*f*k**2"), ("c*k**2", "0"), ("c*f", "0")},
    ),
}


@pytest.mark.parametrize("name", MEANT)
def test_letters_keep_their_usual_meaning(name):
    formula, model, meant, differ = MEANT[name]
    found = check(formula, model)
    assert found.letters == meant
    assert {(row.times(row.yours), row.times(row.its)) for row in found.wrong} == differ


def test_as_many_heads_for_keys_as_for_queries():
    found = check("L*(4*d*d + 3*d*f + 2*d) + 2*V*d + d", from_huggingface("llama-3-8b"))
    assert found.sentences == ["The formula is right where g = h; here, g is 8 and h is 32."]


def test_a_formula_in_numbers_is_compared_with_the_sizes_of_a_config():
    found = check("12*768*768*12 + 2*50257*768", from_huggingface("gpt2"))
    assert (found.value, found.count) == (162129408, 124439808)
    assert {(row.verdict, row.times(row.its)) for row in found.wrong} == {
        ("wrong factor", "50257*768"),
        ("missing", "1024*768"),
        ("missing", "158*768"),
    }


def test_letters_of_other_names_are_those_of_a_config():
    found = check("12*n_layer*n_embd**2 + vocab*n_embd", from_huggingface("gpt2"))
    assert found.letters == {"n_embd": "d", "n_layer": "L", "vocab": "V"}
    assert str(found).count("Yours gives 123532032; the model has 124439808.") == 1


def test_many_tensors_are_said_by_their_kinds():
    found = str(check("V*d + 12*L*d**2", from_huggingface("gpt2")))
    assert "You left out 13*L*d, the term of 4 biases and 4 vectors of norms in transformer.h.*." in found
    assert max(map(len, found.splitlines())) < 130


def test_a_division_that_the_model_does_not_make_is_named():
    linear = nn.Linear(768, 2304, bias=False)
    assert "Without the division by n_head, it is right." in str(check("3*d**2/n_head", linear, {"d": 768, "n_head": 12}))
    assert "Without the division by 12, it is right." in str(check("3*768**2/12", linear))


def test_keys_and_values_that_heads_share_are_told_from_queries():
    found = str(check("V*d + L*(4*d*d + 3*d*f)", from_huggingface("llama-2-70b")))
    assert "self_attn.o_proj.weight have L*d**2 and model.layers.*.self_attn.k_proj.weight" in found
    assert "self_attn.v_proj.weight have L*d**2/8 each." in found


def test_a_letter_of_gates_is_no_number_of_layers():
    """Found by ten thousand examples: g was read as the two normalizations of the layer."""
    found = check("4*a**2 + 2*a*g + 9*a + 2*g", nn.TransformerEncoderLayer(2, 1, 4))
    assert [(row.times(row.yours), row.times(row.its), row.owners) for row in found.wrong] == [("2*g", "g", ["linear1/bias"])]


def test_people_name_sizes_as_they_like():
    """Found by ten thousand examples: c is usual for the inputs and f for the units, but here they are the other way round."""
    found = check("f*a*c + 2*c", nn.Bilinear(2, 4, 2))
    assert [(row.times(row.yours), row.times(row.its), row.owners) for row in found.wrong] == [("2*c", "c", ["bias"])]


def test_a_doubled_term_is_likelier_than_an_odd_factor():
    """Found by ten thousand examples: where all sizes are 2 and N is usual for the blocks, N*b twice was told as 18*b for 14*b."""
    terms = "(a*b) + (2*(N*b)) + 3*(b**2 + 2*b*c + 4*b + c)"
    found = check(terms, language_model(2, 2, 2, 2))
    assert len(found.wrong) == 1


def test_one_wrong_factor_of_many_tensors_is_likelier_than_two_mistakes():
    """Where all sizes are 2, a bias that is counted twice is one of many; another reading has a wrong factor and a term too much."""
    block = "(c**2) + (c) + (c*f) + (f) + (f*c) + (c) + (c) + (c)"
    text = f"(a*c) + (b*c) + {block.replace('(c) +', '(2*(c)) +', 1)} + {block} + {block}"
    assert len(check(text, language_model(2, 2, 2, 2)).wrong) == 1
