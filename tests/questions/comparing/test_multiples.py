"""Multiples of a model, compared with another."""

from __future__ import annotations

import pytest
import sympy

from symparams import compare, symbols
from symparams import layers as core
from symparams.errors import SizeError
from symparams.keras import layers
from tests.bad_input import refused
from tests.questions.comparing.models_to_compare import t0

k, m, n, q = symbols("k m n q")


def test_twice_a_model_against_the_one_that_reads_both_ways():
    difference = compare(2 * t0(False), t0(True))
    (cause,) = difference.causes
    assert (difference.total, cause.layer, cause.setting, cause.amount) == (-k, "time_distributed", "bias", -k)
    assert cause.because == "2 copies have 2*k before, and one copy has k after"
    assert compare(2 * layers.LSTM(n), layers.Bidirectional(layers.LSTM(n))).causes == []


def test_so_many_of_a_layer_in_letters():
    assert compare(q * core.Dense(m, n), core.Dense(m, q * n)).causes == []
    assert compare(3 * layers.LSTM(n), 3 * layers.GRU(n)).total == sympy.expand(3 * (-m * n - n**2 + 2 * n))
    assert str((2 * core.LSTM(m, n)).count) == "2*4*(m*n + n**2 + n)"


@pytest.mark.parametrize("copies", [0, -1, 2.5, True])
def test_a_model_is_there_a_whole_number_of_times(copies):
    refused(SizeError, "the number of copies of a model must be a whole number", lambda: copies * core.LSTM(m, n))
