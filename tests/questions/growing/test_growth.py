"""``growth`` and ``crossings``: shares add up, tend to their limits, and every crossing is where counting puts it."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, crossings, growth, keras, symbols, torch
from symparams.core.sizes import quotient, split
from symparams.core.tree import beside, named, times, weight
from symparams.errors import LetterError, SettingError, SizeError
from symparams.keras.layers import Conv2D, SeparableConv2D
from symparams.layers import GRU, LSTM, Conv, Dense, SeparableConv
from tests.bad_input import refused

law = settings(max_examples=40, deadline=None, database=None, derandomize=True)
m, n, d, f, L, V = symbols("m n d f L V")
sizes_in = {"": (), "n": (n,), "nn": (n, n), "m": (m,), "mn": (m, n), "nnn": (n, n, n)}
models = (
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(sorted(sizes_in)), st.integers(1, 9)), min_size=1, max_size=6
    )
    .map(
        lambda parts: Formula(
            beside(*(named(part, times(weight(f"w{place}", *sizes_in[of]), gates=g)) for place, (part, of, g) in enumerate(parts)))
        )
    )
    .filter(lambda formula: "n" in formula.letters)
)


# ---------------------------------------------------------------- shares
@law
@given(models, st.integers(1, 500), st.integers(1, 9))
def test_shares_add_up_at_every_size_and_in_the_end(formula, size, other):
    filled = formula.given({"m": other} if "m" in formula.letters else {})
    for depth in (None, 1, 2):
        grown = growth(filled, n, depth=depth)
        assert sum(grown.shares(size).values()) == 1
        assert sympy.expand(sum(grown.limits.values())) == 1
        assert {name: share * filled.at(n=size) for name, share in grown.shares(size).items()} == {
            name: part.at(n=size) if part.letters else int(part) for name, part in grown.parts.items()
        }
        far = grown.shares(10**30)
        assert all(abs(far[name] - Fraction(str(limit))) < Fraction(1, 10**20) for name, limit in grown.limits.items())


@law
@given(models, st.integers(1, 500))
def test_elasticity_is_the_derivative_and_ends_in_the_degree(formula, size):
    filled = formula.given({"m": 3} if "m" in formula.letters else {})
    grown = growth(filled, "n")
    expression = sympy.expand(filled.expr)
    assert grown.elasticity_at(size) == Fraction(str((n * sympy.diff(expression, n) / expression).subs(n, size)))
    assert grown.degree == sympy.degree(expression, n)
    assert abs(grown.elasticity_at(10**30) - grown.degree) < Fraction(1, 10**20)
    assert sympy.simplify(grown.elasticity - n * sympy.diff(expression, n) / expression) == 0


def test_parts_are_layers_of_a_model_and_weights_of_a_layer():
    model = keras.Sequential([keras.Input((64, m)), keras.layers.Bidirectional(keras.layers.LSTM(n)), keras.layers.Dense(10)])
    assert [*growth(model, n).parts] == ["bidirectional", "dense"]
    assert [*growth(model, n, depth=2).parts] == [
        "bidirectional/kernel", "bidirectional/recurrent_kernel", "bidirectional/bias", "dense/kernel", "dense/bias",
    ]  # fmt: skip
    assert [*growth(keras.layers.LSTM(n), n).parts] == ["kernel", "recurrent_kernel", "bias"]


def test_a_transformer_is_two_thirds_feed_forward():
    grown = growth(torch.nn.TransformerEncoderLayer(d, 4, dim_feedforward=4 * d), d)
    assert grown.limits == {"self_attn": sympy.Rational(1, 3), "linear1": sympy.Rational(1, 3), "linear2": sympy.Rational(1, 3),
                            "norm1": 0, "norm2": 0}  # fmt: skip
    assert grown.leading == 12 * d**2


def test_shares_may_keep_other_letters():
    formula = Formula(beside(named("heads", times(weight("w", d, d), layers=L)), named("rest", times(weight("w", d, d), more=V))))
    assert growth(formula, d).limits == {"heads": L / (L + V), "rest": V / (L + V)}
    stacked = growth(torch.nn.LSTM(m, n, num_layers=L), n)
    assert stacked.limits == {"kernel": (L - 1) / (2 * L - 1), "recurrent_kernel": L / (2 * L - 1), "bias": 0}
    assert growth(12 * L * d**2 + V * d, d).limits == {"12*L*d**2": 1, "V*d": 0}
    assert growth(12 * L * d**2 + V * d, d).shares(768, L=12, V=50257)["V*d"] == Fraction(50257, 50257 + 144 * 768)


def test_the_table():
    grown = growth(LSTM(300, n), at=(100, 1000))
    assert str(grown).splitlines() == [
        "part              parameters  n = 100  n = 1000  limit",
        "kernel            4*300*n       74.8%     23.1%      0",
        "recurrent_kernel  4*n**2        24.9%     76.9%      1",
        "bias              4*n            0.2%      0.1%      0",
        "elasticity                       1.25      1.77      2",
        "total: 4*(300*n + n**2 + n), which grows like 4*n**2",
    ]
    assert grown.markdown().splitlines()[2] == "| kernel | `4*300*n` | 74.8% | 23.1% | 0 |"
    assert [row[2] for row in growth(LSTM(300, n), at=[10**9]).rows] == ["< 0.1%", "> 99.9%", "< 0.1%"]
    assert [row[-1] for row in growth(Dense(m, n), n).rows] == ["m/(m + 1)", "1/(m + 1)"]
    assert [row[2] for row in growth(Dense(n, 3, bias_sets=0), n, at=[7]).rows] == ["100.0%"]
    assert "n = (a number of 5001 digits)" in str(growth(LSTM(300, n), at=[10**5000]))


def test_parts_add_up_where_a_weight_is_used_twice():
    class Tied(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = torch.nn.Embedding(V, d)
            self.head = torch.nn.Linear(d, V, bias=False)
            self.head.weight = self.embedding.weight

    grown = growth(Tied(), d)
    assert (grown.limits, grown.total) == ({"embedding": 1, "head": 0}, V * d)


def test_pieces_that_are_no_power_have_shares_but_no_limit():
    grown = growth(Dense.symbolic(quantization="int4"), n, {m: 16}, at=[3])
    assert grown.shares(3)["kernel"] == Fraction(32, 38)
    assert "limit" not in str(grown)
    refused(LetterError, r"no leading term: n occurs in ceiling\(n/2\)", lambda: grown.limits)
    refused(LetterError, "no leading term", lambda: grown.elasticity_at(3))


# ---------------------------------------------------------------- crossings
@law
@given(models, models, st.integers(0, 400))
def test_every_size_is_in_the_run_of_its_sign(one, other, more):
    one = Formula(beside(named("x", times(weight("w", n), copies=more)), *one.node.parts))
    given_sizes = {"m": 3} if {"m"} & {*one.letters, *other.letters} else {}
    found = crossings(one, other, n, given_sizes)
    assert found.runs[0].first == 1
    assert found.runs[-1].last is None
    assert all(after.first == before.last + 1 and after.sign != before.sign for before, after in pairwise(found.runs))
    for size in [*range(1, 60), *found.overtakes, *(each - 1 for each in found.overtakes), 10**9]:
        sizes = {**given_sizes, "n": size}
        gap = one.at({k: v for k, v in sizes.items() if k in one.letters}) - other.at(
            {k: v for k, v in sizes.items() if k in other.letters}
        )
        (run,) = (run for run in found.runs if run.first <= size and (run.last is None or size <= run.last))
        assert run.sign == (gap > 0) - (gap < 0)
        assert found.difference_at(size) == gap


def test_a_separable_convolution_wins_only_with_many_filters():
    found = crossings(SeparableConv2D(f, 2), Conv2D(f, 2), f, {"c": 3})
    assert (found.difference_at(1), found.overtakes) == (3, (2,))
    assert str(found).splitlines() == [
        "f = 1: the first is larger, by 3",
        "f = 2 and above: the second is larger, by 6 at f = 2",
        "D(f) = first count - second count = -9*f + 12",
    ]
    assert crossings(SeparableConv((3, 3), 16, 1), Conv((3, 3), f, 1)).overtakes == (18,)


def test_two_cells():
    found = crossings(GRU(64, n, bias_sets=2), LSTM(64, 128))
    assert repr(found) == "<Crossings in n: 152>"
    never = crossings(keras.layers.LSTM(n), keras.v1.layers.CuDNNLSTM(n))
    assert not never
    assert str(never).startswith("every n: the second is larger, by 4 at n = 1\n")
    assert str(crossings(LSTM(64, n), LSTM(64, n))).startswith("every n: both are equal\n")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Dense(quotient(n, 2), 7), Dense(5, n)),
        (Dense(n, split(n, 3)), Dense(5, n)),
        (Dense(n - 4, 9), Dense(2, n)),
        (Dense(20 - n, 9), Dense(2, n)),
    ],
    ids=["floor", "split", "n - 4", "20 - n"],
)
def test_sizes_that_make_no_layer_stand_in_no_count(one, other):
    found = crossings(one, other)
    for size in range(1, 60):
        try:
            gap = one.count.at(n=size) - other.count.at(n=size)
        except SizeError:
            assert found.difference_at(size) is None
            continue
        (run,) = (run for run in found.runs if run.first <= size and (run.last is None or size <= run.last))
        assert run.sign == (gap > 0) - (gap < 0)


# ---------------------------------------------------------------- a fast start
def test_the_questions_about_sizes_bring_no_sympy():
    names = ("solve", "solve_pairs", "identify", "growth", "crossings")
    code = f"import sys, symparams; [getattr(symparams, name) for name in {names}]; print('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


# ---------------------------------------------------------------- refused
ODD = n - 2 * quotient(n, 2) + 1
REFUSED: list[Any] = [
    (SettingError, "growth takes a formula, a layer or a model, not the class LSTM", lambda: growth(LSTM)),
    (LetterError, "growth: for which letter", lambda: growth(LSTM(m, n))),
    (LetterError, "no letter q in", lambda: growth(LSTM(m, n), "q")),
    (LetterError, "no letter is open", lambda: growth(LSTM(3, 4))),
    (LetterError, "n is both asked for and given", lambda: growth(LSTM(m, n), n, {"n": 3})),
    (LetterError, "no shares at n = 3: no size for m", lambda: growth(LSTM(m, n), n, at=[3])),
    (LetterError, "n is given twice", lambda: growth(LSTM(3, n)).shares(2, n=3)),
    (SizeError, "at: n must be a whole number of at least 1", lambda: growth(LSTM(3, n), at=[0])),
    (SettingError, "at takes the sizes of n to show", lambda: growth(LSTM(3, n), at=3)),
    (SettingError, "at takes at most 100 sizes", lambda: growth(LSTM(3, n), at=range(1, 10**9))),
    (SizeError, "depth must be a whole number of at least 1", lambda: growth(LSTM(3, n), depth=True)),
    (SettingError, "depth must be a number of steps", lambda: growth(LSTM(3, n), depth=m)),
    (SizeError, "n must be a whole number of at least 1", lambda: growth(LSTM(3, n)).shares(2.5)),
    (SettingError, "there are no parameters at n = 5", lambda: growth(n - 5, at=[5])),
    (SettingError, "crossings takes a formula, a layer or a model, not 3", lambda: crossings(LSTM(m, n), 3)),
    (LetterError, "crossings: for which letter", lambda: crossings(LSTM(m, n), GRU(m, n))),
    (LetterError, "no letter q in", lambda: crossings(LSTM(3, n), GRU(3, n), "q")),
    (SettingError, "depends on the remainder of n, however large", lambda: crossings(Dense(ODD, 2), Dense(1, 3))),
]


@pytest.mark.parametrize(("error", "words", "call"), REFUSED, ids=[words[:40] for _, words, _ in REFUSED])
def test_bad_questions_are_one_clear_line(error, words, call):
    refused(error, words, call)
