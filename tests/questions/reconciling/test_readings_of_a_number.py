"""``reconcile`` says how it read the number, and no more of a cause than the number tells."""

from __future__ import annotations

import pytest

from symparams import keras, reconcile, torch
from symparams.errors import TextError
from symparams.questions.reconciling.reported_number import read_reported
from tests.bad_input import refused
from tests.questions.comparing.whole_models import llama

nn = torch.nn


class Bert(nn.Module):
    """BERT base with its pooler: 109,482,240 parameters."""

    def __init__(self):
        super().__init__()
        self.words, self.positions, self.types = nn.Embedding(30522, 768), nn.Embedding(512, 768), nn.Embedding(2, 768)
        self.norm = nn.LayerNorm(768)
        self.layers = nn.ModuleList([nn.TransformerEncoderLayer(768, 12, 3072) for _ in range(12)])
        self.pooler = nn.Linear(768, 768)


# ---------------------------------------------------------------- a number that ends in zeros
@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("110M", [(105_000_000, 115_000_000)]),
        ("1500k", [(1_495_000, 1_505_000), (1_450_000, 1_550_000)]),
        ("100M", [(99_500_000, 105_000_000), (95_000_000, 150_000_000)]),
        ("109M", []),
        ("1.30B", []),
        ("7B", []),
        ("0M", []),
        ("110,000,000", []),
    ],
)
def test_each_zero_at_the_end_may_be_rounded(text, ranges):
    assert [(its.low, its.high) for group in read_reported(text).wider for its in group] == ranges


def test_bytes_are_of_each_width_and_may_be_cut_off():
    """39.5 MB is a file listing's 39."""
    plain, *wider = read_reported("100 kB").meanings, *read_reported("100 kB").wider
    assert [its.low for its in plain if "fp32, four" in its.says] == [24_875, 25_472]
    assert [[(its.low, its.high) for its in group if "fp32, four" in its.says] for group in wider] == [
        [(24_875, 26_250), (25_472, 26_880)],
        [(23_750, 37_500), (24_320, 38_400)],
        [(25_000, 25_250), (25_600, 25_856)],
    ]
    assert {its.says.partition(", ")[2] for its in plain} == {
        f"{each} per parameter"
        for each in ("four bytes", "two bytes", "one byte", "half a byte", "twelve bytes", "8.5 bits", "4.5 bits")
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("28.0 GB", "GB of fp32, four bytes"),
        ("14.0 GB", "GB of fp16 or bf16, two bytes"),
        ("7.00 GB", "GB of int8, one byte"),
        ("3.50 GB", "GB of 4-bit numbers, half a byte"),
    ],
)
def test_seven_billion_parameters_in_each_width(text, says):
    (first, *_) = reconcile(nn.Linear(7_000_000_000, 1, bias=False), text).readings
    assert first.sentences == [f"the number is in {says} per parameter"]


def test_a_rounded_number_is_never_said_to_match():
    model = nn.Sequential(nn.Embedding(50_257, 768), nn.Linear(768, 768))
    for text in ("38.6M", "39M", "0.6M", "155 MB", "157 MB", "78 MB", "2.4 MB"):
        assert "matches" not in str(reconcile(model, text))


def test_110_million_are_the_parameters_of_bert():
    found = reconcile(Bert(), "110M")
    assert [(reading.count, reading.sentences) for reading in found.readings] == [(109_482_240, [])]
    assert str(found).endswith(
        "That is the model's own count, where 110M is read as rounded to two digits: 105,000,000 to 115,000,000."
    )
    assert found.facts()["read"] == found.read == "110M is read as rounded to two digits: 105,000,000 to 115,000,000"
    assert str(reconcile(Bert(), "0.11B")).endswith("That is the model's own count, rounded.")


def test_the_digits_as_they_are_written_come_first():
    model = nn.Linear(110_000_000, 1, bias=False)
    assert str(reconcile(model, "110M")).endswith("That is the model's own count, rounded.")


def test_a_change_within_the_digits_comes_before_one_in_the_wider_reading():
    model = nn.Sequential(nn.Embedding(110_000, 1000), nn.Linear(1000, 20_000))
    found = reconcile(model, "110M")
    assert [reading.sentences for reading in found.readings] == [["nn.Linear 1 (the last layer) is left out"]]
    assert "read as" not in str(found)


def test_a_change_in_the_wider_reading_says_how_the_number_was_read():
    found = reconcile(nn.Sequential(nn.Embedding(107_000, 1000), nn.Linear(1000, 20_000)), "110M")
    assert [reading.count for reading in found.readings] == [107_000_000]
    assert str(found).endswith("Here, 110M is read as rounded to two digits: 105,000,000 to 115,000,000.")


def test_a_single_digit_is_too_few_for_a_change():
    model = nn.Sequential(nn.Embedding(93_000, 1000), nn.Linear(1000, 60_000))
    assert not reconcile(model, "100M").found


def test_how_far_off_it_is_says_from_where():
    found = reconcile(Bert(), "121M")
    reading, off = found.nearest
    assert off == 120_500_000 - reading.count
    assert f"off by {off} from 120500000, the lower end of 121M" in str(found)


