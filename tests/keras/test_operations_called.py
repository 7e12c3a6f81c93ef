"""Every function of ``keras.ops`` gives the shapes that Keras gives, with arguments by position and by name."""

from __future__ import annotations

import math
from typing import Any

import pytest

from symparams import keras
from symparams.errors import ArgumentError, SymparamsError
from symparams.keras.namespaces.exported import exported_names
from tests.bad_input import refused
from tests.installed import installed
from tests.keras.calling_operations import CALLS, called, recorded, shapes_in

RECORDED = recorded()
# What Keras says of a graph and not of numbers, or says of both and NumPy does not.
DIFFERENT = {
    "adaptive_average_pool(img, (4, 2))": "in a graph Keras keeps the rows beside the new ones; on numbers it does not",
    "corrcoef(m6)": "in a graph Keras gives the shape of the input; on numbers of three axes the function fails",
    "custom_gradient(lambda q: (q, lambda d: d))": "a function",
    "linspace(0, 1, num=4, retstep=True)": "the step is a number, and here a tensor without axes",
    "ndim(x)": "in a graph Keras gives a tensor, on numbers a number, as here",
    "tensordot(x, y, axes=2)": "in a graph Keras does not compare the summed axes; on numbers it does",
}


def is_refused(shapes: Any) -> bool:
    return isinstance(shapes, dict) and "refused" in shapes


def test_every_function_is_called() -> None:
    names = {
        path.rpartition(".")[2] for path, found in exported_names("v3").items() if path.startswith("ops.") and found.kind == "f"
    }
    missing = {name for name in names if not any(call.partition("(")[0].rpartition(".")[2] == name for call in CALLS)}
    assert missing <= {"ifft", "average_pool", "convert_to_numpy", "numpy"}, missing
    assert RECORDED.keys() == set(CALLS)
    assert set(DIFFERENT) <= set(CALLS)


@pytest.mark.parametrize("named", [False, True], ids=["by position", "by name"])
def test_every_function_gives_the_shapes_of_keras(named: bool) -> None:
    for call in CALLS:
        if call in DIFFERENT or is_refused(RECORDED[call]):
            continue
        assert shapes_in(called(keras, call, named)) == RECORDED[call], call


def test_what_keras_refuses_is_answered_or_refused_in_a_sentence() -> None:
    for call in CALLS:
        try:
            shapes_in(called(keras, call))
        except SymparamsError as error:
            assert is_refused(RECORDED[call]) or call in DIFFERENT, (call, error)


def test_an_argument_that_an_operation_does_not_have_is_an_error() -> None:
    x = keras.Input((8, 6))
    refused(ArgumentError, r"^keras\.ops\.mean has no argument 'axes'; did you mean 'axis'\?$", lambda: keras.ops.mean(x, axes=1))
    refused(ArgumentError, r"^keras\.ops\.relu takes 1 argument, not 3$", lambda: keras.ops.relu(x, 1, 2))


@pytest.mark.filterwarnings("ignore")  # those of the backend
def test_keras_still_gives_what_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    real = installed("keras", at_least="3.15")
    for call in CALLS:
        if not is_refused(RECORDED[call]):
            found = shapes_in(called(real, call))
            assert found == RECORDED[call] or math.isclose(found[-1], RECORDED[call][-1]), call
