"""The namespaces of layers: unknown names, what ``dir`` and ``help`` show, and where Keras code finds its modules."""

from __future__ import annotations

import inspect
from typing import Any

from symparams import keras
from symparams.errors import UnknownLayerError
from symparams.keras import Sequential, layers, v1, v2
from tests.bad_input import refused

# ---------------------------------------------------------------- unknown layers


def test_an_unknown_layer_is_an_error_with_the_nearest_name() -> None:
    refused(UnknownLayerError, r"^no layer 'LSTMM' in keras\.layers; did you mean 'LSTM'\?$", lambda: layers.LSTMM)
    refused(UnknownLayerError, r"^no layer 'dense' in keras\.v2\.layers; did you mean 'Dense'\?$", lambda: v2.layers.dense)
    refused(UnknownLayerError, r"^no layer 'a\\nb' in keras\.layers$", lambda: getattr(layers, "a\nb"))
    assert not hasattr(layers, "__path__")
    assert {"LSTM", "Dense", "Input"} <= set(dir(layers))
    assert "CuDNNLSTM" in dir(v1.layers)


def test_layers_are_made_once() -> None:
    assert layers.LSTM is keras.layers.LSTM
    assert layers.LSTM is not v2.layers.LSTM
    assert "Its formula is that of" in (layers.LSTM.__doc__ or "")


# ---------------------------------------------------------------- what a fresh pair of eyes found


def test_help_shows_the_signature_of_keras() -> None:
    known = inspect.signature(layers.GRU).parameters
    assert [*known][:2] == ["units", "activation"]
    assert known["reset_after"].default is True
    assert inspect.signature(v1.layers.GRU).parameters["reset_after"].default is False


def test_keras_code_finds_its_modules() -> None:
    import importlib

    for version in ("", ".v1", ".v2"):
        assert importlib.import_module(f"symparams.keras{version}.models").Sequential is Sequential
    everything: dict[str, Any] = {}
    exec("from symparams.keras.layers import *", everything)  # noqa: S102
    assert everything["LSTM"] is layers.LSTM
