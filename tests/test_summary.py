"""model.summary(): Keras's table with one more column."""

from __future__ import annotations

import pytest

from symparams import keras, symbols
from symparams.keras import layers

m, n = symbols("m n")


@pytest.fixture
def model():
    return keras.Sequential([
        keras.Input((64, 15)), layers.LSTM(16, return_sequences=True), layers.Dropout(0.5), layers.BatchNormalization(),
    ])  # fmt: skip


def test_a_table_has_keras_s_numbers_and_the_formula(model):
    table = str(model.summary())
    for line in (
        "2,048 │ 4*(15*16 + 16**2 + 16) │",
        "Total params: 2,112 (8.25 KB)",
        "Trainable params: 2,080 (8.12 KB)",
        "Non-trainable params: 32 (128.00 B)",
    ):
        assert line in table
    widths = {len(line) for line in table.splitlines()[1:-3]}
    assert len(widths) == 1


def test_letters_stand_in_shapes_and_counts():
    model = keras.Sequential([keras.Input((64, m)), layers.Bidirectional(layers.LSTM(n))])
    table = str(model.summary())
    assert "(None, 2*n)" in table
    assert "8*m*n + 8*n**2 + 8*n" in table
    assert "2*4*(m*n + n**2 + n)" in table


def test_the_rows_are_data_too(model):
    rows = model.summary().rows
    assert [(row.name, row.class_name, row.output_shape, row.count) for row in rows] == [
        ("lstm", "LSTM", (None, 64, 16), 2048),
        ("dropout", "Dropout", (None, 64, 16), 0),
        ("batch_normalization", "BatchNormalization", (None, 64, 16), 64),
    ]


def test_markdown_has_a_total(model):
    assert "| **total** |  | **2,112** | `4*(15*16 + 16**2 + 16) + 16 + 16 + 16 + 16` |" in model.summary().markdown()


def test_a_name_cannot_break_the_table():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2, name="a|b\n\x1b[31m")])
    assert "\x1b" not in str(model.summary())
    assert "a\\|b" in model.summary().markdown()
    assert len(model.summary().markdown().splitlines()) == 4


def test_a_repr_is_one_plain_line(model):
    for thing in (model, model.summary(), *model.layers, *model.summary().rows):
        assert "\n" not in repr(thing)
