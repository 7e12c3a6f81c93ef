"""Modules are compared, tabulated and asked for their parts like layers of Keras."""

from __future__ import annotations

from symparams import compare, symbols, torch
from symparams.errors import ShapeError
from symparams.torch import nn
from tests.bad_input import refused

V, d, m, n = symbols("V d m n")


def test_a_comparison_of_modules_names_the_argument() -> None:
    difference = compare(nn.LSTM(m, n), nn.LSTM(m, n, bias=False))
    assert difference.total == -8 * n
    [cause] = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("bias_sets", 2, 0)
    assert "bias=False" in cause.because


def test_a_bidirectional_stack_is_more_than_twice_as_large_for_its_layers_read_both_directions() -> None:
    """The question of https://discuss.pytorch.org/t/193073: 54,000 parameters one way, 148,000 both ways."""
    one, both = nn.LSTM(20, 50, 3, bias=False), nn.LSTM(20, 50, 3, bias=False, bidirectional=True)
    assert (int(one.count), int(both.count)) == (54_000, 148_000)
    difference = compare(one, both)
    assert sum(cause.amount for cause in difference.causes) == difference.total == 94_000
    wider = [cause for cause in difference.causes if cause.setting == "inputs"]
    assert [(cause.layer, cause.amount) for cause in wider] == [("lstm.l1", 10_000), ("lstm.l2", 10_000)]


def test_the_parts_of_a_model_are_its_layers_and_its_own_parameters() -> None:
    model = nn.Sequential(nn.Linear(m, n), nn.BatchNorm1d(n))
    model.register_parameter("scale", nn.Parameter(()))
    assert [(part.name, part.title) for part in model.parts] == [
        ("scale", "nn.Parameter"),
        ("0", "nn.Linear"),
        ("1", "nn.BatchNorm1d"),
    ]
    assert model.count.expr == m * n + 3 * n + 1
    assert model.buffer_count.expr == 2 * n + 1


def test_a_table_out_of_a_tensor_is_frozen_unless_it_is_not() -> None:
    table = nn.Embedding.from_pretrained(torch.zeros(V, d))
    assert (table.count.expr, table.trainable_count.expr) == (V * d, 0)
    assert nn.EmbeddingBag.from_pretrained((10, 3), freeze=False).trainable_count == 30
    refused(ShapeError, "takes a table with a row per word", lambda: nn.Embedding.from_pretrained(torch.zeros(3)))


def test_what_changes_no_shape_may_be_called() -> None:
    model = nn.Sequential(nn.GRU(m, n), nn.Linear(n, 3))
    model[0].flatten_parameters()
    model[1].register_forward_hook(print)
    assert model.to("cuda").half().eval().train(False).count == model.count
    assert not model.training
    assert model.get_submodule("1") is model[1]
    assert model.get_parameter("1.weight") is model[1].weight
    assert nn.BatchNorm1d(n).get_buffer("running_mean").shape == (n,)
