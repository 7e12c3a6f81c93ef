"""``check`` gives two verdicts: whether a formula gives this count, and whether it is the formula at other sizes too."""

# ruff: noqa: RUF001  (these signs are what people paste)
from __future__ import annotations

import pytest

from symparams import check, symbols
from symparams import layers as paper
from symparams.errors import TextError
from symparams.keras.layers import GRU, LSTM, BatchNormalization, Conv2D, Dense, Embedding, LayerNormalization
from symparams.torch import nn
from tests.bad_input import refused
from tests.questions.models_asked_about import gpt2, on

m = symbols("m")
ENCODER = nn.TransformerEncoderLayer(640, 10, 2560)


def decoder(V, T, d, blocks):
    """A GPT of these sizes."""

    def block():
        modules = {"qkv": nn.Linear(d, 3 * d), "proj": nn.Linear(d, d), "up": nn.Linear(d, 4 * d), "down": nn.Linear(4 * d, d)}
        return nn.ModuleDict({"ln_1": nn.LayerNorm(d), **modules, "ln_2": nn.LayerNorm(d)})

    stack = nn.ModuleList([block() for _ in range(blocks)])
    return nn.ModuleDict({"wte": nn.Embedding(V, d), "wpe": nn.Embedding(T, d), "h": stack, "ln": nn.LayerNorm(d)})


@pytest.mark.parametrize(
    ("formula", "model", "verdict"),
    [
        ("4*(m*n + n**2 + n)", paper.LSTM(15, 16), " is right for LSTM."),
        ("2048", paper.LSTM(15, 16), " gives the right number for LSTM."),
        ("128*n", paper.LSTM(15, 16), " gives the right number for LSTM here, but it is not the formula: 2 of 2 terms differ."),
        ("n*m", paper.LSTM(*symbols("m n")), " is not the count of LSTM: 3 of 3 terms differ."),
        ("4*(m*n + n**2) + n", paper.LSTM(15, 16), " is not the count of LSTM: 1 of 3 terms differs."),
    ],
)
def test_the_first_line_is_one_of_four_verdicts(formula, model, verdict):
    assert check(formula, model).explain().splitlines()[0].endswith(verdict)


# ---------------------------------------------------------------- right at all sizes
@pytest.mark.parametrize(
    ("formula", "model"),
    [
        ("n*m + n", nn.Linear(64, 64)),
        ("k*k*c*f + f", nn.Conv2d(5, 40, 5)),
        ("((m * n * d)+1)* k", nn.Conv2d(3, 16, 5)),
        ("(m*n*d + 1)*k", nn.Conv2d(3, 16, (5, 7))),
        ("3*(n*m + n*n + 2*n)", on((None, 24), GRU(24))),
        ("26*m + 78", on((m,), Dense(26), LayerNormalization())),
        ("4h(x+h+2) + 4h(2h+2)", nn.LSTM(20, 20, 2)),
        ("h*(d*k*2 + d*v) + h*v*d", nn.MultiheadAttention(512, 8, bias=False)),
        ("m*n + n + n*k + k", on((64,), Dense(64), Dense(64))),
        ("4 × (h² + h·x₁ + h)", on((None, 20), LSTM(20))),
        ("(width of the kernel * height of the kernel * channels + 1)*number of filters", nn.Conv2d(3, 16, 3)),
    ],
)
def test_a_formula_that_is_right_at_all_sizes(formula, model):
    found = check(formula, model)
    assert (found.agrees, found.gives_this_count, found.is_the_formula) == (True, True, True)
    assert "is right for" in str(found)
    assert "here" not in str(found)


@pytest.mark.parametrize(
    ("formula", "model", "condition"),
    [
        ("T*d + 12*d**2 + 13*d", nn.Sequential(nn.Embedding(1280, 640), ENCODER), "the units of 1.linear1 are 4*d"),
        ("12d² + 13d", nn.TransformerEncoderLayer(512, 8), "the units of linear1 are 4*d"),
        ("d*d + d + d*d + d", on((64,), Dense(64), Dense(64)), "the units of dense and the units of dense_1 are d too"),
    ],
)
def test_sizes_that_a_right_formula_writes_as_others_are_said(formula, model, condition):
    found = check(formula, model)
    assert (found.agrees, found.is_the_formula) == (True, False)
    assert f"It holds where {condition}." in str(found)


