"""The further public questions, each with the answer that it gets today; what is missing is said to be missing."""

from __future__ import annotations

import pytest

from symparams import check, compare, reconcile
from tests.questions import further_asked_in_public as further
from tests.questions import lately_asked_in_public as lately
from tests.questions import more_asked_in_public as more

WHY = more.WHY | further.WHY | lately.WHY
DIFFERENCES = more.DIFFERENCES | further.DIFFERENCES
FORMULAS = further.FORMULAS | lately.FORMULAS


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


@pytest.mark.parametrize("source", FORMULAS)
def test_where_a_formula_is_right_or_goes_wrong(source):
    formula, model, right, value, sentence = FORMULAS[source]
    found = check(formula, model)
    assert (found.agrees, found.value) == (right, value)
    assert sentence in str(found)


def test_more_than_sixty_questions_are_logged_with_their_sources():
    sources = [*WHY, *FORMULAS, *DIFFERENCES]
    assert len(sources) >= 70
    assert all(source.startswith("http") for source in sources)
