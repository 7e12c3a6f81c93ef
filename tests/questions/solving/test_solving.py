"""``solve``: found sizes are put in, missing ones are proved missing by counting every small size."""

from __future__ import annotations

import operator
from itertools import pairwise
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, compare, keras, solve, symbols
from symparams.core.sizes import quotient, rounded_up, split
from symparams.core.tree import beside, times, weight
from symparams.errors import ArgumentError, LetterError, SettingError, SizeError
from symparams.keras.layers import Dense as KerasDense
from symparams.layers import GRU, LSTM, Conv, Dense, Embedding, SimpleRNN
from symparams.questions.solving.answer import Solution
from symparams.questions.solving.monotone_runs import COUNTED, FALLS, GROWS, STAYS
from symparams.questions.solving.univariate import forward_difference, progression, signs, slopes, value
from tests.bad_input import refused

law = settings(max_examples=25, deadline=None, database=None, derandomize=True)
m, n, h, d = symbols("m n h d")
FEW = 80  # sizes that are counted one by one to see that a solution is right


# ---------------------------------------------------------------- polynomials of one whole number
polynomials = st.lists(st.integers(-50, 50), min_size=1, max_size=6).map(tuple).filter(lambda p: p[-1] != 0 or len(p) == 1)


def sign(number) -> int:
    return int(number > 0) - int(number < 0)


@law
@given(polynomials, st.integers(0, 9), st.integers(0, 60))
def test_signs_are_those_of_every_number(p, first, more):
    last = first + more
    runs = signs(p, first, last)
    told = {q: its for start, end, its in runs if end is not None for q in range(start, end + 1)}
    assert told == {q: sign(value(p, q)) for q in range(first, last + 1)}
    assert [end for _, end, _ in runs[:-1]] == [start - 1 for start, _, _ in runs[1:]]


@law
@given(polynomials)
def test_the_last_sign_holds_for_ever(p):
    start, end, its = signs(p, 0, None)[-1]
    assert end is None
    assert all(sign(value(p, q)) == its for q in [*range(start, start + 20), start + 10**6, start + 10**40])
    assert start == 0 or sign(value(p, start - 1)) != its


@law
@given(polynomials, st.integers(0, 40))
def test_slopes_tell_how_each_number_goes_on_to_the_next(p, last):
    for start, end, slope in slopes(p, 0, last):
        assert all(sign(value(p, q + 1) - value(p, q)) == slope for q in range(start, last if end is None else end))


@law
@given(polynomials, st.integers(1, 9), st.integers(0, 8), st.integers(0, 30))
def test_a_progression_is_the_polynomial_along_it(p, step, start, q):
    assert value(progression(p, step, start), q) == value(p, step * q + start)
    grown = value(p, q + 1) - value(p, q)
    assert sign(value(forward_difference(p), q)) == sign(grown)


# ---------------------------------------------------------------- sizes, by counting
def sizes(letter) -> st.SearchStrategy:
    """What a size in one letter may look like: also what is no size everywhere."""
    small = st.integers(1, 12)
    return st.one_of(
        small,
        st.just(letter),
        small.map(lambda k: letter + k),
        small.map(lambda k: letter - k),
        small.map(lambda k: 3 * k - letter),
        small.map(lambda k: k * letter**2 - 5 * letter + 3),
        small.map(lambda k: quotient(letter, k)),
        st.tuples(small, small).map(lambda t: quotient(t[1] * letter**2 + t[0], 4)),
        small.map(lambda k: rounded_up(letter, k)),
        small.map(lambda k: rounded_up(quotient(letter + k, 2), 3)),
        small.map(lambda k: split(letter, k)),
        small.map(lambda k: split(24 * k, letter)),
        small.map(lambda k: quotient(7 * k, letter)),
        small.map(lambda k: quotient(letter**2 + k, letter + 2)),
        small.map(lambda k: quotient(k - letter, 3) + 20),
        small.map(lambda k: letter * (letter + 1) / 2),
        small.map(lambda k: 8 * quotient(letter + k, 8)),
    )


