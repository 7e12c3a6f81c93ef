"""Letters: one symbol for each name, and which names are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy

from symparams import Formula, symbols
from symparams.core.sizes import symbol
from symparams.errors import LetterError
from symparams.layers import Dense
from tests.bad_input import refused

m, n = symbols("m n")


def test_one_name_gives_one_symbol_and_several_a_tuple() -> None:
    assert symbols("n") is symbols(" n ") is symbols("n,") is symbol("n")
    assert symbols("m n") == symbols("m, n") == symbols("m,n") == (m, n)
    assert all(letter.is_positive and letter.is_integer for letter in symbols("m d_model λ n1"))


@pytest.mark.parametrize("names", ["1a", "a-b", "m:3", "a.b", "f(x)", "__import__('os')", r"\input", "n" * 101, "a b c$"])
def test_a_name_that_is_none_is_refused(names: str) -> None:
    refused(
        LetterError,
        "is not a valid name for a letter: use letters, digits and underscores, such as d_model",
        lambda: symbols(names),
    )


@pytest.mark.parametrize("names", ["", "  ", ",", " , "])
def test_no_name_at_all_is_refused(names: str) -> None:
    refused(LetterError, r"symbols\(\) needs at least one name, such as symbols\('m n'\)", lambda: symbols(names))


def test_a_users_own_symbol_is_kept_as_it_is() -> None:
    own = sympy.Symbol("w")
    count = Dense(own, own).count
    assert count.expr == own**2 + own
    assert count.at({own: 3}) == count.at(w=3) == 12


@pytest.mark.parametrize("ask", [lambda f: f.expr, lambda f: f.at(n=3), str, lambda f: f.latex(), hash, lambda f: f.symbols])
def test_two_symbols_of_one_name_are_refused_by_name(ask: Callable[[Formula], Any]) -> None:
    other = sympy.Symbol("n")
    refused(
        LetterError, r"two different symbols are both called n: .* symparams\.symbols\('n'\)", lambda: ask(Dense(n, other).count)
    )
    refused(LetterError, "two different symbols are both called n", lambda: ask(Dense(sympy.floor(other / 2), n).count))
    refused(LetterError, "two different symbols are both called n", lambda: ask(Dense(m, n).count.given(m=other)))
