"""``reconcile``: every way to count otherwise is found again, and every way that is found gives the number."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import keras, layers, reconcile, symbols, torch
from symparams.cli import main
from symparams.core.formula import Formula
from symparams.core.tree import only
from symparams.errors import LetterError, SettingError, SizeError, TextError
from symparams.keras import v1
from symparams.keras.layers import GRU, LSTM, Bidirectional, Dense, Embedding, Flatten, SimpleRNN, TimeDistributed
from symparams.questions.reconciling.changes import Change
from symparams.questions.reconciling.missing_adapters import Lora
from symparams.questions.reconciling.missing_head import Head
from symparams.questions.reconciling.model_layers import Pieces
from symparams.questions.reconciling.reported_number import read_reported
from symparams.questions.reconciling.search import Search
from symparams.questions.reconciling.tallies import TALLIES, Tally
from tests.bad_input import TwoLines, refused

law = settings(max_examples=40, deadline=None, database=None, derandomize=True)
nn = torch.nn


def stacked(*parts, shape=(64, 15)):
    return keras.Sequential([keras.Input(shape), *parts])


class Tagger(nn.Module):
    """A language model with the parts that people count or leave out."""

    def __init__(self, words=50, width=8, blocks=3, tied=False):
        super().__init__()
        self.tokens = nn.Embedding(words, width)
        self.positions = nn.Embedding(11, width)
        self.blocks = nn.ModuleList([nn.TransformerEncoderLayer(width, 2, 3 * width) for _ in range(blocks)])
        self.norm = nn.BatchNorm1d(width)
        self.head = nn.Linear(width, words, bias=False)
        if tied:
            self.head.weight = self.tokens.weight


def frozen_first():
    model = stacked(LSTM(16), Dense(8))
    model.layers[0].trainable = False
    return model


# A model, the number of another one that is counted for itself, and the words of the way from one to the other.
TABLE = {
    "reset_after": (stacked(GRU(16)), stacked(GRU(16, reset_after=False)), "gru with one bias"),
    "no biases": (stacked(LSTM(16)), stacked(LSTM(16, use_bias=False)), "lstm without biases"),
    "cuDNN": (stacked(LSTM(16)), stacked(v1.layers.CuDNNLSTM(16)), "lstm with two biases, of the input and of the state"),
    "biases of PyTorch": (nn.RNN(15, 16), stacked(SimpleRNN(16)), "rnn with one bias"),
    "gates": (stacked(LSTM(16)), stacked(v1.layers.GRU(16)), "lstm with 3 gates, as a GRU"),
    "directions": (stacked(LSTM(16)), stacked(Bidirectional(LSTM(16))), "lstm in two directions"),
    "flattened": (stacked(Dense(8)), stacked(Flatten(), Dense(8)), "dense as if its input were flattened before; it reads the last axis alone"),
    "head": (stacked(LSTM(16), Dense(8)), stacked(LSTM(16)), "without dense (the last layer)"),
    "embedding": (
        stacked(Embedding(30, 15), LSTM(16), shape=(64,)),
        stacked(LSTM(16)),
        "without embedding",
    ),
    "untied": (Tagger(tied=True), Tagger(), "with every use of a tied weight counted"),
    "tied": (Tagger(), Tagger(tied=True), "head tied to the embedding: its kernel is the table of the words, and counts once"),
    "one block less": (Tagger(), Tagger(blocks=2), "with one block of blocks less (2 for 3)"),
    "one block more": (Tagger(), Tagger(blocks=4), "with one more block of blocks (4 for 3)"),
    "one block": (Tagger(), Tagger(blocks=1), "with one block for all 3 of blocks"),
    "heads of keys": (
        layers.MultiHeadAttention(64, 8, 8, kv_heads=2),
        layers.MultiHeadAttention(64, 8, 8),
        "multiheadattention with as many heads of keys and values as of queries",
    ),
    "heads split": (
        layers.MultiHeadAttention(64, 4, 64),
        nn.MultiheadAttention(64, 4),
        "multiheadattention with the width of a head taken for that of all heads together",
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
    assert "2 readings give that number, and nothing in it tells which is meant." in str(found)


def test_an_output_is_counted_as_if_all_of_it_doubled():
    model = stacked(Bidirectional(v1.layers.GRU(16, return_sequences=True)), TimeDistributed(Dense(8)))
    found = reconcile(model, 3072 + 272)
    (reading,) = found.readings
    assert reading.switches == ["input not doubled"]
    assert reading.sentences[0].startswith("time_distributed counted once for each direction")
    found = reconcile(model, 3072 + 136)
    assert found.readings[0].sentences == ["time_distributed as if the input had not doubled behind the two directions"]


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
    assert reconcile(frozen_first(), 136).readings[0].sentences == ["only what is trained"]


def test_buffers_are_found():
    model = Tagger()
    (reading,) = reconcile(model, int(model.count) + int(model.buffer_count)).readings
    assert (reading.switches, reading.formulas) == (["with buffers"], ["parameters + 17"])


def test_lora_and_four_bits_are_found_together():
    model = Tagger(words=5000, width=64)
    pieces = Pieces(model, None)
    (known,) = [
        its for its in Search(pieces, read_reported(0)).known if its.change.says.startswith("all 6 dense layers but the head")
    ]
    adapters = sum(7 * matrix(piece)[1] for piece in pieces.all if piece.name.endswith(("linear1", "linear2")))
    found = reconcile(model, int(model.count) + known.total + adapters)
    assert [
        "all 6 dense layers but the head in 4 bits, two weights in a number",
        "with a LoRA of rank 7 on all 6 dense layers but the head",
    ] in [reading.sentences for reading in found.readings]


@pytest.mark.parametrize(
    ("reported", "words"),
    [
        (124439808, "That is the count as it is."),
        ("124,439,808", "That is the count as it is."),
        ("124M", "That is the count as it is."),
        ("124.44 million parameters", "That is the count as it is."),
        ("0.1244 B", "That is the count as it is."),
        ("475 MiB", "in MiB of fp32, four bytes a parameter"),
        ("498 MB", "in MB of fp32, four bytes a parameter"),
        ("475M", "in MiB of fp32, four bytes a parameter"),
        (4 * 124439808, "in bytes of fp32, four bytes a parameter"),
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
    refused(LetterError, "needs a number for m and n", lambda: reconcile(layers.LSTM(m, n), 3))
    refused(LetterError, "no letter q", lambda: reconcile(layers.LSTM(m, n), 3, given={"q": 3}))
    (reading,) = reconcile(layers.LSTM(m, n), 2112, given={m: 15, "n": 16}).readings
    assert reading.formulas == ["+4*n = +64, with n = 16"]


def test_a_letter_that_cancels_needs_no_size():
    d, h = symbols("d h")
    found = reconcile(nn.MultiheadAttention(d, h), 4 * 64 * 64, given={d: 64})
    assert found.readings[0].sentences == ["multiheadattention without biases"]


def test_where_nothing_fits_it_says_how_near_it_came():
    found = reconcile(stacked(LSTM(300)), 10**6)
    assert (found.found, found.readings) == (False, [])
    reading, off = found.nearest
    assert abs(reading.count - 10**6) == off
    assert f"The nearest is {reading.count}, off by {off}" in str(found)


# ---------------------------------------------------------------- laws
sizes = st.integers(2, 40)
some_layers = st.one_of(
    st.builds(lambda n: LSTM(n, return_sequences=True), sizes),
    st.builds(lambda n, after: GRU(n, return_sequences=True, reset_after=after), sizes, st.booleans()),
    st.builds(lambda n: Bidirectional(SimpleRNN(n, return_sequences=True)), sizes),
    st.builds(lambda n, bias: Dense(n, use_bias=bias), sizes, st.booleans()),
    st.builds(keras.layers.BatchNormalization),
)
sequences = st.tuples(st.integers(20, 90), sizes, st.lists(some_layers, min_size=1, max_size=5)).map(
    lambda its: stacked(Embedding(its[0], its[1]), *its[2], shape=(7,))
)
modules = st.builds(Tagger, st.integers(12, 90), st.integers(1, 6).map(lambda half: 2 * half), st.integers(1, 4), st.booleans())
models = st.one_of(sequences, modules)


def matrix(piece):
    """What the kernel of a dense layer has, and an adapter of rank 1 on it."""
    its = piece.layer.values()
    return its["inputs"] * its["units"], its["inputs"] + its["units"]


def counted(pieces, steps):
    """The number where a model is read so, counted from all its layers again."""
    total, trained = pieces.total, pieces.trained
    for place in range(len(pieces.all)):
        edits = [step.edits[place] for step in steps if isinstance(step, Change) and place in step.edits]
        loras = [
            step
            for step in steps
            if isinstance(step, Lora) and not step.alone and place in [piece.place for piece in step.scope.pieces]
        ]
        how = edits[0] if edits else None
        for each in edits[1:]:
            how = how.and_also(each)
        node, own = pieces.node(place, how), pieces.node(place, None)
        total += pieces.number(Formula(node)) - pieces.number(Formula(own))
        trained += pieces.number(Formula(only(node, True))) - pieces.number(Formula(only(own, True)))
        for lora in loras:
            kernel, adapter = matrix(pieces.all[place])
            total += lora.rank * adapter
            trained += lora.rank * adapter - kernel
    for step in steps:
        if isinstance(step, Change) and step.switch == "untied":
            total, trained = total + pieces.untied - pieces.total, trained + pieces.untied - pieces.total
        if isinstance(step, Head):
            total += step.units * step.width + step.units
        if isinstance(step, Lora) and step.alone:
            total = sum(step.rank * matrix(piece)[1] for piece in step.scope.pieces)
    for step in steps:
        if isinstance(step, Tally):
            total = step.of(total, trained)
    return total


@law
@given(models, st.data())
def test_up_to_two_changes_are_found_again(model, data):
    pieces = Pieces(model, None)
    search = Search(pieces, read_reported(0))
    first = data.draw(st.sampled_from(search.known)).change
    second = data.draw(st.sampled_from([*(known.change for known in search.known), *(tally(pieces) for tally in TALLIES)]))
    steps = (first,) if second is first else (first, second)
    both = [first.edits[place].and_also(second.edits[place]) for place in first.edits if place in getattr(second, "edits", {})]
    if len(steps) == 2 and None in both:
        steps = (first,)
    number = counted(pieces, steps)
    found = reconcile(model, number)
    assert found.found
    fewest = len(found.readings[0].sentences)
    assert fewest <= len(steps)
    if fewest == len(steps):
        assert {step.says for step in steps} in [set(reading.sentences) for reading in found.readings]


@law
@given(models, st.integers(1, 30_000))
def test_every_way_that_is_found_gives_the_number(model, number):
    found = reconcile(model, number)
    for reading in found.readings:
        steps = reading.way.steps
        in_bytes = reading.switches.count("bytes")
        assert counted(found.pieces, steps) == reading.count == (number // 4 if in_bytes else number)
    assert len(found.readings) == len({tuple(reading.sentences) for reading in found.readings})
    if not found.found:
        reading, off = found.nearest
        assert off == abs(reading.count - number) > 0


# ---------------------------------------------------------------- the command line
def test_the_command_line_answers(capsys):
    assert main(["reconcile", "Bidirectional(LSTM(300))", "1,444,800", "m=300"]) == 0
    assert "+2*4*n = +2400, with n = 300" in capsys.readouterr().out
    assert main(["reconcile", "LSTM(300)", "7", "m=300", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["readings"], answer["count"]) == ([], 721200)
    assert answer["nearest"]["off_by"] > 0
    assert main(["reconcile", "LSTM(300)", "1444800"]) == 2
    assert capsys.readouterr().err == "symparams: reconcile needs a number for m: give each its size, such as m=300\n"
