"""Models as Julia's Flux prints them, tables of torchsummaryX, and summaries that were saved as CSV."""

from __future__ import annotations

import pytest

from symparams import from_summary
from tests.summaries.test_noise import NOISE
from tests.summaries.test_printed_texts import ROUNDED, everything_read

FLUX = """Chain(
  Conv((5, 5), 1 => 6, relu),           # 156 parameters
  MaxPool((2, 2)),
  Conv((5, 5), 6 => 16, relu),          # 2_416 parameters
  MaxPool((2, 2)),
  Flux.flatten,
  Dense(256 => 120, relu),              # 30_840 parameters
  Dense(120 => 84, relu),               # 10_164 parameters
  Dense(84 => 10),                      # 850 parameters
)                   # Total: 10 arrays, 44_426 parameters, 174.344 KiB.
"""
NAMED = """Chain(
  embed = Embedding(1000 => 64),        # 64_000 parameters
  norm = BatchNorm(64),                 # 128 parameters, plus 128
  head = Dense(64 => 2),                # 130 parameters
)         # Total: 5 trainable arrays, 64_258 parameters,
          # plus 2 non-trainable, 128 parameters, summarysize 252.1 KiB.
"""
TORCHSUMMARYX = """
=================================================================
                Kernel Shape     Output Shape    Params  Mult-Adds
Layer
0_conv1        [1, 10, 5, 5]  [1, 10, 24, 24]     260.0     144.0k
1_conv2       [10, 20, 5, 5]    [1, 20, 8, 8]     5.02k     320.0k
2_conv2_drop               -    [1, 20, 8, 8]         -          -
3_fc1              [320, 50]          [1, 50]    16.05k      16.0k
4_fc2               [50, 10]          [1, 10]     510.0      500.0
-----------------------------------------------------------------
                      Totals
Total params          21.84k
Trainable params      21.84k
Non-trainable params     0.0
Mult-Adds            480.5k
=================================================================
"""
KERAS_CSV = """,Layer (type),Output Shape,Param #
0,conv2d (Conv2D),"(None, 26, 26, 32)",320
1,max_pooling2d (MaxPooling2D),"(None, 13, 13, 32)",0
2,flatten (Flatten),"(None, 5408)",0
3,dense (Dense),"(None, 10)","54,090"
"""
TORCH_CSV = """Layer;Type;Output Shape;Params
conv1;Conv2d;[-1, 32, 26, 26];320.0
fc;Linear;[-1, 10];216330.0
Total;;;216650.0
"""
QUOTED = """"name","class_name","output_shape","num_params"
"conv2d","Conv2D","(None, 26, 26, 32)","320"
"flatten","Flatten","(None, 21632)","0"
"dense","Dense","(None, 10)","216330"
"""


def rows(text):
    return [(layer.name, layer.class_name, layer.params) for layer in from_summary(text).layers if layer.params != 0]


def test_a_model_of_flux_is_read_with_its_total():
    table = from_summary(FLUX)
    assert (table.printed_by, table.total, table.notes) == ("Flux", 44_426, [])
    assert rows(FLUX) == [
        ("1", "Conv", 156),
        ("2", "Conv", 2_416),
        ("3", "Dense", 30_840),
        ("4", "Dense", 10_164),
        ("5", "Dense", 850),
    ]


def test_what_flux_does_not_count_is_said():
    table = from_summary(NAMED)
    assert (table.total, [row[0] for row in rows(NAMED)]) == (64_258, ["embed", "norm", "head"])
    assert table.notes == ["Flux leaves out 128 numbers that are not trained"]


@pytest.mark.parametrize("text", [FLUX.replace("2_416", "2_417"), FLUX.replace("44_426", "44_427")])
def test_a_total_of_flux_that_is_not_the_sum_is_said(text):
    assert any("add up to" in note for note in from_summary(text).notes)


def test_a_rounded_number_of_torchsummaryx_is_no_number():
    table = from_summary(TORCHSUMMARYX)
    assert [layer.params for layer in table.layers] == [260, None, 0, None, 510]
    assert table.total is None
    assert any(ROUNDED in note for note in table.notes)
    assert table.layers[0].output_shape == (1, 10, 24, 24)
    assert "without the rows that lack a number" in str(table)
    exact = from_summary(TORCHSUMMARYX.replace("5.02k", "200.0").replace("16.05k", "  30.0").replace("21.84k", "1000.0"))
    assert (exact.total, exact.trainable, exact.notes) == (1_000, 1_000, [])


def test_a_summary_in_csv_is_the_table_that_it_was():
    assert rows(KERAS_CSV) == [("conv2d", "Conv2D", 320), ("dense", "Dense", 54_090)]
    assert from_summary(KERAS_CSV).explanations[-1].layer == "Dense, 10 units on 5408 features, one bias set"
    assert rows(QUOTED) == [("conv2d", "Conv2D", 320), ("dense", "Dense", 216_330)]
    table = from_summary(TORCH_CSV)
    assert (rows(TORCH_CSV), table.total, table.notes) == ([("conv1", "Conv2d", 320), ("fc", "Linear", 216_330)], 216_650, [])
    assert table.explanations[-1].layer.startswith("Linear, 10 units on 21632 features")


def test_two_of_them_in_one_text_are_two_tables():
    assert [table.of_the_model for table in from_summary(KERAS_CSV + QUOTED).tables] == [54_410, 216_650]
    assert [table.printed_by for table in from_summary(FLUX + TORCHSUMMARYX).tables] == ["Flux", "torchsummaryX"]


@pytest.mark.parametrize("noise", sorted({*NOISE} - {"JSON", "list of lines"}))
def test_noise_around_them_changes_nothing(noise):
    for text in (FLUX, TORCHSUMMARYX, KERAS_CSV):
        assert everything_read(NOISE[noise](text)) == everything_read(text)
