"""A formula written out: its forms, its text and LaTeX, its terms and its leading term."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from symparams import Formula, symbols
from symparams.core.tree import times, weight
from symparams.errors import LetterError, SettingError
from symparams.layers import LSTM, Conv, Dense, Embedding
from tests.bad_input import refused

m, n, L, d = symbols("m n L d")
lstm = LSTM.symbolic().count


@pytest.mark.parametrize(
    ("form", "text", "tex"),
    [
        ("written", "4*(m*n + n**2 + n)", r"4 \left(m n + n^{2} + n\right)"),
        ("expanded", "4*m*n + 4*n**2 + 4*n", r"4 m n + 4 n^{2} + 4 n"),
        ("factored", "4*n*(m + n + 1)", r"4 n \left(m + n + 1\right)"),
    ],
)
def test_the_three_forms(form: str, text: str, tex: str) -> None:
    assert lstm.text(form) == text
    assert lstm.latex(form) == tex


def test_a_form_that_is_none_is_refused() -> None:
    refused(
        SettingError,
        r"unknown form 'facored'; use written, collected, expanded, factored or kinds; did you mean 'factored'\?",
        lambda: lstm.latex("facored"),
    )
    refused(SettingError, "unknown form 5", lambda: lstm.text(5))


def test_latex_names_rename_letters() -> None:
    names = {n: r"d_{\text{model}}", "m": r"\hat{x}_1"}
    assert lstm.latex(names=names) == r"4 \left(\hat{x}_1 d_{\text{model}} + d_{\text{model}}^{2} + d_{\text{model}}\right)"
    refused(LetterError, r"no letter q to rename; the letters are m and n", lambda: lstm.latex(names={"q": "x"}))


@pytest.mark.parametrize(
    ("name", "tex"),
    [
        ("n", "n"), ("n1", "n_{1}"), ("n_12", "n_{12}"), ("h_t", "h_{t}"), ("d_model", r"d_{\text{model}}"), ("d_ff_1", r"d_{\text{ff 1}}"),
        ("beta", r"\beta"), ("Sigma_2", r"\Sigma_{2}"), ("local", r"\text{local}"), ("bias_sets", r"\text{bias sets}"), ("hbar", r"\text{hbar}"),
    ],
)  # fmt: skip
def test_a_letter_prints_as_its_own_name(name: str, tex: str) -> None:
    assert Dense(symbols(name), 1).count.latex() == f"{tex} \\cdot 1 + 1" or Embedding(symbols(name), 1).count.latex() == tex


@pytest.mark.parametrize(
    "name", [r"\input{x}", "a$b", "a%b", "a}b{", "x^2", "a&b#c~d", 'q"`', "a\nb", "naïve", "", "a b; import os"]
)
def test_a_symbols_name_cannot_be_a_command(name: str) -> None:
    tex = Embedding(sympy.Symbol(name), n).count.latex()
    for command in (r"\input", "$", "%", "&", "#", "\n"):
        assert command not in tex.replace(r"\$", "").replace(r"\%", "").replace(r"\&", "").replace(r"\#", "")
    assert tex.isascii()


@pytest.mark.parametrize(
    "tex", [r"\input{x}", r"\def\n{}", r"\write18{ls}", "a$b", "%", "a}{b", "{", "}", "\\", "a\nb", "#1", "&", "~", "", "  ", "\\\\", "^^5cinput x", "a^^M"]
)  # fmt: skip
def test_latex_that_could_do_more_than_print_is_refused(tex: str) -> None:
    refused(LetterError, r"the LaTeX for n ", lambda: lstm.latex(names={"n": tex}))


@pytest.mark.parametrize("tex", [5, None, n, ["x"]])
def test_latex_that_is_no_text_is_refused(tex: Any) -> None:
    refused(LetterError, r"the LaTeX for n ", lambda: lstm.latex(names={"n": tex}))


def test_a_letter_renamed_to_one_with_a_prime_can_still_be_squared() -> None:
    assert r"^{\prime}^{2}" not in lstm.latex(names={"n": r"d^{\prime}"})


def test_terms_are_the_tensors_with_all_their_copies() -> None:
    terms = LSTM.symbolic(bias_sets=2, directions=2).count.terms
    assert {path: str(term) for path, term in terms.items()} == {
        "kernel": "2*4*m*n",
        "recurrent_kernel": "2*4*n**2",
        "bias": "2*4*2*n",
    }
    assert [*LSTM.symbolic(bias_sets=0).count.terms] == ["kernel", "recurrent_kernel"]


@pytest.mark.parametrize(
    ("count", "letter", "leading"),
    [
        (lstm, n, 4 * n**2),
        (lstm, "m", 4 * m * n),
        (Formula(times(weight("a", 12, d, d) + weight("b", 13, d), layers=L) + weight("wte", m, d)), d, 12 * L * d**2),
        (Dense((m + n) ** 2, n).count, n, n**3),
        (Conv.symbolic(groups=symbols("g")).count, "f", None),
        (Dense(sympy.floor(m / 2), n).count, n, n * sympy.floor(m / 2) + n),
    ],
)
def test_the_leading_term_is_the_highest_power_with_all_that_multiplies_it(count: Formula, letter: Any, leading: Any) -> None:
    if leading is None:
        assert count.leading(letter) == count.expr
    else:
        assert count.leading(letter) == leading


@pytest.mark.parametrize("letter", ["q", "units", n**2, n + 1, 3])
def test_a_leading_term_in_what_is_no_letter_is_refused(letter: Any) -> None:
    refused(LetterError, "the letters are m and n", lambda: lstm.leading(letter))


def test_a_leading_term_in_a_letter_inside_a_floor_is_refused() -> None:
    refused(LetterError, r"no leading term: n occurs in floor\(n/2\)", lambda: Dense(sympy.floor(n / 2), m).count.leading(n))
