"""Sizes, symbols, formulas and layers: what they take, what they refuse and in which words, and published counts."""

from __future__ import annotations

import copy
import operator
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy

from symparams import Formula, symbols
from symparams.core.fields import dim
from symparams.core.model import Layer
from symparams.core.sizes import quotient, size, split, symbol, volume
from symparams.core.tree import NOTHING, Times, beside, leaves, named, tied, times, weight
from symparams.errors import ArgumentError, LetterError, SettingError, SizeError, SymparamsError
from symparams.layers import (
    GRU,
    LSTM,
    BatchNormalization,
    Conv,
    Dense,
    EinsumDense,
    Embedding,
    LayerNormalization,
    Recurrent,
    SimpleRNN,
)
from symparams.layers.adapters import adapted
from tests.bad_input import TwoLines, refused

m, n, k, b, L, d = symbols("m n k b L d")


Untyped: Any = LSTM  # as a caller without a type checker has it


# ---------------------------------------------------------------- sizes
@pytest.mark.parametrize(
    "value",
    [
        0, -1, -(10**30), 1.5, 1.0, float("nan"), float("inf"), True, False, "3", "n", "", None, b"3", 3j, (3,), [3], {3}, object,
        np.float64(2), np.bool_(True), np.zeros(2), np.array([3, 3]),
        sympy.Integer(0), sympy.Integer(-3), sympy.Float(2.0), sympy.Rational(1, 2), sympy.pi, sympy.I, sympy.sqrt(2), sympy.nan,
        sympy.oo, sympy.zoo, sympy.true, sympy.Matrix([[3]]), -n, -m * n, 1.5 * n, n + sympy.oo, n / sympy.Integer(0),
        sympy.Symbol("q", nonpositive=True), sympy.Symbol("q", negative=True), sympy.Symbol("q", zero=True),
        sympy.Symbol("q", imaginary=True), sympy.Symbol("q", integer=False), sympy.Symbol("q", commutative=False),
        sympy.Symbol("q", infinite=True), sympy.sqrt(2) * n,
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_size_is_refused(value: Any) -> None:
    refused(
        SizeError, r"^Dense: units must be a whole number of at least 1, or a symbol, not ", lambda: Dense(inputs=3, units=value)
    )


@pytest.mark.parametrize(
    ("value", "is_"),
    [
        (1, 1), (10**30, 10**30), (np.int8(3), 3), (np.int64(3), 3), (np.uint16(3), 3), (np.array(3), 3),
        (sympy.Integer(3), 3), (n, n), (2 * n, 2 * n), (n + 1, n + 1), (n - 1, n - 1), (m * n, m * n), (n / 2, n / 2),
        (n**2, n**2), (2**n, 2**n), (sympy.floor(n / 2), sympy.floor(n / 2)), (sympy.ceiling(n / 16), sympy.ceiling(n / 16)),
        (sympy.Max(m, n), sympy.Max(m, n)), (sympy.Symbol("q"), sympy.Symbol("q")),
        (sympy.Symbol("q", nonnegative=True), sympy.Symbol("q", nonnegative=True)),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_a_size_is_kept_as_an_int_or_an_expression(value: Any, is_: Any) -> None:
    kept = Dense(inputs=3, units=value).units
    assert kept == is_
    assert type(kept) is type(is_)


def test_a_size_says_what_it_is_the_size_of() -> None:
    refused(SizeError, r"^LSTM: inputs must .* not -3$", lambda: LSTM(-3, 4))
    refused(SizeError, r"^LSTM: bias_sets must be a whole number of at least 0, or a symbol, not 0\.5$", lambda: LSTM(3, 4, 0.5))
    refused(SizeError, r"^Conv: window must .* not '3'$", lambda: Conv(window=(3, "3"), inputs=3, filters=4))
    assert LSTM(3, 4, bias_sets=0).bias_sets == 0


def test_the_value_in_an_error_is_cut_short_and_on_one_line() -> None:
    with pytest.raises(SizeError) as caught:
        Dense("x" * 1000, 3)
    assert len(str(caught.value)) < 150
    refused(SizeError, "first", lambda: size(TwoLines(), "a size"))
    refused(SizeError, "array", lambda: size(np.zeros((2, 2)), "a size"))


def test_a_negative_number_of_many_digits_is_refused_like_any_other() -> None:
    refused(SizeError, "Dense: inputs must be a whole number", lambda: Dense(-(10**5000), 3))


@pytest.mark.parametrize(
    ("whole", "parts", "gives"),
    [(768, 12, 64), (7, 1, 7), (d, 1, d), (d, 12, d / 12), (12 * d, 12, d), (768, L, 768 / L), (m * n, n, m)],
)
def test_split_divides_exactly(whole: Any, parts: Any, gives: Any) -> None:
    assert split(whole, parts) == gives


def test_split_refuses_a_remainder() -> None:
    refused(SizeError, r"^d over heads: 770 does not divide into 12 equal parts$", lambda: split(770, 12, "d over heads"))
    refused(SizeError, "Conv: filters over groups: 3 does not divide into 2", lambda: Conv((3,), 4, 3, groups=2))
    refused(SizeError, "Conv: inputs over groups: 3 does not divide into 2", lambda: str(Conv((3,), 3, 4, groups=2).count))


def test_quotient_rounds_down_and_volume_multiplies() -> None:
    assert (quotient(7, 2), quotient(n, 1), quotient(n, 2)) == (3, n, sympy.floor(n / 2))
    assert quotient(7, n).subs(n, 2) == 3
    assert (volume((3, 4)), volume(()), volume((3, None)), volume((3, n, m))) == (12, 1, None, 3 * m * n)


# ---------------------------------------------------------------- symbols
def test_one_name_gives_one_symbol_and_several_a_tuple() -> None:
    assert symbols("n") is symbols(" n ") is symbols("n,") is symbol("n")
    assert symbols("m n") == symbols("m, n") == symbols("m,n") == (m, n)
    assert all(letter.is_positive and letter.is_integer for letter in symbols("m d_model λ n1"))


@pytest.mark.parametrize("names", ["1a", "a-b", "m:3", "a.b", "f(x)", "__import__('os')", r"\input", "n" * 101, "a b c$"])
def test_a_name_that_is_none_is_refused(names: str) -> None:
    refused(LetterError, "is no name for a letter: use letters, digits and underscores, such as d_model", lambda: symbols(names))


@pytest.mark.parametrize("names", ["", "  ", ",", " , "])
def test_no_name_at_all_is_refused(names: str) -> None:
    refused(LetterError, r"symbols\(\) needs at least one name, such as symbols\('m n'\)", lambda: symbols(names))


def test_a_users_own_symbol_is_kept_as_it_is() -> None:
    own = sympy.Symbol("w")
    count = Dense(own, own).count
    assert count.expr == own**2 + own
    assert count.at({own: 3}) == count.at(w=3) == 12


@pytest.mark.parametrize("ask", [lambda f: f.expr, lambda f: f.at(n=3), str, lambda f: f.latex(), hash, lambda f: f.symbols])
def test_two_symbols_of_one_name_are_refused_by_name(ask: Callable[[Formula], Any]) -> None:
    other = sympy.Symbol("n")
    refused(
        LetterError, r"two different symbols are both called n: .* symparams\.symbols\('n'\)", lambda: ask(Dense(n, other).count)
    )
    refused(LetterError, "two different symbols are both called n", lambda: ask(Dense(sympy.floor(other / 2), n).count))
    refused(LetterError, "two different symbols are both called n", lambda: ask(Dense(m, n).count.given(m=other)))


# ---------------------------------------------------------------- Formula: numbers for letters
lstm = LSTM.symbolic().count


def test_expr_is_the_count_multiplied_out() -> None:
    assert lstm.expr == 4 * m * n + 4 * n**2 + 4 * n
    assert isinstance(lstm.expr, sympy.Add)
    assert Dense(3, 4).count.expr == sympy.Integer(16)


@pytest.mark.parametrize(
    "give",
    [
        lambda f: f.at(m=15, n=300), lambda f: f.at({m: 15, n: 300}), lambda f: f.at({"m": 15, "n": 300}), lambda f: f.at({n: 300}, m=15),
        lambda f: f.at({"n": np.int64(300)}, m=sympy.Integer(15)), lambda f: f.given(n=300).at(m=15), lambda f: int(f.given(n=300, m=15)),
        lambda f: f.given(m=n / 20).at(n=300), lambda f: f.given({m: n, n: m}).at(m=300, n=15),
    ],
)  # fmt: skip
def test_numbers_come_by_symbol_by_name_and_by_keyword(give: Callable[[Formula], int]) -> None:
    assert give(lstm) == 4 * (15 * 300 + 300**2 + 300)
    assert type(give(lstm)) is int


@pytest.mark.parametrize(
    ("give", "words"),
    [
        (lstm.at, r"^cannot evaluate: no size for m and n \(none given\)$"),
        (lambda: lstm.at(m=3), r"^cannot evaluate: no size for n \(given m\)$"),
        (lambda: lstm.at(m=3, n=3, units=3), r"^no letter units in 4\*\(m\*n \+ n\*\*2 \+ n\); its letters are m and n$"),
        (lambda: lstm.at(M=3, n=3), r"its letters are m and n; did you mean 'm'\?$"),
        (lambda: lstm.at({n: 3}, n=3), r"^n is given twice$"),
        (
            lambda: lstm.at({sympy.Symbol("n"): 3}, m=3),
            r"n here is another symbol than the formula's n: .*symparams\.symbols\('n'\)",
        ),
        (lambda: lstm.at({n + 1: 3}, m=3), r"no letter n \+ 1 in"),
        (lambda: Dense(3, 4).count.at(n=3), r"^no letter n in .*; its letters are none$"),
        (lambda: lstm.given(q=3), r"no letter q"),
    ],
)
def test_a_letter_that_is_missing_or_unknown_is_an_error_that_lists_the_letters(give: Callable[[], Any], words: str) -> None:
    refused(LetterError, words, give)


@pytest.mark.parametrize("value", [0, -1, 1.5, 3.0, True, "3", None, float("nan"), sympy.Float(3), sympy.Rational(1, 2), -k])
def test_a_value_that_is_no_size_is_refused(value: Any) -> None:
    refused(SizeError, r"^n must be a whole number of at least 1, or a symbol, not ", lambda: lstm.at(m=3, n=value))
    refused(SizeError, r"^n must be a whole number of at least 1, or a symbol, not ", lambda: lstm.given(n=value))


def test_zero_means_a_part_that_is_not_there() -> None:
    count = Recurrent.symbolic().count
    assert count.at(m=3, n=4, gates=4, bias_sets=0, directions=1) == 4 * (12 + 16)
    assert str(count.given(bias_sets=0, gates=4, directions=1)) == "4*(m*n + n**2)"


def test_given_keeps_the_form() -> None:
    assert str(lstm.given(m=15)) == "4*(15*n + n**2 + n)"
    assert lstm.given(m=n).expr == 8 * n**2 + 4 * n
    assert lstm.given() == lstm


def test_what_is_no_polynomial_is_exact() -> None:
    count = Dense(sympy.floor(n / 2), sympy.ceiling(m / 16)).count
    assert [count.at(n=7, m=size) for size in (16, 17, 160)] == [4, 8, 40]
    assert Dense(sympy.Max(m, n), 3).count.at(m=5, n=2) == 18
    assert Dense(2**n, 3).count.at(n=5) == 99
    assert Dense((m + n) ** 70, 3).count.at(m=1, n=1) == 3 * 2**70 + 3
    assert Dense(sympy.sqrt(n), 3).count.at(n=9) == 12


@pytest.mark.parametrize(
    "count",
    [
        Dense(m, n - 5).count, Dense(m, sympy.floor(n / 2)).count, Conv((1,), m, 2, groups=n + 1).count, Dense(1, n / 2).count,
        Dense(1, sympy.sqrt(n + 1)).count,
    ],
    ids=str,
)  # fmt: skip
def test_a_size_that_would_be_refused_before_counting_is_refused_after_it(count: Formula) -> None:
    """At n=1 these have a size of -4, 0, 3/2, 1/2 and sqrt(2)."""
    numbers = {name: {"n": 1, "m": 3}[name] for name in count.letters}
    for call in (lambda: count.at(numbers), lambda: int(count.given(numbers))):
        with pytest.raises(SymparamsError):
            call()


@pytest.mark.parametrize("size", [sympy.pi * sympy.Symbol("w"), sympy.Function("f")(n), sympy.Sum(m, (m, 1, n))], ids=str)
def test_a_piece_without_a_whole_value_is_an_error_of_ours(size: Any) -> None:
    count = Dense(1, size).count
    with pytest.raises(SymparamsError):
        count.at(dict.fromkeys(count.letters, 3))


def test_int_never_rounds() -> None:
    count = Conv.symbolic(groups=symbols("g")).count
    with pytest.raises(SymparamsError):
        int(count.given(c=3, g=2, f=1, k=1))


# ---------------------------------------------------------------- Formula: forms
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
        r"no form 'facored'; there are written, expanded, factored and kinds; did you mean 'factored'\?",
        lambda: lstm.latex("facored"),
    )
    refused(SettingError, "no form 5", lambda: lstm.text(5))


def test_latex_names_rename_letters() -> None:
    names = {n: r"d_{\text{model}}", "m": r"\hat{x}_1"}
    assert lstm.latex(names=names) == r"4 \left(\hat{x}_1 d_{\text{model}} + d_{\text{model}}^{2} + d_{\text{model}}\right)"
    refused(LetterError, r"no letter q to rename; the letters are m, n", lambda: lstm.latex(names={"q": "x"}))


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
    refused(LetterError, "its letters are m and n", lambda: lstm.leading(letter))


def test_a_leading_term_in_a_letter_inside_a_floor_is_refused() -> None:
    refused(LetterError, r"no leading term: n stands inside floor\(n/2\)", lambda: Dense(sympy.floor(n / 2), m).count.leading(n))


# ---------------------------------------------------------------- Formula among numbers
def test_a_formula_without_letters_is_a_number() -> None:
    count = LSTM(15, 16).count
    assert int(count) == 2048 == count
    assert (str(count), repr(count), hash(count)) == ("2048", "Formula(2048)", hash(2048))
    assert count.text() == "4*(15*16 + 16**2 + 16)"
    refused(LetterError, r"is no number before its letters are: give m and n, as in \.at\(m=\.\.\.\)", lambda: int(lstm))


def test_what_others_read_of_a_formula() -> None:
    assert lstm._repr_latex_() == r"$\displaystyle 4 \left(m n + n^{2} + n\right)$"
    assert sympy.sympify(lstm) == lstm.expr == lstm._sympy_()
    assert sympy.Integer(1) + lstm == lstm.expr + 1
    assert sympy.sqrt(lstm) == sympy.sqrt(lstm.expr)
    assert (str(lstm), repr(lstm)) == ("4*(m*n + n**2 + n)", "Formula(4*(m*n + n**2 + n))")


def test_a_formula_equals_what_counts_the_same() -> None:
    assert lstm == LSTM.symbolic().count == 4 * n * (m + n + 1)
    assert LSTM(3, 4).count == LSTM.symbolic().count.given(m=3, n=4) == sympy.Integer(128)
    assert LSTM(m, n).count != LSTM(n, m).count
    different: list[object] = [LSTM(3, 4).count.at() + 1, 128.0, "128", None, True, LSTM(3, 4)]
    assert all(LSTM(3, 4).count != other for other in different)
    assert Dense(1, 1).count.at() == 2


def test_a_formula_in_another_symbol_of_the_same_name_is_another() -> None:
    assert Dense(4, n).count != 5 * sympy.Symbol("n")


@pytest.mark.parametrize("do", [operator.add, operator.sub, operator.mul])
@pytest.mark.parametrize("other", [3, n, m * n + 1, Dense(3, 4).count, lstm], ids=str)
def test_arithmetic_is_that_of_the_expression(do: Callable[[Any, Any], Any], other: Any) -> None:
    its = getattr(other, "expr", other)
    assert do(lstm, other) == do(lstm.expr, its)
    assert do(other, lstm) == do(its, lstm.expr)
    assert sum([lstm, other, lstm]) == 2 * lstm.expr + its


def test_adding_what_is_no_number_is_an_error() -> None:
    for other in ("x", None, [1]):
        with pytest.raises(TypeError):
            lstm + other


@pytest.mark.parametrize("thing", [lstm, LSTM(3, 4).count, LSTM.symbolic(), LSTM(3, 4), LSTM(3, 4).weights()], ids=repr)
def test_formulas_and_layers_can_be_copied_and_pickled(thing: Any) -> None:
    assert copy.copy(thing) == thing
    assert copy.deepcopy(thing) == thing
    assert pickle.loads(pickle.dumps(thing)) == thing


# ---------------------------------------------------------------- layers
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Untyped(3), r"^LSTM needs units$"),
        (Untyped, r"^LSTM needs inputs and units$"),
        (
            lambda: Untyped(3, unit=4),
            r"^LSTM has no size 'unit'; its sizes are inputs, units, bias_sets, directions and projection; did you mean 'units'\?$",
        ),
        (
            lambda: Untyped(3, 4, gates=3),
            r"^LSTM has no size 'gates'; its sizes are inputs, units, bias_sets, directions and projection$",
        ),
        (lambda: Untyped(3, 4, units=4), r"^LSTM: units is given twice$"),
        (lambda: Untyped(3, 4, 1, 1, 0, 1), r"^LSTM takes 5 sizes \(inputs, units, bias_sets, directions and projection\), not 6$"),
        (lambda: LSTM.symbolic(unit=3), r"^LSTM has no size 'unit'"),
        (lambda: LSTM(3, 4).but(unit=3), r"^LSTM has no size 'unit'"),
        (lambda: LSTM(3, 4).but(gates=3), r"^LSTM has no size 'gates'"),
        (lambda: LSTM.symbolic(gates=3), r"^LSTM has no size 'gates'"),
        (lambda: Recurrent(1, 2, 3), r"^Recurrent is a family of layers: use one of its members, or Recurrent\.symbolic\(\)$"),
        (Layer, r"^Layer is a family of layers"),
        (lambda: type("Peephole", (LSTM,), {}), r"^LSTM is final: give it a field, or compose it"),
    ],
)
def test_a_layer_made_wrongly_is_an_error_that_names_the_way_out(make: Callable[[], Any], words: str) -> None:
    refused(ArgumentError, words, make)


