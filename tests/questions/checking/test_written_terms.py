"""Formulas in numbers: each term as it is written beside the tensors that it counts."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from symparams import check, from_huggingface
from symparams.core.terms import ONE
from symparams.keras import layers as K
from symparams.questions.checking.expanding import expand
from symparams.questions.checking.parsing import parsed_formula
from symparams.torch import nn
from tests.examples import examples
from tests.questions.checking.random_models import MODELS, models
from tests.questions.models_asked_about import gpt2, on

LENET = on(
    (32, 32, 1), K.Conv2D(6, 5), K.AveragePooling2D(2), K.Conv2D(16, 5), K.AveragePooling2D(2), K.Conv2D(120, 5), K.Flatten(),
    K.Dense(84), K.Dense(10),
)  # fmt: skip
CNN = on(
    (27, 27, 3), K.Conv2D(24, 4), K.MaxPooling2D(2), K.Conv2D(48, 5), K.MaxPooling2D(2), K.Conv2D(128, 3), K.Flatten(), K.Dense(16)
)
LAYERS_3342 = on((3,), K.Dense(3), K.Dense(4), K.Dense(2))

# The formula; the model; what is wrong, as it is in the table.
WRONG = [
    (  # https://datascience.stackexchange.com/questions/78065: the input is counted as a layer of 5 features
        "5*3+3 + 3*3+3 + 3*4+4 + 4*2+2", LAYERS_3342, [("too much", "6*3", [])],
    ),
    (  # https://programmerteach.com/p/model-summary-convolutional-neural-networks-param-parameter-calculations
        "(4*4*3+1)*24 + (5*5*24+1)*48 + (3*3*48+1)*128 + (4*4*128+1)*16", CNN, [("wrong factor", "256*128", ["dense/kernel"])],
    ),
    (  # https://yohanes.gultom.id/2016/12/12/understanding-lenet-lecun-1998/: pooling layers with two parameters a map
        "5*5*6+6 + 12 + 5*5*6*16+16 + 32 + 400*120+120 + 120*84+84 + 84*10+10", LENET,
        [("too much", "44", [])],
    ),
    (  # https://community.deeplearning.ai/t/number-of-parameters-in-a-cnn-model/655811, added up from the counts of the layers
        "156 + 1516 + 48120 + 10164 + 850", LENET, [("wrong factor", "1516", ["conv2d_1/kernel", "conv2d_1/bias"])],
    ),
    (  # the width of the feed-forward layers is written out, which is 4*768
        "12*(4*768*768 + 2*768*3072) + 50257*768 + 1024*768", from_huggingface("gpt2"),
        [("missing", "158*768", ["4 biases and 4 vectors of norms in transformer.h.* and 2 vectors of norms"])],
    ),
    (
        "3*3*3*64+64 + 2*64", on((32, 32, 3), K.Conv2D(64, 3), K.BatchNormalization()),
        [("wrong factor", "3*64", ["batch_normalization/moving_mean and batch_normalization/moving_variance, which are not trained"])],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "model", "wrong"), WRONG, ids=[formula for formula, _, _ in WRONG])
def test_what_is_wrong_is_a_term_as_it_is_written(formula, model, wrong):
    found = check(formula, model)
    rows = [(row.verdict, row.times(row.yours or row.its)) for row in found.wrong]
    assert rows == [(verdict, term) for verdict, term, _ in wrong]
    said = str(found)
    assert all(owner.rpartition("/")[2] in said for _, _, owners in wrong for owner in owners)


def test_terms_of_a_right_formula_have_a_row_each():
    """https://imathworks.com/math/math-how-many-parameters-does-the-neural-network-have: the biases are added up."""
    found = check("784*16+16*16+16*10 + 32 + 10", on((784,), K.Dense(16), K.Dense(16), K.Dense(10)))
    assert found.agrees
    assert [row.owners for row in found.rows] == [
        ["dense/kernel"], ["dense_1/kernel"], ["dense_2/kernel"], ["dense_2/bias"], ["dense/bias", "dense_1/bias"],
    ]  # fmt: skip


def test_a_tied_head_has_no_term():
    found = check("12*(4*768*768 + 2*768*3072) + 50257*768 + 1024*768", gpt2())
    assert [row.verdict for row in found.rows].count("right") == 4
    assert found.value - found.count == -158 * 768


def test_a_term_that_may_be_several_tensors_is_not_given_to_one_of_them():
    rows = check("2*4*(128*256 + 256*256 + 2*256)", nn.LSTM(128, 256, 2)).wrong
    assert [row.owners for row in rows] == [["lstm.l0/recurrent_kernel", "lstm.l1/kernel", "lstm.l1/recurrent_kernel"]]


law = settings(
    max_examples=examples(15), deadline=None, database=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
# The formula of copies has their number as a factor of all, and that of two LSTM has one term for tensors of both.
APART = [subject for subject in MODELS if subject.name not in ("copies", "two LSTM")]
SIZES = [[3, 5, 7, 11, 13], [12, 64, 768, 10, 30], [28, 17, 300, 90]]


@law
@given(models(APART, SIZES), st.data())
def test_a_tensor_that_is_left_out_in_numbers_is_missing_or_among_those_that_are(drawn, data):
    """All other terms are right, and the difference of the totals is that tensor."""
    terms = {
        path: re.sub(r"[A-Za-z]\w*", lambda letter: str(drawn.values[letter[0]]), its.text())
        for path, its in drawn.formula.terms.items()
    }
    assume(len(terms) > 2)
    path = data.draw(st.sampled_from(sorted(terms)))
    left = expand(parsed_formula(terms[path]))[ONE]
    found = check(" + ".join(its for other, its in terms.items() if other != path), drawn.model)
    assert found.count - found.value == left
    assert len(found.wrong) == 1, str(found)
    assert found.wrong[0].shares, str(found)
