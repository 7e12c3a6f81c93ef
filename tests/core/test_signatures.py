"""Signatures as text: their arguments and defaults, whatever commas and brackets are in these."""

from __future__ import annotations

import pytest

from symparams.core.signatures import argument_texts, default_value

SIGNATURE = {"a": "", "b": "(1, (2, 3))", "c": "[4, (5, 6)]", "d": "'x, (y'", "e": "None", "f": "-1.5"}


def test_every_argument_has_its_whole_default() -> None:
    text = ", ".join(f"{name}={default}" if default else name for name, default in SIGNATURE.items())
    assert dict(argument_texts(text)) == SIGNATURE
    assert dict(argument_texts("")) == {}


@pytest.mark.parametrize("value", [None, True, False, 3, -2, 1.5, (1, (2, 3)), [4], "x, y"])
def test_a_default_is_read_as_python_reads_it(value: object) -> None:
    assert default_value(repr(value)) == value
