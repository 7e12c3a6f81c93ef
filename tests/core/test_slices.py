"""Slices of axes in letters: what is said is what Python keeps, at every number for the letters."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symparams import keras, symbols, torch
from symparams.core.slices import certain_length, is_inside
from symparams.errors import ShapeError
from tests.bad_input import refused

T, d, n = symbols("T d n")
LENGTHS = [T, d, 2 * d, d + 3, 2 * d + n, 4 * n, 7]
ENDS = [None, 0, 1, 2, -1, -2, T, T - 1, d, -d, d // 2, -(d // 2), n, 2 * n, d + n, -2 * d, 1 - d]


def number(size: Any, values: dict[Any, int]) -> Any:
    return int(size.xreplace(values)) if hasattr(size, "xreplace") else size


@given(
    st.sampled_from(LENGTHS),
    st.sampled_from(ENDS),
    st.sampled_from(ENDS),
    st.sampled_from([None, 1, 2, 3]),
    st.fixed_dictionaries({T: st.integers(1, 9), d: st.integers(1, 9), n: st.integers(1, 9)}),
)
def test_what_is_certain_is_what_python_keeps(length, start, stop, step, values):
    found = certain_length(length, slice(start, stop, step))
    if found is not None:
        ends = (number(each, values) for each in (start, stop, step))
        assert number(found, values) == len(range(number(length, values))[slice(*ends)])
    if start is not None and is_inside(length, start):
        whole = number(length, values)
        assert -whole <= number(start, values) < whole


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        (lambda x: x[..., :d], d),
        (lambda x: x[..., d:], d),
        (lambda x: x[..., -d:], d),
        (lambda x: x[..., :-d], d),
        (lambda x: x[..., : x.shape[-1] // 2], d),
        (lambda x: x[..., ::2], d),
        (lambda x: x[:, 1:T, 0], T - 1),
        (lambda x: x[:, T - 1], 2 * d),
        (lambda x: x[:, :T, -1], T),
    ],
)
def test_both_doors_slice_axes_in_letters(key, kept):
    for tensor in (torch.empty(2, T, 2 * d), keras.Input((T, 2 * d))):
        assert key(tensor).shape[-1] == kept


def test_a_slice_that_depends_on_the_letters_is_refused_in_keras():
    x = keras.Input((T, d))
    for key in (slice(None, 10), slice(None, n), slice(None, -2)):
        refused(ShapeError, "GetItem: the output shape is unknown", lambda key=key: x[:, key])