formulas = (
    st.lists(st.tuples(sizes(n), sizes(n)), min_size=1, max_size=3)
    .map(lambda shapes: Formula(beside(*(weight(f"w{place}", *shape) for place, shape in enumerate(shapes)), weight("n", n))))
    .filter(lambda formula: formula.letters)
)


def counts(formula: Formula) -> dict[int, int]:
    """The count at every small size that makes one."""
    found = {}
    at = formula.compiled("n")
    for size in range(1, FEW):
        try:
            found[size] = at(size)
        except (SizeError, LetterError):
            continue
    return found


def answer(formula: Formula, **question: Any) -> Solution | None:
    """The solution; None where there are infinitely many."""
    try:
        return solve(formula, **question)
    except SettingError:
        return None


@pytest.mark.parametrize(
    "size",
    [
        sympy.Max(5, quotient(n, 2) - 3),
        sympy.Min(24, n),
        sympy.Mod(n, 7) + 1,
        sympy.Max(8, 8 * quotient(n + 4, 8)),
        sympy.Abs(n - 9) + 1,
        sympy.Max(n - 3, 2 * n - 30) - sympy.Min(4, 20 - n),
    ],
    ids=str,
)
def test_larger_smaller_and_remainders(size):
    formula = Formula(weight("w", size, n))
    known = {}
    for each in range(1, FEW):
        if size.xreplace({n: sympy.Integer(each)}) > 0:
            known[each] = formula.at(n=each)
    for wanted in {*known.values(), 0, 1, 7}:
        found = solve(formula, equals=wanted)
        assert [each for each in found if each < FEW] == [each for each, count in known.items() if count == wanted]


@law
@given(formulas, st.integers(0, 4000), st.integers(0, 5))
def test_equals_finds_all_and_no_others(formula, number, place):
    known = counts(formula)
    wanted = [number, *known.values()][place % (len(known) + 1)]
    solution = solve(formula, equals=wanted)
    assert [size for size in solution if size < FEW] == [size for size, count in known.items() if count == wanted]
    assert all(formula.at(n=size) == wanted == solution.count_at(size) for size in solution)


@law
@given(formulas, st.integers(0, 4000))
def test_a_proof_can_be_checked_by_hand(formula, wanted):
    solution = solve(formula, equals=wanted)
    known = counts(formula)
    seen: list[int] = []
    for step in solution.steps:
        stretch = step.sizes or range(step.first, FEW if step.last is None else min(step.last + 1, FEW), step.step)
        its = [size for size in stretch if size < FEW]
        seen += its
        pairs = [(known[size], known[after]) for size, after in pairwise(its)]
        assert all({GROWS: a < b, FALLS: a > b, STAYS: a == b, COUNTED: True}[step.moves] for a, b in pairs)
        assert step.below is None or formula.at(n=step.below) < wanted
        assert step.above is None or formula.at(n=step.above) > wanted
        if step.moves != COUNTED and step.hits is None and step.below is not None and step.above is not None:
            assert abs(step.below - step.above) == step.step
    assert sorted(seen) == sorted(known)
    assert solution.proof
    assert str(solution).startswith("n = " if solution else "no n")


@law
@given(formulas, st.integers(0, 4000))
def test_the_largest_the_smallest_and_the_nearest(formula, number):
    known = counts(formula)
    for question, choose in (("at_most", max), ("at_least", min)):
        solution = answer(formula, **{question: number})
        if solution is None:  # there is no largest
            assert question == "at_most"
            assert formula.doubtful_sizes
            continue
        fits = [size for size, count in known.items() if (count <= number if question == "at_most" else count >= number)]
        if solution and solution.value < FEW:
            assert solution.value == choose(fits)
        elif question == "at_least":
            assert not fits
    nearest = answer(formula, equals=number, nearest=True)
    if nearest is None:
        return
    if nearest:
        distance = {abs(formula.at(n=size) - number) for size in nearest}
        assert len(distance) == 1
        assert all(abs(count - number) >= min(distance) for count in known.values())
        assert [size for size in nearest if size < FEW] == [
            size for size, count in known.items() if abs(count - number) == min(distance)
        ]
    else:
        assert not known


