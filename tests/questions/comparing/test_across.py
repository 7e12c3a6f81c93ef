"""Keras beside PyTorch: tensors matched by what they are, differences with their reasons, and the questions people asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sympy

from symparams import compare, keras, symbols
from symparams import layers as core
from symparams.cli.model_text import read_model
from symparams.core.catalogue import CATALOGUE
from symparams.errors import SettingError, ShapeError
from symparams.keras import layers, v1
from symparams.questions.comparing.keras_and_torch import Side, comparisons, pairs
from symparams.torch import nn
from tests.bad_input import refused

c, d, f, h, k, m, n, V, L = symbols("c d f h k m n V L")


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
    assert "buffers, which are not parameters: none before, 2*c + 1 after" in text


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
    assert "the same, whatever the sizes" in str(there)


# ---------------------------------------------------------------- what is compared with what
def test_a_layer_without_an_input_reads_what_the_other_reads():
    difference = compare(layers.LSTM(n), nn.LSTM(m, n))
    assert difference.before_count.letters == ("m", "n")
    assert difference.notes == ["before has no input of its own: it reads (None, None, m), as after does"]
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


# ---------------------------------------------------------------- the table of the documentation
def test_every_class_of_torch_with_a_layer_that_keras_has_is_in_the_table():
    found = {torch.name for _, torch in pairs()}
    ours = {entry.layer for name, entry in CATALOGUE.items() if name.startswith("keras.")}
    assert found == {name for name, entry in CATALOGUE.items() if name.startswith("torch.nn.") and entry.layer in ours}


@pytest.mark.parametrize(("ours", "theirs"), pairs(), ids=lambda entry: entry.name)
def test_each_row_of_the_table_adds_up(ours, theirs):
    rows = list(comparisons(ours, theirs))
    assert isinstance(rows[0].before, Side)
    assert rows[0].before.arguments == {}
    for each in rows:
        assert sympy.expand(sum((cause.amount for cause in each.causes), sympy.Integer(0)) - each.total) == 0
        assert all(cause.because for cause in each.causes)


def test_the_table_sets_a_switch_of_one_against_that_of_the_other():
    rows: dict[str, Any] = {each.before.title: (each.after.title, each.total) for pair in pairs() for each in comparisons(*pair)}
    assert rows["GRU()"] == ("nn.GRU()", 0)
    assert rows["GRU(reset_after=False)"] == ("nn.GRU()", 3 * n)
    assert rows["LSTM(use_bias=False)"] == ("nn.LSTM(bias=False)", 0)
    assert rows["v1.CuDNNLSTM()"] == ("nn.LSTM()", 0)


# ---------------------------------------------------------------- the command line
@pytest.mark.parametrize("theirs", ["torch.LSTM(m, n)", "nn.LSTM(m, n)", "torch.nn.LSTM(m, n)"])
def test_a_name_of_torch_has_its_prefix(run, theirs):
    status, out, err = run("compare", "LSTM(n)", theirs, "--json")
    assert (status, err) == (1, "")
    assert json.loads(out)["total"] == "4*n"


def test_a_name_that_keras_lacks_needs_none(run):
    status, out, err = run("count", "nn.Sequential(Linear(m, n), nn.ReLU(), Linear(n, k))")
    assert (status, out) == (0, "m*n + n + n*k + k\n")
    assert err == "note: Linear is read as torch.nn.Linear: Keras does not have it\n"


def test_show_knows_torch(run):
    _, out, _ = run("show", "nn.MultiheadAttention")
    assert "4*d**2 + 4*d" in out
    _, out, _ = run("show", "nn.BatchNorm1d(c)")
    assert "│ running_mean        │ (c,)  │       c │ buffer    │" in out
    assert "│ Parameters          │       │     2*c │" in out
    _, out, _ = run("show", "nn.BatchNorm1d(3)", "--json")
    assert [each["name"] for each in json.loads(out)["parameters"]] == ["weight", "bias"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Linear", "write Linear"),
        ("torch.Linearr(3, 4)", "did you mean 'Linear'"),
        ("np.LSTM(3, 4)", "write LSTM, v1.CuDNNLSTM, v2.GRU, or torch.LSTM"),
        ("nn.Linear(3, 4, units=2)", "no argument 'units'"),
        ("nn.Parameter((3, 4))", "is no layer and no model"),
        ("nn.LazyLinear(4)", "call it with the shape of one"),
    ],
)
def test_what_is_no_module_is_refused_in_one_line(run, text, words):
    status, out, err = run("count", text)
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
    assert not err.startswith("Traceback")


def test_a_cell_is_counted_and_has_no_table(run):
    assert run("count", "GRUCell(n)")[:2] == (0, "3*(m*n + n**2 + 2*n)\n")
    status, _, err = run("show", "GRUCell(n)")
    assert (status, err) == (2, "symparams: GRUCell is one step of a recurrence, and no model: show RNN(GRUCell(...))\n")


def test_a_layer_of_one_framework_does_not_go_into_a_model_of_the_other():
    refused(SettingError, "is made of layers, not of", lambda: read_model("Sequential([nn.Linear(3, 4)])"))


# ---------------------------------------------------------------- questions that people asked
class WithParameter(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter((1,))
        self.conv = nn.Conv1d(1, 2, 3)


def test_keras_has_3_where_torch_has_4():
    """https://discuss.pytorch.org/t/rnn-different-number-of-parameters-in-keras-vs-pytorch/113371"""
    ours = keras.Sequential([keras.Input((None, 1)), layers.SimpleRNN(1)])
    difference = compare(ours, nn.RNN(1, 1))
    assert (int(difference.before_count), int(difference.after_count)) == (3, 4)
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after, str(cause.in_letters)) == ("bias_sets", 1, 2, "n")


def test_keras_attention_grows_with_its_heads():
    """https://github.com/keras-team/keras/issues/18373"""
    difference = compare(nn.MultiheadAttention(64, 4), layers.MultiHeadAttention(4, key_dim=64))
    assert (int(difference.before_count), difference.total) == (16640, 49728)
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("key_width", 16, 64)


def test_the_heads_of_torch_change_no_count():
    """https://github.com/facebookresearch/fvcore/issues/153"""
    difference = compare(nn.MultiheadAttention(448, 4), nn.MultiheadAttention(448, 8))
    assert int(difference.before_count) == int(difference.after_count) == 804608
    assert [cause.setting for cause in difference.causes] == ["heads", "key_width"]
    assert "What differs, and cancels:" in str(difference)


def test_a_bare_parameter_is_a_cause_of_its_own():
    """https://github.com/sksq96/pytorch-summary/issues/148"""
    difference = compare(nn.Conv1d(1, 2, 3), WithParameter())
    assert (int(difference.before_count), int(difference.after_count)) == (8, 9)
    (cause,) = difference.causes
    assert (cause.layer, cause.amount) == ("scale", 1)
