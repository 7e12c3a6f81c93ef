"""Every script of the gallery runs as it is copied, and prints the formula that is drawn above it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

PAGE = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "gallery_entries.py"))
GALLERY, formula, script = PAGE["GALLERY"], PAGE["formula"], PAGE["script"]
ENTRIES = {title: python for group in GALLERY.values() for title, python in group.items()}


def test_there_are_forty_formulas_with_names_of_their_own():
    assert len(ENTRIES) == sum(map(len, GALLERY.values())) >= 40


@pytest.mark.parametrize("title", ENTRIES)
def test_a_script_prints_the_formula_that_is_drawn(title, tmp_path, capsys):
    file = tmp_path / "script.py"
    file.write_text(script(ENTRIES[title]), encoding="utf-8")
    runpy.run_path(str(file))
    drawn = formula(ENTRIES[title])
    assert capsys.readouterr().out.strip() in {str(drawn), str(drawn.expr)}
    assert drawn.latex()
