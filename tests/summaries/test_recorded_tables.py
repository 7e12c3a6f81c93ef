"""Every recorded table is read row by row."""

from __future__ import annotations

import pytest

from symparams import from_summary
from tests.summaries.recorded_tables import AT_LEAST, CROPPED, KERAS, tables, top_rows


@pytest.mark.parametrize(("family", "least"), AT_LEAST.items())
def test_no_table_has_got_lost(family, least):
    assert len(tables(family)) >= least


@pytest.mark.parametrize("family", KERAS)
def test_every_row_of_keras_is_read(family):
    for name, text, truth in tables(family):
        table = from_summary(text)
        assert table.total == truth["total"], name
        wanted = {layer["name"]: layer for layer in truth["layers"] if layer["class"] != "InputLayer"}
        cropped = name.endswith(CROPPED) and all(layer.params is None for layer in table.layers)
        missing = dict.fromkeys(wanted)
        for layer in top_rows(table):
            its = next((wanted[each] for each in missing if each == layer.name or each.startswith(layer.name)), None)
            if its is None:
                continue  # an operation between the layers
            missing.pop(its["name"])
            assert layer.class_name in (its["class"], None), (name, layer)
            assert cropped or layer.params == its["params"], (name, layer)
            if layer.output_shape is not None and len({*map(type, its["output_shape"])} & {list}) == 0:
                assert layer.output_shape == tuple(its["output_shape"]), (name, layer)
        assert not missing, (name, missing)


def test_what_was_cut_off_is_few_and_is_none():
    layers = [layer for family in KERAS[:3] for _, text, _ in tables(family) for layer in from_summary(text).layers]
    assert len(layers) > 3000
    assert len([layer for layer in layers if layer.class_name is None]) < 40
    assert all(layer.shape_text for layer in layers)


def test_every_row_of_torch_is_read():
    for name, text, truth in tables("torch_summaries"):
        table = from_summary(text)
        assert table.printed_by == truth["tool"]
        assert table.total == truth.get("total_params", table.total), name
        assert sum(layer.params or 0 for layer in table.layers) == table.total
        assert {layer.class_name for layer in table.layers} <= {*truth["classes"]}, name
        assert table.notes == []


def test_a_table_says_what_else_it_has():
    for _, text, truth in tables("keras3_models"):
        table = from_summary(text)
        assert (table.optimizer or 0) == truth["total"] - table.of_the_model
        assert table.trainable + table.non_trainable == table.of_the_model
        by_name = {layer["name"]: layer for layer in truth["layers"]}
        for layer in table.layers:
            its = by_name.get(layer.name)
            if layer.depth == 0 and layer.connected and its and its["class"] != "InputLayer":
                assert len(layer.connected) == len(its["inbound"])
                assert all(whole.startswith(shown) for shown, whole in zip(layer.connected, its["inbound"], strict=True))
