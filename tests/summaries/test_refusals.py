"""Texts without a whole table are refused in one line."""

from __future__ import annotations

import pytest

from symparams import from_summary
from symparams.errors import SymparamsError, TextError
from tests.bad_input import refused
from tests.summaries.pasted_tables import COLLAPSED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no table found"),
        ("model.fit(x)", "no table found"),
        ("Total params: 5", "the beginning of the table is missing"),
        ("| Layer (type)\n|-------------\n| dense (Dense)\n Total params: 5", "no 'Param #' next to it"),
        (COLLAPSED.replace("690", "1.2M"), "not a whole number"),
        (None, "not NoneType"),
        ("x" * 20_000_001, "more than 20,000,000"),
        ("Layer (type) Output Shape Param #\n==========\nTotal params: 0", "no rows"),
    ],
)
def test_bad_input_is_refused_in_one_line(text, words):
    refused(TextError, words, lambda: from_summary(text))


def test_an_input_shape_is_checked():
    refused(SymparamsError, "input_shape", lambda: from_summary(COLLAPSED, input_shape=(0,)))
    refused(SymparamsError, "input_shape", lambda: from_summary(COLLAPSED, input_shape=5))
