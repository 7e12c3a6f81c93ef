"""Readings of a number that people come to in their own ways: a slip of a digit, another padding, a stack of equal layers."""

from __future__ import annotations

import pytest

from symparams import check, from_huggingface, reconcile
from symparams.keras.layers import (
    LSTM,
    Bidirectional,
    Conv2D,
    ConvLSTM2D,
    Dense,
    Embedding,
    Flatten,
    GlobalAveragePooling2D,
    MaxPooling2D,
    SeparableConv2D,
)
from symparams.torch import nn
from tests.questions.comparing.whole_models import llama
from tests.questions.models_asked_about import on

SEPARABLE = on((32, 32, 16), SeparableConv2D(64, 3))
WHOLE = on((32, 32, 16), Conv2D(64, 3))
MLP = on((784,), Dense(128), Dense(10))
SAME = on((28, 28, 1), Conv2D(32, 3, padding="same"), Flatten(), Dense(10))
POOLED = on((28, 28, 1), Conv2D(32, 3), MaxPooling2D(2), Flatten(), Dense(10))
LLAMA = llama(64, 3, 172, 32, 1000)
STRIDES = on((28, 28, 1), Conv2D(8, 3, strides=2), Flatten(), Dense(10))

# the model; the number; the clause that comes first
READINGS = {
    "separable as ordinary": (
        SEPARABLE,
        int(WHOLE.count),
        "separable_conv2d is counted as an ordinary convolution, whose filters read every channel",
    ),
    "ordinary as separable": (WHOLE, int(SEPARABLE.count), "conv2d is counted as a separable convolution"),
    "a zero too many": (MLP, 1017700, "a zero too many is written, 1,017,700 for 101,770"),
    "two digits exchanged": (MLP, 107170, "two digits are exchanged, 107,170 for 101,770"),
    "a digit left out": (MLP, 10170, "a digit is left out, 10,170 for 101,770"),
    "the input of the first": (
        on((None, 16), LSTM(32, return_sequences=True), LSTM(32)),
        2 * 4 * (16 * 32 + 32 * 32 + 32),
        "the input of lstm_1 is taken to be that of lstm; it reads what the layer before gives",
    ),
    "a decoder as an encoder": (
        nn.TransformerDecoderLayer(512, 8, 2048),
        int(nn.TransformerEncoderLayer(512, 8, 2048).count),
        "the cross-attention multihead_attn and one normalization are left out, as in an encoder",
    ),
    "a table for each word": (
        on((10,), Embedding(5000, 64)),
        10 * 5000 * 64,
        "embedding is counted once for each word of the input; in fact all words share the table",
    ),
    "another padding": (
        SAME,
        320 + 26 * 26 * 32 * 10 + 10,
        "conv2d is counted with padding='valid', which makes the image smaller",
    ),
    "no pooling": (POOLED, 320 + 26 * 26 * 32 * 10 + 10, "max_pooling2d is left out, so that a larger image is flattened"),
    "no strides": (STRIDES, 80 + 26 * 26 * 8 * 10 + 10, "conv2d is counted with strides of 1"),
    "one token more": (from_huggingface("gpt2"), 124439808 + 768, "the vocabulary has 50258 rows, as with one more token"),
    "no gates": (
        from_huggingface("llama-2-7b"),
        6738415616 - 32 * 4096 * 11008,
        "the feed-forward networks are counted with two matrices, without the gate gate_proj",
    ),
    "no gates in modules": (
        LLAMA,
        int(LLAMA.count) - 3 * 64 * 172,
        "the feed-forward networks are counted with two matrices, without the gate gate_proj",
    ),
    "another layer of one name": (LLAMA, int(LLAMA.count) - 3 * 64 * 32, "the 3 layers called k_proj are left out"),
    "the usual inner width": (
        nn.TransformerEncoderLayer(512, 8, 1024),
        int(nn.TransformerEncoderLayer(512, 8).count),
        "the feed-forward networks are 2048 wide inside, 4 times the width of the model; in fact they are 1024",
    ),
    "the default inner width": (
        nn.TransformerEncoder(nn.TransformerEncoderLayer(256, 8, 512), 3),
        int(nn.TransformerEncoder(nn.TransformerEncoderLayer(256, 8), 3).count),
        "the feed-forward networks are 2048 wide inside, the default of dim_feedforward; in fact they are 512",
    ),
    "the usual inner width of a config": (
        from_huggingface("llama-2-7b"),
        6738415616 + 32 * 3 * 4096 * (4 * 4096 - 11008),
        "the feed-forward networks are 16384 wide inside, 4 times the width of the model; in fact intermediate_size is 11008",
    ),
    # https://pupuweb.com/convolutional-neural-network-cnn-how-to-calculate-parameters-in-a-fully-connected-neural-network-layer
    "an image in color": (
        on((128, 128, 1), Flatten(), Dense(256)),
        12583168,
        "the input is an image in color, with 3 channels; in fact it has 1",
    ),
    "a gray image": (
        on((32, 32, 3), Flatten(), Dense(10)),
        10250,
        "the input is a gray image, with 1 channel; in fact it has 3",
    ),
    "a color image for a convolution": (
        on((28, 28, 1), Conv2D(32, 3), Flatten(), Dense(10)),
        int(on((28, 28, 3), Conv2D(32, 3), Flatten(), Dense(10)).count),
        "the input is an image in color, with 3 channels; in fact it has 1",
    ),
    "as many rows as an input has words": (
        on((128,), Embedding(20000, 100), LSTM(64), Dense(1)),
        128 * 100 + 4 * (100 * 64 + 64 * 64 + 64) + 65,
        "the rows of embedding are taken to be the words of one input",
    ),
    "no kernel of the state": (
        on((10, 32, 32, 3), ConvLSTM2D(16, 3)),
        1792,
        "the kernel of the state of conv_lstm2d is left out",
    ),
    "all heads with keys": (
        from_huggingface("llama-2-70b"),
        68976648192 + 80 * 2 * (8192 * 8192 - 8192 * 1024),
        "each of the 64 heads has keys and values of its own; in fact num_key_value_heads is 8",
    ),
}


