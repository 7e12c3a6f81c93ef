"""The further public questions, each with the answer that it gets today; what is missing is said to be missing."""

from __future__ import annotations

import pytest

from symparams import compare, reconcile
from tests.questions.more_asked_in_public import DIFFERENCES, WHY


@pytest.mark.parametrize("source", WHY)
def test_why_it_is_not_the_number_that_was_given(source):
    model, has, given, verdict, why = WHY[source]
    found = reconcile(model, given)
    assert model.count.at(model.letter_values()) == has == found.count
    assert found.verdict == verdict
    assert [reading.sentences for reading in found.readings[:1]] == ([why] if why else [])


@pytest.mark.parametrize("source", DIFFERENCES)
def test_why_two_models_differ(source):
    before, after, old, new, phrases = DIFFERENCES[source]
    difference = compare(before, after)
    assert (int(difference.before_count), int(difference.after_count)) == (old, new)
    reasons = [cause.because for cause in difference.causes]
    assert len(reasons) == len(phrases)
    assert all(phrase in reason for phrase, reason in zip(phrases, reasons, strict=True))
