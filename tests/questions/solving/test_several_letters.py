"""``solve`` for several letters says what going through all sizes says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import solve, symbols
from symparams.core.formula import Formula
from symparams.core.sizes import quotient
from symparams.core.tree import weight
from symparams.errors import ArgumentError, LetterError, SettingError
from symparams.layers import LSTM, Dense
from symparams.torch import nn
from tests.bad_input import refused
from tests.core.grids.test_grids import axis, brute, in_order
from tests.core.random_counts import counts

L, d, f, h, m, n, V = symbols("L d f h m n V")
transformer = nn.Sequential(nn.Embedding(V, d), L * nn.TransformerEncoderLayer(d, h, f, batch_first=True))


def points(found: Any) -> list[tuple[int, ...]]:
    return in_order(found)


# ---------------------------------------------------------------- laws
@settings(deadline=None, max_examples=60)
@given(counts, st.data())
def test_all_sizes_in_lists_are_found(count: Formula, data: st.DataObject) -> None:
    if len(count.letters) < 2:
        return
    among = {name: data.draw(axis) for name in count.letters}
    every = brute(count, {name: sorted(set(sizes)) for name, sizes in among.items()})
    if not every:
        return
    count_wanted = data.draw(st.sampled_from([point["count"] for point in every]))
    if count_wanted < 0:
        return
    letters = tuple(count.letters)
    assert points(solve(count, equals=count_wanted, for_=letters, among=among)) == in_order(
        point for point in every if point["count"] == count_wanted
    )
    under = solve(count, at_most=count_wanted, for_=letters, among=among)
    assert points(under) == in_order(point for point in every if point["count"] <= count_wanted)
    assert len(under) == len(points(under))
    [best] = solve(count, equals=count_wanted + 1, nearest=True, for_=letters, among=among)
    assert abs(best["count"] - count_wanted - 1) == min(abs(point["count"] - count_wanted - 1) for point in every)
    [most] = solve(count, most=True, for_=letters, among=among)
    assert most["count"] == max(point["count"] for point in every)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 3000), st.integers(1, 4), st.integers(1, 4))
def test_letters_without_a_list_have_all_sizes_that_can_fit(wanted: int, by: int, other: int) -> None:
    count = LSTM(m, n).count
    every = brute(count, {"m": range(by, wanted + 1, by), "n": range(other, wanted + 1, other)}) if wanted < 60 else None
    found = solve(count, equals=wanted, for_=("m", "n"), multiple_of={"m": by, "n": other})
    assert all(count.at(m=point["m"], n=point["n"]) == wanted for point in found)
    assert {(point["m"], point["n"]) for point in found} == {
        (a, b)
        for b in range(other, wanted + 1, other)
        if 4 * (b * b + b) < wanted
        for a in [(wanted - 4 * (b * b + b)) // (4 * b)]
        if a > 0 and a % by == 0 and 4 * (a * b + b * b + b) == wanted
    }
    if every is not None:
        assert points(found) == in_order(point for point in every if point["count"] == wanted)


# ---------------------------------------------------------------- cases
def test_sizes_of_a_transformer_under_conditions() -> None:
    among = {"L": range(1, 25), "d": range(64, 2049, 64), "h": [8, 12, 16]}
    found = solve(
        transformer,
        equals="124M",
        within="1%",
        for_=("L", "d", "f", "h"),
        given={V: 50257},
        among=among,
        where=["d % h == 0", "f == 4*d"],
    )
    assert points(found) == in_order(
        {"L": layers, "d": width, "f": 4 * width, "h": heads, "count": total}
        for layers in among["L"]
        for width in among["d"]
        for heads in among["h"]
        if width % heads == 0
        for total in [transformer.count.at(L=layers, d=width, f=4 * width, V=50257, h=heads)]
        if abs(total - 124_000_000) <= 1_240_000
    )
    assert "found by bisection" in found.reason
    assert f"{len(found)} choices of L, d, f and h with " in found.explain()


def test_two_models_are_compared() -> None:
    found = solve(
        LSTM(m, n), equals=Dense(m, h), for_=("m", "n", "h"), among={"m": range(1, 9), "n": range(1, 9), "h": range(1, 60)}
    )
    assert points(found) == in_order(
        {"m": a, "n": b, "h": c, "count": 0}
        for a in range(1, 9)
        for b in range(1, 9)
        for c in range(1, 60)
        if 4 * (a * b + b * b + b) == (a + 1) * c
    )


def test_a_letter_that_cancels_needs_a_list() -> None:
    attention = nn.MultiheadAttention(d, h)
    found = solve(attention, at_most=2000, for_=("d", "h"), among={"h": [2, 3]}, where="d % h == 0")
    assert {(point["d"], point["h"]) for point in found} == {
        (width, heads) for heads in (2, 3) for width in range(heads, 99, heads) if 4 * width * (width + 1) <= 2000
    }


def test_a_letter_whose_first_size_is_beyond_the_count_is_no_reason_to_find_none() -> None:
    """The count grows more slowly than the letter, so that sizes beyond the count still fit."""
    count = Formula(weight("w", quotient(n, 64), m))
    refused(SettingError, "limit the sizes of n", lambda: solve(count, equals=3, for_=("m", "n"), multiple_of={"n": 64}))
    found = solve(count, equals=3, for_=("m", "n"), multiple_of={"n": 64}, among={"n": range(1, 300)})
    assert {(point["m"], point["n"]) for point in found} == {(3, 64), (1, 192)}
    assert not solve(LSTM(m, n), equals=3, for_=("m", "n"), multiple_of=64)


REFUSED = [
    (SettingError, "solve: limit the sizes of m, as in", lambda: solve(nn.Conv2d(m, n, h), equals=nn.Linear(m, n), for_=("m", "n", "h"))),
    (LetterError, "solve: for which letters", lambda: solve(LSTM(m, n), equals=9, for_=())),
    (SettingError, "solve: limit the sizes of h, as in",
     lambda: solve(nn.MultiheadAttention(d, h), at_most=10, for_=("d", "h"), where="d % h == 0")),
    (SettingError, "solve: limit the sizes of m, as in", lambda: solve(LSTM(m, n), most=True, for_=("m", "n"))),
    (SettingError, "solve: L, d and f have too many sizes", lambda: solve(transformer, equals="124M", for_=("L", "d", "f"), given={"V": 9})),
    (LetterError, "cannot solve for m and n: no size for h", lambda: solve(Dense(m, n).count + Dense(m, h).count, equals=9, for_=("m", "n"))),
    (LetterError, "solve takes each letter once", lambda: solve(LSTM(m, n), equals=9, for_=("m", "n", "m"))),
    (LetterError, "multiple_of: no letter k; the letters are m and n", lambda: solve(LSTM(m, n), equals=9, for_=("m", "n"), multiple_of={"k": 2})),
    (SettingError, "among takes sizes by letter", lambda: solve(LSTM(m, n), equals=9, for_=("m", "n"), among=range(9))),
    (ArgumentError, "divides is for one letter", lambda: solve(LSTM(m, n), equals=9, for_=("m", "n"), divides=12)),
    (ArgumentError, "where has conditions on several letters", lambda: solve(LSTM(3, n), equals=9, where="n % 2 == 0")),
    (LetterError, "no letter k", lambda: solve(LSTM(m, n), equals=9, for_=("m", "n", "k"), among={"k": [1]})),
]  # fmt: skip


@pytest.mark.parametrize(("error", "words", "ask"), REFUSED, ids=[words for _, words, _ in REFUSED])
def test_what_cannot_be_answered_is_refused(error, words, ask) -> None:
    refused(error, words, ask)