@law
@given(formulas, st.integers(0, 4000), st.integers(0, 500), st.integers(1, 7), st.integers(1, 40), st.integers(0, 60))
def test_within_a_tolerance_among_some(formula, number, tolerance, step, first, more):
    known = counts(formula)
    fits = [size for size, count in known.items() if abs(count - number) <= tolerance]
    some = range(first, first + more, step)
    assert list(solve(formula, equals=number, within=tolerance, among=some)) == [size for size in fits if size in some]
    assert list(solve(formula, equals=number, within=tolerance, among=some[::-1])) == [size for size in fits if size in some]
    assert list(solve(formula, equals=number, within=tolerance, among=list(some))) == [size for size in fits if size in some]
    low = max(0, number - tolerance)
    both = solve(formula, at_least=low, at_most=number + tolerance, among=range(1, FEW), multiple_of=step)
    assert list(both) == [size for size in fits if size % step == 0]
    divisors = solve(formula, equals=number, within=tolerance, divides=60, multiple_of=step % 3 + 1)
    assert list(divisors) == [size for size in fits if 60 % size == 0 and size % (step % 3 + 1) == 0]


@law
@given(formulas, formulas)
def test_two_counts_are_equal_where_they_are(one, other):
    solution = answer(one, equals=other)
    if solution is None:
        return
    mine, its = counts(one), counts(other)
    assert [size for size in solution if size < FEW] == [size for size in mine if size in its and mine[size] == its[size]]


# ---------------------------------------------------------------- what people ask
def test_the_largest_under_a_budget_and_the_proof():
    solution = solve(LSTM(m, n), at_most=1_000_000, for_=n, given={m: 300})
    assert int(solution) == solution.value == 371
    assert solution.values == (371,)
    assert solution.evidence == ["P(371) = 997248 <= 1000000 < 1001424 = P(372)"]
    assert (
        LSTM(300, int(solution)).count == LSTM(300, operator.index(solution)).count == LSTM(300, 371).count
    )  # a solution is a size
    assert repr(solution) == "<Solution n = 371>"


def test_a_multiple_of_64():
    solution = solve(LSTM(m, n), at_most=1_000_000, for_="n", given={"m": 300}, multiple_of=64)
    assert solution.value == 320
    assert solution.evidence == ["P(320) = 794880 <= 1000000 < 1052160 = P(384)"]


def test_no_gru_is_as_large_as_an_lstm_of_128():
    lstm = keras.layers.LSTM(128)
    gru = keras.layers.GRU(n, reset_after=False)
    solution = solve(gru, equals=lstm, given={m: 64})
    assert not solution
    assert list(solution) == []
    assert "no n" in str(solution)
    refused(SizeError, "there is no such n: D", lambda: solution.value)
    assert solve(gru, equals=lstm, given={m: 64}, nearest=True).value == 152
    assert solve(GRU(64, n), equals=LSTM(64, 128), nearest=True).value == 152
    assert solve(SimpleRNN(64, n), equals=LSTM(64, 32)).values == ()
    assert solve(GRU(m, n), equals=LSTM(m, n), for_=n, given={m: 64}).values == ()  # never, for any n


@law
@given(formulas)
def test_most_and_fewest_are_those_of_counting(formula):
    known = counts(formula)
    for question, choose in (("most", max), ("fewest", min)):
        found = answer(formula, **{question: True}, among=range(1, FEW))
        assert found is not None
        extreme = choose(known.values(), default=None)
        assert found.values == tuple(size for size, count in known.items() if count == extreme)
        everywhere = answer(formula, **{question: True})
        if everywhere is None:  # it goes on without end
            assert question == "most" or formula.doubtful_sizes
        elif everywhere:
            assert choose(formula.at(n=everywhere.values[0]), extreme or 0) in {formula.at(n=size) for size in everywhere}


