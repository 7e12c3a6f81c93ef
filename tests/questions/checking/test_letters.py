"""``check`` finds which letter is which size, or is told."""

from __future__ import annotations

import pytest

from symparams import check, keras, symbols, torch
from symparams.errors import LetterError, SettingError, SizeError
from symparams.keras.layers import LSTM, Conv2D, Dense
from symparams.layers import LSTM as Core
from tests.bad_input import refused
from tests.questions.checking.models_to_check import NUMBERS

n, d, V = symbols("n d V")


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
        ("L*(4*h**2 + 2*h*f) + (vocab + ctx)*h", False, {"L": "6", "h": "d", "f": "n", "vocab": "V", "ctx": "V_1"}),
    ],
)
def test_formulas_of_language_models_are_read_as_people_write_them(text, agrees, letters):
    found = check(text, LANGUAGE_MODEL)
    assert (found.agrees, found.letters) == (agrees, letters)


def test_the_models_own_letters_are_taken_by_name_and_another_way_is_told():
    found = check("4*(n*m + m**2 + m)", Core.symbolic())
    assert not found.agrees
    assert "The formula is right if your m is the units of lstm and your n is the inputs of lstm." in str(found)
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
    assert "Just as many terms differ if your a is the units of dense and your b is the inputs of dense" in str(found)


def test_a_letter_may_be_no_size_of_the_model():
    found = check("n*t*(m*k + k)", keras.Sequential([keras.Input((3,)), Dense(5), Dense(7)]))
    assert list(found.letters.values()).count(None) == 1
    assert "t is not a size of the model" in str(found)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("T*4*(h*x + h**2 + h)", "Every term has an extra factor T: without it, the formula is right."),
        ("4*(h*x + h**2 + h)*h", "Every term has an extra factor h: without it, the formula is right."),
        ("8*(h*x + h**2 + h)", "Every term has an extra factor 2: without it, the formula is right."),
        ("h*x + h**2 + h", "You left out the factor 4: multiplied by 4, the formula is right."),
        ("4*(x + h + 1)", "You left out the factor h: multiplied by h, the formula is right."),
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


# ---------------------------------------------------------------- the command line


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
