"""A formula with numbers put in: by symbol, by name and by keyword, all at once or one by one, or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy

from symparams import Formula, symbols
from symparams.errors import LetterError, SizeError, SymparamsError
from symparams.layers import LSTM, Conv, Dense, Recurrent
from tests.bad_input import refused

m, n, k = symbols("m n k")
lstm = LSTM.symbolic().count


def test_expr_is_the_count_multiplied_out() -> None:
    assert lstm.expr == 4 * m * n + 4 * n**2 + 4 * n
    assert isinstance(lstm.expr, sympy.Add)
    assert Dense(3, 4).count.expr == sympy.Integer(16)


@pytest.mark.parametrize(
    "give",
    [
        lambda f: f.at(m=15, n=300), lambda f: f.at({m: 15, n: 300}), lambda f: f.at({"m": 15, "n": 300}), lambda f: f.at({n: 300}, m=15),
        lambda f: f.at({"n": np.int64(300)}, m=sympy.Integer(15)), lambda f: f.given(n=300).at(m=15), lambda f: int(f.given(n=300, m=15)),
        lambda f: f.given(m=n / 20).at(n=300), lambda f: f.given({m: n, n: m}).at(m=300, n=15),
    ],
)  # fmt: skip
def test_numbers_come_by_symbol_by_name_and_by_keyword(give: Callable[[Formula], int]) -> None:
    assert give(lstm) == 4 * (15 * 300 + 300**2 + 300)
    assert type(give(lstm)) is int


@pytest.mark.parametrize(
    ("give", "words"),
    [
        (lstm.at, r"^cannot evaluate: no size for m and n \(none given\)$"),
        (lambda: lstm.at(m=3), r"^cannot evaluate: no size for n \(given m\)$"),
        (lambda: lstm.at(m=3, n=3, units=3), r"^no letter units in 4\*\(m\*n \+ n\*\*2 \+ n\); the letters are m and n$"),
        (lambda: lstm.at(M=3, n=3), r"the letters are m and n; did you mean 'm'\?$"),
        (lambda: lstm.at({n: 3}, n=3), r"^n is given twice$"),
        (
            lambda: lstm.at({sympy.Symbol("n"): 3}, m=3),
            r"n is not the formula's n: .*symparams\.symbols\('n'\)",
        ),
        (lambda: lstm.at({n + 1: 3}, m=3), r"no letter n \+ 1 in"),
        (lambda: Dense(3, 4).count.at(n=3), r"^no letter n in .*; there are no letters$"),
        (lambda: lstm.given(q=3), r"no letter q"),
    ],
)
def test_a_letter_that_is_missing_or_unknown_is_an_error_that_lists_the_letters(give: Callable[[], Any], words: str) -> None:
    refused(LetterError, words, give)


@pytest.mark.parametrize("value", [0, -1, 1.5, 3.0, True, "3", None, float("nan"), sympy.Float(3), sympy.Rational(1, 2), -k])
def test_a_value_that_is_no_size_is_refused(value: Any) -> None:
    refused(SizeError, r"^n must be a whole number of at least 1, or a symbol, not ", lambda: lstm.at(m=3, n=value))
    refused(SizeError, r"^n must be a whole number of at least 1, or a symbol, not ", lambda: lstm.given(n=value))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (64.0, "not 64.0; write 64$"),
        (1e300, "write it as a whole number, such as 10"),
        (0.5, "not 0.5$"),
        ([64, 128], r"^n must be one size, not \[64, 128\]; use .grid\(\) for several, or give a NumPy array$"),
        (range(3), "use .grid"),
    ],
)
def test_a_value_that_is_nearly_a_size_is_refused_with_what_to_write(value: Any, words: str) -> None:
    refused(SizeError, words, lambda: lstm.at(m=3, n=value))


def test_powers_of_ten_are_numbers_as_people_write_them() -> None:
    assert lstm.at(m=3, n="1e3") == lstm.at(m=3, n=1000)
    assert lstm.at(m=3, n="2.5E+3") == lstm.at(m=3, n=2500)
    refused(SizeError, "must be a whole number, such as 300", lambda: lstm.at(m=3, n="1.2345e3"))
    refused(SizeError, "or a symbol, not '1e-3'$", lambda: lstm.at(m=3, n="1e-3"))


def test_zero_means_a_part_that_is_not_there() -> None:
    count = Recurrent.symbolic().count
    assert count.at(m=3, n=4, gates=4, bias_sets=0, directions=1) == 4 * (12 + 16)
    assert str(count.given(bias_sets=0, gates=4, directions=1)) == "4*(m*n + n**2)"


def test_given_keeps_the_form() -> None:
    assert str(lstm.given(m=15)) == "4*(15*n + n**2 + n)"
    assert lstm.given(m=n).expr == 8 * n**2 + 4 * n
    assert lstm.given() == lstm


def test_what_is_no_polynomial_is_exact() -> None:
    count = Dense(sympy.floor(n / 2), sympy.ceiling(m / 16)).count
    assert [count.at(n=7, m=size) for size in (16, 17, 160)] == [4, 8, 40]
    assert Dense(sympy.Max(m, n), 3).count.at(m=5, n=2) == 18
    assert Dense(2**n, 3).count.at(n=5) == 99
    assert Dense((m + n) ** 70, 3).count.at(m=1, n=1) == 3 * 2**70 + 3
    assert Dense(sympy.sqrt(n), 3).count.at(n=9) == 12


@pytest.mark.parametrize(
    "count",
    [
        Dense(m, n - 5).count, Dense(m, sympy.floor(n / 2)).count, Conv((1,), m, 2, groups=n + 1).count, Dense(1, n / 2).count,
        Dense(1, sympy.sqrt(n + 1)).count,
    ],
    ids=str,
)  # fmt: skip
def test_a_size_that_would_be_refused_before_counting_is_refused_after_it(count: Formula) -> None:
    """At n=1 these have a size of -4, 0, 3/2, 1/2 and sqrt(2)."""
    numbers = {name: {"n": 1, "m": 3}[name] for name in count.letters}
    for call in (lambda: count.at(numbers), lambda: int(count.given(numbers))):
        with pytest.raises(SymparamsError):
            call()


@pytest.mark.parametrize("size", [sympy.pi * sympy.Symbol("w"), sympy.Function("f")(n), sympy.Sum(m, (m, 1, n))], ids=str)
def test_a_piece_without_a_whole_value_is_an_error_of_ours(size: Any) -> None:
    count = Dense(1, size).count
    with pytest.raises(SymparamsError):
        count.at(dict.fromkeys(count.letters, 3))


def test_int_never_rounds() -> None:
    count = Conv.symbolic(groups=symbols("g")).count
    with pytest.raises(SymparamsError):
        int(count.given(c=3, g=2, f=1, k=1))
