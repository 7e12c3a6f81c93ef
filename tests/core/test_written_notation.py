"""Notation as Python code and as LaTeX says the same as the expression that it was made of."""

from __future__ import annotations

import sympy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from symparams import symbols
from symparams.core.notation.forms import of_size
from symparams.core.notation.text import plain

m, n = symbols("m n")
LETTERS = {"m": m, "n": n, "Max": sympy.Max, "ceiling": sympy.ceiling, "floor": sympy.floor}

leaves = st.one_of(st.sampled_from([m, n]), st.integers(-3, 5).map(sympy.Integer), st.just(sympy.Rational(1, 2)))
expressions = st.recursive(
    leaves,
    lambda inside: st.one_of(
        st.builds(lambda a, b: a + b, inside, inside),
        st.builds(lambda a, b: a * b, inside, inside),
        st.builds(lambda a, b: a - b, inside, inside),
        st.builds(lambda a: a**-2, st.sampled_from([m, n, m + n, m * n])),
        st.builds(lambda a: 2 ** (a * m), st.sampled_from([m, n, m + n])),
        st.builds(lambda a: (a + m) ** n, st.sampled_from([m, n, m + n])),
        st.builds(lambda a: sympy.floor((a + m) / 2), inside),
    ),
    max_leaves=6,
)


@settings(max_examples=25)
@given(expressions)
@example(2 ** (m * n))
@example((m * n) ** n)
@example(2 ** (m + n))
@example(-((m + n) ** 2) / (m * n))
@example((m**n) ** n)
@example(-sympy.Integer(3))
def test_a_formula_as_code_is_the_formula(expression: sympy.Expr) -> None:
    assert sympy.expand(eval(plain(of_size(expression)), {}, dict(LETTERS)) - expression) == 0
