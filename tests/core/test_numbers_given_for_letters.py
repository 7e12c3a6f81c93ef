"""Numbers for letters: some or all of them, as ints, NumPy integers or texts, and also those of letters that cancel."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, from_huggingface, growth, identify, keras, latex, reconcile, solve, symbols, table
from symparams.core.number_texts import number_of_text
from symparams.core.sizes import same
from symparams.core.tree import weight
from symparams.errors import LetterError, SizeError, TextError
from symparams.layers import LSTM
from symparams.questions.reconciling.reported_number import read_reported
from symparams.torch import nn
from tests.bad_input import refused

H, W, d, h, k, m, n = symbols("H W d h k m n")
KL = keras.layers
lstm = LSTM.symbolic()


class Integer:
    """An integer that is no int, as NumPy's are."""

    def __index__(self) -> int:
        return 300


@pytest.mark.parametrize("value", [300, Integer(), "0.3k", sympy.Integer(300)])
def test_every_kind_of_number_is_taken_everywhere(value):
    assert lstm.count.at(m=value, n=4) == 4 * (300 * 4 + 16 + 4)
    assert lstm.count.given({m: value}) == 4 * (300 * n + n**2 + n)
    assert latex(lstm, at={"m": value, "n": 4}).endswith("= 4880")
    assert table(lstm, at={"m": value, "n": 4}).foot[0]["count"] == 4880
    assert solve(lstm, equals=4880, for_=n, given={"m": value})
    assert str(growth(lstm, "n", {"m": value}))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("124M", 124_000_000),
        ("1.5k", 1500),
        ("1,442,400", 1_442_400),
        ("7B", 7 * 10**9),
        ("1_000", 1000),
        (" 12 ", 12),
        ("1.50 M", 1_500_000),
    ],
)
def test_a_number_in_a_text(text, number):
    assert number_of_text(text, "n") == number
    assert identify(text).number == number if number < 10**6 else True


@pytest.mark.parametrize("text", ["", "M", "1.5", "1.23456k", "n", "-3", "1e", "0x10", "1.", "1..5k", "½"])
def test_anything_else_is_no_number(text):
    refused(SizeError, "m must be a whole number", lambda: lstm.count.at(m=text, n=3))


@given(st.integers(0, 10**15), st.sampled_from(", _"), st.sampled_from(["", "k", " M"]))
def test_a_number_in_groups_is_read_as_without_them(number, mark, unit):
    grouped = f"{number:,}".replace(",", mark) + unit
    assert number_of_text(grouped, "n") == number_of_text(f"{number}{unit}", "n")
    assert read_reported(grouped).meanings == read_reported(f"{number}{unit}").meanings


GROUPED_WRONG = [
    "1,5M",
    "124,4M",
    "0,5 M",
    "1,44",
    "1,0,0",
    "1,,000",
    "1,",
    ",5",
    "1,4424",
    "1442,400",
    "1,44,24",
    "1 5",
    "1__0",
    "1_",
    "1,442_400",
]


@pytest.mark.parametrize("text", GROUPED_WRONG)
def test_a_comma_between_anything_but_thousands_is_refused(text):
    for call in (
        lambda: lstm.count.at(m=text, n=3),
        lambda: solve(lstm, equals=text, for_=n, given={"m": 3}),
        lambda: identify(text),
        lambda: reconcile(LSTM(3, 4), text),
    ):
        refused((SizeError, TextError), "is not grouped by thousands, as 1,442,400 is; a decimal has a point|is not a number", call)


def test_some_of_the_numbers_keep_the_other_letters():
    assert latex(lstm, at={"m": 300}) == r"4 \left(m n + n^{2} + n\right) = 4 \left(300 n + n^{2} + n\right)"
    assert str(table(lstm, at={"m": 300}).foot[0]["formula"]) == "4*(300*n + n**2 + n)"
    assert "count" not in table(lstm, at={"m": 300}).columns
    variants = table({"LSTM": lstm, "GRU": nn.GRU(m, n)}, at={"m": 300})
    assert "300" in str(variants)
    refused(LetterError, "no letter q", lambda: latex(lstm, at={"q": 300}))
    refused(LetterError, "no letter q", lambda: table(lstm, at={"q": 300}))


