"""``reconcile``: every way to count otherwise is found again, and numbers are read as people write them."""

from __future__ import annotations

import pytest

from symparams import layers, reconcile, symbols
from symparams.core.formula import Formula
from symparams.errors import LetterError, SettingError, SizeError, TextError
from symparams.keras import v1
from symparams.keras.layers import GRU, LSTM, Bidirectional, Dense, Embedding, Flatten, SimpleRNN, TimeDistributed
from symparams.questions.reconciling.model_layers import Pieces
from symparams.questions.reconciling.reported_number import read_reported
from symparams.questions.reconciling.search import ReadingSearch
from tests.bad_input import TwoLines, refused
from tests.questions.reconciling.models_to_reconcile import Tagger, matrix, nn, stacked


def frozen_first():
    model = stacked(LSTM(16), Dense(8))
    model.layers[0].trainable = False
    return model


# A model, the number of another one that is counted for itself, and the words of the way from one to the other.
TABLE = {
    "reset_after": (stacked(GRU(16)), stacked(GRU(16, reset_after=False)), "gru has one bias"),
    "no biases": (stacked(LSTM(16)), stacked(LSTM(16, use_bias=False)), "lstm has no biases"),
    "cuDNN": (stacked(LSTM(16)), stacked(v1.layers.CuDNNLSTM(16)), "lstm has two biases, one for the input and one for the state"),
    "biases of PyTorch": (nn.RNN(15, 16), stacked(SimpleRNN(16)), "rnn has one bias"),
    "gates": (stacked(LSTM(16)), stacked(v1.layers.GRU(16)), "lstm has 3 gates, like a GRU"),
    "directions": (stacked(LSTM(16)), stacked(Bidirectional(LSTM(16))), "lstm has two directions"),
    "flattened": (stacked(Dense(8)), stacked(Flatten(), Dense(8)), "the input of dense is flattened first; a dense layer reads only the last axis"),
    "head": (stacked(LSTM(16), Dense(8)), stacked(LSTM(16)), "dense (the last layer) is left out"),
    "embedding": (
        stacked(Embedding(30, 15), LSTM(16), shape=(64,)),
        stacked(LSTM(16)),
        "embedding is left out",
    ),
    "untied": (Tagger(tied=True), Tagger(), "every use of a tied weight is counted"),
    "tied": (Tagger(), Tagger(tied=True), "head is tied to the embedding, so that the table is counted once"),
    "one block less": (Tagger(), Tagger(blocks=2), "there is one block fewer in blocks (2 instead of 3)"),
    "one block more": (Tagger(), Tagger(blocks=4), "there is one more block in blocks (4 instead of 3)"),
    "one block": (Tagger(), Tagger(blocks=1), "there is one block in blocks instead of all 3"),
    "heads of keys": (
        layers.MultiHeadAttention(64, 8, 8, kv_heads=2),
        layers.MultiHeadAttention(64, 8, 8),
        "multiheadattention has as many heads for keys and values as for queries",
    ),
    "heads split": (
        layers.MultiHeadAttention(64, 4, 64),
        nn.MultiheadAttention(64, 4),
        "the width of one head of multiheadattention is taken as the width of all heads together",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_a_way_to_the_count_of_another_model_is_found(name):
    model, other, words = TABLE[name]
    found = reconcile(model, int(other.count))
    assert found.found
    assert words in [str(reading) for reading in found.readings]


def test_the_count_of_the_thread_holds_per_layer():
    model = stacked(LSTM(10, return_sequences=True), TimeDistributed(Dense(1)), shape=(None, 1))
    one = model.layers[0]
    found = reconcile(one, 120)
    assert [reading.switches for reading in found.readings] == [["per unit"], ["gates"]]
    assert "2 readings give that number, the likeliest first; the number alone cannot tell them apart." in str(found)


def test_an_output_is_counted_as_if_all_of_it_doubled():
    model = stacked(Bidirectional(v1.layers.GRU(16, return_sequences=True)), TimeDistributed(Dense(8)))
    found = reconcile(model, 3072 + 272)
    (reading,) = found.readings
    assert reading.switches == ["input not doubled"]
    assert reading.sentences[0].startswith("time_distributed is counted once for each direction")
    found = reconcile(model, 3072 + 136)
    assert found.readings[0].sentences == ["the input of time_distributed has not doubled after the two directions"]


@pytest.mark.parametrize(
    ("reported", "words"),
    [
        (lambda T: 3 * T + 2, "Adam"),
        (lambda T: 2 * T + 2, "SGD with momentum"),
        (lambda T: T + 2, "SGD's variables"),
    ],
)
def test_an_optimizers_variables_are_found(reported, words):
    model = stacked(LSTM(300), Dense(8))
    (reading,) = reconcile(model, reported(int(model.count))).readings
    assert reading.switches == ["optimizer"]
    assert words in reading.sentences[0]


def test_what_is_not_trained_is_found():
    assert reconcile(frozen_first(), 136).readings[0].sentences == ["only trainable parameters are counted"]


def test_buffers_are_found():
    model = Tagger()
    (reading,) = reconcile(model, int(model.count) + int(model.buffer_count)).readings
    assert (reading.switches, reading.formulas) == (["with buffers"], ["parameters + 17"])


def test_lora_and_four_bits_are_found_together():
    model = Tagger(words=50_000, width=512)
    pieces = Pieces(model, None)
    (known,) = [
        its
        for its in ReadingSearch(pieces, read_reported(0)).known
        if its.change.says.startswith("all 6 dense layers except the head")
    ]
    adapters = sum(8 * matrix(piece)[1] for piece in pieces.all if piece.name.endswith(("linear1", "linear2")))
    found = reconcile(model, int(model.count) + known.total + adapters)
    assert [
        "all 6 dense layers except the head are stored in 4 bits, two weights in one number",
        "a LoRA of rank 8 is added to all 6 dense layers except the head",
    ] in [reading.sentences for reading in found.readings]


@pytest.mark.parametrize(
    ("reported", "words"),
    [
        (124439808, "That is the model's own count."),
        ("124,439,808", "That is the model's own count."),
        ("124M", "That is the model's own count, rounded."),
        ("124.44 million parameters", "That is the model's own count, rounded."),
        ("0.1244 B", "That is the model's own count, rounded."),
        ("249 MB", "the number is in MB of fp16 or bf16, two bytes per parameter"),
        (2 * 124439808, "the number is in bytes of fp16 or bf16, two bytes per parameter"),
        ("475 MiB", "the number is in MiB of fp32, four bytes per parameter"),
        ("498 MB", "the number is in MB of fp32, four bytes per parameter"),
        ("475M", "the number is in MiB of fp32, four bytes per parameter"),
        (4 * 124439808, "the number is in bytes of fp32, four bytes per parameter"),
    ],
)
def test_rounded_numbers_and_bytes_are_read(reported, words):
    assert words in str(reconcile(nn.Linear(124439808, 1, bias=False), reported))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("124M", 123_500_000, 124_500_000), ("1.3 B", 1_250_000_000, 1_350_000_000), ("~7k", 6_500, 7_500), ("1_000", 1000, 1000)],
)
def test_a_rounded_number_is_a_range(text, low, high):
    first = read_reported(text).meanings[0]
    assert (first.low, first.high) == (low, high)


