"""``check``: every term that is left out, doubled or altered is found, with the tensor that owns it."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, check, keras, symbols, torch
from symparams.cli import main
from symparams.core.fields import REQUIRED
from symparams.core.notation.text import plain
from symparams.core.tree import beside, named, times, weight
from symparams.errors import LetterError, SettingError, SizeError, TextError
from symparams.keras.layers import LSTM, Conv2D, Dense
from symparams.layers import GRU, Bilinear, LayerNormalization, MultiHeadAttention, Recurrent, SimpleRNN
from symparams.layers import LSTM as Core
from symparams.layers import Dense as CoreDense
from symparams.layers import Embedding as CoreEmbedding
from symparams.questions.checking.parsing import parse, read_formula
from tests.bad_input import TwoLines, refused

law = settings(max_examples=60, deadline=None, database=None, derandomize=True)
m, n, d, V, L, S = symbols("m n d V L S")
NUMBERS = keras.Sequential([keras.Input((16, 4096)), LSTM(256)])


def block(d):
    attention = named("attention", beside(*(weight(name, d, d) for name in ("query", "key", "value", "output"))))
    return beside(attention, named("mlp", weight("up", d, 4 * d) + weight("down", 4 * d, d)))


DECODER = Formula(beside(weight("tokens", V, d), weight("positions", S, d), times(block(d), layers=L)))


MODELS = [Core.symbolic(), Recurrent.symbolic(), MultiHeadAttention.symbolic(), Core.symbolic(bias_sets=2, directions=2)]


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
    assert plain(parse(read_formula(text), products)) == meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the formula is empty"),
        ("4*(n", "breaks off, where '\\)' should be"),
        ("(n]", "no '\\]' goes at character 3"),
        ("n)", "no '\\)' goes at character 2"),
        ("n^m", "an exponent is a whole number"),
        ("n^2^2", "a power of a power needs brackets"),
        ("n^65", "an exponent is at most 64"),
        ("n/2m", "could be \\(a/b\\)\\*c or a/\\(b\\*c\\)"),
        ("n/0", "divides by zero"),
        ("n/(n-n)", "divides by zero"),
        ("n/(m+1)", "and by no sum"),
        ("n//2", "no '/' goes at character 3"),
        ("1e9*n", "write them out, without '1e9'"),
        ("floor(n/2)", "no functions, so no floor"),
        (r"\sum n", "no '\\\\\\\\sum' in a formula"),
        ("__import__('os').system('true')", "in a formula"),
        ("P = n = m", "give one formula"),
        ("n + m = n*m", "give one formula"),
        ("9" * 31, "at most 30 digits"),
        ("(" * 61 + "n" + ")" * 61, "nested more than 60 levels deep"),
        ("+".join(["n"] * 3000), "at most 4000 are read"),
        ("(a+b+c+d+e+f+g+h)^40", "too large multiplied out"),
        ("((9999999999^64)^64)", "too large multiplied out"),
        (None, "a formula is a text"),
        (TwoLines(), "a formula is a text"),
    ],
)
def test_what_is_no_formula_is_refused(text, words):
    refused(TextError, words, lambda: check(text, Core.symbolic()))


# ---------------------------------------------------------------- which letter is which
@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("4(nm + n^2 + n)", {"m": "m", "n": "n"}),
        ("4h(x + h + 1)", {"h": "n", "x": "m"}),
        ("4*((in + 1)*out + out**2)", {"in": "m", "out": "n"}),
        ("g*(u*(f + 1) + u**2)", {"g": "4", "u": "n", "f": "m"}),
        ("4*(4096*256 + 256^2 + 256)", {}),
        ("4457472", {}),
    ],
)
def test_letters_are_found_for_a_model_of_plain_numbers(text, letters):
    found = check(text, NUMBERS)
    assert found.agrees
    assert found.letters == letters


def test_two_letters_may_be_one_size():
    assert check("m*n + n + n*k + k", keras.Sequential([keras.Input((8,)), Dense(16), Dense(16)])).agrees


@pytest.mark.parametrize("text", ["9*c*f + f", "k^2 c f + f", "3*3*16*32 + 32"])
def test_a_window_is_a_number_or_a_letter(text):
    assert check(text, keras.Sequential([keras.Input((9, 9, 16)), Conv2D(32, 3)])).agrees


def test_a_size_may_be_a_multiple_of_another():
    assert check("4d^2 + 4d", torch.nn.MultiheadAttention(768, 12)).agrees
    assert check("8d^2 + 5d", torch.nn.Sequential(torch.nn.Linear(64, 256), torch.nn.Linear(256, 64))).agrees


def test_so_many_equal_layers_may_be_a_letter():
    model = torch.nn.Sequential(*(torch.nn.Linear(64, 64, bias=False) for _ in range(12)))
    found = check("L*d**2", model)
    assert (found.agrees, found.letters) == (True, {"L": "12", "d": "m"})


LANGUAGE_MODEL = torch.nn.Sequential(
    torch.nn.Embedding(503, 64),
    torch.nn.Embedding(101, 64),
    torch.nn.ModuleList([torch.nn.TransformerEncoderLayer(64, 4, 256) for _ in range(6)]),
    torch.nn.LayerNorm(64),
)


@pytest.mark.parametrize(
    ("text", "agrees", "letters"),
    [
        ("12Ld^2", False, {"L": "6", "d": "d"}),
        ("12Ld^2 + 13Ld + (V + S + 2)d", True, {"L": "6", "d": "d", "V": "V", "S": "V_1"}),
        ("L(4h^2 + 4h + 2hf + f + h + 4h) + Vh + Ph + 2h", True, {"L": "6", "h": "d", "f": "n", "V": "V", "P": "V_1"}),
        ("L*(4*h**2 + 2*h*f) + (vocab + ctx)*h", False, {"L": "6", "h": "d", "f": "n", "vocab": "V_1", "ctx": "V"}),
    ],
)
def test_formulas_of_language_models_are_read_as_people_write_them(text, agrees, letters):
    found = check(text, LANGUAGE_MODEL)
    assert (found.agrees, found.letters) == (agrees, letters)


def test_the_models_own_letters_are_taken_by_name_and_another_way_is_told():
    found = check("4*(n*m + m**2 + m)", Core.symbolic())
    assert not found.agrees
    assert "It is right if your m is units of lstm and your n is inputs of lstm." in str(found)
    assert check("4*(n*m + m**2 + m)", Core.symbolic(), letters={"m": "n", "n": "m"}).agrees


def test_letters_may_be_told():
    assert check("4a(b + a + 1)", NUMBERS, letters={"a": 256, "b": "m"}).agrees
    assert not check("4a(b + a + 1)", NUMBERS, letters={"a": 4096}).agrees
    assert check("4*a*(m + a + 1)", Core.symbolic(), letters={"a": n}).agrees


def test_a_number_that_is_told_may_be_the_blocks_or_the_heads_in_each():
    nn = torch.nn
    twelve = nn.Sequential(*[nn.TransformerEncoderLayer(768, 12, 3072) for _ in range(12)])
    assert check("L*(12*d**2 + 13*d)", twelve, letters={"L": 12, "d": 768}).agrees
    assert check("4*d*h*e + 3*h*e + d", nn.MultiheadAttention(768, 12), letters={"h": 12, "e": 64}).agrees


def test_what_is_ambiguous_is_said():
    found = check("a*b", keras.Sequential([keras.Input((3,)), Dense(5)]))
    assert "As many terms differ if your a is units of dense and your b is inputs of dense" in str(found)


def test_a_letter_may_be_no_size_of_the_model():
    found = check("n*t*(m*k + k)", keras.Sequential([keras.Input((3,)), Dense(5), Dense(7)]))
    assert list(found.letters.values()).count(None) == 1
    assert "t is no size of the model" in str(found)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("T*4*(h*x + h**2 + h)", "Every term has the factor T too much: without it, the formula is right."),
        ("4*(h*x + h**2 + h)*h", "Every term has the factor h too much: without it, the formula is right."),
        ("8*(h*x + h**2 + h)", "Every term has the factor 2 too much: without it, the formula is right."),
        ("h*x + h**2 + h", "You left out the factor 4: times 4, the formula is right."),
        ("4*(x + h + 1)", "You left out the factor h: times h, the formula is right."),
    ],
)
def test_a_factor_of_the_whole_formula_is_one_mistake(text, sentence):
    found = check(text, NUMBERS, {"h": "n", "x": "m"})
    assert not found.agrees
    assert sentence in str(found)
    assert "You left out 4" not in str(found).replace(sentence, "")


@pytest.mark.parametrize(
    ("error", "words", "letters"),
    [
        (LetterError, "h cannot be z: the model's letters are m and n", {"h": "z"}),
        (LetterError, "the formula has no q", {"q": 3}),
        (LetterError, "letters are given by name", 3),
        (LetterError, "a letter is a name or a symbol", {3: "n"}),
        (SizeError, "letters: h must be a whole number", {"h": 2.5}),
        (SizeError, "letters: h must be a whole number", {"h": True}),
    ],
)
def test_letters_that_do_not_fit_are_refused(error, words, letters):
    refused(error, words, lambda: check("4h", Core.symbolic(), letters=letters))


@pytest.mark.parametrize("model", [None, 3, "LSTM", Core, LSTM])
def test_only_what_has_a_count_is_checked(model):
    refused(SettingError, "a layer, a model or a Formula", lambda: check("n", model))


# ---------------------------------------------------------------- term by term
def test_a_term_that_is_left_out_has_its_owner():
    found = check("4(nm + n^2)", Core.symbolic())
    assert not found.agrees
    (row,) = found.wrong
    assert (row.verdict, row.times(row.its), row.owners) == ("missing", "4*n", ["bias"])
    assert "You left out 4*n: bias." in str(found)


def test_a_wrong_factor_says_both():
    feed_forward = Formula(weight("gate", *symbols("H I")) + weight("up", *symbols("H I")))
    (row,) = check("4HI", feed_forward).wrong
    assert (row.verdict, row.times(row.its), row.times(row.yours), row.owners) == ("wrong factor", "2*H*I", "4*H*I", ["gate", "up"])


def test_what_is_lacking_is_named_where_tensors_have_just_as_much():
    text = str(check("8Ld^2 + Vd", DECODER))
    assert "you left out 4*L*d**2, as much as mlp/up or mlp/down." in text
    assert "You left out S*d: positions." in text


def test_a_layer_that_is_left_out_is_one_sentence():
    model = keras.Sequential([keras.Input((None, m)), LSTM(n), Dense(7)])
    assert "You left out n*n_1 + n_1: all of dense." in str(check("4*(m*n + n**2 + n)", model))


def test_a_number_that_is_right_is_right():
    assert check("4*4353*256", NUMBERS).agrees
    found = check("4*4097*256", NUMBERS)
    assert not found.agrees
    assert (found.value, found.count) == (4195328, 4457472)


def test_a_number_behind_the_formula_is_put_to_the_test():
    assert "You say" not in str(check("P = 4(nm + n^2 + n) = 4{,}457{,}472", NUMBERS))
    assert "You say that it is 5; it is 4457472." in str(check("4(nm + n^2 + n) = 5", NUMBERS))


@law
@given(st.data())
def test_every_term_that_is_deleted_doubled_or_altered_is_found(data):
    model = data.draw(st.sampled_from(MODELS))
    counts = {path: its.text() for path, its in model.count.terms.items()}
    path = data.draw(st.sampled_from(sorted(counts)))
    letter = data.draw(st.sampled_from(model.count.letters))
    factor = data.draw(st.sampled_from(["0", "2", "3", "1/2", letter]))
    found = check(" + ".join(f"{factor}*({its})" if each == path else its for each, its in counts.items()), model)
    own = model.count.terms[path].polynomial.terms
    rows = [row for row in found.wrong if path in row.owners]
    assert len(rows) == len(own)
    if factor == letter:
        assert [row.its - row.yours for row in rows] == list(own.values())
        assert len(found.wrong) == 2 * len(own)
    else:
        assert [row.its - row.yours for row in rows] == [c * (1 - Fraction(factor)) for c in own.values()]
        assert found.wrong == rows


@law
@given(st.data())
def test_a_formula_in_any_letters_is_found_for_plain_numbers(data):
    layer = data.draw(
        st.sampled_from([Core, GRU, SimpleRNN, CoreDense, CoreEmbedding, LayerNormalization, MultiHeadAttention, Bilinear])
    )
    in_letters = layer.symbolic().count
    names = data.draw(st.permutations("abcuvwxyz"))
    other = in_letters.given({letter: symbols(names[at]) for at, letter in enumerate(in_letters.letters)})
    sizes = data.draw(st.lists(st.integers(1, 300), min_size=4, max_size=4))
    fields = [name for name, field in layer.fields.items() if field.default is REQUIRED and not field.fixed]
    model = layer(**{name: (size,) if layer.fields[name].several else size for name, size in zip(fields, sizes, strict=False)})
    for form in ("written", "expanded", "factored"):
        assert check(other.text(form), model).agrees
        assert check(other.latex(form), model).agrees


@law
@given(st.lists(st.integers(1, 9), min_size=2, max_size=4))
def test_layers_behind_each_other_have_letters_of_their_own(widths):
    model = torch.nn.Sequential(*(torch.nn.Linear(*ends) for ends in pairwise(widths)))
    text = " + ".join(f"w{at}*w{at + 1} + w{at + 1}" for at in range(len(widths) - 1))
    assert check(text, model).agrees
    assert check(" + ".join(f"{m}*{n} + {n}" for m, n in pairwise(widths)), model).agrees


def expressions(letters, products):
    return st.lists(st.lists(st.sampled_from(letters), min_size=1, max_size=3), min_size=2, max_size=6).map(
        lambda found: [products.join(each) for each in found]
    )


@law
@given(expressions("abcd", "*"), st.integers(0, 5), st.sampled_from([0, 2, 7]))
def test_so_it_is_in_any_sum_of_products(terms, place, factor):
    letters = {name: symbols(name) for name in "abcd"}
    tensors = [weight(f"t{at}", *(letters[name] for name in term.split("*"))) for at, term in enumerate(terms)]
    place %= len(terms)
    text = " + ".join(f"{factor}*{term}" if at == place else term for at, term in enumerate(terms))
    (row,) = check(text, Formula(beside(*tensors))).wrong
    assert row.yours - row.its == factor - 1
    assert f"t{place}" in row.owners


# ---------------------------------------------------------------- the command line
def test_the_command_line_answers(capsys):
    assert main(["check", "4(nm + n^2)", "LSTM(n)"]) == 1
    assert "You left out 4*n: bias." in capsys.readouterr().out
    assert main(["check", "4(nm + n^2 + n)", "LSTM(n)"]) == 0
    assert "is right for LSTM." in capsys.readouterr().out
    assert main(["check", "4h(x + h)", "LSTM(n)", "--letters", "h=n", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["agrees"], answer["letters"], answer["sentences"]) == (False, {"h": "n", "x": "m"}, ["You left out 4*h: bias."])
    assert main(["check", "4h(x + h", "LSTM(n)"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


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


def test_a_letter_of_the_model_stays_what_it_is():
    d, f, V = symbols("d f V")
    x = i = keras.Input((32,))
    x = keras.layers.Embedding(V, d)(x)
    for _ in range(3):
        x = x + keras.layers.MultiHeadAttention(4, 12)(x, x)
        x = x + Dense(d)(Dense(f)(x))
    said = str(check("12*N*d**2", keras.Model(i, Dense(V)(x))))
    assert "d is 3" not in said
    assert "d_1" not in said
