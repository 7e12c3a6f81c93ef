"""A count at arrays of sizes says at each point what ``at`` says there, exactly, or refuses what ``at`` refuses."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import from_huggingface, lift, symbols
from symparams.core.arrays import blocks, evaluating, limbs
from symparams.core.formula import Formula
from symparams.core.sizes import next_power_of_two
from symparams.core.tree import Sum, weight
from symparams.errors import LetterError, SizeError, SymparamsError
from symparams.layers import LSTM, Dense, Recurrent
from symparams.torch import nn
from tests.core.random_counts import counts, outcome

STEPS = (-2, -1, 0, 1, 2)
NEAR = [*range(1, 9), *(2**power + step for power in (7, 15, 31, 32, 53, 62, 63, 64, 100) for step in STEPS)]
m, n = symbols("m n")
count_of_lstm = LSTM.symbolic().count


def array_of(values: list[int]) -> Any:
    """The smallest kind of array that has them all."""
    for kind in ("int8", "int16", "int32", "int64", "uint64"):
        if max(values) <= np.iinfo(kind).max:
            return np.array(values, dtype=kind)
    return np.array(values, dtype=object)


def exact(array: Any) -> Any:
    """Its numbers, which must be integers of 64 bits or Python's."""
    assert array.dtype in (np.dtype("int64"), np.dtype(object))
    numbers = array.ravel().tolist()
    assert {type(number) for number in numbers} <= {int}
    return numbers


# ---------------------------------------------------------------- laws
@settings(deadline=None, max_examples=60)
@given(counts, st.data())
def test_an_array_says_what_at_says_at_each_point(count: Formula, data: st.DataObject) -> None:
    length = data.draw(st.integers(1, 4))
    one = st.sampled_from(NEAR)
    several = st.lists(one, min_size=length, max_size=length)
    given = {name: data.draw(st.one_of(one, several)) for name in count.letters}
    if not any(isinstance(value, list) for value in given.values()):
        return
    points = [
        {name: value[place] if isinstance(value, list) else value for name, value in given.items()} for place in range(length)
    ]
    expected = [outcome(count.at, point) for point in points]
    result = outcome(count.at, {name: array_of(value) if isinstance(value, list) else value for name, value in given.items()})
    if isinstance(result, tuple):
        assert any(each[0] == result[0] and result[1].startswith(each[1]) for each in expected if isinstance(each, tuple))
    else:
        assert exact(result) == expected


@settings(deadline=None, max_examples=60)
@given(counts, st.data())
def test_two_limbs_say_what_at_says(count: Formula, data: st.DataObject) -> None:
    length = data.draw(st.integers(1, 4))
    several = st.lists(st.sampled_from(NEAR), min_size=length, max_size=length)
    given = {name: array_of(data.draw(several)) for name in count.letters}
    if not given:
        return
    expected = outcome(count.at, given)
    result = outcome(count.limbs, given)
    if isinstance(expected, tuple):
        assert result == expected
    elif any(number.bit_length() > 127 for number in exact(expected)):
        assert result[0] is SizeError
    else:
        high, low = result
        assert (high.dtype, low.dtype) == (np.int64, np.uint64)
        assert [(above << 64) + below for above, below in zip(high.tolist(), low.tolist(), strict=True)] == exact(expected)


@settings(deadline=None, max_examples=60)
@given(st.integers(2**20, 2**59), st.integers(1, 2**20), st.sampled_from([blocks.BLOCK, 100, 3 * limbs.BLOCK + 1]))
def test_limbs_of_large_widths_are_exact_without_python_s_integers(width: int, other: int, length: int) -> None:
    if width * (width + other) * 4 >> 110:
        width >>= 5
    sizes = np.linspace(max(1, width - 2**40), width, length).astype("int64")
    high, low = count_of_lstm.limbs(m=other, n=sizes)
    for place in {0, length // 2, length - 1}:
        assert (int(high[place]) << 64) + int(low[place]) == count_of_lstm.at(m=other, n=int(sizes[place]))


def test_limbs_take_no_detour_over_python_s_integers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "at_arrays", None)
    high, low = Dense(m, n).count.limbs(m=np.array([[2**40], [2**41]]), n=np.array([2**40, 1]))
    assert [
        [(above << 64) + below for above, below in zip(*row, strict=True)] for row in zip(high.tolist(), low.tolist(), strict=True)
    ] == [
        [2**80 + 2**40, 2**40 + 1],
        [2**81 + 2**40, 2**41 + 1],
    ]


def test_limbs_are_not_of_other_libraries_and_not_of_three() -> None:
    with pytest.raises(SizeError, match="beyond 127 bits"):
        count_of_lstm.limbs(m=1, n=np.array([2**62, 2**100], dtype=object))
    with pytest.raises(SizeError, match="limbs takes arrays"):
        count_of_lstm.limbs(m=1, n=2)
    with pytest.raises(SizeError, match="whole numbers, not of float64"):
        count_of_lstm.limbs(m=1, n=np.array([1.5]))


