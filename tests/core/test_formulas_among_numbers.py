"""A formula in arithmetic, in comparisons, in copies, and among the numbers of Python."""

from __future__ import annotations

import copy
import operator
import pickle
from collections.abc import Callable
from typing import Any

import pytest
import sympy

from symparams import symbols
from symparams.errors import LetterError
from symparams.layers import LSTM, Dense
from tests.bad_input import refused

m, n = symbols("m n")
lstm = LSTM.symbolic().count


def test_a_formula_without_letters_is_a_number() -> None:
    count = LSTM(15, 16).count
    assert int(count) == 2048 == count
    assert (str(count), repr(count), hash(count)) == ("2048", "Formula(2048)", hash(2048))
    assert count.text() == "4*(15*16 + 16**2 + 16)"
    refused(LetterError, r"is not a number yet: give a size for m and n, as in \.at\(m=\.\.\.\)", lambda: int(lstm))


def test_what_others_read_of_a_formula() -> None:
    assert lstm._repr_latex_() == r"$\displaystyle 4 \left(m n + n^{2} + n\right)$"
    assert sympy.sympify(lstm) == lstm.expr == lstm._sympy_()
    assert sympy.Integer(1) + lstm == lstm.expr + 1
    assert sympy.sqrt(lstm) == sympy.sqrt(lstm.expr)
    assert (str(lstm), repr(lstm)) == ("4*(m*n + n**2 + n)", "Formula(4*(m*n + n**2 + n))")


def test_a_formula_equals_what_counts_the_same() -> None:
    assert lstm == LSTM.symbolic().count == 4 * n * (m + n + 1)
    assert LSTM(3, 4).count == LSTM.symbolic().count.given(m=3, n=4) == sympy.Integer(128)
    assert LSTM(m, n).count != LSTM(n, m).count
    different: list[object] = [LSTM(3, 4).count.at() + 1, 128.0, "128", None, True, LSTM(3, 4)]
    assert all(LSTM(3, 4).count != other for other in different)
    assert Dense(1, 1).count.at() == 2


def test_a_formula_in_another_symbol_of_the_same_name_is_another() -> None:
    assert Dense(4, n).count != 5 * sympy.Symbol("n")


@pytest.mark.parametrize("do", [operator.add, operator.sub, operator.mul])
@pytest.mark.parametrize("other", [3, n, m * n + 1, Dense(3, 4).count, lstm], ids=str)
def test_arithmetic_is_that_of_the_expression(do: Callable[[Any, Any], Any], other: Any) -> None:
    its = getattr(other, "expr", other)
    assert do(lstm, other) == do(lstm.expr, its)
    assert do(other, lstm) == do(its, lstm.expr)
    assert sum([lstm, other, lstm]) == 2 * lstm.expr + its


def test_adding_what_is_no_number_is_an_error() -> None:
    for other in ("x", None, [1]):
        with pytest.raises(TypeError):
            lstm + other


@pytest.mark.parametrize("thing", [lstm, LSTM(3, 4).count, LSTM.symbolic(), LSTM(3, 4), LSTM(3, 4).weights()], ids=repr)
def test_formulas_and_layers_can_be_copied_and_pickled(thing: Any) -> None:
    assert copy.copy(thing) == thing
    assert copy.deepcopy(thing) == thing
    assert pickle.loads(pickle.dumps(thing)) == thing
