"""What Python itself says of a layer: its signature, its help."""

from __future__ import annotations

import inspect
import pydoc

import pytest

from symparams import layers
from symparams.errors import ArgumentError


def test_a_layer_shows_the_arguments_that_it_takes() -> None:
    assert str(inspect.signature(layers.LSTM)) == "(inputs, units, bias_sets=1, directions=1, projection=0)"
    assert str(inspect.signature(layers.Dense)).startswith("(inputs, units")


@pytest.mark.parametrize("name", [name for name in layers.__all__ if isinstance(getattr(layers, name), type)])
def test_every_argument_that_is_shown_is_one(name: str) -> None:
    cls = getattr(layers, name)
    shown = inspect.signature(cls).parameters
    if hasattr(cls, "fields"):
        assert [*shown] == [field for field, its in cls.fields.items() if not its.fixed]
        with pytest.raises(ArgumentError):
            cls(*range(1, len(shown) + 2))


def test_the_help_of_a_layer_is_for_people() -> None:
    text = pydoc.render_doc(layers.LSTM, renderer=pydoc.plaintext)
    assert "LSTM(inputs, units, bias_sets=1, directions=1, projection=0)" in text
    assert "check=None" not in text
    assert "<n: features of h_t>" in text
