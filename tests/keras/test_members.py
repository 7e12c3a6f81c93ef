"""Every attribute that models, layers and tensors of Keras have is here, or is refused in a sentence."""

from __future__ import annotations

import pytest

from symparams import keras
from tests.installed import installed
from tests.recorded_members import bare_errors, members, recorded_members, things_of_keras

THINGS = things_of_keras(keras)


@pytest.mark.parametrize("name", THINGS)
def test_no_attribute_of_keras_is_a_bare_error(name: str) -> None:
    assert bare_errors(THINGS[name], recorded_members()[name]) == []


@pytest.mark.filterwarnings("ignore")  # those of the backend
def test_the_record_is_what_keras_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    for name, thing in things_of_keras(installed("keras", at_least="3.15")).items():
        assert members(thing) == recorded_members()[name]
