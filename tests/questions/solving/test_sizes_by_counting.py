"""``solve``: what it finds is what counting every small size finds."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, solve, symbols
from symparams.core.sizes import quotient, rounded_up, split
from symparams.core.tree import beside, weight
from symparams.errors import LetterError, SettingError, SizeError
from symparams.questions.solving.answer import Solution
from symparams.questions.solving.monotone_runs import COUNTED, FALLS, GROWS, STAYS

law = settings(max_examples=25, deadline=None, database=None, derandomize=True)
n = symbols("n")
FEW = 80  # sizes that are counted one by one to see that a solution is right


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
        found: Solution = solve(formula, **question)
    except SettingError:
        return None
    return found


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
    assert str(solution).startswith("n = " if solution else "no n fits")


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
