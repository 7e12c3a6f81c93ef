"""A value in the message of an error is what Python writes, as far as it is shown, and takes no longer than that."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from symparams import check, from_huggingface, from_onnx, latex, symbols
from symparams.errors import SymparamsError, brief
from symparams.layers import Dense
from tests.bad_input import refused
from tests.trust.hostile_values import inside_itself, many_times, nested

LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=40), st.binary(max_size=9), st.just(frozenset("a")))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
        st.sets(st.integers(), max_size=3),
    ),
    max_leaves=20,
)


@given(VALUES)
def test_a_value_is_written_as_python_writes_it(value: Any) -> None:
    whole = repr(value)
    assert brief(value) == (whole if len(whole) <= 60 else f"{whole[:57]}...")


def test_a_value_in_itself_is_written_once() -> None:
    assert brief(inside_itself([], lambda made: made.append(made))) == "[[...]]"
    assert brief(inside_itself({}, lambda made: made.update(a=made))) == "{'a': {...}}"
    assert brief(nested(100_000)) == "[" * 57 + "..."


def test_a_value_that_is_found_a_million_million_times_is_refused_at_once() -> None:
    value: Any = many_times(60)
    for call in (
        lambda: symbols(value),
        lambda: Dense(value, 3),
        lambda: from_onnx(value),
        lambda: check("n", value),
        lambda: latex(Dense(3, 4), form=value),
        lambda: from_huggingface("gpt2", architecture=value),
        lambda: Dense.symbolic().count.at(m=value, n=3),
    ):
        refused(SymparamsError, "{'a': {'a'|more than", call)
