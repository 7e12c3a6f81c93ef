"""Pasted tables compared with each other and with models."""

from __future__ import annotations

from itertools import pairwise

import pytest

from symparams import compare, from_summary, keras
from tests.summaries.pasted_tables import T0, one_row, t4
from tests.summaries.recorded_tables import SOME


@pytest.mark.parametrize("reads", [None, (64, 15)])
def test_t0_out_of_the_pasted_text(reads):
    before, after = from_summary(T0, input_shape=reads)
    difference = compare(before, after)
    assert difference.total == 1664
    assert str(difference.relation()) == "after = 2*before - 8"
    doubled, inputs = difference.causes
    assert (doubled.setting, doubled.amount) == ("directions", 1536)
    assert (inputs.setting, inputs.before, inputs.after, inputs.amount) == ("inputs", 16, 32, 128)
    assert inputs.because == "Bidirectional concatenates its two directions"
    assert before.explanations[0].layer == "GRU, 16 units on 15 features, one bias set"
    assert bool(before.doubts) is (reads is None)
    assert ("Ambiguous in the source:" in str(difference)) is bool(difference.doubts)


def test_t0_says_that_the_text_leaves_the_features_open():
    difference = compare(*from_summary(T0))
    assert any("GRU, 16 units on 14 features, two bias sets" in doubt for doubt in difference.doubts)
    assert "GRU, 16 units on 16 features, no bias" in str(difference)


def test_t4_out_of_the_pasted_text():
    difference = compare(from_summary(t4(1442400)), from_summary(t4(1444800)))
    assert difference.total == 2400
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("bias_sets", 1, 2)
    assert "cuDNN adds one bias to W x and one to U h" in cause.because
    assert "4*n per direction, 2*4*n in all, with n = 300" in str(difference)
    assert difference.doubts == []


def test_a_table_is_compared_with_a_model():
    model = keras.Sequential(
        [keras.Input((None,)), keras.layers.Embedding(640, 300), keras.layers.Bidirectional(keras.layers.LSTM(300))]
    )
    assert compare(from_summary(t4(1442400)), model).causes == []
    assert compare(model, from_summary(t4(1444800))).total == 2400


def test_what_no_formula_explains_is_compared_by_its_number():
    before, after = one_row("MyAttention", "(None, 9)", 225), one_row("MyAttention", "(None, 9)", 250)
    difference = compare(before, after)
    assert difference.total == 25
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("parameters", 225, 250)
    others = compare(before, one_row("YourAttention", "(None, 9)", 250))
    assert others.total == 25
    assert [cause.setting for cause in others.causes] == ["layer", "layer"]


def test_two_records_are_compared_exactly():
    read = [from_summary(text) for _, text, _ in SOME[:24]]
    for before, after in pairwise(read):
        difference = compare(before, after)
        assert difference.total == after.of_the_model - before.of_the_model
        assert sum(cause.amount for cause in difference.causes) == difference.total
