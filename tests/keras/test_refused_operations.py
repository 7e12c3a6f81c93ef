"""Operations on shapes that do not fit: refused where Keras refuses them, and the same shape where it does not."""

from __future__ import annotations

import pytest
import sympy

from symparams import keras, symbols
from symparams.errors import ShapeError
from tests.installed import installed

n, m = symbols("n m")

# Each operation with an ``ops`` and an ``Input`` of this library or of Keras.
REFUSED = {
    "concatenate": lambda o, x: o.concatenate([x(7, 5), x(5, 7)], axis=-1),
    "concatenate of other ranks": lambda o, x: o.concatenate([x(7), x(5, 7)], axis=-1),
    "append": lambda o, x: o.append(x(4, 3), x(5, 3), axis=-1),
    "hstack": lambda o, x: o.hstack([x(4, 3), x(4, 5)]),
    "vstack": lambda o, x: o.vstack([x(4, 3), x(4, 5)]),
    "stack": lambda o, x: o.stack([x(4, 3), x(4, 5)]),
    "stack of other ranks": lambda o, x: o.stack([x(4), x(4, 5)]),
    "squeeze": lambda o, x: o.squeeze(x(4, 3), -1),
    "repeat": lambda o, x: o.repeat(x(4, 3), [1, 2], axis=-1),
    "broadcast_to": lambda o, x: o.broadcast_to(x(4, 3), (2, 4, 5)),
    "flip": lambda o, x: o.flip(x(4, 3), axis=5),
    "roll": lambda o, x: o.roll(x(4, 3), 1, axis=5),
    "sort": lambda o, x: o.sort(x(4, 3), axis=9),
    "argsort": lambda o, x: o.argsort(x(4, 3), axis=7),
    "cumsum": lambda o, x: o.cumsum(x(4, 3), axis=7),
    "softmax": lambda o, x: o.softmax(x(4, 3), axis=7),
    "normalize": lambda o, x: o.normalize(x(4, 3), axis=9),
    "diagonal": lambda o, x: o.diagonal(x(4, 3), axis1=1, axis2=1),
    "trace": lambda o, x: o.trace(x(4, 3), axis1=1, axis2=1),
    "cross": lambda o, x: o.cross(x(4, 5), x(4, 5)),
    "add": lambda o, x: o.add(x(4, 3), x(4, 5)),
}
ANSWERED = {
    "concatenate": (lambda o, x: o.concatenate([x(5, 5), x(5, 7)], axis=-1), (None, 5, 12)),
    "concatenate of an unknown axis": (lambda o, x: o.concatenate([x(5, 5), x(None, 7)], axis=-1), (None, 5, 12)),
    "stack": (lambda o, x: o.stack([x(4, 3), x(4, 3)]), (2, None, 4, 3)),
    "squeeze": (lambda o, x: o.squeeze(x(4, 1), -1), (None, 4)),
    "repeat": (lambda o, x: o.repeat(x(4, 3), [1, 2, 3], axis=-1), (None, 4, 6)),
    "broadcast_to": (lambda o, x: o.broadcast_to(x(1, 3), (2, 4, 3)), (2, 4, 3)),
    "flip": (lambda o, x: o.flip(x(4, 3)), (None, 4, 3)),
    "roll": (lambda o, x: o.roll(x(4, 3), 1), (None, 4, 3)),
    "softmax": (lambda o, x: o.softmax(x(4, 3)), (None, 4, 3)),
    "diagonal": (lambda o, x: o.diagonal(x(4, 3)), (3, None)),
    "diagonal of the last axes": (lambda o, x: o.diagonal(x(4, 3, 5), axis1=1, axis2=2), (None, 5, 3)),
    "trace": (lambda o, x: o.trace(x(4, 3)), (3,)),
    "cross": (lambda o, x: o.cross(x(4, 3), x(4, 3)), (None, 4, 3)),
    "cross in a plane": (lambda o, x: o.cross(x(4, 2), x(4, 2)), (None, 4)),
    "cross of both": (lambda o, x: o.cross(x(4, 2), x(4, 3)), (None, 4, 3)),
}


def ours(*shape):
    return keras.Input(shape)


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_fit_is_refused(name):
    with pytest.raises(ShapeError):
        REFUSED[name](keras.ops, ours)


@pytest.mark.parametrize("name", ANSWERED)
def test_what_fits_has_its_shape(name):
    call, shape = ANSWERED[name]
    assert call(keras.ops, ours).shape == shape


def test_letters_have_to_be_equal_as_numbers_have():
    assert keras.ops.concatenate([ours(n, 5), ours(n, 7)], axis=-1).shape == (None, n, 12)
    for call in (
        lambda: keras.ops.concatenate([ours(n, 5), ours(m, 7)], axis=-1),
        lambda: keras.ops.stack([ours(n, 5), ours(n + 1, 5)]),
        lambda: keras.ops.squeeze(ours(4, n), -1),
    ):
        with pytest.raises(ShapeError):
            call()


def test_keras_agrees():
    real = installed("keras")
    for call in REFUSED.values():
        with pytest.raises(Exception):  # noqa: B017, PT011  (whatever the backend raises)
            call(real.ops, lambda *shape: real.Input(shape))
    for call, shape in ANSWERED.values():
        assert call(real.ops, lambda *shape_: real.Input(shape_)).shape == shape


def test_a_part_of_an_axis_of_letters_that_is_certain_is_known():
    x = ours(4, n)
    assert x[..., :1].shape == x[..., -1:].shape == (None, 4, 1)
    assert x[..., 1:].shape == x[..., :-1].shape == (None, 4, n - 1)
    assert x[..., ::-1].shape == (None, 4, n)
    assert x[..., ::2].shape == (None, 4, sympy.ceiling(n / 2))
    for part in (lambda: x[..., :2], lambda: x[..., 2:]):  # n may be 1
        with pytest.raises(ShapeError):
            part()
