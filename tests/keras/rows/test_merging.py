"""Layers of Keras that merge tensors: letters, unknown axes and refusals that the records do not have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symparams import keras, symbols
from symparams.errors import ArgumentError, SettingError, ShapeError, SymparamsError
from symparams.keras import Input, layers, v1, v2
from tests.bad_input import refused

k, n, t = symbols("k n t")
VERSIONS = [keras, v2, v1]
PLACE_BY_PLACE = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"]


def merged(layer: Any, *shapes: tuple[Any, ...]) -> Any:
    return layer([Input(batch_shape=shape) for shape in shapes]).shape


# ---------------------------------------------------------------- place by place
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", PLACE_BY_PLACE)
def test_axes_of_one_are_repeated(version: Any, name: str) -> None:
    def both(*shapes: tuple[Any, ...]) -> Any:
        return merged(getattr(version.layers, name)(), *shapes)

    assert both((None, t, n), (None, t, n)) == (None, t, n)
    assert both((None, 2 * (n + 1)), (None, 2 * n + 2)) == (None, 2 * n + 2)
    assert both((None, t, 1), (None, 1, n)) == (None, t, n)
    assert both((None, n), (None, t, n)) == (None, t, n)
    assert both((None, n), (3, n)) == (3, n)
    refused(ShapeError, r"4 is not 5", lambda: both((None, 4), (None, 5)))
    refused(ShapeError, r"n and k may differ; use the same letter", lambda: both((None, n), (None, k)))
    refused(ShapeError, r"n and 4 may differ", lambda: both((None, n), (None, 4)))
    refused(ShapeError, r"the batch: 2 is not 1", lambda: both((2, n), (1, n)))


def test_what_is_unknown_is_what_the_version_makes_of_it() -> None:
    shapes = (None, None, n), (None, 5, n)
    assert [merged(version.layers.Add(), *shapes) for version in VERSIONS] == [(None, None, n), (None, 5, n), (None, 5, n)]
    assert merged(v2.layers.Add(), (None, None), (None, 1)) == (None, None)
    assert merged(v2.layers.Add(), (1, 4), (None, 4)) == (None, 4)


def test_a_merging_layer_takes_a_list() -> None:
    x = Input((n,))
    assert layers.Add()((x, x)).shape == layers.Add()([x]).shape == (None, n)
    refused(ShapeError, r"Add must be called on a list of tensors", lambda: layers.Add()(x))
    refused(ShapeError, r"Subtract takes a list of 2 tensors, not of 3", lambda: layers.Subtract()([x, x, x]))
    refused(ShapeError, r"symbolic tensors", lambda: layers.Add()([]))
    refused(ShapeError, r"Add takes several tensors", lambda: layers.TimeDistributed(layers.Add())(Input((4, 5))))


# ---------------------------------------------------------------- beside each other
@pytest.mark.parametrize("version", VERSIONS)
def test_sizes_along_the_axis_are_added(version: Any) -> None:
    concatenate = version.layers.Concatenate
    assert merged(concatenate(), (None, t, n), (None, t, k), (None, t, 3)) == (None, t, k + n + 3)
    assert merged(concatenate(axis=1), (None, t, n), (None, None, n)) == (None, None, n)
    refused(ShapeError, r"axis 2: n and k may differ", lambda: merged(concatenate(axis=1), (2, t, n), (2, t, k)))
    refused(ShapeError, r"all tensors must have the same number of axes", lambda: merged(concatenate(), (None, n), (None, t, n)))
    refused(ShapeError, r"axis: an input of 2 axes has no axis 2", lambda: merged(concatenate(axis=2), (None, n), (None, n)))
    refused(SettingError, r"axis must be a whole number, not n", lambda: concatenate(axis=n))


def test_the_other_axes_of_a_concatenation() -> None:
    shapes = (None, None, 4), (3, 5, 4)
    assert [merged(version.layers.Concatenate(), *shapes) for version in VERSIONS] == [(None, None, 8), (3, 5, 8), (3, 5, 8)]


# ---------------------------------------------------------------- multiplied and summed
@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_product_leaves(version: Any) -> None:
    dot = version.layers.Dot
    assert merged(dot(1), (None, n), (None, n)) == (None, 1)
    assert merged(dot((2, 1)), (None, t, n), (None, n, k)) == (None, t, k)
    assert merged(dot(-1), (None, t, n), (None, k, n)) == (None, t, k)
    refused(ShapeError, r"over axes 1 and 1: n and k may differ", lambda: merged(dot(1), (None, n), (None, k)))
    refused(ShapeError, r"None is not 4", lambda: merged(dot(1), (None, None), (None, 4)))
    refused(ShapeError, r"axes: an input of 2 axes has no axis 2", lambda: merged(dot((1, 2)), (None, n), (None, n)))
    refused(ShapeError, r"takes a list of 2 tensors", lambda: merged(dot(1), (None, n)))


@pytest.mark.parametrize(
    ("error", "make"),
    [
        (ArgumentError, lambda: layers.Dot("1")),
        (ArgumentError, lambda: layers.Dot(None)),
        (SettingError, lambda: layers.Dot((1,))),
        (SettingError, lambda: layers.Dot((1, n))),
        (SettingError, lambda: merged(v2.layers.Dot(0), (3, 4), (3, 4))),
    ],
)
def test_axes_that_a_product_does_not_take(error: type[SymparamsError], make: Callable[[], Any]) -> None:
    refused(error, r"Dot: axes must", make)


# ---------------------------------------------------------------- functions
def test_the_functions_of_keras_make_the_layers() -> None:
    x, y = Input((n,)), Input((n,))
    assert keras.layers.add([x, y]).shape == (None, n)
    assert keras.layers.concatenate([x, y], axis=1).shape == (None, 2 * n)
    assert keras.layers.dot([x, y]).shape == v2.layers.dot([x, y], 1).shape == (None, 1)
    refused(ArgumentError, r"Dot needs axes", lambda: v2.layers.dot([x, y]))
    assert "maximum" in dir(v1.layers)