@pytest.mark.parametrize("reported", ["", "many", "1.5", "1e9", "12 furlongs", "-3", "9" * 70, "1.442.400"])
def test_a_text_that_is_no_number_is_refused(reported):
    refused(TextError, "is no", lambda: reconcile(nn.Linear(3, 4), reported))


@pytest.mark.parametrize("reported", [-1, 2.5, True, None, TwoLines(), [3]])
def test_what_is_no_number_is_refused(reported):
    refused(SizeError, "reported must be a whole number", lambda: reconcile(nn.Linear(3, 4), reported))


@pytest.mark.parametrize("model", [None, 3, "LSTM", LSTM, Formula(LSTM(3).by_itself().node)])
def test_what_has_no_layers_is_refused(model):
    refused(SettingError, "a layer or a model", lambda: reconcile(model, 3))


def test_letters_need_sizes():
    m, n = symbols("m n")
    refused(LetterError, "needs a size for m and n", lambda: reconcile(layers.LSTM(m, n), 3))
    refused(LetterError, "no letter q", lambda: reconcile(layers.LSTM(m, n), 3, given={"q": 3}))
    (reading,) = reconcile(layers.LSTM(m, n), 2112, given={m: 15, "n": 16}).readings
    assert reading.formulas == ["+4*n = +64, with n = 16"]


def test_a_letter_that_cancels_needs_no_size():
    d, h = symbols("d h")
    found = reconcile(nn.MultiheadAttention(d, h), 4 * 64 * 64, given={d: 64})
    assert found.readings[0].sentences == ["multiheadattention has no biases"]


def test_where_nothing_fits_it_says_how_near_it_came():
    found = reconcile(stacked(LSTM(300)), 10**6)
    assert (found.found, found.readings) == (False, [])
    reading, off = found.nearest
    assert abs(reading.count - 10**6) == off
    assert f"The nearest count is {reading.count}, off by {off}" in str(found)
