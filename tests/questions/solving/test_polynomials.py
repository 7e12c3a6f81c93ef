"""Polynomials of one whole number: their signs, their slopes, and their values along a progression."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from symparams.questions.solving.univariate import (
    forward_difference,
    polynomial_on_progression,
    polynomial_value,
    sign_runs,
    slope_runs,
)

law = settings(max_examples=25, deadline=None, database=None, derandomize=True)
polynomials = st.lists(st.integers(-50, 50), min_size=1, max_size=6).map(tuple).filter(lambda p: p[-1] != 0 or len(p) == 1)


def sign(number) -> int:
    return int(number > 0) - int(number < 0)


@law
@given(polynomials, st.integers(0, 9), st.integers(0, 60))
def test_signs_are_those_of_every_number(p, first, more):
    last = first + more
    runs = sign_runs(p, first, last)
    told = {q: its for start, end, its in runs if end is not None for q in range(start, end + 1)}
    assert told == {q: sign(polynomial_value(p, q)) for q in range(first, last + 1)}
    assert [end for _, end, _ in runs[:-1]] == [start - 1 for start, _, _ in runs[1:]]


@law
@given(polynomials)
def test_the_last_sign_holds_for_ever(p):
    start, end, its = sign_runs(p, 0, None)[-1]
    assert end is None
    assert all(sign(polynomial_value(p, q)) == its for q in [*range(start, start + 20), start + 10**6, start + 10**40])
    assert start == 0 or sign(polynomial_value(p, start - 1)) != its


@law
@given(polynomials, st.integers(0, 40))
def test_slopes_tell_how_each_number_goes_on_to_the_next(p, last):
    for start, end, slope in slope_runs(p, 0, last):
        assert all(
            sign(polynomial_value(p, q + 1) - polynomial_value(p, q)) == slope for q in range(start, last if end is None else end)
        )


@law
@given(polynomials, st.integers(1, 9), st.integers(0, 8), st.integers(0, 30))
def test_a_progression_is_the_polynomial_along_it(p, step, start, q):
    assert polynomial_value(polynomial_on_progression(p, step, start), q) == polynomial_value(p, step * q + start)
    grown = polynomial_value(p, q + 1) - polynomial_value(p, q)
    assert sign(polynomial_value(forward_difference(p), q)) == sign(grown)