def test_sizes_along_axes_are_a_tuple_and_at_least_one() -> None:
    assert Conv(3, 16, 32).window == Conv([3], 16, 32).window == (3,)
    refused(SettingError, "Conv: window needs at least one size", lambda: Conv((), 16, 32))


def test_a_layer_of_ones_own_has_everything() -> None:
    class Bilinear(Layer):
        left: Any = dim(letter="a", doc="features of x")
        right: Any = dim(letter="b", doc="features of y")
        units: Any = dim(letter="n", doc="features of the output", default=1)

        def weights(self) -> Any:
            return weight("kernel", self.units, self.left, self.right) + weight("bias", self.units)

    assert str(Bilinear.symbolic().count) == "a*b + 1"
    assert Bilinear(3, 4, 5).count == 65
    assert repr(Bilinear(3, 4)) == "Bilinear(left=3, right=4, units=1)"
    assert Bilinear(3, 4) != Dense(3, 4)


def test_layers_are_equal_by_kind_and_value() -> None:
    assert Dense(3, 4) == Dense(inputs=sympy.Integer(3), units=np.int64(4))
    assert len({Dense(3, 4), Dense(3, 4), Dense(4, 3), SimpleRNN(3, 4), GRU(3, 4), Dense(m, n), Dense(m, n)}) == 5


