"""Every script of the gallery runs as it is copied, and prints the formula that is drawn above it."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))
from gallery_entries import GALLERY, formula, script

ENTRIES = {title: python for group in GALLERY.values() for title, python in group.items()}


def test_there_are_forty_formulas_with_names_of_their_own():
    assert len(ENTRIES) == sum(map(len, GALLERY.values())) >= 40


@pytest.mark.parametrize("title", ENTRIES)
def test_a_script_prints_the_formula_that_is_drawn(title):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(script(ENTRIES[title]), title, "exec"), {})
    drawn = formula(ENTRIES[title])
    assert printed.getvalue().strip() in {str(drawn), str(drawn.expr)}
    assert drawn.latex()
