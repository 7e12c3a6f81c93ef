"""LaTeX in environments: numbers, labels, lines of numbers, and sums that are broken."""

from __future__ import annotations

import re

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, compare, keras, latex, symbols
from symparams.core.notation.latex import NUMBERS
from symparams.core.tree import beside, named, times, weight
from symparams.keras.layers import LSTM, Bidirectional, Dense, Embedding
from symparams.keras.v1.layers import CuDNNLSTM
from symparams.layers import LSTM as PAPER_LSTM

m, n, k = symbols("m n k")
lstm = PAPER_LSTM.symbolic()


def test_an_equation_has_its_name_and_its_label():
    assert latex(lstm, environment="equation", name="LSTM", label="eq:lstm").split("\n") == [
        r"\begin{equation}",
        r"  \label{eq:lstm}",
        r"  P_{\text{LSTM}} = 4 \left(m n + n^{2} + n\right)",
        r"\end{equation}",
    ]


def test_one_formula_has_one_number_however_many_lines():
    tex = latex(lstm, environment="align", label="eq:lstm", at={m: 15, n: 16})
    assert tex.count(r"\notag") == 2
    assert tex.split("\n")[-2] == r"  &= 2048 \label{eq:lstm}"


def test_the_substitution_line_puts_the_numbers_in_and_calculates_nothing():
    tex = latex(lstm, at={"m": 300, "n": 1000}, numbers="commas")
    assert tex == (r"4 \left(m n + n^{2} + n\right) = 4 \left(300 \cdot 1{,}000 + 1{,}000^{2} + 1{,}000\right) = 5{,}204{,}000")
    assert latex(PAPER_LSTM(15, 16), at={}) == r"4 \left(15 \cdot 16 + 16^{2} + 16\right) = 2048"
    assert latex(Embedding(n, 1), at={"n": 5}) == "n = 5"


@pytest.mark.parametrize(("numbers", "tex"), [("plain", "2048"), ("commas", "2{,}048"), ("num", r"\num{2048}")])
def test_numbers_are_written_in_three_ways(numbers, tex):
    assert latex(Embedding(2048, n), numbers=numbers) == f"{tex} n"
    assert latex(Embedding(16, n), numbers=numbers) == "16 n"


def test_a_long_sum_is_broken_between_its_terms():
    wide = keras.Sequential([keras.Input((m,)), *(Dense(number * n) for number in range(2, 8))])
    lines = latex(wide, environment="align*", name="x", width=30).split("\n")[1:-1]
    assert len(lines) > 2
    assert all(line.startswith(r"  &\quad {} + ") for line in lines[1:])
    assert " ".join(line.removeprefix(r"  &\quad {} ").removesuffix(r" \\") for line in lines).removeprefix(
        r"  P_{\text{x}} &= "
    ) == latex(wide)


def test_a_sum_within_a_product_is_broken_inside_of_its_parentheses():
    wide = Formula(times(keras.Sequential([keras.Input((m,)), *(Dense(number * n) for number in range(2, 8))]).node, towers=k))
    tex = latex(wide, environment="aligned", width=40)
    assert tex.count(r"\bigl(") == tex.count(r"\bigr)") == 1
    assert r"\left(" not in tex
    assert tex.startswith("\\begin{aligned}\n  & k \\bigl(2 m n + ")


SIZES = st.sampled_from([m, n, k, 2, 10, 1000, symbols("d_model")])
TREES = st.recursive(
    st.builds(lambda name, sizes: weight(name, *sizes), st.sampled_from(["kernel", "bias_1"]), st.lists(SIZES, max_size=3)),
    lambda inner: (
        st.builds(lambda parts: beside(*parts), st.lists(inner, min_size=1, max_size=5))
        | st.builds(lambda part, copies: times(part, gates=copies), inner, SIZES)
        | st.builds(named, st.sampled_from(["lstm", "a_long_name_of_a_layer"]), inner)
    ),
    max_leaves=25,
)


@given(TREES, st.integers(10, 80), st.booleans(), st.sampled_from(["written", "expanded", "kinds"]), st.sampled_from([*NUMBERS]))
@settings(max_examples=150, deadline=None)
def test_breaking_a_sum_loses_nothing_and_adds_nothing(tree, width, annotate, form, numbers):
    count = Formula(tree)
    one_line = latex(count, form, annotate, "align*", numbers=numbers)
    broken = latex(count, form, annotate, "align*", numbers=numbers, width=width)
    assert broken.count(r"\bigl(") == broken.count(r"\bigr)")
    for mark in (r" \\", "&", r"\quad", "{} +", "{} -", r"\left", r"\right", r"\bigl", r"\bigr"):
        one_line, broken = (tex.replace(mark, mark[-1] if mark[0] == "{" else "") for tex in (one_line, broken))
    assert without_names(broken) == without_names(one_line)


def without_names(tex: str) -> list[str]:
    """The formula without the braces under it: one that is too wide stands under the first of its terms, with dots."""
    bare = re.sub(r"\}_\{(?:\\text|\\mathrm)\{[^{}]*\}\}", "", tex.replace(r"\underbrace{", ""))
    return bare.split()


@given(TREES, st.integers(1, 50))
@settings(max_examples=100, deadline=None)
def test_the_line_of_numbers_is_what_the_formula_says(tree, size):
    count = Formula(tree)
    at = {name: size + place for place, name in enumerate(count.letters)}
    for side in latex(count, at=at).split(" = ")[bool(count.letters) :]:
        plain = side.translate(str.maketrans({"{": "(", "}": ")"})).replace(r"\cdot", "*").replace("^", "**")
        plain = plain.replace(r"\left", "").replace(r"\right", "")
        assert sympy.sympify(re.sub(r"(\d|\)) (?=\()", r"\1*", plain)) == count.at(at)


def test_a_short_sum_is_not_broken():
    assert latex(lstm, width=40) == latex(lstm)


def test_a_difference_takes_the_same_options():
    difference = compare(Bidirectional(LSTM(n)), Bidirectional(CuDNNLSTM(n)))
    tex = latex(difference, environment="align", label="eq:d", name="T4", names={"n": r"n_{\text{units}}"})
    assert tex.startswith("\\begin{align}\n  \\Delta P_{\\text{T4}} &= 8 n_{\\text{units}} \\notag \\\\\n  &= \\underbrace{")
    assert tex.endswith("} \\label{eq:d}\n\\end{align}")