# ---------------------------------------------------------------- trees
def test_tied_weights_count_once() -> None:
    tree = weight("wte", m, d) + named("head", tied("kernel", m, d, to="wte"))
    count = Formula(tree)
    assert count.expr == d * m
    assert {path: str(term) for path, term in count.terms.items()} == {"wte": "m*d", "head/kernel": "0"}
    assert str(count) == "m*d"


def test_named_parts_are_steps_in_a_path() -> None:
    tree = named("encoder", times(named("block", Dense(d, 4 * d)), layers=L)) + named("head", Dense(d, m))
    assert [path for path, _, _ in leaves(tree)] == ["encoder/block/kernel", "encoder/block/bias", "head/kernel", "head/bias"]
    assert Formula(tree).expr == sympy.expand(L * (4 * d**2 + 4 * d) + d * m + m)
    assert str(Formula(tree)) == "L*(4*d**2 + 4*d) + d*m + m"


def test_equal_parts_of_one_path_are_one_term() -> None:
    assert {path: str(term) for path, term in Formula(weight("a", n) + weight("a", n) + weight("b", m)).terms.items()} == {
        "a": "2*n",
        "b": "m",
    }


@pytest.mark.parametrize(("copies", "count", "text"), [(0, 0, "0"), (1, 12, "3*4"), (2, 24, "2*3*4")])
def test_no_copy_and_one_copy(copies: int, count: int, text: str) -> None:
    formula = Formula(times(weight("kernel", 3, 4), layers=copies))
    assert (int(formula), formula.text()) == (count, text)
    assert [*formula.terms] == ([] if copies == 0 else ["kernel"])


