"""Other ways to print a table: boxes of ASCII, tabs, one space, verbose torchinfo, several tables in one text."""

from __future__ import annotations

import pytest

from symparams import compare, from_summary, keras
from symparams.errors import TextError
from tests.bad_input import refused
from tests.summaries.pasted_tables import ASCII, BOXES, COLLAPSED, TABS
from tests.summaries.recorded_tables import everything, tables


@pytest.mark.parametrize("text", [BOXES, ASCII, COLLAPSED, TABS])
def test_a_table_is_read_by_its_structure(text):
    table = from_summary(text)
    rows = [(layer.name, layer.class_name, layer.output_shape, layer.params) for layer in table.layers]
    assert rows == [
        ("dense", "Dense", (None, 10), 650),
        ("batch_normalization", "BatchNormalization", (None, 10), 40),
    ]
    assert table.total == 690
    assert table.trainable is None


def test_the_weights_in_a_verbose_torchinfo_are_no_rows():
    table = from_summary(
        """
================================================================================================================
Layer (type:depth-idx)                   Kernel Shape              Output Shape              Param #
================================================================================================================
Net                                      --                        [20, 100]                 --
├─Embedding: 1-1                         --                        [20, 100, 300]            6,000
│    └─weight                            [300, 20]                                           └─6,000
├─Linear: 1-3                            --                        [20, 100, 20]             (6,020)
================================================================================================================
Total params: 12,020
Trainable params: 6,000
Non-trainable params: 6,020
"""
    )
    assert [(layer.class_name, layer.params, layer.trainable) for layer in table.layers] == [
        ("Net", None, None),
        ("Embedding", 6000, None),
        ("Linear", 6020, False),
    ]


def test_our_own_table_is_read_again():
    model = keras.Sequential([keras.Input((64, 15)), keras.layers.GRU(16, return_sequences=True), keras.layers.Dense(8)])
    table = from_summary(str(model._summary()))
    assert table.total == int(model.count)
    assert [layer.params for layer in table.layers if layer.class_name != "InputLayer"] == [1584, 136]


def test_several_tables_in_one_text():
    texts = [text for _, text, _ in tables("legacy_summaries")[:3]]
    found = from_summary("\nand then\n".join(texts))
    assert len(found) == 3
    assert [everything(table) for table in found] == [everything(from_summary(text)) for text in texts]
    assert found.tables[1] is found[1]
    assert from_summary(texts[0]).tables == (from_summary(texts[0]).tables[0],) or len(from_summary(texts[0]).tables) == 1
    refused(TextError, r"3 tables .* each with its own total: choose one, such as", lambda: found.total)
    refused(TextError, "3 tables", lambda: compare(found, found[0]))
    assert not hasattr(found, "nonsense")
