"""The LaTeX of a letter is one letter, which is seen."""

from __future__ import annotations

import pytest

from symparams import latex, symbols
from symparams.errors import LetterError, SymparamsError
from symparams.layers import Dense

m, n = symbols("m n")


@pytest.mark.parametrize(
    "tex",
    [
        "a-b",
        "a+b",
        "-n",
        "a*b",
        "{a-b}",
        r"\text{}",
        "{}",
        r"\mathrm{}",
        "n_{}",
        "{}_n",
        r"\hat{}",
        r"\hat{" * 400 + "n" + "}" * 400,
    ],
)
def test_what_is_another_formula_or_nothing_is_refused(tex):
    with pytest.raises(LetterError):
        latex(Dense(m, n), names={"n": tex})


@pytest.mark.parametrize(
    "tex",
    ["n", "N", r"d_{\text{feed-forward}}", "n_{a-b}", "n^*", "n_+", "|V|", "x^{(i)}", r"\hat{n}", r"\mathrm{FF}", "{n}", "n^{+}"],
)
def test_one_letter_is_kept(tex):
    assert latex(Dense(m, n), names={"n": tex}).count(tex) == 2


@pytest.mark.parametrize("names", [5, "n", ["n"], 1.5])
def test_names_are_given_by_letter(names):
    with pytest.raises(SymparamsError, match="names takes the LaTeX of letters by name"):
        latex(Dense(m, n), names=names)