# ---------------------------------------------------------------- right at these sizes only
@pytest.mark.parametrize(
    ("formula", "model", "agrees", "verdict"),
    [
        ("n*m + m", nn.Linear(64, 64), False, "gives 4160 here because m = n; in general the bias is n."),
        ("8*n**2 + 4*h", on((None, 300), LSTM(300)), False, "gives 721200 here because m = n; in general the kernel is 4*m*n."),
        ("8*n**2 + 4*n", on((None, 300), LSTM(300)), True, "gives 721200 here because m = n; in general the kernel is 4*m*n."),
        ("d**2 + d", nn.Linear(64, 64), True, "gives 4160 here because m = d; in general the kernel is m*d."),
        ("3*d**2", nn.Linear(768, 2304, bias=False), True, "gives 1769472 here because n = 3*d; in general the kernel is d*n."),
    ],
)
def test_a_formula_that_is_right_here_only_says_why(formula, model, agrees, verdict):
    found = check(formula, model)
    assert (found.agrees, found.gives_this_count, found.is_the_formula) == (agrees, True, False)
    assert verdict in str(found)
    assert "is right for" not in str(found)


def test_where_other_letters_make_it_right_both_verdicts_are_shown():
    said = str(check("n*m + m", nn.Linear(64, 64)))
    assert said.endswith("The formula is right if your m is the units of linear and your n is the inputs of linear.")
    assert check("n*m + m", nn.Linear(64, 64), {"n": "m", "m": "n"}).is_the_formula


# ---------------------------------------------------------------- nearly right
@pytest.mark.parametrize(
    ("formula", "model", "letters", "wrong", "sentence"),
    [
        ("k*k*c*f", nn.Conv2d(5, 40, 5), None, {("missing", "f")}, "You left out f, the bias."),
        ("3*(n*m + n*n + n)", on((None, 24), GRU(24)), None, {("wrong factor", "n")}, "The term of bias is 6*n; you have 3*n."),
        (
            "T*d + 8*d**2 + 9*d",  # two kernels of 8*d**2 each
            on((None,), Embedding(512, 128), Dense(1024), Dense(128)),
            None,
            {("wrong factor", "d**2")},
            "so you left out 8*d**2, as much as dense/kernel or dense_1/kernel.",
        ),
        ("12*L*d**2", 10 * ENCODER, {"L": 10, "d": 640}, {("missing", "d")}, "You left out 130*d"),
        (
            "24*5*5*3+24",
            on((32, 32, 24), Conv2D(24, 5)),
            None,
            {("wrong factor", "24*5**2")},
            "The kernel reads 24 channels, you have 3.",
        ),
        ("k*k*c*c + f", nn.Conv2d(16, 32, 3), None, None, "The kernel has f filters, you have c."),
        ("6 + 7", on((1,), Dense(6), Dense(1)), None, {("wrong factor", "6")}, "so you left out 6, most likely dense/bias"),
        ("26*m + 52", on((m,), Dense(26), LayerNormalization()), None, None, "you left out 26"),
        (
            "2c",
            on((8, 8, 64), BatchNormalization()),
            None,
            None,
            "as much as moving_mean and moving_variance, which are not trained.",
        ),
        ("3*(n*m + n*n)", on((None, 20), LSTM(30, use_bias=False)), None, None, "multiplied by 4/3"),
        ("(20 + 1)*33", nn.Linear(20, 32), None, None, "The kernel gives 32 units, you have 33."),
        ("12*8*320*320", decoder(5000, 960, 320, 8), None, None, "You left out 960*320, the term of wpe/embeddings."),
        ("12*L*d**2 + Vd + Td", decoder(5000, 960, 320, 8), None, {("missing", "d")}, "You left out 106*d"),
    ],
)
def test_a_formula_that_is_nearly_right_is_nearly_right(formula, model, letters, wrong, sentence):
    found = check(formula, model, letters)
    assert not found.agrees
    assert sentence in str(found)
    if wrong is not None:
        assert {(row.verdict, row.term) for row in found.wrong} == wrong


