"""LaTeX for papers: what ``latex()`` writes, and what it refuses. That all of it compiles is in ``test_latex_compiles``."""

from __future__ import annotations

import os
import re

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, compare, keras, latex, symbols
from symparams.cli import main
from symparams.core.notation.documents import packages
from symparams.core.notation.escaping import prose
from symparams.core.notation.latex import NUMBERS
from symparams.core.notation.writing import write_whole
from symparams.core.tree import beside, named, times, weight
from symparams.errors import LetterError, SettingError
from symparams.keras.layers import LSTM, Bidirectional, Dense, Embedding
from symparams.keras.v1.layers import CuDNNLSTM
from symparams.layers import GRU, Recurrent
from symparams.layers import LSTM as PAPER_LSTM
from symparams.torch import nn
from tests.bad_input import refused

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


# ---------------------------------------------------------------- environments
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
    assert broken.split() == one_line.split()


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


# ---------------------------------------------------------------- files
def test_a_fragment_names_its_packages_and_a_document_loads_them(tmp_path):
    place = tmp_path / "lstm.tex"
    tex = latex(lstm, environment="equation", name="LSTM", at={"m": 300, "n": 300}, numbers="num", file=place)
    first, rest = place.read_text().split("\n", 1)
    assert first == r"% needs \usepackage{amsmath}\usepackage{siunitx}"
    assert rest == tex + "\n"
    whole = latex(lstm, standalone=True, file=place)
    assert place.read_text() == whole
    assert whole.startswith(r"\documentclass{article}")
    assert "\\[\n4 \\left(m n + n^{2} + n\\right)\n\\]" in whole


def test_a_name_cannot_ask_for_a_package():
    assert packages(latex(lstm, name=r"\num{1}\toprule")) == ["amsmath"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    place = tmp_path / "x.tex"
    place.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(SettingError, r"cannot write .*x.tex': No space left on device", lambda: write_whole(place, "new"))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("x.tex", "old")]


def test_a_file_keeps_its_mode_and_its_links(tmp_path):
    place, link = tmp_path / "x.tex", tmp_path / "link.tex"
    place.write_text("old")
    place.chmod(0o640)
    link.symlink_to(place)
    write_whole(link, "new")
    assert place.read_text() == "new"
    assert place.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="no /dev/fd here")
def test_what_is_no_file_is_written_to_as_it_is():
    reading, writing = os.pipe()
    write_whole(f"/dev/fd/{writing}", "text")
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        assert pipe.read() == "text"


@pytest.mark.parametrize(
    "call",
    [
        lambda path: write_whole(path / "no" / "x.tex", ""),
        lambda path: write_whole(path, ""),
        lambda path: write_whole("a\0b", ""),
        lambda path: write_whole("", ""),
        lambda path: write_whole(3, ""),
        lambda path: latex(lstm, file=path / "no" / "x.tex"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused(call, tmp_path):
    refused(SettingError, r"cannot write|named by its path", lambda: call(tmp_path))


# ---------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("words", "options"),
    [
        (r"no form 'expandd'; .* did you mean 'expanded'", {"form": "expandd"}),
        (r"no form 'expandd'", {"form": "expandd", "annotate": True}),
        (r"annotate names terms, and the form 'factored' has none", {"form": "factored", "annotate": True}),
        (r"no environment 'equations'; .* did you mean 'equation'", {"environment": "equations"}),
        (r"no environment 3", {"environment": 3}),
        (r"a label needs a number", {"label": "eq:x"}),
        (r"align\* has no number for a label", {"label": "eq:x", "environment": "align*"}),
        (r"a label has letters", {"label": "a}b", "environment": "align"}),
        (r"a label has letters", {"label": "", "environment": "align"}),
        (r"a label has letters", {"label": "é", "environment": "align"}),
        (r"no numbers 'comma'; .* did you mean 'commas'", {"numbers": "comma"}),
        (r"width is the characters in a line", {"width": 3}),
        (r"width is the characters in a line", {"width": True}),
        (r"lines are broken in an environment", {"width": 10}),
        (r"name is what the formula is of", {"name": " "}),
        (r"name is what the formula is of", {"name": 3}),
    ],
)
def test_an_option_that_is_none_is_refused(words, options):
    refused(SettingError, words, lambda: latex(lstm, **options))


def test_letters_are_checked():
    refused(LetterError, "no letter q to rename", lambda: latex(lstm, names={"q": "x"}))
    refused(LetterError, "no size for n", lambda: latex(lstm, at={"m": 3}))
    refused(LetterError, "no letter q", lambda: latex(lstm, at={"m": 3, "n": 3, "q": 3}))
    refused(SettingError, "latex takes a formula", lambda: latex(3))
    refused(SettingError, "it has no form", lambda: latex(compare(LSTM(n), LSTM(m)), "factored"))
    refused(SettingError, "compare the models with numbers in them", lambda: latex(compare(LSTM(n), LSTM(m)), at={"n": 3}))


# ---------------------------------------------------------------- words with letters in them
@pytest.mark.parametrize(
    ("sentence", "tex"),
    [
        ("features of x_t", "features of $x_{t}$"),
        ("bias_sets & more", r"bias\_sets \& more"),
        (r"\input{x} $a$", r"\textbackslash{}input\{x\} \$a\$"),
        ("x_$ x_{t}", r"x\_\$ x\_\{t\}"),
    ],
)
def test_letters_in_a_sentence_are_mathematics_and_the_rest_is_escaped(sentence, tex):
    assert prose(sentence) == tex


# ---------------------------------------------------------------- the command line
def test_the_command_line_has_the_same_options(capsys, tmp_path):
    place = tmp_path / "x.tex"
    argv = ["latex", "LSTM(n)", "--annotate", "--environment", "align", "--of", "LSTM", "--label", "eq:lstm", "--width", "40"]
    argv += ["--numbers", "commas", "--name", "n=N", "-o", str(place), "--at", "m=300", "n=300"]
    assert main(argv) == 0
    assert capsys.readouterr().out == ""
    written = place.read_text()
    assert written.startswith(
        "% needs \\usepackage{amsmath}\n\\begin{align}\n  P_{\\text{LSTM}} &= \\underbrace{4}_{\\text{gates}}"
    )
    assert written.endswith("&= 721{,}200 \\label{eq:lstm}\n\\end{align}\n")


@pytest.mark.parametrize(
    "argv", [["--label", "x"], ["--at", "m=1"], ["-o", "/no/such/folder/x.tex"], ["--width", "1"], ["--at", "3"]]
)
def test_the_command_line_refuses_in_one_line(argv, capsys):
    assert main(["latex", "LSTM(n)", *argv]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_letter_may_end_as_python_wants_it_and_stand_between_bars():
    assert latex(Dense(symbols("lambda_"))) == r"m \lambda + \lambda"
    V, d = symbols("V d")
    for tex in ("|V|", r"\lvert V\rvert"):
        assert latex(Embedding(V, d), names={V: tex}) == f"{tex} d"
