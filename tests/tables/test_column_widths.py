"""Columns of a LaTeX table that is too wide."""

from __future__ import annotations

import pytest

from symparams import Table, nomenclature
from symparams.tables.column_widths import piece_widths as pieces_of
from tests.paper.models_in_tables import before


def test_a_latex_table_that_is_too_wide_breaks_its_widest_columns():
    narrow = Table({"letter": "Letter", "count": "Count"}, [{"letter": "n", "count": 3}]).latex()
    assert narrow.startswith(r"\begin{tabular}{lr}")
    broken = nomenclature(before).latex(standalone=True)
    assert r"{l>{\raggedright\arraybackslash}p{0." in broken
    assert r"\usepackage{array}" in broken


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        ("two words", [4, 5]),
        (r"$a b + 2 \cdot \left(c + d\right)$", [3, 2, 5]),
        (r"$(\text{None}, 64, d)$", [11]),
        (r"$n_{\text{units}}^{2}$", [7]),
        ("", [0]),
    ],
)
def test_the_pieces_that_tex_does_not_break(cell, pieces):
    assert list(pieces_of(cell)) == pieces
