"""Keras beside PyTorch: tensors matched by what they are, and differences with their reasons."""

from __future__ import annotations

import pytest
import sympy

from symparams import compare, keras, symbols
from symparams import layers as core
from symparams.errors import ShapeError
from symparams.keras import layers, v1
from symparams.torch import nn
from tests.bad_input import refused

c, d, f, h, k, m, n, V = symbols("c d f h k m n V")


# ---------------------------------------------------------------- why they differ
def test_an_lstm_has_4n_more_in_each_direction():
    (cause,) = compare(layers.LSTM(n), nn.LSTM(m, n)).causes
    assert (cause.setting, cause.before, cause.after, cause.amount) == ("bias_sets", 1, 2, 4 * n)
    assert "one bias for the input product, one for the recurrent product" in cause.because
    (cause,) = compare(layers.Bidirectional(layers.LSTM(n)), nn.LSTM(m, n, bidirectional=True)).causes
    assert cause.each is not None
    assert (cause.each[0], str(cause.each[1]), cause.amount) == ("direction", "4*n", 8 * n)


def test_a_gru_is_alike_where_it_resets_after_the_product():
    assert compare(layers.GRU(n), nn.GRU(m, n)).total == 0
    assert compare(layers.GRU(n, reset_after=False), nn.GRU(m, n)).total == 3 * n
    assert compare(v1.layers.CuDNNLSTM(n), nn.LSTM(m, n)).causes == []


def test_each_framework_is_said_what_it_does_and_none_to_have_changed():
    keras_gru, torch_gru = layers.GRU(n, reset_after=False), nn.GRU(m, n)
    one = "in GRU, reset_after=False has one bias, since it resets before the recurrent product"
    two = f"in nn.GRU, {compare(layers.LSTM(n), nn.LSTM(m, n)).causes[0].because}"
    assert compare(keras_gru, torch_gru).causes[0].because == f"{one}; {two}"
    assert compare(torch_gru, keras_gru).causes[0].because == f"{two}; {one}"
    (cause,) = compare(nn.LSTM(m, n, bidirectional=True), layers.Bidirectional(layers.LSTM(n))).causes
    assert cause.because.startswith("in nn.LSTM, PyTorch stores its recurrent layers as cuDNN does")


def test_batch_normalization_has_its_statistics_in_buffers():
    difference = compare(layers.BatchNormalization(), nn.BatchNorm2d(c))
    (cause,) = difference.causes
    assert (cause.setting, cause.amount, cause.weights) == ("moments", -2 * c, ["moving_mean", "moving_variance"])
    assert "buffers" in cause.because
    text = str(difference)
    assert "trained: 2*c before and after" in text
    assert "buffers (not parameters): none before, 2*c + 1 after" in text


def test_a_head_is_as_wide_as_key_dim_or_has_its_share_of_embed_dim():
    (cause,) = compare(layers.MultiHeadAttention(h, key_dim=d), nn.MultiheadAttention(d, h)).causes
    assert (cause.setting, cause.before, cause.after) == ("key_width", d, d / h)
    assert cause.amount == sympy.expand((1 - h) * (4 * d**2 + 3 * d))
    assert "embed_dim" in cause.because
    assert "key_dim" in cause.because
    assert compare(layers.MultiHeadAttention(8, 64), nn.MultiheadAttention(512, 8)).total == 0


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (layers.Dense(k), nn.Linear(m, k)),
        (layers.Embedding(V, d), nn.Embedding(V, d)),
        (layers.LayerNormalization(), nn.LayerNorm(d)),
        (layers.GroupNormalization(4), nn.GroupNorm(4, c)),
        (layers.RMSNormalization(), nn.RMSNorm(d)),
        (layers.Conv1D(f, 3), nn.Conv1d(c, f, 3)),
        (layers.Conv2D(f, (3, 5), groups=2), nn.Conv2d(c, f, (3, 5), groups=2)),
        (layers.Conv3DTranspose(f, 3), nn.ConvTranspose3d(c, f, 3)),
        (layers.LSTM(n, use_bias=False), nn.LSTM(m, n, bias=False)),
        (layers.GRUCell(n), nn.GRUCell(m, n)),
        (layers.TimeDistributed(layers.Dense(k)), nn.Linear(m, k)),
    ],
    ids=lambda layer: layer.title,
)
def test_what_is_alike_is_said_to_be(ours, theirs):
    there, back = compare(ours, theirs), compare(theirs, ours)
    assert (there.total, there.causes, back.total, back.causes) == (0, [], 0, [])
    assert "the same for all sizes" in str(there)


