"""No answer changes without notice: those of each ``kept_answers.py`` are the ones that were written down."""

from __future__ import annotations

import pytest

from tests.kept import ROOMS, answers_of, kept, said


@pytest.mark.parametrize(("room", "name"), [(room, name) for room in ROOMS for name in answers_of(room)])
def test_an_answer_is_the_one_that_was_kept(room: str, name: str) -> None:
    assert said(answers_of(room)[name]) == kept(room)[name]


@pytest.mark.parametrize("room", ROOMS)
def test_none_is_kept_in_vain(room: str) -> None:
    assert [*kept(room)] == [*answers_of(room)]
