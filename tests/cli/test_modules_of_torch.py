"""Modules of PyTorch on the command line."""

from __future__ import annotations

import json

import pytest

from symparams.cli.model_text import read_model
from symparams.errors import SettingError
from tests.bad_input import refused


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
        ("tf.nn.LSTM(3, 4)", "'tf' and 'nn' do not go together; write LSTM"),
        ("v1.v2.GRU(3)", "'v1' and 'v2' do not go together; write LSTM"),
        ("nn.Linear(3, 4, units=2)", "no argument 'units'"),
        ("nn.Parameter((3, 4))", "is not a layer or model"),
        ("nn.LazyLinear(4)", "call it with an input shape"),
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
    assert (status, err) == (2, "symparams: GRUCell is a single step of a recurrence, not a model: show RNN(GRUCell(...))\n")


def test_a_layer_of_one_framework_does_not_go_into_a_model_of_the_other():
    refused(SettingError, "takes layers, such as Dense", lambda: read_model("Sequential([nn.Linear(3, 4)])"))