# ---------------------------------------------------------------- what is compared with what
def test_a_layer_without_an_input_reads_what_the_other_reads():
    difference = compare(layers.LSTM(n), nn.LSTM(m, n))
    assert difference.before_count.letters == ("m", "n")
    assert difference.notes == ["before has no input, so it is given that of after: (None, None, m)"]
    assert compare(layers.LSTM(n), core.LSTM(inputs=7, units=n)).total == 0
    known = keras.Sequential([keras.Input((None, 5)), layers.LSTM(n)])
    assert compare(known, layers.LSTM(n)).total == compare(layers.LSTM(n), known).total == 0
    assert compare(known, nn.LSTM(5, n)).notes == []


def test_what_a_wrapper_adds_is_all_that_differs():
    (cause,) = compare(layers.SpectralNormalization(layers.Dense(k)), nn.Linear(d, k)).causes
    assert (cause.layer, cause.amount) == ("spectral_normalization", -k)


def test_a_layer_of_another_width_is_not_explained_by_an_input_that_only_one_side_names():
    known = keras.Sequential([keras.Input((10,)), layers.Dense(5)])
    (cause,) = compare(known, nn.Linear(11, 5)).causes
    assert cause.because.startswith("inputs is 10 in Dense and 11 in nn.Linear")


def test_a_module_that_waits_for_its_input_is_refused():
    refused(ShapeError, "LazyLinear has no input yet", lambda: compare(layers.Dense(3), nn.LazyLinear(3)))


@pytest.mark.parametrize(
    ("ours", "theirs", "matches"),
    [
        (
            layers.LSTM(n),
            nn.LSTM(m, n),
            {
                "kernel": (["kernel"], ["weight_ih_l0"]),
                "recurrent_kernel": (["recurrent_kernel"], ["weight_hh_l0"]),
                "bias": (["bias"], ["bias_ih_l0", "bias_hh_l0"]),
            },
        ),
        (
            layers.BatchNormalization(),
            nn.BatchNorm1d(c),
            {
                "gamma": (["gamma"], ["weight"]),
                "beta": (["beta"], ["bias"]),
                "moving_mean": (["moving_mean"], ["running_mean"]),
                "moving_variance": (["moving_variance"], ["running_var"]),
            },
        ),
        (
            layers.MultiHeadAttention(h, d),
            nn.MultiheadAttention(d, h),
            {
                "query/kernel, key/kernel, value/kernel": (["kernel"] * 3, ["in_proj_weight"]),
                "query/bias, key/bias, value/bias": (["bias"] * 3, ["in_proj_bias"]),
                "attention_output/kernel": (["kernel"], ["out_proj.weight"]),
                "attention_output/bias": (["bias"], ["out_proj.bias"]),
            },
        ),
    ],
    ids=["lstm", "batch normalization", "attention"],
)
def test_tensors_are_matched_by_what_they_are(ours, theirs, matches):
    found = {each.weight: ([t.name for t in each.before], [t.name for t in each.after]) for each in compare(ours, theirs).tensors}
    assert found == matches


def test_the_tensors_of_both_directions_stand_together():
    both = compare(layers.Bidirectional(layers.GRU(n)), nn.GRU(m, n, bidirectional=True))
    assert all(len(match.before) == 2 for match in both.tensors)
    assert [len(match.after) for match in both.tensors] == [2, 2, 4]
    assert "bias_hh_l0_reverse (3*n,)" in str(both.tensors[-1])