# ---------------------------------------------------------------- the nearest
def test_the_nearest_has_one_change_at_most():
    for number in (10**9 + 7, 123, 109_400_001):
        reading, _ = reconcile(Bert(), number).nearest
        assert len(reading.sentences) <= 1


# ---------------------------------------------------------------- a head that the model has not
def test_a_head_of_two_classes_is_found():
    found = reconcile(Bert(), 109_483_778)
    (reading,) = found.readings
    assert (reading.switches, reading.sentences) == (["head"], ["a Dense(2) is added on the last 768 features"])
    assert reading.formulas == ["+2*(768 + 1) = +1538"]
    assert "It would match if\n" in str(found)


@pytest.mark.parametrize(
    ("layers", "width"),
    [
        ([nn.Linear(3, 40)], 40),
        ([nn.LSTM(3, 20, bidirectional=True)], 40),
        ([nn.LSTM(3, 30, proj_size=20, bidirectional=True)], 40),
        ([nn.GRU(3, 40)], 40),
        ([nn.Conv2d(3, 40, 5), nn.BatchNorm2d(40)], 40),
        ([nn.MultiheadAttention(40, 4)], 40),
        ([nn.Embedding(30, 40)], 40),
        ([nn.Linear(3, 40), nn.PReLU()], None),
    ],
)
def test_a_head_reads_the_last_features(layers, width):
    model = nn.Sequential(*layers)
    found = reconcile(model, int(model.count) + 7 * 41)
    assert (["head"] in [reading.switches for reading in found.readings]) == (width is not None)


def test_a_head_reads_the_features_that_leave_a_model():
    model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3), keras.layers.Flatten()])
    (reading,) = reconcile(model, 112 + 10 * (6 * 6 * 4 + 1)).readings
    assert reading.sentences == ["a Dense(10) is added on the last 144 features"]


def test_a_large_head_on_a_few_features_is_no_cause():
    model = nn.Sequential(nn.Linear(3, 8))
    assert ["head"] in [reading.switches for reading in reconcile(model, 32 + 16 * 9).readings]
    assert ["head"] not in [reading.switches for reading in reconcile(model, 32 + 17 * 9).readings]


# ---------------------------------------------------------------- how sure it is
def test_two_changes_are_said_to_be_a_possibility():
    model = nn.Sequential(nn.Embedding(50, 7), nn.LSTM(7, 30), nn.Linear(30, 9))
    found = reconcile(model, int(model.count) - 50 * 7 + 2)
    assert ["left out", "optimizer"] in [reading.switches for reading in found.readings]
    assert "with two changes at once, if\n" in str(found)
    assert "By chance, two changes as usual as these would give about one in" in str(found)


def test_a_unit_of_bytes_is_no_change_of_its_own():
    model = nn.Sequential(nn.Embedding(1000, 64), nn.Linear(64, 500, bias=False))
    assert "It would fit if\n" in str(reconcile(model, "256.0 kB"))


def test_bytes_rounded_at_a_zero_may_be_of_either_unit():
    found = reconcile(nn.Linear(26_000, 1, bias=False), "110 kB")
    assert [reading.sentences for reading in found.readings] == []
    found = reconcile(nn.Linear(28_000, 1, bias=False), "110 kB")
    assert [reading.sentences for reading in found.readings] == [
        ["the number is in KB of fp32, four bytes per parameter"],
        ["the number is in KiB of fp32, four bytes per parameter"],
    ]


def test_one_change_of_the_model_is_said_as_it_is():
    assert "It matches if\n" in str(reconcile(Bert(), 108_891_648))


def test_one_more_layer_is_said_with_how_many_there_are_then():
    model = nn.Sequential(*(nn.LayerNorm(70) for _ in range(25)), nn.Linear(70, 1, bias=False))
    (reading,) = reconcile(model, 26 * 140 + 70).readings
    assert reading.sentences == ["there is one more layer like 0 (26 instead of 25)"]


# ---------------------------------------------------------------- what adapters are reported as
LLAMA = llama(4096, 32, 11008, 4096, 32000)
QUERY_AND_VALUE = "only a LoRA of rank 8 on the 64 projections to query and value is counted"


@pytest.mark.parametrize(
    "reported", ["4.2M", "4.2M trainable", "4,194,304 trainable parameters", "4,194,304 params", "0.0622%", "0.06220594176090199%"]
)
def test_adapters_are_known_by_their_number_or_share(reported):
    assert reconcile(LLAMA, reported).readings[0].sentences == [QUERY_AND_VALUE]


@pytest.mark.parametrize("reported", ["3.9 GB", "4.0 GB", "8.1 GB", "45 GB"])
def test_a_format_of_files_goes_with_no_other_change(reported):
    assert all(len(reading.sentences) == 1 for reading in reconcile(LLAMA, reported).readings)


@pytest.mark.parametrize("reported", ["0%", "100%", "101%", "%"])
def test_what_is_no_share_of_adapters_is_refused(reported):
    refused(TextError, "is not a number of parameters", lambda: reconcile(LLAMA, reported))
