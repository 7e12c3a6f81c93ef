"""``solve`` as people ask: budgets, multiples, heads, several sizes, numbers of any length."""

from __future__ import annotations

import operator

import sympy

from symparams import Formula, compare, keras, solve, symbols
from symparams.core.sizes import quotient, split
from symparams.core.tree import beside, times, weight
from symparams.errors import LetterError, SizeError
from symparams.keras.layers import Dense as KerasDense
from symparams.layers import GRU, LSTM, Conv, Dense, Embedding, SimpleRNN
from tests.bad_input import refused

m, n, h, d = symbols("m n h d")


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
    assert "no n fits" in str(solution)
    refused(SizeError, "there is no such n: D", lambda: solution.value)
    assert solve(gru, equals=lstm, given={m: 64}, nearest=True).value == 152
    assert solve(GRU(64, n), equals=LSTM(64, 128), nearest=True).value == 152
    assert solve(SimpleRNN(64, n), equals=LSTM(64, 32)).values == ()
    assert solve(GRU(m, n), equals=LSTM(m, n), for_=n, given={m: 64}).values == ()  # never, for any n


def test_the_size_with_the_most_says_why():
    assert str(solve(Dense(36 - n, n - 1, bias_sets=0), most=True)) == (
        "n = 18 to 19\nP(18) = 306, P(19) = 306 are the largest; next to them, P(17) = 304 and P(20) = 304\n"
        "P(n) = -n**2 + 37*n - 36 grows from n = 2 to 17, is counted at n = 18 and falls from n = 19 to 35; "
        "no other n makes every size a positive whole number"
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
        "no n fits\nP(4) = 6 < 8 < 9 = P(3)\nP(n) = n**2 - 10*n + 30 falls from n = 1 to 4 and grows from n = 5 on"
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
    refused(LetterError, "not a polynomial, quotient, floor or ceiling; limit the sizes", lambda: solve(odd, equals=10))
    assert solve(odd, equals=10, among=range(1, 100)).value == 5
    assert solve(odd, equals=10, among=[5, 6]).value == 5
    many = Formula(weight("w", quotient(n, 7919), quotient(n, 7907)))
    refused(LetterError, "too many to try one by one", lambda: solve(many, equals=10))


def test_a_letter_need_not_be_ours():
    q = sympy.Symbol("q")
    assert solve(Dense(q, 10), equals=7690, for_=q).value == 768
    assert solve(Dense(q, 10), equals=7690).value == 768


def test_sizes_of_embeddings_depth_and_copies():
    layers = symbols("L")
    blocks = Formula(times(Dense(64, 64).weights(), layers=layers))
    assert solve(blocks, equals=12 * 4160).value == 12
    assert solve(Embedding(n, 300), at_least=192_000).value == 640