def test_times_needs_to_know_per_what() -> None:
    refused(ArgumentError, r"times\(\) needs to know per what: times\(part, gates=4\)", lambda: times(weight("a", 3)))
    assert times(weight("a", 3), gates=4, directions=2) == Times(Times(weight("a", 3), 4, "gates"), 2, "directions")


def test_nothing_counts_nothing_in_every_form() -> None:
    count = Formula(NOTHING)
    assert int(count) == 0 == count
    assert {count.text(form) for form in ("written", "expanded", "factored")} == {"0"}
    assert count.terms == {}


def test_a_tree_is_equal_by_value_and_never_changed() -> None:
    assert weight("a", 3) == weight("a", 3) != weight("a", 3, trainable=False)
    with pytest.raises(AttributeError, match="Weight is frozen; make a new one"):
        weight("a", 3).name = "b"


def test_a_wide_tree_is_counted() -> None:
    tree = beside(*(weight(f"w{place}", n, m) for place in range(20_000)))
    assert Formula(tree).expr == 20_000 * m * n


def test_a_deep_tree_is_counted_printed_and_filled_in() -> None:
    node: Any = weight("a", n)
    for place in range(150):
        node = times(named(f"part{place}", node), layers=2)
    count = Formula(node)
    assert count.expr == 2**150 * n
    assert count.at(n=3) == int(count.given(n=3)) == 3 * 2**150
    assert sympy.sympify(count.text(), locals={"n": n}) == 2**150 * n
    assert len(next(iter(count.terms)).split("/")) == 151


