"""The numbers in the prose of the pages are those that the code beside them prints or asserts; the others are listed here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {page.relative_to(DOCS).as_posix(): page for page in sorted(DOCS.rglob("*.md")) if "_build" not in page.parts}
LIMITS = {"security.md"}  # whose numbers tests/trust/test_limits.py holds
CODE = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)", re.DOTALL)
LARGE = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d{4,})(?!\w|\.\d)")

TYPED = {
    "benchmarks.md": {"1,000", "2,500", "5,000", "8,000", "10,000", "100,000"},  # how much is measured
    "hardening.md": {
        "290,000",
        "710,000",
        "3,100",
        "4,700",
        "6,500",
    },  # how many inputs were tried by hand, and before figures were kept
    "how-to/find-sizes.md": {"1024"},  # an example of a factor
    "how-to/keras-model.md": {"2304"},  # an example of a size
    "how-to/pasted-summary.md": {"1,000"},  # how many rows
    "questions.md": {"108,000", "1998", "3300", "10,100", "109,483,778", "8,388,608"},  # what an asker wrote, and a year
    "threads/cudnn-lstm.md": {"1200"},  # a step of the arithmetic
    "threads/index.md": {"2400"},  # the title of a question
}


def typed(page: Path) -> set[str]:
    """The large numbers in the prose of a page that stand nowhere in its code."""
    text = page.read_text(encoding="utf-8")
    code = re.sub(r"(?<=\d)[_,](?=\d{3})", "", "".join(re.findall(r"```.*?```", text, re.DOTALL)))
    return {number for number in LARGE.findall(CODE.sub(" ", text)) if number.replace(",", "") not in code}


@pytest.mark.parametrize("page", sorted(PAGES.keys() - LIMITS))
def test_a_number_in_prose_is_printed_or_asserted_on_its_page(page):
    assert typed(PAGES[page]) == TYPED.get(page, set())


def test_a_number_that_nothing_prints_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("It has 1,234 weights and 5,678 more.\n\n```{code-cell} python\nassert count == 1_234\n```\n", encoding="utf-8")
    assert typed(page) == {"5,678"}
