"""A grid as ``print`` and a notebook show it: everything that it is, and nothing that would take long."""

from __future__ import annotations

import pytest

from symparams import symbols
from symparams.core.grids.shown import FEW, ROWS
from symparams.layers import LSTM

m, n = symbols("m n")
COUNT = LSTM(m, n).count


@pytest.mark.parametrize("condition", [{}, {"where": "m < n"}, {"at_most": 2_000}, {"where": "m == 1", "at_least": 500}])
def test_the_counts_of_a_small_grid_are_shown(condition):
    grid = COUNT.grid(m=range(1, 4), n=[10, 20, 30], **condition)
    said, drawn = str(grid), grid._repr_latex_()
    for point in grid:
        assert [f"{number:,}" for number in point.values()] in [line.split() for line in said.splitlines()]
        assert " & ".join(f"{number:,}".replace(",", "{,}") for number in point.values()) in drawn
    missing = grid.number() < grid.size
    assert (f"{grid.number()} points of 9" in said) == (f"{grid.number()} points of 9" in drawn) == missing
    assert all(str(each) in said for each in condition.values() if isinstance(each, str))


def test_of_more_points_than_a_screen_has_the_first_are_shown():
    grid = COUNT.grid(m=range(1, 11), n=range(1, 11))
    assert f"100 points of 100, the first {ROWS} of which are shown" in str(grid)


def test_nothing_of_a_large_grid_is_computed(monkeypatch):
    grid = COUNT.grid(m=range(1, 10**9), n=range(1, FEW + 2), where="m % 7 == n % 5")
    monkeypatch.setattr(type(grid), "searching", lambda *_, **__: pytest.fail("it was searched"))
    said = str(grid)
    assert "m = 1, 2, 3, ..., 999,999,999 (999,999,999 sizes)" in said
    assert "where m % 7 == n % 5" in said
    assert ".number()" in said
    assert r"m \% 7 $=$ n \% 5" in grid._repr_latex_()


def test_a_grid_without_a_size_is_shown_too():
    assert "m = no size" in str(COUNT.grid(m=range(1, 1), n=[1]))


def test_an_axis_without_sizes_says_so():
    grid = COUNT.grid(m=[], n=range(1, 4))
    assert "no size" in str(grid)
    assert "no size" in grid._repr_latex_()
    assert grid.number() == 0
