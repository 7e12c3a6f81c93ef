"""The work of a size is known before it is done: for sums, products and powers of letters exactly what multiplying out gives."""

from __future__ import annotations

import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import symbols
from symparams.core.work import work_of

a, b, c, d = symbols("a b c d")
sums = st.lists(st.sampled_from([a, b, c, d]), min_size=1, max_size=4, unique=True).map(lambda letters: sympy.Add(*letters))


@settings(max_examples=20)
@given(sums, st.integers(1, 6))
def test_a_power_of_a_sum_of_letters(base: sympy.Expr, power: int) -> None:
    whole = sympy.Poly(sympy.expand(base**power))
    work = work_of(base**power)
    assert (work.terms, work.degree) == (len(whole.terms()), whole.total_degree())
    assert 2**work.bits > max(map(abs, whole.coeffs()))


@settings(max_examples=20)
@given(sums, st.integers(1, 6))
def test_a_power_in_a_divisor_is_one_term(base: sympy.Expr, power: int) -> None:
    assert work_of(base**-power).terms == 1
    assert work_of(base**-power).degree == power * (base != 1)


@settings(max_examples=20)
@given(sums, sums.map(lambda its: its.subs({a: a**2, b: b**3})), st.integers(2, 99))
def test_a_product_of_sums_is_at_most_as_long_as_counted(one: sympy.Expr, other: sympy.Expr, number: int) -> None:
    product = sympy.Mul(number, one, other)
    whole = sympy.Poly(sympy.expand(product))
    work = work_of(product)
    assert len(whole.terms()) <= work.terms <= len(one.as_ordered_terms()) * len(other.as_ordered_terms())
    assert whole.total_degree() == work.degree
    assert max(map(abs, whole.coeffs())) < 2**work.bits


def test_the_parts_and_levels_of_a_size_are_counted() -> None:
    for size, parts, levels in [(a, 1, 1), (a + b, 3, 2), (a * (b + c), 5, 3), ((a + b) ** 2, 5, 3), (sympy.Max(a, b), 3, 2)]:
        assert (work_of(size).parts, work_of(size).levels) == (parts, levels), size