# ---------------------------------------------------------------- adapters and einsum
def test_lora_freezes_the_kernel_and_trains_two_thin_ones() -> None:
    layer = Dense(m, n, lora_rank=symbols("r"))
    assert str(layer.trainable_count) == "n + m*r + r*n"
    assert str(layer.non_trainable_count) == "m*n"
    assert layer.but(lora_rank=0) == Dense(m, n)
    assert Embedding(100, 8, lora_rank=2).trainable_count == 2 * 108
    assert Conv((3, 3), 16, 32, lora_rank=4).trainable_count == 32 + 3 * 3 * 16 * 4 + 4 * 32
    assert EinsumDense((16, 4, 8), (4, 8), lora_rank=2).count == 544 + 16 * 4 * 2 + 2 * 8


def test_an_adapter_of_a_weight_that_is_not_there_adds_nothing() -> None:
    assert Formula(adapted(weight("kernel", 3, 4), "other", 2)) == 12


# ---------------------------------------------------------------- published facts
PUBLISHED = [
    # keras.io/examples/vision/mnist_convnet: its model.summary()
    (Conv((3, 3), 1, 32), 320),
    (Conv((3, 3), 32, 64), 18496),
    (Dense(1600, 10), 16010),
    # keras.io/guides/functional_api: 784 -> 64 -> 64 -> 10
    (Dense(784, 64), 50240),
    (Dense(64, 64), 4160),
    (Dense(64, 10), 650),
    # keras.io/guides/working_with_rnns: Embedding(1000, 64), LSTM(128), Dense(10); GRU(256), SimpleRNN(128)
    (Embedding(1000, 64), 64000),
    (LSTM(64, 128), 98816),
    (Dense(128, 10), 1290),
    (GRU(64, 256, bias_sets=2), 247296),
    (SimpleRNN(256, 128), 49280),
    # Simonyan and Zisserman 2014 (arXiv:1409.1556), VGG16 in keras.applications: first and last layers
    (Conv((3, 3), 3, 64), 1792),
    (Conv((3, 3), 512, 512), 2359808),
    (Dense(25088, 4096), 102764544),
    (Dense(4096, 4096), 16781312),
    (Dense(4096, 1000), 4097000),
    # He et al. 2015 (arXiv:1512.03385), ResNet50 in keras.applications: conv1, its normalization, the head
    (Conv((7, 7), 3, 64), 9472),
    (BatchNormalization((64,)), 256),
    (Dense(2048, 1000), 2049000),
    # Radford et al. 2019, GPT-2 small: token and position tables, a layer norm, the two matrices of the MLP
    (Embedding(50257, 768), 38597376),
    (Embedding(1024, 768), 786432),
    (LayerNormalization((768,)), 1536),
    (Dense(768, 3072), 2362368),
    (Dense(3072, 768), 2360064),
    # the five public questions, tests/records/examples_*.jsonl.gz
    (GRU(15, 16), 1536),
    (GRU(15, 16, bias_sets=2), 1584),
    (GRU(15, 16, directions=2), 3072),
    (LSTM(4096, 256), 4457472),
    (LSTM(1, 10), 480),
    (LSTM(300, 300, directions=2), 1442400),
    (LSTM(300, 300, directions=2, bias_sets=2), 1444800),
    (Conv((7,), 128, 32), 28704),
    (SimpleRNN(64, 32), 3104),
    (Conv((3, 3), 16, 32), 4640),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "published"), PUBLISHED, ids=[f"{layer}-{count}" for layer, count in PUBLISHED])
def test_published_counts(layer: Layer, published: int) -> None:
    assert int(layer.count) == published


def test_half_of_a_batch_normalization_is_not_trained() -> None:
    layer = BatchNormalization.symbolic()
    assert str(layer.trainable_count) == str(layer.non_trainable_count) == "2*c"
    assert layer.but(renorm_statistics=3).count == 7 * symbols("c")


def test_a_number_that_python_does_not_write_out_is_counted() -> None:
    count = Dense(10**5000, 3).count
    assert int(count) == 3 * 10**5000 + 3
    refused(SizeError, "^a number of more than 4,300 digits", lambda: str(count))
