"""``solve_pairs``: every pair that is found fits, and counting all small pairs finds no other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, solve_pairs, symbols
from symparams.core.sizes import quotient, split
from symparams.core.tree import beside, weight
from symparams.errors import ArgumentError, LetterError, SettingError, SizeError
from symparams.layers import GRU, LSTM, Conv, Dense, MultiHeadAttention, SeparableConv
from tests.bad_input import refused

law = settings(max_examples=40, deadline=None, database=None, derandomize=True)
m, n, d, h = symbols("m n d h")


def small_pairs(formula: Formula, low: int, high: int, few: int) -> set[tuple[int, int]]:
    first, second = formula.letters
    found = set()
    for a in range(1, few):
        for b in range(1, few):
            try:
                if low <= formula.at({first: a, second: b}) <= high:
                    found.add((a, b))
            except SizeError:
                continue
    return found


@law
@given(
    st.lists(st.sampled_from(["m", "n", "mn", "mm", "nn", "mnn", "1"]), min_size=1, max_size=4).filter(
        lambda shapes: {"m", "n"} <= {*"".join(shapes)}
    ),
    st.integers(0, 900),
    st.integers(0, 60),
    st.integers(1, 3),
)
def test_all_pairs_and_no_others(shapes, number, tolerance, step):
    tensors = [weight(f"w{place}", *(symbols(each) if each != "1" else 3 for each in shape)) for place, shape in enumerate(shapes)]
    formula = Formula(beside(*tensors))
    pairs = solve_pairs(formula, equals=number, within=tolerance, multiple_of={"n": step})
    found = set(pairs)
    assert len(found) == len(pairs)
    assert all(abs(formula.at(m=a, n=b) - number) <= tolerance and b % step == 0 for a, b in found)
    known = {(a, b) for a, b in small_pairs(formula, number - tolerance, number + tolerance, 31) if b % step == 0}
    assert {(a, b) for a, b in found if a < 31 and b < 31} == known
    assert all(pair in pairs for pair in list(found)[:5])
    assert (10**9, 10**9) not in pairs
    assert str(pairs).startswith(f"{len(pairs)} pair{'s' * (len(pairs) != 1)} of m and n with")
    flipped = solve_pairs(formula, equals=number, within=tolerance, for_=(n, m), multiple_of={"n": step})
    assert {(b, a) for a, b in flipped} == found


@pytest.mark.parametrize(
    "formula",
    [Formula(weight("w", n - 3, m)), Formula(weight("w", quotient(n, 3), m)), Dense(m, split(m, n)).count],
    ids=["n - 3", "floor", "split"],
)
def test_sizes_that_need_not_be_sizes(formula):
    with pytest.raises(SettingError, match="limit them, as in among"):
        solve_pairs(formula, at_least=100, at_most=140)
    pairs = solve_pairs(formula, at_least=100, at_most=140, among={"m": range(1, 31), "n": list(range(1, 31))})
    assert set(pairs) == small_pairs(formula, 100, 140, 31)


def test_the_rows_are_exact_ranges():
    pairs = solve_pairs(LSTM.symbolic(), equals=10**6, within="1%", multiple_of={"n": 128})
    assert pairs.rows == ((128, (range(1805, 1844),)), (256, (range(710, 730),)), (384, (range(260, 273),)))
    assert (len(pairs), pairs.outer, pairs.inner, bool(pairs)) == (72, "n", "m", True)
    assert repr(pairs) == "<Pairs of m and n: 72>"
    assert not solve_pairs(GRU.symbolic(bias_sets=2), equals=10)
    assert list(solve_pairs(Conv(window=(d, d), inputs=3, filters=n), equals=28 * 64, given={})) == [
        (a, b) for a in range(1, 100) for b in [28 * 64 // (3 * a * a + 1)] if b * (3 * a * a + 1) == 28 * 64
    ]


EXACT: dict[str, tuple[Formula, list[int]]] = {
    "Dense": (Dense(m, n).count, [10**9, 124_439_808, 7]),
    "LSTM": (LSTM(m, n).count, [4_457_472, 4 * 10**12 + 4]),
    "GRU": (GRU(m, n, bias_sets=2).count, [3 * 300 * 317]),
    "Conv": (Conv((3, 3), m, n).count, [10**9, 4640]),
    "separable": (SeparableConv((3, 3), m, n).count, [688, 10**9 + 7]),
    "attention": (MultiHeadAttention(m, 8, n).count, [1_050_624, 10**9 + 8]),
    "encoder": (Formula(beside(MultiHeadAttention(m, 1, m), Dense(m, n), Dense(n, m), weight("norms", 4, m))), [132_480]),
}


@pytest.mark.parametrize("name", EXACT)
def test_large_counts_are_found_by_what_a_size_divides(name):
    formula, numbers = EXACT[name]
    for number in numbers:
        pairs = solve_pairs(formula, equals=number)
        assert all(formula.at(m=a, n=b) == number for a, b in pairs)
        for step in (1, 7):
            limits = {"m": range(step, 3000, step)}
            few = solve_pairs(formula, equals=number, among=limits, for_=(m, n))
            assert {pair for pair in pairs if pair[0] in limits["m"]} == set(few)
    assert "all divisors were tried" in str(solve_pairs(formula, equals=10**12 + 39))


def test_a_prime_count_leaves_few_sizes():
    assert list(solve_pairs(Dense(m, n, bias_sets=0), equals=10**9 + 7)) == [(1, 10**9 + 7), (10**9 + 7, 1)]
    assert str(solve_pairs(Dense(m, n), equals=10**9 + 7)) == (
        "1 pair of m and n with m*n + n = 1000000007\n  m = 1000000006: n = 1\n"
        "m + 1 divides 1000000007 for every n: all divisors were tried"
    )


@pytest.mark.parametrize("within", [0, 500])
def test_two_variants_with_the_same_budget(within):
    gru, lstm, sizes = GRU(64, m, bias_sets=2), LSTM(64, n), range(1, 200)
    pairs = solve_pairs(gru, equals=lstm, within=within, among={"n": sizes})
    counts = {"m": [*map(gru.count.compiled("m"), range(1, 300))], "n": [*map(lstm.count.compiled("n"), sizes)]}
    assert set(pairs) == {
        (a, b) for a, one in enumerate(counts["m"], 1) for b, other in enumerate(counts["n"], 1) if abs(one - other) <= within
    }
    assert pairs


def test_sizes_below_a_budget():
    pairs = solve_pairs(Dense.symbolic(), at_most=20)
    assert set(pairs) == {(a, b) for a in range(1, 21) for b in range(1, 21) if a * b + b <= 20}


DENSE = Dense(m, n)
REFUSED: list[Any] = [
    (LetterError, "takes two letters, such as for_=", lambda: solve_pairs(DENSE, equals=3, for_="m")),
    (LetterError, "takes two letters, such as", lambda: solve_pairs(Dense(m, 3), equals=3)),
    (LetterError, "not m twice", lambda: solve_pairs(DENSE, equals=3, for_=(m, m))),
    (LetterError, "no letter q in", lambda: solve_pairs(DENSE, equals=3, for_=(m, "q"))),
    (LetterError, "no size for h", lambda: solve_pairs(Dense(m, n * h), equals=3, for_=(m, n))),
    (LetterError, "among: no letter q", lambda: solve_pairs(DENSE, equals=3, among={"q": [1]})),
    (LetterError, "multiple_of: no letter q", lambda: solve_pairs(DENSE, equals=3, multiple_of={"q": 1})),
    (SettingError, "among takes sizes by letter", lambda: solve_pairs(DENSE, equals=3, among=list(range(3)))),
    (SettingError, "infinitely many", lambda: solve_pairs(DENSE, at_least=3, among={"n": [1, 2]})),
    (SettingError, "each have too many sizes", lambda: solve_pairs(DENSE, equals=10**9, within=1)),
    (SettingError, "each have too many sizes", lambda: solve_pairs(DENSE, equals=10**19)),
    (ArgumentError, "cannot compare counts with the size n - 3", lambda: solve_pairs(DENSE, equals=LSTM(m, n - 3))),
    (SettingError, "each have too many sizes", lambda: solve_pairs(GRU(64, m), equals=LSTM(64, n))),
    (ArgumentError, "solve needs a count", lambda: solve_pairs(DENSE)),
    (SettingError, "solve_pairs takes a formula", lambda: solve_pairs(3, equals=3)),
]


@pytest.mark.parametrize(("error", "words", "call"), REFUSED, ids=[words for _, words, _ in REFUSED])
def test_bad_questions_are_one_clear_line(error, words, call):
    refused(error, words, call)
