"""Expressions are written as Python writes them, and what is written computes what they compute."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symparams.huggingface.expressions import expression as parsed
from symparams.huggingface.learning.expressions import simplified, text, value

FIELDS = {"d": 96, "h": 12, "r": 2.5, "depths": [2, 3, 6], "kind": "mamba", "none": None}


def field(name):
    return ("field", name)


EXPRESSIONS = st.recursive(
    st.sampled_from([field("d"), field("h"), ("index", 0), ("at", field("depths"), ("index", 0)), ("len", field("depths")), 1, 3]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", "//", "%", "=="]), inner, inner),
        st.tuples(st.sampled_from(["max", "min"]), inner, inner),
        st.tuples(st.just("neg"), inner),
    ),
    max_leaves=8,
)


def computed(expression):
    try:
        return value(expression, FIELDS, (1,))
    except (ArithmeticError, TypeError):
        return None


@given(EXPRESSIONS)
def test_what_is_written_is_what_is_computed(expression):
    number = computed(expression)
    if number is not None:
        assert eval(text(expression), {"max": max, "min": min, "len": len}, {**FIELDS, "i": 1}) == number


@given(EXPRESSIONS)
def test_the_library_reads_what_is_written(expression):
    number = computed(expression)
    if number is not None:
        assert parsed(text(expression)).value({**FIELDS, "i": 1}) == number


@given(EXPRESSIONS)
def test_a_shorter_form_is_the_same(expression):
    number = computed(expression)
    if number is not None:
        assert computed(simplified(expression)) == number


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        (("*", field("h"), ("//", field("d"), field("h"))), "h*(d // h)"),
        (("ceil", ("/", field("d"), 16)), "ceil(d / 16)"),
        (("int", ("*", field("d"), field("r"))), "int(d*r)"),
        (("==", ("at", field("kinds"), ("index", 0)), "mamba"), "kinds[i] == 'mamba'"),
        (("none", field("none")), "none is None"),
        (("*", 2, ("neg", field("d"))), "2*(-d)"),
        (("**", 2, ("+", ("index", 0), 1)), "2**(i + 1)"),
        (("-", field("d"), ("-", field("h"), 1)), "d - (h - 1)"),
    ],
)
def test_expressions_read_like_the_code(expression, written):
    assert text(expression) == written


def test_floats_round_where_the_code_rounds():
    assert value(("ceil", ("/", field("d"), 16)), {"d": 97}) == ceil(97 / 16)
