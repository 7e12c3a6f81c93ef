"""A LaTeX table is never wider than the line that it is in: a column of a two-column paper, or a page."""

from __future__ import annotations

import pytest

from symparams import Table, compare_all, keras, nomenclature, symbols, table
from symparams.tables.column_widths import breakable
from symparams.tables.column_widths import piece_widths as pieces_of
from tests.paper.models_in_tables import SIZES, before

n = symbols("n")


def test_a_narrow_table_has_the_width_of_its_cells():
    narrow = Table({"letter": "Letter", "count": "Count"}, [{"letter": "n", "count": 3}]).latex()
    assert narrow.startswith(r"\begin{tabular}{lr}")


def test_a_wider_table_is_smaller_in_a_narrow_line_only():
    layers = {
        "LSTM": keras.layers.LSTM(n),
        "GRU": keras.layers.GRU(n),
        "LSTM, both ways": keras.layers.Bidirectional(keras.layers.LSTM(n)),
    }
    wider = compare_all(layers).latex()
    assert wider.startswith(r"\begingroup\ifdim\linewidth<2")
    assert "\\begin{tabular}{llr}" in wider
    assert wider.endswith("\\end{tabular}\n\\endgroup")


def test_cells_break_where_smaller_letters_are_not_enough():
    broken = nomenclature(before).latex(standalone=True)
    assert r"\begin{tabularx}{\linewidth}{l>{\raggedright\hangindent=0.8em\arraybackslash}X}" in broken
    assert r"\usepackage{tabularx}" in broken
    counts = table(before, at=SIZES).latex()
    assert r"\left(" not in counts  # there TeX would not break a line
    assert counts.count("X") == counts.partition("toprule")[0].count("X") > 0


@pytest.mark.parametrize(
    ("cell", "breaking"),
    [
        (r"\_x/y", r"\_\allowbreak{}x/\allowbreak{}y"),
        (r"$4 \left(m n + n\right)$", "$4 (m n + n)$"),
        (r"$\left(\frac{1}{2}\right)$", r"$\left(\frac{1}{2}\right)$"),
        (r"\$a_b\$", r"\$a_b\$"),  # a dollar of a name is no mathematics
        (r"$(1, 2)$", r"$(1, \allowbreak 2)$"),
    ],
)
def test_where_a_cell_may_break(cell, breaking):
    assert breakable(cell) == breaking


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("two words", [15.6, 25.4]),  # measured by TeX
        (r"$a b + 2 \cdot \left(c + d\right)$", [21.8, 12.2, 29.5]),
        (r"$(\text{None}, 64, d)$", [54.4]),
        (r"$n_{\text{units}}^{2}$", [23.9]),
        ("", [0]),
    ],
)
def test_the_pieces_that_tex_does_not_break(cell, points):
    found = list(pieces_of(cell))
    assert len(found) == len(points)
    assert all(abs(width - its) <= 0.2 * its for width, its in zip(found, points, strict=True))


def test_words_that_are_too_wide_for_a_column_are_scaled_to_it():
    names = [f"transformer{letter}encoder" for letter in "abcdef"]
    wide = Table({name: name for name in names}, [dict.fromkeys(names, 10**9)]).latex()
    assert r"\resizebox{\ifdim\linewidth<" in wide
    assert r"\usepackage{graphicx}" in Table({name: name for name in names}, []).latex(standalone=True)
