"""Normalizations and PReLU of Keras: what the records do not have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symparams import compare, keras, symbols
from symparams.errors import ArgumentError, SettingError, ShapeError, SizeError, SymparamsError, UnknownLayerError
from symparams.keras import Input, layers, v1, v2
from tests.bad_input import refused

a, b, c, f, n = symbols("a b c f n")
BATCH = ["gamma", "beta", "moving_mean", "moving_variance"]


def on(layer: Any, *shape: Any) -> Any:
    """The layer, once it has read a tensor of that shape, batch and all."""
    layer(Input(batch_shape=shape))
    return layer


def tensors(layer: Any) -> list[tuple[str, tuple[Any, ...]]]:
    return [(each.path.partition("/")[2], each.shape) for each in layer.weights]


# ---------------------------------------------------------------- axes
def test_axes_lie_as_their_version_says() -> None:
    assert on(layers.LayerNormalization(axis=[1, -1]), None, a, b).weights[0].shape == (b, a)  # Keras 3 sorts -1 before 1
    assert on(v2.layers.LayerNormalization(axis=[2, 1]), None, a, b).weights[0].shape == (b, a)
    assert on(v1.layers.BatchNormalization(axis=[2, 1]), None, a, b, c).weights[0].shape == (1, a, b, 1)


def test_a_virtual_batch_is_an_axis_of_the_weights() -> None:
    layer = on(v2.layers.BatchNormalization(virtual_batch_size=2), 4, n, c)
    assert tensors(layer) == [(name, (1, 1, 1, c)) for name in BATCH]
    assert str(layer.count) == "4*c"


def test_an_unknown_axis_is_no_matter_without_weights() -> None:
    plain = layers.LayerNormalization(axis=1, scale=False, center=False)
    assert on(plain, None, None, 5).count == 0
    assert on(layers.UnitNormalization(axis=[1, 2]), None, None, c).output_shape == (None, None, c)
    refused(ShapeError, r"axis 1 is None", lambda: on(layers.LayerNormalization(axis=1, scale=False), None, None, 5))


@pytest.mark.parametrize(
    ("error", "words", "make"),
    [
        (ArgumentError, r"axis must be one whole number", lambda: layers.BatchNormalization(axis=[1])),
        (ArgumentError, r"axis must be one whole number", lambda: v2.layers.GroupNormalization(axis=(1,))),
        (ArgumentError, r"axis must be one whole number or several", lambda: layers.RMSNormalization(axis="last")),
        (ArgumentError, r"axis must be one whole number or several, not n", lambda: layers.LayerNormalization(axis=n)),
        (SettingError, r"axis must name at least one axis", lambda: v1.layers.LayerNormalization(axis=[])),
        (
            ShapeError,
            r"axis: an input of 3 axes has no axis 3; use -3 to 2",
            lambda: on(layers.UnitNormalization(axis=3), None, 4, 5),
        ),
        (SettingError, r"axis must name each axis only once", lambda: on(v2.layers.LayerNormalization(axis=[2, -1]), None, 4, 5)),
        (SizeError, r"groups must be", lambda: layers.GroupNormalization(groups=-2)),
        (SizeError, r"4 does not divide into 3", lambda: on(layers.GroupNormalization(groups=3), None, 4)),
        (SettingError, r"renorm_clipping must be", lambda: layers.BatchNormalization(renorm=True, renorm_clipping={"a": 1})),
        (
            SettingError,
            r"an rmax of at least rmin",
            lambda: layers.BatchNormalization(renorm=True, renorm_clipping={"rmax": 1, "rmin": 2}),
        ),
        (SettingError, r"momentum must be a number", lambda: layers.BatchNormalization(momentum="x")),
        (SettingError, r"synchronized", lambda: v2.layers.BatchNormalization(fused=True, synchronized=True)),
        (SettingError, r"cannot be combined with renorm", lambda: v2.layers.BatchNormalization(fused=True, renorm=True)),
        (ShapeError, r"4 or 5 axes", lambda: on(v2.layers.BatchNormalization(fused=True), None, 4)),
        (SettingError, r"must be 1 or 3", lambda: on(v2.layers.BatchNormalization(axis=-4), 2, 3, 4, 5)),
        (SettingError, r"adjustment", lambda: v1.layers.BatchNormalization(virtual_batch_size=2, adjustment=len)),
        (SettingError, r"leave out the batch", lambda: on(v1.layers.BatchNormalization(virtual_batch_size=2, axis=0), 2, 3)),
        (ArgumentError, r"no argument 'rms_scaling'", lambda: v2.layers.LayerNormalization(rms_scaling=True)),
        (UnknownLayerError, r"keras.v2.layers", lambda: v1.layers.GroupNormalization(groups=1)),
        (SettingError, r"shared_axes must be the numbers of axes", lambda: layers.PReLU(shared_axes=[1.0])),
        (ShapeError, r"shared_axes: an input of shape .* has no axis 4", lambda: on(layers.PReLU(shared_axes=4), None, 3, 4, 5)),
        (ShapeError, r"axis 1 is None", lambda: on(layers.PReLU(), None, None, 4)),
        (SettingError, r"layer must be a layer", lambda: layers.SpectralNormalization(5)),
        (SizeError, r"power_iterations must be", lambda: layers.SpectralNormalization(layers.Dense(3), power_iterations=0)),
        (SettingError, r"power_iterations must be", lambda: layers.SpectralNormalization(layers.Dense(3), power_iterations=-0.5)),
        (
            ShapeError,
            r"Flatten has neither a kernel nor embeddings",
            lambda: on(layers.SpectralNormalization(layers.Flatten()), None, 4),
        ),
        (
            ShapeError,
            r"LSTM has neither a kernel nor embeddings",
            lambda: on(v2.layers.SpectralNormalization(v2.layers.LSTM(3)), None, 4, 5),
        ),
    ],
)
def test_what_keras_refuses(error: type[SymparamsError], words: str, make: Callable[[], Any]) -> None:
    refused(error, words, make)


def test_the_first_version_fuses_where_it_may_and_says_nothing() -> None:
    assert on(v1.layers.BatchNormalization(fused=True, renorm=True), None, 4).count == 7 * 4
    assert on(v1.layers.BatchNormalization(axis=-4), 2, 3, 4, 5).count == 4 * 2


# ---------------------------------------------------------------- what has a number of its own
def test_groups_change_no_count() -> None:
    for groups in (n, 1, -1, 32):
        assert on(layers.GroupNormalization(groups=groups), None, c).count.expr == 2 * c


def test_shared_axes_are_counted_as_keras_counts_them() -> None:
    assert on(layers.PReLU(shared_axes=[1, 2]), None, a, b, c).weights[0].shape == (1, 1, c)
    assert on(v1.layers.PReLU(shared_axes=-1), None, a, b, c).weights[0].shape == (a, 1, c)  # the batch is axis 0
    assert on(layers.PReLU(shared_axes=[1, 2]), None, None, None, c).count.expr == c


def test_rms_scaling_leaves_the_shift_out() -> None:
    layer = on(layers.LayerNormalization(rms_scaling=True, scale=False), None, c)
    assert tensors(layer) == [("gamma", (c,))]


def test_spectral_normalization_keeps_a_vector_for_the_last_axis() -> None:
    inside = layers.Conv2D(f, (a, b), name="conv")
    layer = on(layers.SpectralNormalization(inside), None, 8, 8, c)
    assert tensors(layer) == [("conv/kernel", (a, b, c, f)), ("vector_u", (1, f)), ("conv/bias", (f,))]
    assert layer.non_trainable_count.expr == f
    old = on(v2.layers.SpectralNormalization(v2.layers.Dense(n)), None, c)
    assert tensors(old) == [("kernel", (c, n)), ("bias", (n,)), ("vector_u", (1, n))]
    old.trainable = False
    assert [name for name, _ in tensors(old)] == ["kernel", "vector_u", "bias"]


def test_spectral_normalization_of_what_has_it_already() -> None:
    twice = layers.SpectralNormalization(layers.SpectralNormalization(layers.Dense(n, name="dense"), name="inner"))
    assert [name for name, _ in tensors(on(twice, None, c))] == [
        "inner/dense/kernel",
        "vector_u",
        "inner/vector_u",
        "inner/dense/bias",
    ]


# ---------------------------------------------------------------- by themselves, and beside each other
def test_a_normalization_by_itself_reads_channels() -> None:
    assert str(layers.BatchNormalization().by_itself().count) == "4*c"
    assert str(layers.LayerNormalization(axis=[-2, -1]).by_itself().count) == "2*c*c_1"


def causes(before: Any, after: Any) -> list[tuple[str, Any]]:
    return [(cause.setting, cause.amount) for cause in compare(before, after).causes]


def test_what_makes_the_difference_between_normalizations() -> None:
    batch, layer, rms = layers.BatchNormalization(), layers.LayerNormalization(), layers.RMSNormalization()
    assert causes(batch, layer) == [("moments", -2 * c)]
    assert causes(layer, rms) == [("shifts", -c)]
    assert causes(layer, layers.GroupNormalization()) == []
    difference = compare(layer, layers.LayerNormalization(center=False))
    assert [cause.because for cause in difference.causes] == ["center=False leaves beta out"]
    dense = [keras.Sequential([Input((15,)), each]) for each in (layers.Dense(4), layers.SpectralNormalization(layers.Dense(4)))]
    assert causes(*dense) == [("layer", 4)]
