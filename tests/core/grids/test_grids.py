"""What a grid answers is what going through all of its points says."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import divides, symbols
from symparams.core.formula import Formula, formula_of_expression
from symparams.core.tree import weight
from symparams.errors import LetterError, SettingError, SizeError, SymparamsError, TextError
from symparams.layers import LSTM, Dense
from symparams.torch import nn
from tests.bad_input import refused
from tests.core.random_counts import counts

L, d, h, V = symbols("L d h V")
transformer = formula_of_expression(12 * L * d**2 + 13 * L * d + V * d + 2 * d)


def brute(count: Any, axes: dict[str, Any], holds: Any = lambda **_: True) -> list[dict[str, int]]:
    """All points of a grid with their counts, one after another."""
    found = []
    for values in product(*axes.values()):
        point = dict(zip(axes, values, strict=True))
        try:
            if holds(**point):
                found.append({**point, "count": count.at({name: point[name] for name in point if name in count.all_symbols})})
        except (SizeError, LetterError):
            continue
    return found


def in_order(points: Any) -> list[tuple[int, ...]]:
    return sorted(tuple(point.values()) for point in points)


axis = st.one_of(
    st.lists(st.integers(1, 40), min_size=1, max_size=6, unique=True),
    st.builds(
        lambda start, step, number: range(start, start + step * number, step),
        st.integers(1, 40),
        st.integers(1, 9),
        st.integers(1, 6),
    ),
    st.builds(lambda start, number: range(start, start - number, -1), st.integers(8, 40), st.integers(1, 7)),
)


# ---------------------------------------------------------------- laws
@settings(deadline=None, max_examples=60)
@given(counts, st.data())
def test_every_question_has_the_answer_of_all_points(count: Formula, data: st.DataObject) -> None:
    if not count.letters:
        return
    axes = {name: data.draw(axis) for name in count.letters}
    low, high = (data.draw(st.one_of(st.none(), st.integers(-10, 10_000))) for _ in range(2))
    points = brute(count, axes)
    wanted = [point for point in points if (low is None or point["count"] >= low) and (high is None or point["count"] <= high)]
    grid = count.grid(axes, at_least=low, at_most=high)
    assert grid.size == len(list(product(*axes.values())))
    assert grid.number() == len(wanted)
    assert [tuple(point.values()) for point in grid] == in_order(wanted)
    numbers = [point["count"] for point in wanted]
    target = data.draw(st.integers(0, 10_000))
    for answer, best in [
        (grid.largest(), max(numbers, default=None)),
        (grid.smallest(), min(numbers, default=None)),
        (grid.nearest(target), min(numbers, key=lambda number: (abs(number - target), number), default=None)),
    ]:
        assert (answer is None) == (best is None)
        assert answer is None or (answer["count"] == best and answer in wanted)


CONDITIONS: list[tuple[Any, Any]] = [
    ("d % h == 0", lambda d, h, L: d % h == 0),
    (divides("h", "d"), lambda d, h, L: d % h == 0),
    ("d <= 3*h", lambda d, h, L: d <= 3 * h),
    ("2*h <= d < 5*h", lambda d, h, L: 2 * h <= d < 5 * h),
    (["d % h == 0", "L*h != 4"], lambda d, h, L: d % h == 0 and L * h != 4),
    ("d*L - h > 7 and h % 2 == 0", lambda d, h, L: d * L - h > 7 and h % 2 == 0),
    (sympy.Eq(sympy.Mod(d, h), 0), lambda d, h, L: d % h == 0),
    (d >= 2 * h, lambda d, h, L: d >= 2 * h),
    ([divides(8, "d"), "h >= 3"], lambda d, h, L: d % 8 == 0 and h >= 3),
    (divides("2*h", d), lambda d, h, L: d % (2 * h) == 0),
    ("d // h == 3", lambda d, h, L: d // h == 3),
    ("d == h**2", lambda d, h, L: d == h**2),
]


@pytest.mark.parametrize(("where", "holds"), CONDITIONS, ids=[str(each) for each, _ in CONDITIONS])
def test_conditions_leave_the_points_that_fulfil_them(where: Any, holds: Any) -> None:
    count = formula_of_expression(12 * L * d**2 + 13 * L * d + 100 * d)
    axes = {"L": range(1, 4), "d": range(4, 90, 2), "h": [1, 2, 3, 4, 6, 8]}
    points = brute(count, axes, holds)
    grid = count.grid(axes, where=where)
    assert [tuple(point.values()) for point in grid] == in_order(points)
    assert grid.number() == len(points)
    some = count.grid(axes, where=where, at_most=50_000, at_least=3_000)
    assert in_order(some) == in_order(point for point in points if 3_000 <= point["count"] <= 50_000)
    assert grid.nearest(20_000) in points
    assert grid.largest()["count"] == max(point["count"] for point in points)


# ---------------------------------------------------------------- values
def test_a_grid_of_10_to_the_15_points_under_a_budget() -> None:
    grid = transformer.grid(L=range(1, 10**7 + 1), d=range(1, 10**8 + 1), V=50257, at_most=10**9)
    assert grid.size == 10**15
    # as one after another, for each width: the largest L with 12*L*d**2 + 13*L*d <= 10**9 - 50259*d
    assert grid.number() == sum(
        min(10**7, (10**9 - 50259 * width) // (12 * width**2 + 13 * width)) for width in range(1, 20_000) if 50259 * width <= 10**9
    )
    assert grid.largest() == {"L": 1960193, "d": 6, "count": 999999984}
    assert next(iter(grid))["count"] <= 10**9


def test_a_size_that_does_not_divide_is_not_in_the_grid() -> None:
    grid = Dense(d, d / h).count.grid(d=range(4, 13), h=[3, 4])
    assert [(point["d"], point["h"]) for point in grid] == [(4, 4), (6, 3), (8, 4), (9, 3), (12, 3), (12, 4)]
    heads = nn.MultiheadAttention(d, h).count.grid(d=[64, 96, 100], h=[8, 10])
    assert in_order(heads) == in_order(brute(nn.MultiheadAttention(d, h).count, {"d": [64, 96, 100], "h": [8, 10]}))


def test_a_count_that_falls_or_does_neither() -> None:
    for expression in (10_000 - d**2, d**2 - 60 * d + 1_000 + L, (d - 30) ** 2 * L + 1):
        count = formula_of_expression(expression)
        axes = {name: range(1, 61) for name in count.letters}
        points = brute(count, axes)
        for high in (50, 900, 5_000):
            assert count.grid(axes, at_most=high).number() == sum(point["count"] <= high for point in points)
        assert count.grid(axes).smallest()["count"] == min(point["count"] for point in points)
        assert count.grid(axes).largest()["count"] == max(point["count"] for point in points)


def test_limits_are_numbers_as_people_write_them() -> None:
    grid = transformer.grid(L=range(1, 97), d=[768, 1024], V="50,257", at_most="124M")
    assert grid.largest()["count"] <= 124 * 10**6


def test_a_model_with_sizes_of_its_own_keeps_them() -> None:
    from symparams import from_huggingface

    model = from_huggingface("gpt2")
    rows = list(model.count.grid(L=range(11, 14)))
    assert [row["count"] for row in rows] == [model.count.at({**model.values, "L": layers}) for layers in (11, 12, 13)]


# ---------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    ("where", "error", "why"),
    [
        (d % h == 0, SettingError, r"is False before any size is known.*\"d % h == 0\".*divides"),
        ("d % h", TextError, "compares nothing"),
        ("d / h == 2", TextError, "a / b need not be whole"),
        ("d %% h == 0", TextError, "no letter and no whole number"),
        ("__import__('os') == 1", TextError, "is no sign of arithmetic"),
        ("d.real == 1", TextError, "is no sign of arithmetic"),
        ("d ** 99 == 1", TextError, "exponent"),
        ("d ** 0161 == 1", TextError, "exponent"),
        ("((d ** 16) ** 16) ** 16 == 1", TextError, "more than 10,000 bits"),
        ("9" * 900 + " ** 16 == 1", TextError, "more than 10,000 bits"),
        ("(" * 50 + "d" + ")" * 50 + " == 1", TextError, "brackets"),
        ("d == 1 or h == 2", TextError, "'or' is not expected there"),
        ("d == x", LetterError, "no letter x in this grid"),
        ("d" * 2000, TextError, "at most 1000 characters"),
        (3, SettingError, "where takes conditions such as"),
    ],
)
def test_what_is_not_a_condition_is_refused(where: Any, error: type[SymparamsError], why: str) -> None:
    with pytest.raises(error, match=why):
        Dense(d, h).count.grid(d=range(1, 9), h=range(1, 9), where=where)


def test_what_is_not_an_axis_is_refused() -> None:
    count = LSTM.symbolic().count
    with pytest.raises(SizeError, match="n must be a whole number of at least 1"):
        count.grid(m=3, n=range(9))
    with pytest.raises(SizeError, match="n must be a whole number"):
        count.grid(m=3, n=[1, 2.5])
    with pytest.raises(LetterError, match="no size for m"):
        count.grid(n=range(1, 9))
    with pytest.raises(LetterError, match="no letter k"):
        count.grid(m=3, n=range(1, 9), k=range(1, 3))
    with pytest.raises(SettingError, match="grid needs a range or a list of sizes for some letter"):
        count.grid(m=3, n=4)
    with pytest.raises(SettingError, match="at_most must be a whole number"):
        count.grid(m=3, n=range(1, 9), at_most=2.5)
    assert Formula(weight("w", d)).grid(d=range(1, 1)).number() == 0


def test_a_number_of_copies_may_be_0_as_it_may_for_one_point():
    L, d = symbols("L d")
    count = nn.Sequential(nn.Embedding(100, d), L * nn.Linear(d, d)).count
    grid = count.grid(L=range(6), d=range(1, 30), at_most=3000)
    points = [(each, width) for each in range(6) for width in range(1, 30) if count.at(L=each, d=width) <= 3000]
    assert grid.number() == len(points)
    assert [(point["L"], point["d"]) for point in grid] == points
    assert count.grid(L=range(6), d=[7]).array().ravel().tolist() == [count.at(L=each, d=7) for each in range(6)]
    refused(SizeError, "d must be a whole number of at least 1", lambda: count.grid(L=[0], d=[0, 1]))


def test_conditions_joined_by_and_are_those_of_a_list():
    axes = {"L": range(1, 4), "d": range(1, 30), "V": [7], "h": range(1, 9)}
    both = transformer.grid(axes, where=divides("h", "d") & divides("L", "h"))
    assert [*both] == [*transformer.grid(axes, where=[divides("h", "d"), divides("L", "h")])]
    assert in_order(both) == in_order(brute(transformer, axes, lambda L, d, h, V: d % h == 0 and h % L == 0))
