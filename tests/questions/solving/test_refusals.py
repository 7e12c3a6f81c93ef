"""``solve``: bad questions are refused in one clear line."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from symparams import solve, symbols
from symparams.errors import ArgumentError, LetterError, SettingError, SizeError
from symparams.layers import LSTM, Dense
from tests.bad_input import refused

m, n = symbols("m n")
LONG = LSTM(m, n)


def anything(value: Any) -> Any:
    return value


REFUSED: list[Any] = [
    (ArgumentError, "solve needs a count: equals=N, at_most=N or at_least=N", lambda: solve(LONG)),
    (ArgumentError, "equals cannot be combined with at_most", lambda: solve(LONG, equals=3, at_most=4)),
    (ArgumentError, "nearest goes with equals", lambda: solve(LONG, at_most=4, nearest=True)),
    (ArgumentError, "within goes with equals", lambda: solve(LONG, at_most=4, within=3)),
    (ArgumentError, "nearest cannot be combined with within", lambda: solve(LONG, equals=4, within=3, nearest=True)),
    (ArgumentError, "must be numbers where both are given", lambda: solve(LONG, at_least=LSTM(m, 3), at_most=10)),
    (LetterError, "m and n are open", lambda: solve(LONG, equals=10)),
    (LetterError, "no letter is open", lambda: solve(LONG, equals=10, given={"m": 1, "n": 2})),
    (LetterError, "no letter q in", lambda: solve(LONG, equals=10, for_="q", given={"m": 1, "n": 2})),
    (LetterError, "no letter q in", lambda: solve(LONG, equals=10, for_="n", given={"m": 1, "q": 2})),
    (LetterError, "no letter q here; the letters are m and n", lambda: solve(LONG, equals=LSTM(m, 3), for_="n", given={"q": 2})),
    (LetterError, r"no size for m \(none given\); add given=\{'m': ...\}", lambda: solve(LONG, equals=10, for_=n)),
    (LetterError, "n is both asked for and given", lambda: solve(LONG, equals=10, for_=n, given={"m": 1, "n": 2})),
    (
        LetterError,
        "the two symbols have different assumptions",
        lambda: solve(LONG, equals=10, for_=sympy.Symbol("n"), given={m: 3}),
    ),
    (LetterError, "sizes are given by letter", lambda: solve(LONG, equals=10, for_=n, given=anything([3]))),
    (SizeError, "m must be a whole number of at least 1", lambda: solve(LONG, equals=10, for_=n, given={m: 0})),
    (SizeError, "m must be a whole number of at least 1", lambda: solve(LONG, equals=10, for_=n, given={m: anything(1.5)})),
    (SizeError, "equals must be a whole number of at least 0, or a symbol, not 1.5", lambda: solve(n, equals=1.5)),
    (SizeError, "equals must be a whole number of at least 0, or a symbol, not True", lambda: solve(n, equals=True)),
    (SizeError, "equals must be a whole number of at least 0, or a symbol, not '3'", lambda: solve(n, equals="3")),
    (SizeError, "at_most must be a whole number of at least 0, or a symbol, not -3", lambda: solve(n, at_most=-3)),
    (SizeError, "multiple_of must be a whole number of at least 1", lambda: solve(n, equals=3, multiple_of=0)),
    (SettingError, "multiple_of must be a whole number, not m", lambda: solve(n, equals=3, multiple_of=m)),
    (SizeError, "divides must be a whole number of at least 1", lambda: solve(n, equals=3, divides=0)),
    (SettingError, "divides must be at most 1000000000000000000, not", lambda: solve(n, equals=3, divides=10**19)),
    (SizeError, "among: n must be a whole number of at least 1, or a symbol, not 0", lambda: solve(n, equals=3, among=range(4))),
    (
        SizeError,
        "among: n must be a whole number of at least 1, or a symbol, not 2.5",
        lambda: solve(n, equals=3, among=anything([2.5])),
    ),
    (SettingError, "among takes whole numbers, such as", lambda: solve(n, equals=3, among=anything("123"))),
    (SettingError, "among takes whole numbers, such as", lambda: solve(n, equals=3, among=anything(7))),
    (SettingError, "within takes a number of parameters, such as 1000, or a percentage", lambda: solve(n, equals=3, within="much")),
    (SettingError, "within takes a number of parameters, such as 1000, or a percentage", lambda: solve(n, equals=3, within="1e9%")),
    (
        SettingError,
        "within takes a number of parameters, such as 1000, or a percentage",
        lambda: solve(n, equals=3, within="1.2.3%"),
    ),
    (SizeError, "within must be a whole number of at least 0", lambda: solve(n, equals=3, within=-1)),
    (SettingError, "needs a number to be a percentage of", lambda: solve(n, equals=Dense(n, 3), within="1%")),
    (SettingError, "solve takes a formula, a layer or a model, not 'LSTM'", lambda: solve("LSTM", equals=3)),
    (SettingError, "solve takes a formula, a layer or a model, not the class LSTM", lambda: solve(LSTM, equals=3)),
    (SettingError, "solve takes a formula, a layer or a model, not 7", lambda: solve(7, equals=3)),
    (SettingError, "infinitely many n fit, every n from 1 on", lambda: solve(Dense(n, 3), equals=Dense(n, 3))),
    (ArgumentError, "most cannot be combined with equals", lambda: solve(n, most=True, equals=3)),
    (ArgumentError, "fewest cannot be combined with within", lambda: solve(n, fewest=True, within=3)),
    (ArgumentError, "most cannot be combined with fewest", lambda: solve(n, fewest=True, most=True)),
    (SettingError, "no n has the largest count: the count grows without end from n = 1 on", lambda: solve(LSTM(3, n), most=True)),
    (SettingError, "infinitely many n fit, every n from 7 on", lambda: solve(20 - 3 * n, at_most=0)),
]


@pytest.mark.parametrize(("error", "words", "call"), REFUSED, ids=[words[:50] for _, words, _ in REFUSED])
def test_bad_questions_are_one_clear_line(error, words, call):
    refused(error, words, call)