def test_the_blocks_of_a_model_are_found_in_numbers():
    found = check("12*8*320*320", decoder(5000, 960, 320, 8))
    (right,) = [row for row in found.rows if row.verdict == "right"]
    assert (right.term, right.yours, len(right.owners)) == ("320**2", 96, 32)


# ---------------------------------------------------------------- the totals
def test_the_difference_of_the_totals_is_said_in_letters_and_as_a_number():
    assert "Yours gives 5000; the model has 5040. The difference is -f = -40." in str(check("k*k*c*f", nn.Conv2d(5, 40, 5)))
    assert check("k*k*c*f", nn.Conv2d(5, 40, 5)).facts()["difference"] == "-f"


def test_without_numbers_the_difference_is_a_formula():
    n = symbols("n")
    assert "Yours minus the model's is -4*n." in str(check("4(nm + n^2)", LSTM(n)))


# ---------------------------------------------------------------- letters
def test_letters_side_by_side_are_split_the_same_way_with_and_without_meanings():
    tables = nn.ModuleList([nn.Embedding(1000, 64), nn.Embedding(960, 64)])
    for letters in (None, {"T": 960}, {"T": 960, "d": 64}):
        found = check("Vd+Td", tables, letters)
        assert (found.agrees, found.formula) == (True, "V*d + T*d")


def test_a_letter_that_cancels_is_a_letter_of_the_formula():
    found = check("A*(H/A)*H", nn.Linear(64, 64, bias=False), {"A": 8})
    assert found.agrees
    assert "A cancels: the formula does not depend on it" in str(found)


@pytest.mark.parametrize("formula", ["sin(n)", "4*(n*m + tanh(n))", "sqrt(n)*m", "relu(n)"])
def test_a_function_is_refused_and_not_read_as_letters(formula):
    refused(TextError, "a formula may not have functions such as", lambda: check(formula, nn.Linear(64, 64)))


def test_two_letters_of_one_width_may_stand_in_one_formula():
    found = check("Vd + Pd + L(4h^2+2hf)", gpt2())
    assert {(row.verdict, row.term) for row in found.wrong} == {("missing", "f"), ("missing", "h")}


# ---------------------------------------------------------------- the command line
@pytest.mark.parametrize(
    ("formula", "model", "status", "line"),
    [
        ("n*m + m", "nn.Linear(64, 64)", 1, "n*m + m gives 4160 here because m = n; in general the bias is n."),
        ("n*m + n", "nn.Linear(64, 64)", 0, "n*m + n is right for nn.Linear."),
        ("26*m + 78", "Sequential([Input((m,)), Dense(26), LayerNormalization()])", 0, "26*m + 78 is right for"),
        ("24*5*5*3+24", "Sequential([Input((32,32,24)), Conv2D(24,5)])", 1, "24*5*5*3 + 24 is not the count of Conv2D"),
    ],
)
def test_the_command_line_says_the_same(run, formula, model, status, line):
    code, out, _ = run("check", formula, model)
    assert code == status
    assert out.startswith(line)


def test_the_command_line_refuses_a_function(run):
    assert run("check", "sin(n)", "nn.Linear(64, 64)")[::2] == (
        2,
        "symparams: a formula may not have functions such as sin(...): 'sin(n)'\n",
    )


@pytest.mark.parametrize(
    ("formula", "percent"), [("64*32", "98.5 %"), ("64*32 + 32", None), ("64*32 + 64", None), ("63*32 + 32", None)]
)
def test_a_formula_that_is_right_as_far_as_it_goes_says_how_far(formula, percent):
    said = f"What you have is right, and {percent} of the count."
    assert (said in check(formula, nn.Linear(64, 32)).explain()) is (percent is not None)
    assert ("What you have is right" in check(formula, nn.Linear(64, 32)).explain()) is (percent is not None)


def test_what_is_left_out_is_never_rounded_away():
    assert "What you have is right, and nearly all of the count." in check("4096*4096", nn.Linear(4096, 4096)).explain()
