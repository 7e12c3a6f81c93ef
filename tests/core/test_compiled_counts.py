"""A count as a compiled function: it says what ``at`` says, exactly, and refuses what ``at`` refuses."""

from __future__ import annotations

import dis
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import symbols
from symparams.core.formula import Formula
from symparams.core.sizes import next_power_of_two
from symparams.core.tree import Sum, weight
from symparams.errors import LetterError, SizeError
from symparams.layers import GRU, LSTM, Recurrent
from tests.core.random_counts import counts, outcome, values


# ---------------------------------------------------------------- laws
@settings(deadline=None)
@given(counts, values)
def test_a_compiled_count_says_what_at_says(count: Formula, at: dict[str, int]) -> None:
    at = {name: at[name] for name in count.letters}
    result = outcome(count.compiled(), *at.values())
    assert result == outcome(count.at, at)
    assert type(result) in {int, tuple}


@settings(deadline=None)
@given(counts, values, st.randoms())
def test_the_order_of_the_letters_is_the_order_of_the_arguments(count: Formula, at: dict[str, int], chance: Any) -> None:
    names = list(count.letters)
    expected = outcome(count.at, {name: at[name] for name in names})
    chance.shuffle(names)
    if names:
        assert outcome(count.compiled(*names), *(at[name] for name in names)) == expected


@settings(deadline=None)
@given(st.lists(st.one_of(st.integers(-3, 3), st.booleans(), st.floats(), st.none(), st.text()), min_size=5, max_size=5))
def test_what_is_no_size_is_refused_as_at_refuses_it(given: list[Any]) -> None:
    count = Recurrent.symbolic().count
    assert outcome(count.compiled(), *given) == outcome(count.at, dict(zip(count.letters, given, strict=True)))


@settings(deadline=None)
@given(st.sampled_from([np.int8, np.uint8, np.int32, np.int64, np.uint64]), st.integers(1, 127), st.integers(1, 127))
def test_numpy_integers_count_exactly_and_never_wrap(kind: Any, m: int, n: int) -> None:
    count = LSTM.symbolic().count
    result = count.compiled("m", "n")(kind(m), kind(n))
    assert type(result) is int
    assert result == count.at(m=m, n=n)


# ---------------------------------------------------------------- values
def test_a_count_beyond_64_bits_is_exact() -> None:
    assert LSTM.symbolic().count.compiled("m", "n")(10**30, 10**40) == 4 * 10**40 * (10**30 + 10**40 + 1)


def test_a_number_compiles_to_a_function_of_nothing() -> None:
    assert LSTM(15, 16).count.compiled()() == 2048


def test_a_part_with_zero_copies_counts_nothing() -> None:
    assert GRU.symbolic(bias_sets=symbols("b")).count.compiled("b", "m", "n")(0, 15, 16) == 3 * 16 * (15 + 16)


@pytest.mark.parametrize("value", [True, 2.0, np.float64(2), "2", None, 0, -1, np.array(0), [1, 2], sympy.Rational(1, 2)])
def test_only_sizes_are_taken(value: Any) -> None:
    with pytest.raises(SizeError, match=r"m must be (a whole number of at least 1|one size)"):
        LSTM.symbolic().count.compiled("m", "n")(value, 16)


def test_floor_and_ceiling_are_exact_beyond_floats() -> None:
    h, a, s = symbols("h a s")
    big = 10**40
    down = Formula(weight("w", sympy.floor((h - a) / s) + 1)).compiled("h", "a", "s")
    assert down(big + 1, 2, 3) == (big - 1) // 3 + 1
    up = Formula(weight("w", sympy.ceiling(h / 16))).compiled("h")
    assert [up(16), up(17), up(big + 1)] == [1, 2, big // 16 + 1]


def test_a_floor_inside_a_floor() -> None:
    h, s = symbols("h s")
    count = Formula(weight("w", sympy.floor((sympy.floor(h / s) + h) / (s + 1)), h))
    assert count.compiled("h", "s")(100, 7) == (100 // 7 + 100) // 8 * 100


def test_a_remainder_is_refused() -> None:
    d, h = symbols("d h")
    heads = Formula(weight("w", d, d / h)).compiled("d", "h")
    assert heads(768, 12) == 768 * 64
    with pytest.raises(SizeError, match="not a whole number"):
        heads(769, 12)


def test_a_size_that_is_none_there_is_refused() -> None:
    n = symbols("n")
    shorter = Formula(weight("w", n - 5)).compiled("n")
    assert shorter(6) == 1
    for none in (5, 4):
        with pytest.raises(SizeError):
            shorter(none)


def test_a_quotient_by_a_sum_is_exact() -> None:
    d, h, k = symbols("d h k")
    assert Formula(weight("w", d / (h + k), h)).compiled("d", "h", "k")(768, 8, 4) == 64 * 8


# ---------------------------------------------------------------- letters
def test_a_missing_letter_is_named() -> None:
    with pytest.raises(LetterError, match=r"no argument for n \(given m\)"):
        LSTM.symbolic().count.compiled("m")


def test_an_unknown_letter_is_named_with_the_one_meant() -> None:
    units = symbols("units")
    with pytest.raises(LetterError, match=r"no letter unit .*; did you mean 'units'"):
        LSTM(units, units).count.compiled("unit")


def test_a_letter_given_twice_is_refused() -> None:
    with pytest.raises(LetterError, match="m is given twice"):
        LSTM.symbolic().count.compiled("m", "n", "m")


def test_a_number_has_no_letter_to_give() -> None:
    with pytest.raises(LetterError, match="no letters"):
        LSTM(15, 16).count.compiled("m")


def test_a_piece_that_cannot_be_compiled_is_named() -> None:
    m, n = symbols("m n")
    with pytest.raises(LetterError, match=r"cannot compile log\(m\).*\.at\(\)"):
        Formula(weight("w", sympy.log(m), n)).compiled("m", "n")


def test_the_larger_of_two_the_remainder_and_the_next_power_of_two_are_compiled() -> None:
    m, n = symbols("m n")
    sizes = sympy.Max(m, 2 * n) + sympy.Min(m, n), sympy.Mod(m, 5) + 1, next_power_of_two(n)
    count = Formula(Sum(tuple(weight("w", size) for size in sizes)))
    function = count.compiled("m", "n")
    for point in [(1, 1), (7, 3), (2, 9), (10**20 + 3, 10**20)]:
        assert function(*point) == count.at(m=point[0], n=point[1])


def test_the_name_of_a_symbol_never_runs() -> None:
    hostile = sympy.Symbol("__import__('sys').exit(1)", integer=True, positive=True)
    n = symbols("n")
    count = Formula(weight("w", hostile, n) + weight("v", sympy.floor(n / hostile)))
    assert count.compiled(hostile, n)(2, 5) == 2 * 5 + 5 // 2


# ---------------------------------------------------------------- size
def test_a_sum_of_thousands_of_terms_compiles() -> None:
    many = symbols(" ".join(f"a{number}" for number in range(2000)))
    count = Formula(Sum(tuple(weight("w", letter, other) for letter, other in pairwise(many))))
    ones = [1] * len(many)
    assert count.compiled()(*ones) == len(many) - 1


def test_horner_needs_fewer_operations_than_the_terms() -> None:
    code = LSTM.symbolic().count.compiled().__code__
    operations = [step for step in dis.get_instructions(code) if step.opname == "BINARY_OP"]
    assert len(operations) == 4  # 4 * (n * (1 + (n + m))); the three terms one by one take seven
