"""Formulas that are added, subtracted and multiplied are formulas again, with their names and their written form."""

from __future__ import annotations

import operator
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from symparams import Formula, check, compare, compare_all, growth, latex, solve, symbols, table
from symparams.layers import GRU, LSTM, Dense, Embedding

L, V, d, m, n = symbols("L V d m n")
lstm, gru = LSTM.symbolic().count, GRU.symbolic().count


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (lstm + gru, "4*(m*n + n**2 + n) + 3*(m*n + n**2 + n)"),
        (lstm - gru, "4*(m*n + n**2 + n) - 3*(m*n + n**2 + n)"),
        (2 * lstm, "2*4*(m*n + n**2 + n)"),
        (lstm * L, "4*L*(m*n + n**2 + n)"),
        (L * lstm, "4*L*(m*n + n**2 + n)"),
        (lstm + n, "4*(m*n + n**2 + n) + n"),
        (n - lstm, "n - 4*(m*n + n**2 + n)"),
        (lstm - (Dense(m, n).count - 5), "4*(m*n + n**2 + n) - (m*n + n - 5)"),
        (sum([lstm, gru]), "4*(m*n + n**2 + n) + 3*(m*n + n**2 + n)"),
        (lstm - lstm, "0"),
    ],
)
def test_a_composed_formula_keeps_its_written_form(made, text):
    assert isinstance(made, Formula)
    assert str(made) == text


def operand(draw: Any) -> tuple[Any, Any]:
    """Something that can be composed, and the same as an expression."""
    made: tuple[Any, Any] = draw(
        st.sampled_from([(each, sympy.sympify(each)) for each in (lstm, gru, Dense(m, n).count, 3, 0, L, n + 1, -2)])
    )
    return made


@given(st.data())
def test_composing_is_arithmetic(data):
    made, expression = data.draw(st.sampled_from([(lstm, lstm.expr), (gru, gru.expr)]))
    for _ in range(data.draw(st.integers(1, 4))):
        other, its = operand(data.draw)
        match data.draw(st.sampled_from("+-*rR")):
            case "+":
                made, expression = made + other, expression + its
            case "-":
                made, expression = made - other, expression - its
            case "*":
                made, expression = made * other, expression * its
            case "r":
                made, expression = other - made, its - expression
            case _:
                made, expression = other * made, its * expression
    assert isinstance(made, Formula)
    assert sympy.expand(made.expr - expression) == 0
    for form in ("written", "collected", "expanded", "factored", "kinds"):
        text = made.text(form)
        assert sympy.expand(sympy.parse_expr(text, local_dict={"L": L, "m": m, "n": n}) - expression) == 0, (form, text)


gpt = Embedding(V, d).count + L * (Dense(d, 4 * d).count + Dense(4 * d, d).count)
expression = V * d + L * (12 * d**2 + 13 * d) - n


def test_a_composition_goes_everywhere():
    assert latex(gpt) == r"V d + L \left(2 \cdot 4 d^{2} + 4 d + d\right)"
    assert "embeddings" in str(table(gpt))
    assert compare(gpt, gpt + n).total == n
    assert solve(gpt, equals=10 * 4 + 3 * 148, for_=L, given={"d": 4, "V": 10})
    assert set(gpt.terms) == {"embeddings", "kernel", "bias"}


def test_an_expression_goes_everywhere():
    assert latex(expression) == r"L \left(12 d^{2} + 13 d\right) + V d - n"
    assert table(expression, at={"V": 3, "d": 4, "L": 2, "n": 1}).records()[-1]["count"] == -1
    assert compare(expression, expression + n * d).total == n * d
    assert len(compare_all([lstm, expression]).rows) == 2
    assert not check("V*d + 12*L*d^2", expression).agrees
    assert check("V*d + 12*L*d^2 + 13*L*d - n", expression).agrees
    assert str(growth(expression, "d", {"V": 10, "n": 3, "L": 2}))


@pytest.mark.parametrize(
    ("before", "after"), [(lstm, gru), (lstm - gru, gru - lstm), (expression, -expression), (gpt, gpt - L * Dense(d, d).count)]
)
def test_the_causes_of_a_difference_of_formulas_add_up(before, after):
    difference = compare(before, after)
    assert sympy.expand(sum(cause.amount for cause in difference.causes) - difference.total) == 0
    assert sympy.expand(difference.total - (sympy.sympify(after) - sympy.sympify(before))) == 0


@pytest.mark.parametrize("other", [1.5, "n", None, [lstm], True])
def test_anything_else_is_refused(other):
    for compose in (lambda: lstm + other, lambda: lstm - other, lambda: lstm * other, lambda: other + lstm):
        with pytest.raises(TypeError):
            compose()


@given(st.integers(1, 5), st.integers(1, 5))
def test_counts_in_numbers_are_ordered_as_the_numbers(one, other):
    counts, numbers = (Dense(1, one).count, Dense(1, other).count), (2 * one, 2 * other)
    for compared in (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne):
        expected = compared(*numbers)
        assert bool(compared(*counts)) is expected
        assert bool(compared(counts[0], numbers[1])) is expected
        assert bool(compared(numbers[0], counts[1])) is expected


def test_what_is_no_count_any_more_is_an_expression():
    n, m = symbols("n m")
    count = Dense(m, n).count
    assert count / n == sympy.expand(m * n + n) / n
    assert n / count == n / (m * n + n)
    assert count**2 == (m * n + n) ** 2
    assert count / Dense(m, 2).count == (m * n + n) / (2 * m + 2)
    assert (-count).at(m=2, n=3) == -9
    assert str(-count) == "-(m*n + n)"