@settings(deadline=None, max_examples=30)
@given(counts, st.data())
def test_arrays_are_broadcast(count: Formula, data: st.DataObject) -> None:
    names = count.letters
    values = [data.draw(st.lists(st.sampled_from(NEAR), min_size=1, max_size=3)) for _ in names]
    if not names:
        return
    shapes = np.ix_(*map(array_of, values))
    expected = [outcome(count.at, dict(zip(names, point, strict=True))) for point in product(*values)]
    result = outcome(count.compiled(*names), *shapes)
    if isinstance(result, tuple):
        assert result[0] in {each[0] for each in expected if isinstance(each, tuple)}
    else:
        assert result.shape == tuple(map(len, values))
        assert exact(result) == expected


@settings(deadline=None)
@given(st.integers(1, 3 * 64), st.lists(st.integers(0, 3 * 64), max_size=3), st.sampled_from(NEAR))
def test_blocks_are_one_array(length: int, bad: list[int], largest: int) -> None:
    sizes = np.arange(1, length + 1).astype(object)
    sizes[-1] = largest
    for place in bad:
        sizes[place % length] = 0
    blocks.BLOCK, before = 64, blocks.BLOCK
    try:
        result = outcome(lambda: count_of_lstm.at(m=300, n=array_of(sizes.tolist())))
    finally:
        blocks.BLOCK = before
    if bad:
        assert result == (SizeError, "n must be a whole number of at least 1, or a symbol, not 0 (at n = 0)")
    else:
        assert exact(result) == [count_of_lstm.at(m=300, n=size) for size in sizes]


# ---------------------------------------------------------------- values
def test_integers_of_64_bits_where_they_suffice_and_python_s_beyond() -> None:
    small = count_of_lstm.at(m=300, n=np.arange(1, 6, dtype=np.int8))
    assert small.dtype == np.int64
    assert small.tolist() == [1208, 2424, 3648, 4880, 6120]
    large = count_of_lstm.at(m=300, n=np.array([2**31, 2**40, 5]))
    assert large.dtype == object
    assert large.tolist() == [count_of_lstm.at(m=300, n=size) for size in (2**31, 2**40, 5)]


@pytest.mark.parametrize("edge", [2**31, 2**53, 2**63, 2**64, 2**100])
def test_the_largest_counts_on_either_side_of_an_edge_are_exact(edge: int) -> None:
    sizes = np.array([edge - 1, edge, edge + 1], dtype=object)
    for count in (Formula(weight("w", n)), Formula(weight("w", 3 * n - 1)), count_of_lstm.given(m=7)):
        assert exact(count.at(n=sizes)) == [count.at(n=int(size)) for size in sizes]


def test_a_count_that_is_just_at_the_edge_of_64_bits() -> None:
    edge = Formula(weight("w", n))
    assert edge.at(n=np.array([2**63 - 1])).dtype == np.int64
    assert edge.at(n=np.array([2**63], dtype=np.uint64)).tolist() == [2**63]
    assert Formula(weight("w", 2 * n)).at(n=np.array([2**62 - 1, 2**62])).tolist() == [2**63 - 2, 2**63]


def test_pieces_that_are_not_polynomials() -> None:
    sizes = [sympy.Max(m, n), sympy.Min(m, 2 * n), sympy.floor(m / 3) + 1, sympy.ceiling(n / 2), sympy.Mod(m, 5) + 1]
    count = Formula(Sum(tuple(weight("w", size) for size in [*sizes, next_power_of_two(n), next_power_of_two(m + 1)])))
    values = np.arange(1, 70), np.array([[1], [5], [16], [2**40]])
    result = count.at(m=values[0], n=values[1])
    assert exact(result) == [count.at(m=int(one), n=int(other)) for other in values[1].ravel() for one in values[0]]


def test_a_letter_that_counts_copies_may_be_0() -> None:
    count = Recurrent.symbolic().count
    given = dict.fromkeys(count.letters, 3) | {"bias_sets": np.array([0, 1, 2])}
    assert count.at(given).tolist() == [count.at({**given, "bias_sets": beta}) for beta in range(3)]


def test_a_letter_that_cancels_is_checked() -> None:
    d, h = symbols("d h")
    attention = nn.MultiheadAttention(d, h).count
    assert attention.at(d=np.array([64, 96]), h=np.array([[2], [8]])).tolist() == [[attention.at(d=size) for size in (64, 96)]] * 2


def test_an_empty_array_has_no_counts() -> None:
    assert count_of_lstm.at(m=300, n=np.arange(0)).shape == (0,)


