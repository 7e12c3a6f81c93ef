"""No answer changes without notice: those of ``kept_answers.py`` are the ones that were written down."""

from __future__ import annotations

import pytest

from tests.kept import kept, said
from tests.questions.checking.kept_answers import ANSWERS

ROOM = "questions/checking"


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_the_one_that_was_kept(name: str) -> None:
    assert said(ANSWERS[name]) == kept(ROOM)[name]


def test_none_is_kept_in_vain() -> None:
    assert [*kept(ROOM)] == [*ANSWERS]
