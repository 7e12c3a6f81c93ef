"""Numbers that remember: what an expression says at other sizes is what Python computes there."""

from __future__ import annotations

import copy
import math
import pickle

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from symparams.core.float_arithmetic import fraction
from symparams.core.sizes import is_symbolic
from symparams.lifting.expressions import letter
from symparams.lifting.running import point_of
from symparams.lifting.stand_ins import STAND_INS
from symparams.lifting.tagged_numbers import RECORDINGS, Recording, TaggedFloat, TaggedInt, expression_of, tagged
from symparams.lifting.to_sizes import ToSizes

NAMES = {"a": 48, "b": 7, "alpha": 0.35}
TWO = ["+", "-", "*", "//", "/", "max", "min", "%"]
ONE = ["int", "ceil", "round", "floor"]


def tag(sizes):
    return {name: tagged(value, letter(name, isinstance(value, int))) for name, value in sizes.items()}


# On the right: what a float on the left of a whole number gives is Python's own affair, and forgotten.
wholes = st.sampled_from(["a", "b", "(a + b)", "(3 * a)", "8", "(a + 8 - 1)", "max(a, b)", "int(a * 1.3)", "a * b"])
floats = st.sampled_from(["0.9", "0.75", "2.5", "1.3"])


@st.composite
def programs(draw, depth=3):
    """A function of sizes, as the text of an expression of Python."""
    if depth == 0:
        return draw(st.sampled_from(["a", "b", "a", "b", "alpha", "3", "8"]))
    if draw(st.booleans()):
        function = draw(st.sampled_from(ONE))
        inside = draw(programs(depth=depth - 1))
        return f"math.{function}({inside})" if function in ("ceil", "floor") else f"{function}({inside})"
    operation = draw(st.sampled_from(TWO))
    if operation in ("//", "%"):  # of floats they are forgotten
        return f"({draw(wholes)} {operation} {draw(wholes)})"
    left, right = draw(programs(depth=depth - 1)), draw(programs(depth=depth - 1))
    if operation in ("max", "min"):
        return f"{operation}({left}, {right})"
    return f"({left} {operation} {draw(st.one_of(st.just(right), floats))})"


def run(program, sizes, stand_ins=None):
    scope = {"math": math, **(stand_ins or {}), **sizes}
    if RECORDINGS:
        RECORDINGS[-1].scopes.add(id(scope))
    return eval(compile(program, "<program>", "eval"), scope)


sizes = st.fixed_dictionaries(
    {"a": st.integers(1, 5000), "b": st.integers(1, 300), "alpha": st.floats(0.05, 3, allow_nan=False).map(lambda x: round(x, 3))}
)


@settings(deadline=None)
@given(programs(), sizes)
def test_an_expression_gives_at_other_sizes_what_python_computes_there(program, others):
    recording = Recording()
    RECORDINGS.append(recording)
    try:
        made = run(program, tag(NAMES), STAND_INS)
        said = expression_of(made)
        plainly, there = run(program, NAMES), run(program, others)
    except (ZeroDivisionError, OverflowError):
        reject()
    finally:
        RECORDINGS.pop()
    assume(isinstance(made, TaggedInt | TaggedFloat) and 0 <= there < 2**50)
    assert said.at(point_of(NAMES)) == plainly
    assume(all(each.holds(point_of(others)) in came for each, came in recording.outcomes.items()))
    steps_down = "int(" in program and any(run(part, others) < 0 for part in negatives(program))
    if not steps_down:
        assert said.at(point_of(others)) == there


def negatives(program):
    """The arguments of each ``int(...)``: below 0, it rounds up, and sizes are not below 0."""
    for start in range(len(program)):
        if program.startswith("int(", start):
            depth = 0
            for end in range(start + 3, len(program)):
                depth += (program[end] == "(") - (program[end] == ")")
                if not depth:
                    yield program[start + 4 : end]
                    break


@settings(deadline=None)
@given(programs(), sizes)
def test_a_size_in_sympy_is_the_same_number(program, others):
    RECORDINGS.append(Recording())
    try:
        said = expression_of(run(program, tag(NAMES), STAND_INS))
        number = said.at(point_of(others))
    except (ArithmeticError, ValueError):
        reject()
    finally:
        RECORDINGS.pop()
    size = ToSizes().size(said)
    if is_symbolic(size):
        point = point_of(others)
        rule = {each: ToSizes().size(expression_of(0)) + as_sympy(point[each.name]) for each in size.free_symbols}
        size = size.xreplace(rule)
    assert fraction(as_sympy(0) + size) == number


def as_sympy(value):
    from symparams.core.algebra import rational

    return rational(value.numerator, value.denominator)


def test_they_are_what_builders_ask_for():
    d = tag({"d": 8})["d"]
    assert isinstance(d, int)
    assert (d, hash(d), f"{d}", [0] * d, list(range(d))[-1]) == (8, hash(8), "8", [0] * 8, 7)
    assert copy.deepcopy(d) is d
    assert pickle.loads(pickle.dumps(d)) == 8
    assert {8: "there"}[d] == "there"
    assert isinstance(d * 2.5, float)
    assert isinstance(3, STAND_INS["int"])
    assert STAND_INS["int"]("12") == 12


def test_the_same_size_is_the_same_expression_however_it_is_computed():
    RECORDINGS.append(Recording())
    try:
        d, m = tag({"d": 100, "m": 8}).values()
        assert expression_of(d * 3 + d) == expression_of(4 * d)
        assert expression_of((d + m - 1) // m) == expression_of(-(-d // m)) == expression_of(math.ceil(d / m))
        assert expression_of(STAND_INS["int"](d * 2 / 4)) == expression_of(d // 2)
        assert expression_of(d * 0.5 * 2) == expression_of(d)
    finally:
        RECORDINGS.pop()


def test_a_number_of_another_run_is_a_plain_one():
    RECORDINGS.append(Recording())
    d = tag({"d": 100})["d"]
    RECORDINGS.pop()
    RECORDINGS.append(Recording())
    try:
        assert expression_of(d).constant == 100
    finally:
        RECORDINGS.pop()


@pytest.mark.parametrize("value", [3, 3.5])
def test_a_constant_needs_no_tag(value):
    d = tag({"d": 100})["d"]
    assert type(d - d + value) in (int, float)
