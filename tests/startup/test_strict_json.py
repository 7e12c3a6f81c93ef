"""The reader of JSON says what the module json says, and refuses what it refuses."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symparams._startup.strict_json import parsed
from symparams.errors import TextError
from tests.bad_input import refused

VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 1]))
def test_json_is_what_the_module_json_says(value: Any, indent: int | None) -> None:
    assert parsed(f" {json.dumps(value, indent=indent)}\n", "it") == value


@given(st.text(alphabet='[]{}",:0123.eE-+ntrufalsINyk\\ \n', max_size=30))
def test_json_refuses_what_the_module_json_refuses(text: str) -> None:
    try:
        value = parsed(text, "it")
    except TextError as error:
        assert "\n" not in str(error)
        with suppress(ValueError):
            twice = json.loads(text)
            assert "twice" in str(error) or "NaN" in str(error) or "Infinity" in str(error), (text, twice)
    else:
        assert json.loads(text) == value


def test_another_python_reads_json_with_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_json", None)
    assert parsed('{"a": [1, 2.5, null]}', "it") == {"a": [1, 2.5, None]}
    refused(TextError, "it has the key 'a' twice", lambda: parsed('{"a": 1, "a": 2}', "it"))
    refused(TextError, "it is not JSON", lambda: parsed("[1, 2", "it"))
