"""LaTeX of a formula: its forms, its names and its braces. That all of it compiles is in ``test_latex_compiles``."""

from __future__ import annotations

import pytest

from symparams import Formula, keras, latex, symbols
from symparams.core.tree import times, weight
from symparams.keras.layers import LSTM, Bidirectional, Dense, Embedding
from symparams.layers import GRU, Recurrent
from symparams.layers import LSTM as PAPER_LSTM
from symparams.torch import nn

m, n, k = symbols("m n k")
lstm = PAPER_LSTM.symbolic()
model = keras.Sequential([keras.Input((None,)), Embedding(640, 300), Bidirectional(LSTM(n)), Dense(k)])


# ---------------------------------------------------------------- forms and names
@pytest.mark.parametrize(
    ("form", "tex"),
    [
        ("written", r"4 \left(m n + n^{2} + n\right)"),
        ("expanded", r"4 m n + 4 n^{2} + 4 n"),
        ("factored", r"4 n \left(m + n + 1\right)"),
        ("kinds", r"4 m n + 4 n^{2} + 4 n"),
    ],
)
def test_a_formula_has_four_forms(form, tex):
    assert latex(lstm, form) == tex


def test_by_kind_all_kernels_come_first_and_all_biases_last():
    two = keras.Sequential([keras.Input((m,)), Dense(n), Dense(k)])
    assert latex(two, "kinds") == "m n + n k + n + k"
    assert latex(two, "kinds", annotate=True) == r"\underbrace{m n + n k}_{\text{kernel}} + \underbrace{n + k}_{\text{bias}}"


def test_a_brace_says_what_each_term_is():
    braces = (
        r"\underbrace{4}_{\text{gates}} \bigl(\underbrace{m n}_{\text{kernel}} + "
        r"\underbrace{n^{2}}_{\text{recurrent kernel}} + \underbrace{n}_{\text{bias}}\bigr)"
    )
    assert latex(lstm, annotate=True) == braces


def test_two_biases_of_one_size_stay_two_terms():
    both = PAPER_LSTM(inputs=m, units=n, bias_sets=2)
    assert r"\underbrace{2}_{\text{bias sets}} \cdot \underbrace{n}_{\text{bias}}" in latex(both, annotate=True)


def test_a_letter_that_says_what_it_is_has_no_brace():
    assert latex(Recurrent.symbolic(), annotate=True).startswith(r"\text{directions} \cdot \text{gates} \bigl(\underbrace{m n}")


def test_the_terms_of_a_model_are_its_layers():
    assert latex(model, annotate=True) == (
        r"\underbrace{640 \cdot 300}_{\text{embedding}} + \underbrace{2 \cdot 4 \left(300 n + n^{2} + n\right)}_{\text{bidirectional}}"
        r" + \underbrace{2 n k + k}_{\text{dense}}"
    )


def test_multiplied_out_a_term_says_which_tensors_it_is_from():
    tex = latex(GRU.symbolic(bias_sets=2), "expanded", annotate=True)
    assert r"\underbrace{6 n}_{\text{bias}}" in tex
    joined = Formula(weight("a", n) + times(weight("b", n), copies=2))
    assert latex(joined, "expanded", annotate=True) == r"\underbrace{3 n}_{\text{a, b}}"


def test_a_part_with_a_name_keeps_its_parentheses():
    inside = Formula(times(model.node, towers=k))
    assert r"\underbrace{k}_{\text{towers}} \bigl(\underbrace{640 \cdot 300}_{\text{embedding}} + " in latex(inside, annotate=True)


@pytest.mark.parametrize(
    ("name", "tex"),
    [
        ("d_model", r"d_{\text{model}}"),
        ("num_heads", r"n_{\text{heads}}"),
        ("hidden_size", r"d_{\text{hidden}}"),
        ("d_ff", r"d_{\text{ff}}"),
        ("dim_ff", r"d_{\text{ff}}"),
        ("dim_feedforward", r"d_{\text{ff}}"),
    ],
)
def test_well_known_names_are_written_as_papers_write_them(name, tex):
    assert latex(Embedding(symbols(name), 1)) == tex


@pytest.mark.parametrize(
    ("name", "tex"),
    [
        ("η", r"\eta"),
        ("Ω", r"\Omega"),
        ("ϕ", r"\phi"),
        ("φ", r"\varphi"),
        ("η_1", r"\eta_{1}"),
        ("d_θ", r"d_{\theta}"),
        ("\u0392", "B"),
        ("ε2", r"\varepsilon_{2}"),
    ],
)
def test_greek_letters_of_unicode_have_their_commands(name, tex):
    assert latex(Embedding(symbols(name), 1)) == tex


def test_a_greek_letter_and_its_name_are_written_apart():
    assert latex(Embedding(symbols("η"), symbols("eta"))) == r"\text{\ensuremath{\eta}} \cdot \text{eta}"


def test_a_block_that_is_repeated_is_called_by_what_it_is():
    block = nn.TransformerEncoderLayer(*symbols("d_model h dim_ff"))
    tex = latex(nn.TransformerEncoder(block, symbols("L")), annotate=True)
    assert tex.startswith(r"\underbrace{L}_{\text{layers}} \left(\underbrace{4 d_{\text{model}}^{2}")
    assert tex.endswith(r"}_{\text{each layer}}\right)")


def test_two_names_that_papers_write_alike_are_written_out():
    both = Embedding(symbols("num_heads"), symbols("n_heads"))
    assert latex(both) == r"\text{num\_heads} \cdot \text{n\_heads}"


# ---------------------------------------------------------------- the command line


def test_a_letter_may_end_as_python_wants_it_and_stand_between_bars():
    assert latex(Dense(symbols("lambda_"))) == r"m \lambda + \lambda"
    V, d = symbols("V d")
    for tex in ("|V|", r"\lvert V\rvert"):
        assert latex(Embedding(V, d), names={V: tex}) == f"{tex} d"