def test_a_letter_that_cancels_may_be_given():
    attention = nn.MultiheadAttention(d, h)
    assert attention.count.at(d=512, h=8) == 4 * 512**2 + 4 * 512 == attention.count.at(d=512)
    assert attention.count.given(h=8) == 4 * d**2 + 4 * d
    assert table(attention, at={"d": 512, "h": 8}).foot[0]["count"] == 1_050_624
    assert (lstm.count - lstm.count).at(m=3, n=4) == 0
    refused(LetterError, "no letter k", lambda: attention.count.at(d=512, k=8))


def test_a_letter_that_cancels_is_an_argument_of_a_compiled_count():
    count = nn.MultiheadAttention(d, h).count
    assert count.compiled("d", "h")(512, 8) == count.compiled("h", d)(8, 512) == count.compiled()(512) == count.at(d=512)
    assert count.leading("h") == count.expr
    assert Formula(weight("kernel", n - k, 2) + weight("bias", k, 2)).compiled("k", "n")(3, 5) == 10
    with pytest.raises(SizeError, match="d/h is 512/7"):
        count.compiled("d", "h")(512, 7)
    with pytest.raises(SizeError, match="is -2 at these sizes"):
        Formula(weight("kernel", n - k, 2) + weight("bias", k, 2)).compiled("k", "n")(5, 3)
    refused(LetterError, "no letter q", lambda: count.compiled("d", "q"))
    refused(LetterError, "h cancels", lambda: growth(count, "h"))
    cache = from_huggingface("gpt2").kv_cache()
    assert cache.compiled("L", "d", "V")(12, 768, 50257) == cache.at(L=12, d=768, V=50257)


def test_a_letter_that_cancels_must_still_fit():
    with pytest.raises(SizeError, match="not a whole number"):
        keras.Sequential([keras.Input((4, d)), KL.LSTM(d / h)]).count.at(d=10, h=3)


def test_a_layer_of_keras_has_a_count_in_its_own_letters():
    assert KL.LSTM(n).count == KL.LSTM(n).by_itself().count == 4 * (m * n + n**2 + n)
    assert KL.BatchNormalization().trainable_count.letters == ("c",) or KL.BatchNormalization().trainable_count.letters


def test_the_error_of_the_leading_term():
    count = nn.TransformerEncoder(nn.TransformerEncoderLayer(d, 1, 4 * d), symbols("L")).count
    assert count.leading_error(d, at={"d": 768, "L": 12}) == "12*L*d**2 is 84,934,656 at these sizes, 0.1 % below 85,054,464"
    assert LSTM(1, n).count.leading_error("n", at={n: 1}).endswith("% below 12")


# ---------------------------------------------------------------- equal sizes written differently
def test_a_shortcut_on_an_image_in_letters_can_be_built():
    x = keras.Input((H, W, 3))
    y = KL.Conv2D(8, 3, strides=2, padding="same")(x)
    z = KL.Conv2D(8, 1, strides=2)(x)
    assert keras.Model(x, KL.Add()([y, z])).count == 27 * 8 + 8 + 3 * 8 + 8


quotients = st.tuples(st.sampled_from(["floor", "ceiling"]), st.integers(-4, 4), st.integers(1, 4))


def rounded(size: sympy.Expr, how: tuple[str, int, int]) -> sympy.Expr:
    kind, shift, divisor = how
    return getattr(sympy, kind)((size + shift) / sympy.Integer(divisor))


@settings(max_examples=200, deadline=None)
@given(st.lists(quotients, min_size=1, max_size=2), st.lists(quotients, min_size=1, max_size=2), st.integers(-2, 2))
def test_equal_sizes_are_those_that_are_equal_at_every_number(ours, its, shift):
    one, other = H, H + shift
    for how in ours:
        one = rounded(one, how)
    for how in its:
        other = rounded(other, how)
    equal = all(one.subs(H, number) == other.subs(H, number) for number in range(1, 300))
    assert same(one, other) == equal
