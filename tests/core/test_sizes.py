"""Sizes: which values are kept, which are refused and in which words; quotients that divide and that round down."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy

from symparams import compare, keras, symbols
from symparams.core.sizes import quotient, size, split, volume
from symparams.errors import LimitError, SettingError, SizeError
from symparams.layers import LSTM, Conv, Dense
from tests.bad_input import TwoLines, refused

m, n, L, d = symbols("m n L d")


@pytest.mark.parametrize(
    "value",
    [
        0, -1, -(10**30), 1.5, 1.0, float("nan"), float("inf"), True, False, "3", "n", "", None, b"3", 3j, (3,), [3], {3}, object,
        np.float64(2), np.bool_(True), np.zeros(2), np.array([3, 3]),
        sympy.Integer(0), sympy.Integer(-3), sympy.Float(2.0), sympy.Rational(1, 2), sympy.pi, sympy.I, sympy.sqrt(2), sympy.nan,
        sympy.oo, sympy.zoo, sympy.true, sympy.Matrix([[3]]), -n, -m * n, 1.5 * n, n + sympy.oo, n / sympy.Integer(0),
        sympy.Symbol("q", nonpositive=True), sympy.Symbol("q", negative=True), sympy.Symbol("q", zero=True),
        sympy.Symbol("q", imaginary=True), sympy.Symbol("q", integer=False), sympy.Symbol("q", commutative=False),
        sympy.Symbol("q", infinite=True), sympy.sqrt(2) * n,
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_size_is_refused(value: Any) -> None:
    refused(
        SizeError, r"^Dense: units must be a whole number of at least 1, or a symbol, not ", lambda: Dense(inputs=3, units=value)
    )


@pytest.mark.parametrize(
    ("value", "is_"),
    [
        (1, 1), (10**30, 10**30), (np.int8(3), 3), (np.int64(3), 3), (np.uint16(3), 3), (np.array(3), 3),
        (sympy.Integer(3), 3), (n, n), (2 * n, 2 * n), (n + 1, n + 1), (n - 1, n - 1), (m * n, m * n), (n / 2, n / 2),
        (n**2, n**2), (2**n, 2**n), (sympy.floor(n / 2), sympy.floor(n / 2)), (sympy.ceiling(n / 16), sympy.ceiling(n / 16)),
        (sympy.Max(m, n), sympy.Max(m, n)), (sympy.Symbol("q"), sympy.Symbol("q")),
        (sympy.Symbol("q", nonnegative=True), sympy.Symbol("q", nonnegative=True)),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_a_size_is_kept_as_an_int_or_an_expression(value: Any, is_: Any) -> None:
    kept = Dense(inputs=3, units=value).units
    assert kept == is_
    assert type(kept) is type(is_)


def test_a_size_says_what_it_is_the_size_of() -> None:
    refused(SizeError, r"^LSTM: inputs must .* not -3$", lambda: LSTM(-3, 4))
    refused(SizeError, r"^LSTM: bias_sets must be a whole number of at least 0, or a symbol, not 0\.5$", lambda: LSTM(3, 4, 0.5))
    refused(SizeError, r"^Conv: window must .* not '3'$", lambda: Conv(window=(3, "3"), inputs=3, filters=4))
    assert LSTM(3, 4, bias_sets=0).bias_sets == 0


def test_the_value_in_an_error_is_cut_short_and_on_one_line() -> None:
    with pytest.raises(SizeError) as caught:
        Dense("x" * 1000, 3)
    assert len(str(caught.value)) < 150
    refused(SizeError, "first", lambda: size(TwoLines(), "a size"))
    refused(SizeError, "array", lambda: size(np.zeros((2, 2)), "a size"))


def test_a_negative_number_of_many_digits_is_refused_like_any_other() -> None:
    refused(SizeError, "Dense: inputs must be a whole number", lambda: Dense(-(10**5000), 3))


@pytest.mark.parametrize(
    ("whole", "parts", "gives"),
    [(768, 12, 64), (7, 1, 7), (d, 1, d), (d, 12, d / 12), (12 * d, 12, d), (768, L, 768 / L), (m * n, n, m)],
)
def test_split_divides_exactly(whole: Any, parts: Any, gives: Any) -> None:
    assert split(whole, parts) == gives


def test_split_refuses_a_remainder() -> None:
    refused(SizeError, r"^d over heads: 770 does not divide into 12 equal parts$", lambda: split(770, 12, "d over heads"))
    refused(SizeError, "Conv: filters over groups: 3 does not divide into 2", lambda: Conv((3,), 4, 3, groups=2))
    refused(SizeError, "Conv: inputs over groups: 3 does not divide into 2", lambda: str(Conv((3,), 3, 4, groups=2).count))


def test_quotient_rounds_down_and_volume_multiplies() -> None:
    assert (quotient(7, 2), quotient(n, 1), quotient(n, 2)) == (3, n, sympy.floor(n / 2))
    assert quotient(7, n).subs(n, 2) == 3
    assert (volume((3, 4)), volume(()), volume((3, None)), volume((3, n, m))) == (12, 1, None, 3 * m * n)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (sympy.ceiling(n / 2), sympy.floor((n - 1) / 2) + 1),
        (sympy.floor((n + 2) / 3), sympy.ceiling(n / 3)),
        (sympy.floor(sympy.floor(n / 2) / 2), sympy.floor(n / 4)),
    ],
)
def test_counts_of_equal_sizes_that_are_written_differently_are_equal(one, other):
    mine, its = Dense(one, m).count, Dense(other, m).count
    assert mine == its
    assert hash(mine) == hash(its)
    assert compare(mine, its).total == 0
    assert compare(Dense(one, m), Dense(other, m)).total == 0
    assert mine != Dense(other + 1, m).count


def test_the_degree_of_a_power_is_a_product():
    assert sympy.degree(Dense((n**64 + 1) ** 64, 3).count.expr, n) == 4096
    refused(LimitError, "its degree may be at most 4096", lambda: Dense((n**65 + 1) ** 64, 3))
    refused(LimitError, "its degree may be at most 4096", lambda: Dense((n + 1) ** 2 * n**4095, 3))


@pytest.mark.parametrize("value", [2, -1, "true", "", 1.0, [], 10])
def test_a_switch_is_on_or_off(value):
    refused(SettingError, "use_bias must be True or False", lambda: keras.layers.Dense(3, use_bias=value))
    for on in (True, 1, np.True_):
        assert keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, use_bias=on)]).count == 9


def test_an_array_of_objects_has_whole_numbers_only():
    count = LSTM(m, n).count
    assert [*count.at(m=np.array([3, 2**70, np.int8(3)], dtype=object), n=3)] == [84, 12 * (2**70 + 4), 84]
    for odd in (True, 2.0, "3", None):
        refused(
            SizeError,
            "m must be an array of whole numbers; one of them is",
            lambda o=odd: count.at(m=np.array([3, o], dtype=object), n=3),
        )
