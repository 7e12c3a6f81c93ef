"""The page of the questions that people ask is the list of them: each is a test somewhere, found by its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
PAGE = (HERE.parent / "docs" / "questions.md").read_text(encoding="utf-8")
SOURCES = re.findall(r"\]\((https?://[^)]+)\)", PAGE)
TESTS = "".join(each.read_text(encoding="utf-8") for each in HERE.rglob("*.py"))
CELLS = re.split("^### ", PAGE, flags=re.MULTILINE)[1:]


def test_there_are_63_and_two_pairs_have_one_source():
    assert (len(SOURCES), len(set(SOURCES))) == (63, 61)


@pytest.mark.parametrize("source", sorted(set(SOURCES)))
def test_a_question_of_the_page_is_a_test(source):
    assert source in TESTS


@pytest.mark.parametrize("section", CELLS, ids=lambda section: section.partition("\n")[0])
def test_a_section_of_the_page_has_a_source_an_answer_and_a_check(section):
    assert any(source in section for source in SOURCES)
    assert "print(" in section
    assert re.search(r":tags: \[remove-cell\]\n(.*\n)*assert ", section)