def test_the_size_with_the_most_says_why():
    assert str(solve(Dense(36 - n, n - 1, bias_sets=0), most=True)) == (
        "n = 18 to 19\nP(18) = 306, P(19) = 306 are the most; beside them, P(17) = 304 and P(20) = 304\n"
        "P(n) = -n**2 + 37*n - 36 grows from n = 2 to 17, is taken at n = 18 and falls from n = 19 to 35; "
        "no other n makes every size a whole number of at least 1"
    )
    assert solve(LSTM(3, n), fewest=True).value == 1
    assert solve(LSTM(3, n), most=True, among=range(5, 100, 7)).value == 96


def test_a_hidden_width_out_of_a_total():
    model = keras.Sequential([keras.Input((499,)), KerasDense(h), KerasDense(16)])
    solution = solve(model, equals=16528)
    assert solution.value == 32
    assert solution.letter == "h"


def test_a_whole_model_and_a_difference():
    model = keras.Sequential([keras.Input((None, m)), keras.layers.LSTM(n), KerasDense(10)])
    assert solve(model, at_most=10**6, for_=n, given={"m": 15}).value == 490
    before, after = keras.layers.LSTM(n), keras.v1.layers.CuDNNLSTM(n)
    assert solve(compare(before, after), equals=2400 // 2).value == 300
    assert solve(compare(after, before), at_least=0).values == ()


def test_heads_divide_the_width():
    attention = Dense(d, split(d, h))
    assert solve(attention, at_most=10**6, for_=d, given={h: 12}).value == 3456  # a multiple of 12
    assert solve(attention, equals=49216, for_=h, given={d: 768}).value == 12
    assert solve(attention, at_most=60_000, for_=h, given={d: 768}).value == 768
    assert not solve(Dense(d, 10), equals=7690, for_=d, divides=512)
    assert solve(Dense(d, 10), equals=7690, for_=d, divides=1536).value == 768
    assert solve(Dense(d, 10), at_most=7690, for_=d, divides=10**15, multiple_of=5).value == 640


def test_sizes_in_terms_of_each_other():
    feed_forward = Dense(d, symbols("f")), Dense(symbols("f"), d)
    formula = Formula(beside(*feed_forward))
    assert solve(formula, at_most=10**7, for_=d, given={"f": 4 * d}).value == 1117
    assert formula.at(d=1117, f=4 * 1117) <= 10**7 < formula.at(d=1118, f=4 * 1118)


def test_several_sizes_and_none():
    valley = n**2 - 10 * n + 30
    assert solve(valley, equals=6).values == (4, 6)
    assert solve(valley, equals=5).value == 5
    assert str(solve(valley, equals=8)) == (
        "no n\nP(4) = 6 < 8 < 9 = P(3)\nP(n) = n**2 - 10*n + 30 falls from n = 1 to 4 and grows from n = 5 on"
    )
    refused(SizeError, "more than one such n: 4 and 6", lambda: int(solve(valley, equals=6)))
    assert solve(n**2, equals=2).evidence == ["P(1) = 1 < 2 < 4 = P(2)"]
    assert solve(n + 7, equals=2).evidence == ["P(1) = 8 comes nearest and is above 2"]
    assert solve(20 - n, equals=25).evidence == ["P(1) = 19 comes nearest and is below 25"]


def test_an_expression_may_have_several_pieces():
    assert solve(n + quotient(n, 2), equals=10).value == 7
    assert not solve(n + quotient(n, 2), equals=11)
    assert solve(Conv(window=(3, 3), inputs=1, filters=n).count, equals=320).value == 32


def test_numbers_of_any_length():
    for exponent in (30, 300, 6000):
        size = 10**exponent + 7
        number = 4 * size**2 + 4 * 301 * size
        solution = solve(LSTM(300, n).count, equals=number)
        assert solution.value == size
        assert str(solution).startswith("n = ")
        assert len(repr(solution)) < 500 or exponent < 6000
        assert not solve(LSTM(300, n), equals=number + 1)
        assert solve(LSTM(300, n), at_most=number + 1).value == size
        assert solve(LSTM(300, n), at_most=number - 1).value == size - 1
    assert solve(quotient(n**2, 3), at_most=10**40).value == solve(n**2, at_most=3 * 10**40 + 2).value


def test_a_tolerance_may_be_a_share():
    exactly = solve(LSTM(300, n), equals=10**6, within=10_000)
    assert solve(LSTM(300, n), equals=10**6, within="1%").values == exactly.values == tuple(range(370, 375))
    assert solve(LSTM(300, n), equals=10**6, within="0.5%").ranges == (range(371, 373),)
    assert "P(371)" in solve(LSTM(300, n), equals=10**6, within="0.5%").proof


def test_a_piece_that_is_no_quotient_needs_a_list():
    odd = Formula(weight("w", n, sympy.ceiling(sympy.log(n + 1))))
    refused(LetterError, "no polynomial, quotient, floor or ceiling; say which sizes to try", lambda: solve(odd, equals=10))
    assert solve(odd, equals=10, among=range(1, 100)).value == 5
    assert solve(odd, equals=10, among=[5, 6]).value == 5
    many = Formula(weight("w", quotient(n, 7919), quotient(n, 7907)))
    refused(LetterError, "too many to look at one by one", lambda: solve(many, equals=10))


def test_a_letter_need_not_be_ours():
    q = sympy.Symbol("q")
    assert solve(Dense(q, 10), equals=7690, for_=q).value == 768
    assert solve(Dense(q, 10), equals=7690).value == 768


def test_sizes_of_embeddings_depth_and_copies():
    layers = symbols("L")
    blocks = Formula(times(Dense(64, 64).weights(), layers=layers))
    assert solve(blocks, equals=12 * 4160).value == 12
    assert solve(Embedding(n, 300), at_least=192_000).value == 640


# ---------------------------------------------------------------- refused
LONG = LSTM(m, n)


def anything(value: Any) -> Any:
    return value


REFUSED: list[Any] = [
    (ArgumentError, "solve needs a count: equals=N, at_most=N or at_least=N", lambda: solve(LONG)),
    (ArgumentError, "equals goes without at_most", lambda: solve(LONG, equals=3, at_most=4)),
    (ArgumentError, "nearest goes with equals", lambda: solve(LONG, at_most=4, nearest=True)),
    (ArgumentError, "within goes with equals", lambda: solve(LONG, at_most=4, within=3)),
    (ArgumentError, "nearest and within are two questions", lambda: solve(LONG, equals=4, within=3, nearest=True)),
    (ArgumentError, "take numbers where both are given", lambda: solve(LONG, at_least=LSTM(m, 3), at_most=10)),
    (LetterError, "m and n are open", lambda: solve(LONG, equals=10)),
    (LetterError, "no letter is open", lambda: solve(LONG, equals=10, given={"m": 1, "n": 2})),
    (LetterError, "no letter q in", lambda: solve(LONG, equals=10, for_="q", given={"m": 1, "n": 2})),
    (LetterError, "no letter q in", lambda: solve(LONG, equals=10, for_="n", given={"m": 1, "q": 2})),
    (LetterError, "no letter q here; the letters are m and n", lambda: solve(LONG, equals=LSTM(m, 3), for_="n", given={"q": 2})),
    (LetterError, r"no size for m \(none given\); say given=\{'m': ...\}", lambda: solve(LONG, equals=10, for_=n)),
    (LetterError, "n is asked for and given at once", lambda: solve(LONG, equals=10, for_=n, given={"m": 1, "n": 2})),
    (LetterError, "solve takes one letter, not m and n; solve_pairs takes two", lambda: solve(LONG, equals=10, for_=(m, n))),
    (LetterError, "another symbol than", lambda: solve(LONG, equals=10, for_=sympy.Symbol("n"), given={m: 3})),
    (LetterError, "sizes are given by letter", lambda: solve(LONG, equals=10, for_=n, given=anything([3]))),
    (SizeError, "m must be a whole number of at least 1", lambda: solve(LONG, equals=10, for_=n, given={m: 0})),
    (SizeError, "m must be a whole number of at least 1", lambda: solve(LONG, equals=10, for_=n, given={m: anything(1.5)})),
    (SizeError, "equals must be a whole number of at least 0, or a symbol, not 1.5", lambda: solve(n, equals=1.5)),
    (SizeError, "equals must be a whole number of at least 0, or a symbol, not True", lambda: solve(n, equals=True)),
    (SizeError, "equals must be a whole number of at least 0, or a symbol, not '3'", lambda: solve(n, equals="3")),
    (SizeError, "at_most must be a whole number of at least 0, or a symbol, not -3", lambda: solve(n, at_most=-3)),
    (SizeError, "multiple_of must be a whole number of at least 1", lambda: solve(n, equals=3, multiple_of=0)),
    (SettingError, "multiple_of must be a whole number, not m", lambda: solve(n, equals=3, multiple_of=m)),
    (SizeError, "divides must be a whole number of at least 1", lambda: solve(n, equals=3, divides=0)),
    (SettingError, "divides must be at most 1000000000000000000, not", lambda: solve(n, equals=3, divides=10**19)),
    (SizeError, "among: n must be a whole number of at least 1, or a symbol, not 0", lambda: solve(n, equals=3, among=range(4))),
    (
        SizeError,
        "among: n must be a whole number of at least 1, or a symbol, not 2.5",
        lambda: solve(n, equals=3, among=anything([2.5])),
    ),
    (SettingError, "among takes whole numbers, such as", lambda: solve(n, equals=3, among=anything("123"))),
    (SettingError, "among takes whole numbers, such as", lambda: solve(n, equals=3, among=anything(7))),
    (SettingError, "within takes a number of parameters, such as 1000, or a share", lambda: solve(n, equals=3, within="much")),
    (SettingError, "within takes a number of parameters, such as 1000, or a share", lambda: solve(n, equals=3, within="1e9%")),
    (SettingError, "within takes a number of parameters, such as 1000, or a share", lambda: solve(n, equals=3, within="1.2.3%")),
    (SizeError, "within must be a whole number of at least 0", lambda: solve(n, equals=3, within=-1)),
    (SettingError, "needs a number to be a share of", lambda: solve(n, equals=Dense(n, 3), within="1%")),
    (SettingError, "solve takes a formula, a layer or a model, not 'LSTM'", lambda: solve("LSTM", equals=3)),
    (SettingError, "solve takes a formula, a layer or a model, not <class", lambda: solve(LSTM, equals=3)),
    (SettingError, "solve takes a formula, a layer or a model, not 7", lambda: solve(7, equals=3)),
    (SettingError, "n has no end: every n from 1 on is one", lambda: solve(Dense(n, 3), equals=Dense(n, 3))),
    (ArgumentError, "most is a question by itself: ask without equals", lambda: solve(n, most=True, equals=3)),
    (ArgumentError, "fewest is a question by itself: ask without within", lambda: solve(n, fewest=True, within=3)),
    (ArgumentError, "most is a question by itself: ask without fewest", lambda: solve(n, fewest=True, most=True)),
    (SettingError, "no n has the most: the count grows from n = 1 on, without end", lambda: solve(LSTM(3, n), most=True)),
    (SettingError, "n has no end: every n from 7 on is one", lambda: solve(20 - 3 * n, at_most=0)),
]


@pytest.mark.parametrize(("error", "words", "call"), REFUSED, ids=[words[:50] for _, words, _ in REFUSED])
def test_bad_questions_are_one_clear_line(error, words, call):
    refused(error, words, call)
