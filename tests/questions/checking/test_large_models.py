"""``check`` on models of many layers: the work is bounded, and does not grow with the square of the model."""

from __future__ import annotations

from symparams import check
from symparams.questions.checking import question
from symparams.questions.checking.letter_matching import LetterMatching
from symparams.questions.checking.model_forms import letter_terms
from symparams.questions.checking.tensor_fit import MOST_TENSORS, TensorFit
from symparams.torch import nn


def test_a_large_model_is_tried_with_fewer_readings(monkeypatch):
    tried = []
    reading = LetterMatching.reading

    def noted(self, letters):
        tried.append(letters)
        return reading(self, letters)

    monkeypatch.setattr(LetterMatching, "reading", noted)
    monkeypatch.setattr(question, "MOST_TERMS_TRIED", 1)
    model = nn.Sequential(*(nn.Linear(10 + number, 11 + number) for number in range(30)))
    assert not check("n*m + m", model).agrees
    assert len(tried) <= question.FEWEST_TRIES + 1


def test_more_tensors_than_are_compared_are_said_to_be_so():
    """A check of three hundred layers ended in a mistake of our own."""
    sizes = {f"x{number}": number for number in range(1, MOST_TENSORS + 2)}
    search = TensorFit({}, map(letter_terms, sizes), {}, sizes, {}, {})
    assert search.found() is None
    assert search.stopped
    assert search.steps == 0
