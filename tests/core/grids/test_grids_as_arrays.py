"""A grid as an array, as rows, and as columns for data frames: the same counts as one after another, in bounded memory."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import symbols
from symparams.core.formula import Formula, formula_of_expression
from symparams.core.grids import split
from symparams.errors import SettingError
from symparams.layers import LSTM, Dense
from tests.core.grids.test_grids import axis, brute, in_order
from tests.core.random_counts import counts
from tests.installed import installed

L, d, h, V = symbols("L d h V")
transformer = formula_of_expression(12 * L * d**2 + 13 * L * d + V * d + 2 * d)


def rows_of(columns: dict[str, Any]) -> list[tuple[int, ...]]:
    return sorted(zip(*(column.tolist() for column in columns.values()), strict=True))


# ---------------------------------------------------------------- laws
@settings(deadline=None, max_examples=40)
@given(counts, st.data())
def test_an_array_has_the_count_of_each_point(count: Formula, data: st.DataObject) -> None:
    if not count.letters:
        return
    axes = {name: data.draw(axis) for name in count.letters}
    high = data.draw(st.one_of(st.none(), st.integers(-10, 10_000)))
    points = [point for point in brute(count, axes) if high is None or point["count"] <= high]
    grid = count.grid(axes, at_most=high)
    array = grid.array()
    assert array.shape == grid.shape
    filled = np.ma.masked_array(array)
    found = {
        tuple(sizes[place] for sizes, place in zip(axes.values(), index, strict=True)): number
        for index, number in np.ma.ndenumerate(filled)
    }
    assert found == {tuple(point[name] for name in axes): point["count"] for point in points}
    assert rows_of(grid.columns()) == in_order(points)


@pytest.mark.parametrize("edge", [2**31, 2**53, 2**63, 2**64, 2**100])
def test_counts_around_an_edge_are_exact(edge: int) -> None:
    sizes = [edge - 1, edge, edge + 1]
    for axes in ({"L": [1, 2, 3], "d": sizes}, {"L": sizes, "d": [1, 2, 3]}):
        array = transformer.given(V=7).grid(axes).array()
        expected = [[transformer.at(L=layers, d=width, V=7) for width in axes["d"]] for layers in axes["L"]]
        assert array.tolist() == expected
        assert array.dtype == (np.int64 if max(map(max, expected)) < 2**63 else object)


def test_rows_and_blocks_are_the_same_array(monkeypatch: pytest.MonkeyPatch) -> None:
    axes = {"L": range(1, 6), "d": range(3, 40, 4), "V": [5, 6]}
    whole = transformer.grid(axes).array()
    monkeypatch.setattr(split, "ROW", 4)
    monkeypatch.setattr(split, "BLOCK", 3)
    assert (transformer.grid(axes).array() == whole).all()
    assert rows_of(transformer.grid(axes).columns()) == in_order(brute(transformer, axes))
    assert sum(len(numbers) for _, numbers in transformer.grid(axes).blocks(7)) == whole.size


# ---------------------------------------------------------------- values
def test_numpy_takes_a_grid_for_an_array() -> None:
    assert np.asarray(LSTM.symbolic().count.grid(m=[3, 4], n=[5, 6, 7])).tolist() == [[180, 240, 308], [200, 264, 336]]


def test_points_that_are_left_out_are_masked() -> None:
    array = Dense(d, d / h).count.grid(d=range(4, 8), h=[3, 4]).array()
    assert array.tolist() == [[None, 5], [None, None], [14, None], [None, None]]
    some = transformer.grid(L=range(1, 50), d=range(64, 2000, 64), h=[4, 12], V=50257, where="d % h == 0", at_most=10**9)
    assert some.array().count() == some.number() == len(some.columns()["count"]) == len(list(some))


def test_a_grid_without_points_is_empty() -> None:
    grid = transformer.grid(L=[1, 2], d=range(1, 1), V=3)
    assert grid.array().shape == (2, 0)
    assert list(grid) == []
    assert grid.columns()["count"].shape == (0,)
    assert grid.largest() is None


def test_memory_does_not_grow_with_the_grid() -> None:
    """A grid of 10**9 points: its first blocks, its first rows and its answers take less than 64 MB."""
    grid = transformer.grid(L=range(1, 10**4 + 1), d=range(1, 10**5 + 1), V=50257)
    few = transformer.grid(L=range(1, 10**4 + 1), d=range(1, 10**5 + 1), V=50257, at_most=10**9)
    tracemalloc.start()
    for number, (_, numbers) in enumerate(grid.blocks()):
        assert numbers.dtype == np.int64
        if number == 8:
            break
    for number, _ in enumerate(grid):
        if number == 10_000:
            break
    assert grid.largest() == {"L": 10**4, "d": 10**5, "count": transformer.at(L=10**4, d=10**5, V=50257)}
    assert few.number() > 0
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert used < 64 * 2**20


# ---------------------------------------------------------------- the Pareto front
@pytest.mark.parametrize("largest", [True, False])
@pytest.mark.parametrize("number", [1, 2])
def test_the_pareto_front_is_that_of_all_points(largest: bool, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symparams.core.grids.arrays.POINTS", 50)
    others = {"cache": formula_of_expression(2 * L * d * h), "work": formula_of_expression(L * d**2 + 100 * h)}
    others = dict(list(others.items())[:number])
    axes = {"L": range(1, 9), "d": range(8, 65, 8), "h": [2, 4, 8]}
    grid = transformer.given(V=100).grid(axes, where="d % h == 0")
    rows = []
    for point in brute(transformer.given(V=100), axes, lambda L, d, h: d % h == 0):
        sizes = {name: point[name] for name in ("L", "d", "h")}
        rows.append({**point, **{name: other.at(sizes) for name, other in others.items()}})

    def numbers(row: dict[str, int]) -> tuple[int, ...]:
        return (-row["count"] if largest else row["count"], *(row[name] for name in others))

    def beats(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        return one != other and all(a <= b for a, b in zip(one, other, strict=True))

    expected = {numbers(row) for row in rows if not any(beats(numbers(other), numbers(row)) for other in rows)}
    front = grid.pareto(largest=largest, **others)
    assert {numbers(row) for row in front} == expected
    assert len(front) == len(expected)
    assert all(row in rows for row in front)


def test_the_pareto_front_needs_another_formula() -> None:
    with pytest.raises(SettingError, match="pareto takes other formulas by names of their own"):
        transformer.grid(L=[1, 2], d=[3], V=4).pareto()


# ---------------------------------------------------------------- data frames
def test_data_frames_have_a_row_for_each_point() -> None:
    installed("pandas")
    installed("polars")
    for large in (1, 2**62, 2**200):
        grid = transformer.grid(L=[1, 2 * large], d=[3, 8], V=4)
        rows = list(grid)
        assert grid.to_pandas().to_dict("records") == rows
        frame = grid.to_polars()
        assert {name: frame[name].to_list() for name in frame.columns} == {name: [row[name] for row in rows] for name in rows[0]}


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(SettingError, match=r"this needs pandas: pip install 'symparams\[frames\]'"):
        transformer.grid(L=[1, 2], d=[3], V=4).to_pandas()


def test_an_array_that_is_given_is_filled_and_any_other_is_refused() -> None:
    grid = transformer.grid(L=[1, 2], d=[3, 4, 5], V=[4])
    into = np.zeros(grid.shape, dtype="int64")
    assert grid.array(out=into) is into
    assert into.tolist() == grid.array().tolist()
    for other in (
        np.zeros((2, 3)),
        np.zeros((3, 2, 1), "int64"),
        np.zeros(grid.shape, "int32"),
        np.zeros((1, 3, 2), "int64").T,
        [1],
    ):
        with pytest.raises(SettingError, match="out must be a NumPy array of int64 in C order"):
            grid.array(out=other)
    with pytest.raises(SettingError, match="out takes no points that are left out"):
        transformer.grid(L=[1, 2], d=[3, 4, 5], V=[4], where="d > 3").array(out=into)
