"""Convolutions of every kind: lengths in letters, what Keras refuses, and what makes one differ from another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sympy import Max, ceiling, floor

from symparams import compare, keras, symbols
from symparams.errors import ArgumentError, SettingError, ShapeError, SizeError, SymparamsError
from symparams.layers import Conv, ConvLSTM, LocallyConnected, SeparableConv
from tests.bad_input import refused

if TYPE_CHECKING:
    from collections.abc import Callable

layers, v2, v1 = keras.layers, keras.v2.layers, keras.v1.layers
c, d, f, g, h, k, m, p, s, w = symbols("c d f g h k m p s w")


def shape(layer: Any, *axes: Any) -> Any:
    out = layer(keras.Input(batch_shape=axes))
    return [each.shape for each in out] if isinstance(out, list) else out.shape


def tensors(layer: Any, *axes: Any) -> list[tuple[str, Any]]:
    layer(keras.Input(batch_shape=axes))
    return [(tensor.path.partition("/")[2], tensor.shape) for tensor in layer.weights]


# ---------------------------------------------------------------- lengths
@pytest.mark.parametrize(
    ("layer", "length"),
    [
        (layers.Conv1D(f, k, strides=s), floor((h - k) / s) + 1),
        (layers.Conv1D(f, k, dilation_rate=d), h - d * (k - 1)),
        (layers.Conv1D(f, k, strides=s, padding="causal"), ceiling(h / s)),
        (layers.Conv1DTranspose(f, k, strides=s), (h - 1) * s + Max(k, s)),
        (layers.Conv1DTranspose(f, k, strides=s, padding="same"), h * s),
        (layers.Conv1DTranspose(f, 5, strides=s, padding="same", output_padding=0), (h - 1) * s + 1),
        (layers.Conv1DTranspose(f, k, strides=3, output_padding=p), 3 * (h - 1) + k + p),
        (layers.Conv1DTranspose(f, 3, dilation_rate=d), h - 1 + Max(1, 2 * d + 1)),
    ],
    ids=str,
)
def test_a_length_in_letters(layer: Any, length: Any) -> None:
    assert (shape(layer, None, h, c)[1] - length).expand() == 0


@pytest.mark.parametrize(
    ("layer", "axes", "out"),
    [
        # two of them, at the limits of what the window needs
        (layers.Conv2DTranspose(4, 2, padding="same", output_padding=0), (None, 1, 3, 2), (None, 0, 2, 4)),
        (layers.Conv3DTranspose(4, 3, dilation_rate=2), (None, 3, 3, 3, 2), (None, 7, 7, 7, 4)),
        (v2.Conv3DTranspose(4, 3, dilation_rate=2), (None, 3, 3, 3, 2), (None, 5, 5, 5, 4)),  # Keras 2 leaves dilation out
        (v2.Conv2D(4, 3), (None, 7, 5, 5, 1), (None, 7, 3, 3, 4)),  # several batch axes
        (v2.Conv2D(4, 3, data_format="Channels_First"), (None, 7, 2, 5, 5), (None, 7, 4, 3, 3)),
        (v2.SeparableConv1D(3, 3, strides=2, padding="causal"), (None, 5, 2), (None, 3, 3)),
        (layers.SeparableConv2D(4, 2, strides=2, dilation_rate=2), (None, 9, 9, 2), (None, 4, 4, 4)),  # both, in Keras 3
        (layers.DepthwiseConv2D(3, depth_multiplier=2), (None, None, 9, 5), (None, None, 7, 10)),
        (v2.DepthwiseConv2D(4, dilation_rate=3), (None, None, 6, 4), (None, None, None, 4)),  # TensorFlow knows no length then
        (v2.Conv2D(4, 2, dilation_rate=3), (None, None, 6, 4), (None, None, 3, 4)),
        (v2.ConvLSTM2D(3, 3), (None, 5, None, 9, 2), (None, None, 7, 3)),
    ],
    ids=str,
)
def test_an_output_shape(layer: Any, axes: Any, out: Any) -> None:
    assert shape(layer, *axes) == out


def test_a_recurrent_convolution_gives_its_states() -> None:
    layer = layers.ConvLSTM2D(f, 3, return_sequences=True, return_state=True, data_format="channels_first")
    state = (None, f, h - 2, w - 2)
    assert shape(layer, None, 4, c, h, w) == [(None, 4, *state[1:]), state, state]
    both = layers.Bidirectional(layers.ConvLSTM2D(f, 3))
    assert shape(both, None, 4, h, w, c) == (None, h - 2, w - 2, 2 * f)
    assert both.count.expr == (8 * (9 * c * f + 9 * f**2 + f)).expand()


# ---------------------------------------------------------------- how they are stored
@pytest.mark.parametrize(
    ("layer", "axes", "stored"),
    [
        (layers.Conv2D(f, 3, groups=2), (8, 8, c), [("kernel", (3, 3, c / 2, f)), ("bias", (f,))]),
        (layers.Conv2DTranspose(f, 3), (8, 8, c), [("kernel", (3, 3, f, c)), ("bias", (f,))]),
        (layers.DepthwiseConv2D(3, depth_multiplier=m), (8, 8, c), [("kernel", (3, 3, c, m)), ("bias", (c * m,))]),
        (v1.DepthwiseConv2D(3), (8, 8, 1), [("depthwise_kernel", (3, 3, 1, 1)), ("bias", (1,))]),
        (
            layers.SeparableConv1D(f, k, depth_multiplier=m, use_bias=False),
            (8, c),
            [("depthwise_kernel", (k, c, m)), ("pointwise_kernel", (1, c * m, f))],
        ),
        (
            layers.ConvLSTM1D(f, k, use_bias=False),
            (4, 8, c),
            [("conv_lstm_cell/kernel", (k, c, 4 * f)), ("conv_lstm_cell/recurrent_kernel", (k, f, 4 * f))],
        ),
        (v2.LocallyConnected1D(f, 3), (8, c), [("kernel", (6, 3 * c, f)), ("bias", (6, f))]),
        (v2.LocallyConnected1D(f, 3, implementation=2), (8, c), [("kernel", (8, c, 6, f)), ("bias", (6, f))]),
        (v2.LocallyConnected1D(2, 3, implementation=3), (8, 2), [("kernel", (72,)), ("bias", (6, 2))]),
        (v2.LocallyConnected1D(2, 3, implementation=3, padding="same"), (8, 2), [("kernel", (88,)), ("bias", (8, 2))]),
        (
            v2.LocallyConnected2D(2, (3, 4), (2, 3), implementation=3, padding="same"),
            (8, 5, 2),
            [("kernel", (264,)), ("bias", (4, 2, 2))],
        ),
        (
            v2.LocallyConnected2D(f, 2, implementation=2, data_format="channels_first", use_bias=False),
            (c, 4, 5),
            [("kernel", (c, 4, 5, f, 3, 4))],
        ),
    ],
    ids=str,
)
def test_the_tensors(layer: Any, axes: Any, stored: Any) -> None:
    assert tensors(layer, None, *axes) == stored


@pytest.mark.parametrize("length", range(1, 9))
@pytest.mark.parametrize("window", range(1, 9))
@pytest.mark.parametrize("stride", range(1, 4))
def test_the_connections_that_a_border_leaves_are_those_one_counts(length: int, window: int, stride: int) -> None:
    centres = range(0, length, stride)
    seen = [x for at in centres for x in range(at - window // 2, at + window - window // 2) if 0 <= x < length]
    layer = v2.LocallyConnected1D(1, window, stride, "same", implementation=3, use_bias=False)
    assert tensors(layer, None, length, 1) == [("kernel", (len(seen),))]


# ---------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    ("error", "words", "make"),
    [
        (SizeError, "^Conv2D: groups must be", lambda: layers.Conv2D(4, 3, groups=0)),
        (SizeError, "^Conv2D: filters must be .* not 4.0; write 4$", lambda: layers.Conv2D(4.0, 3)),
        (SizeError, "^Conv2D: filters must be .* not None$", lambda: layers.Conv2D(None, 3)),
        (SettingError, "padding must be 'valid'", lambda: layers.Conv2D(4, 3, padding=["same"])),
        (SettingError, "padding must be 'valid'", lambda: layers.SeparableConv1D(4, 3, padding="causal")),
        (SettingError, "padding must be 'valid'", lambda: v2.Conv1DTranspose(4, 3, padding="causal")),
        (SettingError, "padding must be 'valid'", lambda: v2.ConvLSTM1D(4, 3, padding="causal")),
        (SettingError, "data_format must be 'channels_last' or 'channels_first'", lambda: layers.ConvLSTM2D(4, 3, data_format="NHWC")),
        (SettingError, "strides must be 1 with dilation_rate", lambda: layers.Conv2DTranspose(4, 3, strides=2, dilation_rate=2)),
        (SettingError, "strides must be 1 with dilation_rate", lambda: layers.ConvLSTM1D(4, 3, strides=2, dilation_rate=2)),
        (SettingError, "strides must be 1 with dilation_rate", lambda: v2.DepthwiseConv2D(3, strides=2, dilation_rate=2)),
        (SettingError, "dilation_rate must be the same", lambda: v2.Conv2DTranspose(4, 3, dilation_rate=(2, 3))),
        (SettingError, "output_padding must be less than strides", lambda: layers.Conv2DTranspose(4, 3, strides=2, output_padding=2)),
        (SettingError, "output_padding must be less than strides", lambda: layers.Conv1DTranspose(4, 3, strides=s, output_padding=s)),
        (SettingError, "output_padding needs 2 sizes", lambda: layers.Conv2DTranspose(4, 3, output_padding=(0, 0, 0))),
        (SizeError, "output_padding must be .* at least 0", lambda: layers.Conv2DTranspose(4, 3, output_padding=-1)),
        (SizeError, "depth_multiplier must be", lambda: layers.DepthwiseConv2D(3, depth_multiplier=0)),
        (SizeError, "filters over groups", lambda: v2.SeparableConv2D(3, 3, groups=2)),
        (ArgumentError, "no argument 'groups'", lambda: layers.DepthwiseConv2D(3, groups=2)),
        (ArgumentError, "no argument 'unroll'", lambda: v2.ConvLSTM2D(3, 3, unroll=True)),
        (SettingError, "implementation must be 1, 2 or 3, not 4", lambda: v2.LocallyConnected1D(2, 3, implementation=4)),
        (SettingError, "padding must be 'valid', not 'same'", lambda: v2.LocallyConnected1D(2, 3, padding="same")),
    ],
)  # fmt: skip
def test_an_argument_is_refused(error: type[SymparamsError], words: str, make: Callable[[], Any]) -> None:
    refused(error, words, make)


@pytest.mark.parametrize(
    ("layer", "axes", "words"),
    [
        (layers.Conv2D(4, 3, groups=4), (8, 8, 6), "inputs over groups: 6 does not divide into 4"),
        (layers.Conv2D(4, 3), (8, 8, 8, 6), "Conv2D takes"),
        (layers.Conv2D(4, 3), (8, 8, None), "channels is None"),
        (layers.Conv2D(4, 3, dilation_rate=4), (8, 8, 6), "a window of 3 does not fit an axis of 8"),
        (layers.Conv2DTranspose(4, 2), (3, 4, 5, 2), "Conv2DTranspose takes"),
        (layers.DepthwiseConv2D(3), (2, 2, 6), "does not fit"),
        (v2.SeparableConv1D(4, 3), (7, 8, 6), "SeparableConv1D takes"),
        (v2.Conv1D(4, 3, strides=2, data_format="channels_first"), (5, 3, 6), "Conv1D takes"),
        (layers.ConvLSTM2D(4, 3), (9, 9, 3), "ConvLSTM2D takes"),
        (layers.ConvLSTM2D(4, 3), (2, None, 9, 3), "rows is None in the input, but the state needs that size"),
        (layers.ConvLSTM1D(4, 3, stateful=True), (2, 9, 3), r"batch is None .* \(stateful=True\)"),
        (v2.ConvLSTM1D(4, 3, stateful=True), (2, None, 3), "batch is None"),
        (v2.LocallyConnected1D(4, 3), (None, 3), "steps is None"),
        (v2.LocallyConnected1D(4, 9), (8, 3), "does not fit"),
        (v2.LocallyConnected1D(4, 3, padding="same", implementation=3), (h, 3), "whose number is unknown with letters"),
    ],
    ids=str,
)  # fmt: skip
def test_an_input_is_refused(layer: Any, axes: Any, words: str) -> None:
    refused(SymparamsError, words, lambda: shape(layer, None, *axes))


@pytest.mark.parametrize("layer", [layers.Conv2DTranspose(4, 3), layers.DepthwiseConv2D(3), layers.SeparableConv2D(4, 3)])
def test_only_a_plain_convolution_has_lora(layer: Any) -> None:
    layer(keras.Input((8, 8, 3)))
    refused(SettingError, "does not support LoRA", lambda: layer.enable_lora(2))


def test_lora_in_groups_is_as_wide_as_all_filters() -> None:
    found = tensors(layers.Conv2D(4, 2, groups=2, lora_rank=3), None, 9, 9, 6)
    assert found[2:] == [("lora_kernel_a", (2, 2, 3, 3)), ("lora_kernel_b", (3, 4))]


# ---------------------------------------------------------------- what Keras 2 takes and Keras 3 does not
def test_keras_2_forgives() -> None:
    assert tensors(v2.Conv2D(4.7, 3, groups=0), None, 5, 5, 2)[0] == ("kernel", (3, 3, 2, 4))
    assert tensors(v2.Conv2DTranspose(4, 3, groups=2), None, 5, 5, 2)[0] == ("kernel", (3, 3, 4, 2))


# ---------------------------------------------------------------- what makes the difference
def causes(before: Any, after: Any) -> dict[str, Any]:
    difference = compare(before, after)
    assert sum(cause.amount for cause in difference.causes) == difference.total
    return {cause.setting: cause.amount for cause in difference.causes}


def test_a_separable_convolution_differs_by_the_factors_of_its_kernel() -> None:
    assert causes(layers.Conv2D(f, 3), layers.SeparableConv2D(f, 3)) == {"kernel": 9 * c - 8 * c * f}
    (cause,) = compare(layers.Conv2D(f, 3), layers.SeparableConv2D(f, 3)).causes
    assert cause.because.startswith("its kernel has two factors")


def test_groups_and_depthwise_convolutions_differ_by_their_groups() -> None:
    assert causes(layers.Conv2D(f, 3), layers.Conv2D(f, 3, groups=g)) == {"groups": 9 * c * f / g - 9 * c * f}
    assert [*causes(layers.Conv2D(f, 3), layers.DepthwiseConv2D(3))] == ["filters", "groups"]
    plain, depthwise = layers.Conv2D(2 * c, 3, groups=c), layers.DepthwiseConv2D(3, depth_multiplier=2)
    assert tensors(plain, None, 9, 9, c) != tensors(depthwise, None, 9, 9, c)
    assert causes(plain, depthwise) == {}


def test_a_transposed_convolution_has_the_same_weights() -> None:
    assert causes(layers.Conv2D(f, 3), layers.Conv2DTranspose(f, 3)) == {}


def test_the_definitions_agree_with_each_other() -> None:
    window, channels = (k, 3), {"inputs": c, "filters": f}
    plain = Conv(window=window, **channels).count.expr
    assert LocallyConnected(window=window, places=(1, 1), **channels).count.expr == plain
    depthwise, pointwise = Conv(window, c, m * c, groups=c, bias_sets=0), Conv((1, 1), m * c, f)
    assert SeparableConv(window, multiplier=m, **channels).count.expr == depthwise.count.expr + pointwise.count.expr
    assert ConvLSTM(window=(1,), **channels).count.expr == (4 * (c * f + f**2 + f)).expand()
    refused(ShapeError, "does not fit", lambda: shape(layers.Conv1D(4, 3), None, 2, 1))