def test_a_difference_may_be_negative() -> None:
    count = Dense(n, 3).count - Dense(7, n).count
    assert count.at(n=np.arange(1, 9)).tolist() == [count.at(n=size) for size in range(1, 9)]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (np.array([3, 0, 2]), r"n must be a whole number of at least 1, or a symbol, not 0 \(at n = 0\)"),
        (np.array([3, -5]), r"not -5 \(at n = -5\)"),
        (np.array([1.0, 2.0]), r"n must be an array of whole numbers, not of float64; convert it with \.astype\(int\)"),
        (np.array([True]), "n must be an array of whole numbers, not of bool"),
        (np.array(["8"]), "n must be an array of whole numbers"),
        (np.array([1, "x"], dtype=object), "one of them is 'x'"),
        (np.array([1, 2.5], dtype=object), "one of them is 2.5"),
        (np.array([1, True], dtype=object), "one of them is True"),
    ],
)
def test_what_is_not_a_size_is_refused_with_its_point(bad: Any, why: str) -> None:
    with pytest.raises(SizeError, match=why):
        count_of_lstm.at(m=300, n=bad)
    with pytest.raises(SizeError, match=why):
        count_of_lstm.compiled("m", "n")(300, bad)


def test_a_remainder_is_refused_with_its_point() -> None:
    d, h = symbols("d h")
    with pytest.raises(SizeError, match=r"d/h is 13/4 at these sizes, not a whole number \(at d = 13\)"):
        Dense(d, d / h).count.at(d=np.arange(12, 17), h=4)
    with pytest.raises(SizeError, match=r"n - 5 is -1 at these sizes, but a size is at least 1 \(at n = 4\)"):
        Formula(weight("w", n - 5)).at(n=np.arange(4, 12))


def test_letters_are_checked_as_at_a_point() -> None:
    with pytest.raises(LetterError, match="no size for m"):
        count_of_lstm.at(n=np.arange(1, 4))
    with pytest.raises(LetterError, match="no letter k"):
        count_of_lstm.at(m=3, n=3, k=np.arange(1, 4))
    with pytest.raises(LetterError, match="n is given twice"):
        count_of_lstm.at({"n": np.arange(1, 4), symbols("n"): 4}, m=4)


def test_a_piece_without_whole_arithmetic_is_counted_point_by_point() -> None:
    count = Formula(weight("w", sympy.log(m) / sympy.log(m), n))
    assert outcome(count.at, {"m": np.arange(1, 3), "n": 4}) is not None


def test_conditions_of_code_that_was_lifted_are_checked_at_each_point() -> None:
    def build(d: int = 64, h: int = 4) -> Any:
        assert d % h == 0
        return nn.Linear(d, d) if d > 32 else nn.Linear(d, 2 * d)

    count = lift(build, {"d": 64, "h": 4}).count
    assert count.at(d=np.array([64, 96]), h=4).tolist() == [64 * 65, 96 * 97]
    with pytest.raises(SizeError, match=r"this count holds given 32 < d, which is not so at these sizes \(at d = 16\)"):
        count.at(d=np.array([64, 16]), h=4)
    with pytest.raises(SizeError, match="this count holds given 32 < d"):
        count.compiled("d")(16)


def test_quantities_beside_the_count_take_arrays() -> None:
    d, h = symbols("d h")
    model = nn.Sequential(nn.Linear(d, 3), nn.MultiheadAttention(d, h))
    for quantity in (model.bytes("float32"), model.bytes("4bit"), model.lora(symbols("r"), "all-linear"), model.kv_cache()):
        given: Any = {"d": np.array([64, 96])} | {name: 2 for name in quantity.letters if name != "d"}
        assert quantity.at(given).tolist() == [quantity.at({**given, "d": width}) for width in (64, 96)]


def test_a_formula_of_conditions_checks_them_at_each_point() -> None:
    config = {"model_type": "gpt2", "n_embd": 64, "n_head": 4, "n_layer": 2, "vocab_size": 100, "n_positions": 32}
    model = from_huggingface(config)
    values: Any = {name: value for name, value in model.values.items() if name != "L"}
    counts = model.count.at({**values, "L": np.arange(1, 4)})
    assert counts.tolist() == [model.count.at({**values, "L": layers}) for layers in (1, 2, 3)]


def test_shape_without_numbers_is_no_array() -> None:
    class Shaped:
        shape = (3,)

    with pytest.raises(SymparamsError, match="n must be a whole number"):
        count_of_lstm.at(m=3, n=Shaped())


def test_a_formula_that_was_used_with_arrays_can_be_pickled() -> None:
    import pickle

    count = LSTM.symbolic().count
    before = count.at(m=3, n=np.arange(1, 4)).tolist()
    again = pickle.loads(pickle.dumps(count))
    assert again == count
    assert again.at(m=3, n=np.arange(1, 4)).tolist() == before
