"""Every limit is one line of symparams/_startup/limits.py and one row of the page on security, and holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symparams._startup import limits
from symparams.errors import SymparamsError
from tests.growth import calls_made
from tests.trust.over_the_limits import OVER

LIMITS = {name: value for name, value in vars(limits).items() if name.isupper()}
PAGE = Path(__file__).parent.parent.parent / "docs" / "security.md"
SAID = {
    name: limit
    for limit, name in re.findall(r"^\|.*\| ([\d,]+) \| `([A-Z_]+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
}
PLAIN = {"COPIES_IN_A_LIST"}  # refuses nothing: a layer of more copies has a formula, and no list of its copies
CALLS = 50_000_000  # those of the input included; they take some seconds


@pytest.mark.parametrize("name", sorted(LIMITS.keys() - PLAIN))
def test_what_is_over_a_limit_is_refused_at_once(name, tmp_path):
    with pytest.raises(SymparamsError) as caught:
        calls_made(lambda: OVER[name](tmp_path), CALLS)
    assert "\n" not in str(caught.value)


def test_every_limit_has_an_input_that_is_over_it():
    assert OVER.keys() == LIMITS.keys() - PLAIN


def test_the_page_on_security_says_every_limit():
    assert {name: f"{limit:,}" for name, limit in LIMITS.items()} == SAID
