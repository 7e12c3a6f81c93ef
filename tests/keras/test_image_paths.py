"""A flat U-Net in formulas: its layers by the path that they are on."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from symparams import keras, latex, symbols
from symparams.core.formula import FORMS
from symparams.keras import v2

H, W, c, k = symbols("H W c k")


def convolved(door: Any, x: Any, width: Any) -> Any:
    for _ in range(2):
        x = door.layers.Conv2D(width, 3, padding="same", activation="relu")(x)
    return x


def made_smaller(door: Any, x: Any, width: Any, how: str) -> Any:
    if how == "strides":
        return door.layers.Conv2D(width, 3, strides=2, padding="same")(x)
    return door.layers.AveragePooling2D(2)(x) if how == "average" else door.layers.MaxPooling2D()(x)


def made_larger(door: Any, x: Any, width: Any, how: str) -> Any:
    if how == "upsampling":
        return door.layers.Conv2D(width, 2, padding="same")(door.layers.UpSampling2D()(x))
    return door.layers.Conv2DTranspose(width, 2, strides=2)(x)


def unet(depth: int, image: Any = (None, None, 3), how: str = "", joins: bool = True, door: Any = keras) -> Any:
    x = begin = door.Input(image)
    skipped = []
    for level in range(depth):
        x = convolved(door, x, c * 2**level)
        skipped.append(x)
        x = made_smaller(door, x, c * 2**level, how)
    x = convolved(door, x, c * 2**depth)
    for level in reversed(range(depth)):
        x = made_larger(door, x, c * 2**level, how)
        x = door.layers.Concatenate()([x, skipped[level]]) if joins else x
        x = convolved(door, x, c * 2**level)
    return door.Model(begin, door.layers.Activation("softmax")(door.layers.Conv2D(k, 1)(x)))


@pytest.mark.parametrize("door", [keras, v2])
@pytest.mark.parametrize("image", [(None, None, 3), (64, 64, 3), (16 * H, 16 * W, 3)])
def test_it_is_printed_by_its_paths(image, door):
    assert str(unet(4, image, door=door).count) == "c*k + k + (1143*c**2 + 57*c) + (3456*c**2 + 32*c) + (2975*c**2 + 45*c)"


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("average", "c*k + k + (63*c**2 + 33*c) + (216*c**2 + 8*c) + (175*c**2 + 9*c)"),
        ("upsampling", "c*k + k + (63*c**2 + 33*c) + (216*c**2 + 8*c) + (175*c**2 + 9*c)"),
        ("strides", "c*k + k + (72*c**2 + 34*c) + (252*c**2 + 10*c) + (175*c**2 + 9*c)"),
    ],
)
def test_its_images_become_smaller_and_larger_in_every_way(how, text):
    assert str(unet(2, how=how).count) == text


def test_the_paths_have_names_below_them():
    shown = latex(unet(4), form="collected", annotate=True)
    for words in ("contracting path", "bottleneck", "expanding path"):
        assert rf"_{{\text{{{words}}}}}" in shown
    assert "contracting path" in latex(unet(2, (4 * H, 4 * W, 3)).count.given(k=2), form="collected", annotate=True)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_its_count(form):
    count = unet(3).count
    assert sympy.expand(sympy.parse_expr(count.text(form), local_dict=dict(count.symbols)) - count.expr) == 0


def test_the_names_of_its_tensors_are_keras_names():
    model = unet(2)
    assert [*model.count.terms][:2] == ["conv2d/kernel", "conv2d/bias"]
    assert [tensor.path for tensor in model.weights][-1] == "conv2d_10/bias"
    assert model.count == sum(layer.count for layer in model.layers if layer.weights)


def test_without_connections_it_has_no_paths():
    assert str(unet(2, joins=False).count) == "409*c**2 + c*k + 50*c + k"
