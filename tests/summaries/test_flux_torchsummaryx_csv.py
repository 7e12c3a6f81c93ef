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


@pytest.mark.parametrize(
    ("row", "params", "words"),
    [
        ("Dense(256 => 120, relu)", 30_840, "120 units on 256 features, one bias set: m*n + n"),
        ("Dense(84 => 10; bias=false)", 840, "10 units on 84 features, no bias"),
        ("Dense(10, 5, relu)", 55, "5 units on 10 features"),
        ("Conv((5, 5), 6 => 16, relu)", 2_416, "a window of 5x5, 16 filters on 6 channels"),
        ("Conv((3, 3), 16 => 32, pad=1, groups=4, bias=false)", 1_152, "four groups, no bias"),
        ("ConvTranspose((4,), 8 => 3, stride=2)", 99, "a window of 4, 3 filters on 8 channels"),
        ("DepthwiseConv((3, 3), 6 => 12)", 120, "6 groups, one bias set"),
        ("BatchNorm(64, relu)", 128, "over 64, no moments: 2*c"),
        ("LayerNorm(12)", 24, "over 12"),
        ("Embedding(1_000 => 64)", 64_000, "1000 words of 64 numbers"),
        ("LSTM(2 => 5)", 160, "5 units on 2 features, one bias set"),
        ("LSTMCell(2 => 5)", 170, "5 units on 2 features, one bias set; over 5; over 5"),
        ("MultiHeadAttention(64; nheads = 8)", 16_384, "8 heads, key width 8 on 64 features, no bias"),
        ("Bilinear((5, 6) => 7)", 217, "over 7x5x6"),
        ("Flux.Scale(7)", 14, "over 7; over 7"),
    ],
)
def test_a_layer_of_flux_is_explained_by_its_sizes(row: str, params: int, words: str) -> None:
    text = f"Chain(\n  {row},  # {params:_} parameters\n  MyLayer(3),  # 5 parameters\n)  # Total: 3 arrays, {params + 5:_} parameters, 1 KiB."
    known, own = from_summary(text).explanations
    assert words in str(known)
    assert known.ways[0].count == params
    assert str(own) == "not explained: no formula known yet for MyLayer of Flux"


def test_a_number_that_the_sizes_do_not_give_is_not_explained() -> None:
    text = (
        "Chain(\n  Dense(256 => 120, relu),  # 30_841 parameters\n  Dense(0 => 3),  # 3 parameters\n)  # Total: 30_844 parameters"
    )
    assert [why.ways for why in from_summary(text).explanations] == [(), ()]


def test_a_kernel_explains_the_number_of_its_row() -> None:
    explained = [str(why) for why in from_summary(TORCHSUMMARYX).explanations]
    assert explained[0] == "convolution, a window of 5x5, 10 filters on 1 channel, one bias set: k_1*k_2*c*f + f = 260"
    assert explained[4] == "dense layer, 10 units on 50 features, one bias set: m*n + n = 510"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1_dw      [1, 10, 3, 3]  [1, 10, 24, 24]     100.0      1.0k", "10 filters on 10 channels, 10 groups, one bias set"),
        (
            "1_up      [6, 10, 2, 2]   [1, 6, 48, 48]     246.0      1.0k",
            "transposed convolution, a window of 2x2, 6 filters on 10 channels",
        ),
        ("1_norm             [10]  [1, 10, 24, 24]      20.0      1.0k", "normalization, over 10"),
        ("1_embed         [4, 20]       [1, 7, 4]       80.0      1.0k", "embedding, 20 words of 4 numbers"),
        ("1_odd     [1, 10, 3, 3]  [1, 10, 24, 24]     101.0      1.0k", "not explained: the table does not name its class"),
    ],
)
def test_other_kernels(row: str, words: str) -> None:
    text = TORCHSUMMARYX.replace("1_conv2       [10, 20, 5, 5]    [1, 20, 8, 8]     5.02k     320.0k", row)
    assert words in str(from_summary(text).explanations[1])
