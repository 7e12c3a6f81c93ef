"""A difference of two counts may be negative, and so may the number that is asked for."""

from __future__ import annotations

import pytest

from symparams import compare, solve, symbols
from symparams.errors import SizeError
from symparams.layers import GRU, LSTM, Dense

n = symbols("n")


def test_a_negative_number_of_a_difference_is_found():
    assert solve(Dense(3, n).count - 200, equals=-100).value == 25
    assert solve(n - 200, equals=-100).value == 100
    assert solve(compare(LSTM(3, n), GRU(3, n)), equals=-(4**2 + 4 * 4)).value == 4
    assert solve(Dense(3, n).count - 200, at_most=-1).value == 49


def test_a_count_is_never_negative():
    for formula in (n, Dense(3, n), Dense(3, n).count, n**2 + 1):
        with pytest.raises(SizeError, match="at least 0"):
            solve(formula, equals=-1)


def test_true_is_not_a_multiple():
    with pytest.raises(SizeError, match="multiple_of must be a whole number"):
        solve(Dense(3, n), equals=12, multiple_of=True)
