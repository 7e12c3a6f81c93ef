"""A layer is its sizes: given by position or by name, compared by value, and refused by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy

from symparams import symbols
from symparams.core.fields import dim
from symparams.core.model import Layer
from symparams.core.tree import weight
from symparams.errors import ArgumentError, SettingError
from symparams.layers import GRU, LSTM, Conv, Dense, Recurrent, SimpleRNN
from tests.bad_input import refused

m, n = symbols("m n")


Untyped: Any = LSTM  # as a caller without a type checker has it


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Untyped(3), r"^LSTM needs units$"),
        (Untyped, r"^LSTM needs inputs and units$"),
        (
            lambda: Untyped(3, unit=4),
            r"^LSTM has no size 'unit'; its sizes are inputs, units, bias_sets, directions and projection; did you mean 'units'\?$",
        ),
        (
            lambda: Untyped(3, 4, gates=3),
            r"^LSTM has no size 'gates'; its sizes are inputs, units, bias_sets, directions and projection$",
        ),
        (lambda: Untyped(3, 4, units=4), r"^LSTM: units is given twice$"),
        (lambda: Untyped(3, 4, 1, 1, 0, 1), r"^LSTM takes 5 sizes \(inputs, units, bias_sets, directions and projection\), not 6$"),
        (lambda: LSTM.symbolic(unit=3), r"^LSTM has no size 'unit'"),
        (lambda: LSTM(3, 4).but(unit=3), r"^LSTM has no size 'unit'"),
        (lambda: LSTM(3, 4).but(gates=3), r"^LSTM has no size 'gates'"),
        (lambda: LSTM.symbolic(gates=3), r"^LSTM has no size 'gates'"),
        (lambda: Recurrent(1, 2, 3), r"^Recurrent is a family of layers: use one of its members, or Recurrent\.symbolic\(\)$"),
        (Layer, r"^Layer is a family of layers"),
        (lambda: type("Peephole", (LSTM,), {}), r"^LSTM is final: add a field or compose it"),
    ],
)
def test_a_layer_made_wrongly_is_an_error_that_names_the_way_out(make: Callable[[], Any], words: str) -> None:
    refused(ArgumentError, words, make)


def test_sizes_along_axes_are_a_tuple_and_at_least_one() -> None:
    assert Conv(3, 16, 32).window == Conv([3], 16, 32).window == (3,)
    refused(SettingError, "Conv: window needs at least one size", lambda: Conv((), 16, 32))


def test_a_layer_of_ones_own_has_everything() -> None:
    class Bilinear(Layer):
        left: Any = dim(letter="a", doc="features of x")
        right: Any = dim(letter="b", doc="features of y")
        units: Any = dim(letter="n", doc="features of the output", default=1)

        def weights(self) -> Any:
            return weight("kernel", self.units, self.left, self.right) + weight("bias", self.units)

    assert str(Bilinear.symbolic().count) == "a*b + 1"
    assert Bilinear(3, 4, 5).count == 65
    assert repr(Bilinear(3, 4)) == "Bilinear(left=3, right=4, units=1)"
    assert Bilinear(3, 4) != Dense(3, 4)


def test_layers_are_equal_by_kind_and_value() -> None:
    assert Dense(3, 4) == Dense(inputs=sympy.Integer(3), units=np.int64(4))
    assert len({Dense(3, 4), Dense(3, 4), Dense(4, 3), SimpleRNN(3, 4), GRU(3, 4), Dense(m, n), Dense(m, n)}) == 5
