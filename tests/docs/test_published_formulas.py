"""The formulas of papers, side by side with ours: equal term by term, the published number exactly, on two lines at most."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
import sympy

FILE = Path(__file__).parent.parent.parent / "docs" / "published_models.py"
TWO_LINES = 170  # characters


def models_of_the_page():
    spec = importlib.util.spec_from_file_location("published_models", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["published_models"] = module
    spec.loader.exec_module(module)
    return module


PAGE = models_of_the_page()
each = pytest.mark.parametrize("published", PAGE.PUBLISHED, ids=lambda published: published.model)


def test_there_are_twenty():
    assert len(PAGE.PUBLISHED) >= 20


@each
def test_our_formula_is_that_of_the_source(published):
    if not published.formula:
        pytest.skip("its source has a number or a figure, not a formula")
    letters = {name: letter for name, letter in vars(PAGE).items() if isinstance(letter, sympy.Symbol)}
    theirs, lacks = (sympy.parse_expr(text, local_dict=letters) for text in (published.formula, published.lacks))
    assert sympy.expand(published.count().expr - theirs - lacks) == 0


@each
def test_our_count_is_the_number_of_the_source(published):
    if published.at is None:
        pytest.skip("its source has a formula or a figure, not a number")
    ours = published.count().at(published.at)
    assert round(ours / published.rounded) * published.rounded == published.number


@each
def test_our_formula_fits_on_two_lines(published):
    assert len(PAGE.shown(published.count())) <= TWO_LINES


def test_the_page_has_them_all():
    table = PAGE.table_of_formulas()
    assert all(f"| {published.model} |" in table for published in PAGE.PUBLISHED)
    assert "`V*d + T*d + 2*d + L*(12*d**2 + 13*d)`" in table
    assert "`2*V*d + d + L*(3*E*d*f + 2*d**2 + 2*d*g + E*d + 2*d)`" in table
