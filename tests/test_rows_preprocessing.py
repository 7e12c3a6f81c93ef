"""Preprocessing layers of Keras: what the records do not have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symparams import compare, keras, symbols
from symparams.errors import ArgumentError, SettingError, ShapeError, SizeError, SymparamsError
from symparams.keras import Input, layers, v2

from .refusing import refused

a, b, c, f, n = symbols("a b c f n")


def on(layer: Any, *shape: Any) -> Any:
    """The layer, once it has read a tensor of that shape, batch and all."""
    layer(Input(batch_shape=shape))
    return layer


def given(layer: Any, *shape: Any) -> Any:
    """The shape that a layer gives."""
    return layer(Input(batch_shape=shape)).shape


# ---------------------------------------------------------------- numbers
def test_a_normalization_keeps_moments_unless_they_are_given() -> None:
    found, told = on(layers.Normalization(axis=(2, 1)), None, a, b), on(layers.Normalization(mean=0.0, variance=1.0), None, c)
    assert str(found.count) == "2*a*b + 1"
    assert [tensor.shape for tensor in found.weights] == [(a, b), (a, b), ()]
    assert str(told.count) == "0"
    difference = compare(on(layers.Normalization(), None, c), told)
    assert [(cause.because, cause.amount) for cause in difference.causes] == [
        ("mean and variance are given, so none are kept", -2 * c - 1)
    ]


def test_moments_fit_the_axes_as_their_version_says() -> None:
    pair = {"mean": [1.0, 2.0], "variance": [1.0, 1.0]}
    assert given(layers.Normalization(**pair), None, 2) == (None, 2)
    assert given(layers.Normalization(axis=(1, 2), **pair), None, n, 2) == (None, n, 2)
    assert given(v2.layers.Normalization(mean=[[1.0, 2.0]], variance=1.0), None, 2) == (None, 2)
    assert str(on(layers.Normalization(axis=(-1, 2)), None, 3, 1).count) == "3"  # an axis of one place may be named twice


@pytest.mark.parametrize(
    ("error", "words", "call"),
    [
        (ArgumentError, "axis must be None, a whole number or several", lambda: layers.Normalization(axis=1.5)),
        (SettingError, "given together", lambda: layers.Normalization(mean=1.0)),
        (SettingError, "given together", lambda: v2.layers.Normalization(variance=1.0)),
        (SettingError, "one shape", lambda: layers.Normalization(mean=1.0, variance=[1.0])),
        (SettingError, "no more axes", lambda: layers.Normalization(mean=[[1.0]], variance=[[1.0]])),
        (SettingError, "a number, or a list", lambda: layers.Normalization(mean="1", variance="1")),
        (ShapeError, "2 is not 3", lambda: given(layers.Normalization(mean=[1, 2], variance=[1, 2]), None, 3)),
        (ShapeError, "cannot be said to be equal", lambda: given(layers.Normalization(mean=[1, 2], variance=[1, 2]), None, n)),
        (ShapeError, "axis 1 is None", lambda: given(layers.Normalization(axis=1), None, None, 3)),
        (ShapeError, "no axis 2", lambda: given(layers.Normalization(axis=2), None, 3)),
        (ShapeError, "twice", lambda: given(layers.Normalization(axis=(-1, 2)), None, 3, 4)),
    ],
)
def test_what_a_normalization_refuses(error: type[SymparamsError], words: str, call: Callable[[], Any]) -> None:
    refused(error, words, call)


# ---------------------------------------------------------------- images of another size
@pytest.mark.parametrize("name", ["Resizing", "CenterCrop", "RandomCrop"])
def test_an_image_gets_its_size_with_a_batch_and_without(name: str) -> None:
    made = getattr(layers, name)
    assert given(made(a, b), None, None, 7, c) == (None, a, b, c)
    assert given(made(a, b), 9, 7, 3) == (a, b, 3)
    assert given(made(a, b, data_format="channels_first"), None, 3, None, None) == (None, 3, a, b)
    assert given(getattr(v2.layers, name)(a, b), None, 9, 7, 3) == (None, a, b, 3)
    refused(ShapeError, "rows, columns, channels", lambda: given(made(a, b), None, 3))
    refused(ShapeError, "one image or a batch", lambda: given(made(a, b), None, 3, 9, 7, 3))
    refused(SizeError, "height", lambda: made(0, 3))
    refused(SizeError, "width", lambda: made(3, None))
    refused(SettingError, "data_format", lambda: made(3, 3, data_format="channels_middle"))


def test_resizing_names_its_interpolations_before_keras_3() -> None:
    refused(SettingError, "interpolation must be one of", lambda: v2.layers.Resizing(2, 2, interpolation="cubic"))
    assert given(layers.Resizing(2, 2, interpolation="lanczos5"), None, 9, 9, 1) == (None, 2, 2, 1)
    assert str(keras.layers.Normalization().by_itself().count) == "2*c + 1"
