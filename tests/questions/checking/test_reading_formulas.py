"""``check`` reads a formula as Python, LaTeX or people write it, or refuses it in one line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import check, symbols
from symparams.core.notation.text import plain
from symparams.errors import LetterError, TextError
from symparams.layers import LSTM as Core
from symparams.layers import BatchNormalization, Dense
from symparams.questions.checking.parsing import formula_text, parsed_formula, possible_products
from tests.bad_input import TwoLines, refused

law = settings(max_examples=60, deadline=None, database=None, derandomize=True)


# ---------------------------------------------------------------- reading a text


@pytest.mark.parametrize(
    ("text", "products", "meant"),
    [
        ("4*(n*m + n**2 + n)", (), "4*(n*m + n**2 + n)"),
        ("4(nm + n^2 + n)", ("nm",), "4*(n*m + n**2 + n)"),
        ("12Ld^2", ("Ld",), "12*L*d**2"),
        (r"4 \times [n(m+1)+n^2]", (), "4*(n*(m + 1) + n**2)"),
        (r"$4\left(n_{h} m + n_h^{2}\right)$", (), "4*(n_h*m + n_h**2)"),
        (r"\frac{3}{2} n \cdot d_{\text{model}}", (), "3/2*n*d_model"),
        (r"P = 2\,\delta\,\mathrm{units}", (), "2*delta*units"),
        ("4n² + 2·n \u2212 1", (), "4*n**2 + 2*n - 1"),
        ("1,024*n + 1{,}024 + 1_000", (), "1024*n + 1024 + 1000"),
        ("-(a + b)(c - 1)", (), "-(a + b)*(c - 1)"),
        ("0.5*n", (), "n/2"),
        ("d_model*A1 + in", (), "d_model*A1 + in"),
    ],
)
def test_python_and_latex_are_read(text, products, meant):
    assert plain(parsed_formula(formula_text(text), products)) == meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the formula is empty"),
        ("4*(n", "ends too early, where '\\)' should be"),
        ("(n]", "unexpected '\\]' at character 3"),
        ("n)", "unexpected '\\)' at character 2"),
        ("n^m", "an exponent must be a whole number"),
        ("n^2^2", "a power of a power needs brackets"),
        ("n^65", "an exponent must be at most 64"),
        ("n/2m", "is ambiguous, \\(a/b\\)\\*c or a/\\(b\\*c\\)"),
        ("n/0", "divides by zero"),
        ("n/(n-n)", "divides by zero"),
        ("n/(m+1)", "but not by a sum"),
        ("n//2", "unexpected '/' at character 3"),
        ("1e9*n", "write them out, without '1e9'"),
        ("floor(n/2)", "may not have functions such as floor"),
        (r"\sum n", "'\\\\\\\\sum' is not allowed in a formula"),
        ("__import__('os').system('true')", "in a formula"),
        ("P = n = m", "give one formula"),
        ("n + m = n*m", "give one formula"),
        ("9" * 31, "at most 30 digits"),
        ("(" * 61 + "n" + ")" * 61, "nested more than 60 levels deep"),
        ("+".join(["n"] * 3000), "at most 4000 are read"),
        ("(a+b+c+d+e+f+g+h)^40", "too large when multiplied out"),
        ("((9999999999^64)^64)", "too large when multiplied out"),
        (None, "a formula must be a string"),
        (TwoLines(), "a formula must be a string"),
    ],
)
def test_what_is_no_formula_is_refused(text, words):
    refused(TextError, words, lambda: check(text, Core.symbolic()))


# ---------------------------------------------------------------- the command line


@law
@given(st.text(st.sampled_from("nmdL0123 +-*/^()[]{}_\\.,=$²"), max_size=20))
def test_any_text_is_a_formula_or_refused_in_one_line(text):
    try:
        found = check(text, Core.symbolic())
    except (TextError, LetterError) as error:
        assert "\n" not in str(error)
    else:
        assert str(found)
        assert found.agrees == (not found.wrong)


@pytest.mark.parametrize("text", ["124M", "1.3 B", "P = 110M", "7B", "4.2K"])
def test_a_rounded_number_is_no_formula(text):
    with pytest.raises(TextError, match="is a rounded number and no formula: reconcile says"):
        check(text, Dense(inputs=64, units=64))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("124 million", "a rounded number"),
        ("P = 0.5 million", "a rounded number"),
        ("124M params", "a rounded number"),
        ("about 7B", "a rounded number"),
        ("≈ 25.6 M", "a rounded number"),
        ("approx. 25k weights", "a rounded number"),
        ("1.3 B trainable parameters", "a rounded number"),
        ("73 MiB", "a number of bytes"),
        ("1,442,400 params", "a number of parameters"),
    ],
)
def test_a_number_in_words_is_no_formula(text: str, kind: str) -> None:
    with pytest.raises(TextError) as error:
        check(text, Dense(inputs=64, units=64))
    assert str(error.value).startswith(f"{text} is {kind} and no formula: reconcile says")


@pytest.mark.parametrize("text", ["12mn", "about*n", "params", "3*params", "7bn", "4 n m"])
def test_letters_side_by_side_are_no_reported_number(text: str) -> None:
    assert check(text, Dense(inputs=64, units=64)).rows_by_term


@pytest.mark.parametrize("text", ["4 K", "4K", "4*K"])
def test_a_formula_that_is_right_is_no_rounded_number(text):
    """LaTeX writes no sign between 4 and K."""
    assert check(text, BatchNormalization(shape=(1,))).agrees
    assert check(text, BatchNormalization(shape=(64,))).agrees


def test_a_letter_of_the_model_or_of_the_user_is_no_unit():
    M, n = symbols("M n")
    assert check("5M", Dense(inputs=4, units=M)).agrees
    assert check("65B", Dense(inputs=64, units=n), letters={"B": "n"}).agrees


def test_a_name_that_is_spelled_out_is_no_product():
    assert possible_products("nm + Ld") == ["Ld", "nm"]
    assert possible_products(r"\text{nm} + nk*\beta") == ["nk"]
    assert possible_products(r"\mathrm{nm} + max(n)") == []