@pytest.mark.parametrize("name", READINGS)
def test_what_was_done_is_the_cause(name):
    model, number, says = READINGS[name]
    found = reconcile(model, number)
    assert found.readings[0].sentences == [says]
    assert found.verdict in ("cause", "alternatives")


def test_bytes_that_nobody_mentions_explain_nothing_together_with_a_change():
    for number in range(90_000, 90_400, 8):
        assert not any(len(reading.sentences) > 1 and "bytes" in str(reading) for reading in reconcile(MLP, number).readings)


def test_two_far_fetched_changes_are_a_coincidence():
    found = reconcile(nn.Transformer(512, 8, 6, 6, 2048), 37828608)
    assert found.verdict == "chance"
    assert "No usual difference in counting is a clear reason." in str(found)


IMAGES = on((7, 7, 512), Conv2D(64, 3), GlobalAveragePooling2D(), Dense(1000))


@pytest.mark.parametrize(
    ("model", "number", "says"),
    [
        (IMAGES, int(IMAGES.count) - 990 * 65, "dense has 10 units, not 1000, as for another number of classes"),
        (IMAGES, int(IMAGES.count) - 999 * 65, "dense has 1 unit, not 1000, as for another number of classes"),
        (MLP, 101770 + 90 * 129, "dense_1 has 100 units, not 10, as for another number of classes"),
        (
            nn.Sequential(nn.Conv2d(3, 64, 7), nn.Flatten(), nn.Linear(512, 1000)), 64 * 148 + 7 * 513,
            "nn.Linear 2 has 7 units, not 1000, as for another number of classes",
        ),
    ],
)  # fmt: skip
def test_a_head_for_another_number_of_classes(model, number, says):
    found = reconcile(model, number)
    assert found.readings[0].sentences == [says]
    assert found.verdict == "possible"


def test_a_head_on_few_features_gives_too_many_numbers():
    model = on((30,), Dense(8), Dense(3))
    assert not any("classes" in str(reading) for reading in reconcile(model, 248 + 9 * 5).readings)


def test_a_rounded_number_may_lack_the_gates():
    """https://github.com/EleutherAI/cookbook/issues/36 asks this of a larger model."""
    found = reconcile(from_huggingface("llama-2-7b"), "5.3B")
    assert [reading.switches for reading in found.readings] == [["gate forgotten"]]


def test_a_likelier_reading_leaves_no_evidence_for_a_quantizer():
    """Half of the kernel of the head is what it lacks, since its input doubles after two directions."""
    found = reconcile(on((None, 100), Bidirectional(LSTM(64)), Dense(5)), 84805)
    assert (found.verdict, len(found.readings)) == ("cause", 1)
    assert found.readings[0].sentences == ["the input of dense has not doubled after the two directions"]


def test_two_changes_that_one_number_in_fourteen_meets_are_a_coincidence():
    """https://datascience.stackexchange.com/questions/78065: the input was taken for a layer of 5 features."""
    assert reconcile(on((3,), Dense(3), Dense(4), Dense(2)), 56).verdict == "chance"


# the formula; the model; what its value is the count of
COUNTED = {
    "separable as ordinary": ("k*k*c*f + f", SEPARABLE, "counted as an ordinary convolution"),
    "ordinary as separable": ("k*k*c + c*f + f", WHOLE, "counted as a separable convolution"),
    "another padding": ("3*3*32+32 + 26*26*32*10+10", SAME, "padding='valid'"),
    "without groups": ("k*k*c*f + f", nn.Conv2d(32, 64, 3, groups=4), "without groups"),
}


@pytest.mark.parametrize("name", COUNTED)
def test_a_wrong_formula_says_what_it_is_the_count_of(name):
    formula, model, says = COUNTED[name]
    found = check(formula, model)
    assert not found.agrees
    assert says in found.counted
    assert f"Your number, {found.value}, is what one gets if" in str(found)


def test_a_formula_that_only_lacks_terms_needs_no_other_reason():
    assert check("in*out", nn.Linear(30, 40)).counted == ""


def test_the_steps_of_the_input_are_a_size_of_a_formula():
    model = on((20,), Embedding(1000, 32), Flatten(), Dense(5))
    assert check("V*d + T*d*n + n", model).agrees
    found = check("T*m*n + n", on((20, 5), Dense(10)))
    assert "The factor 20, the steps of the input, should not be there: all steps share the weights." in str(found)


def test_directions_are_not_called_biases():
    found = str(check("n*(n+m) + n", nn.RNN(10, 20, bidirectional=True)))
    assert "There are 2: the directions of rnn; you have 1." in found
    assert "bias sets" not in found
