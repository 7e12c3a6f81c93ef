"""``identify``: it finds every layer again by its number, all of its sizes, and what one would guess comes first."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, identify, keras, symbols
from symparams.core.tree import weight
from symparams.errors import LetterError, SettingError, SizeError, UnknownLayerError
from symparams.keras.layers import LSTM, Dense
from symparams.layers import GRU
from symparams.questions.identifying.ranking import LADDER, USUAL, points_of_class, points_of_size
from symparams.questions.identifying.search import TooOpen, sizes_of_template
from symparams.questions.identifying.templates import catalogue_templates
from tests.bad_input import refused

law = settings(max_examples=8, deadline=None, database=None, derandomize=True)
m, n, h, k = symbols("m n h k")
TEMPLATES = catalogue_templates()


# ---------------------------------------------------------------- the search
@pytest.mark.parametrize("template", TEMPLATES, ids=[template.name for template in TEMPLATES])
@law
@given(data=st.data())
def test_every_layer_is_found_again_by_its_count(template, data):
    sizes: dict[str, Any] = {}
    for name, letters in template.sizes.items():
        size = data.draw(st.sampled_from(USUAL[name]) if name in USUAL else st.integers(1, 40))
        sizes[name] = (size,) * len(letters) if len(letters) > 1 else size
    letters = {each: size for name, its in template.sizes.items() for each, size in zip(its, (sizes[name],) * 3, strict=False)}
    number = template.formula.at({each: size[0] if isinstance(size, tuple) else size for each, size in letters.items()})
    try:
        found = list(sizes_of_template(template, number, {}))
    except TooOpen:
        single = [name for name, letters in template.sizes.items() if len(letters) == 1 and name not in USUAL]
        known = {name: its for name, its in sizes.items() if name not in single[:1]}
        found = list(sizes_of_template(template, number, known))
    assert sizes in found
    assert len({json.dumps(each) for each in found}) == len(found)


@law
@given(st.integers(1, 3000))
def test_all_sizes_and_no_others(number):
    found = identify(number, [GRU(m, n), Dense(h)._built((None, k)).core])
    expected = {(a, b) for a in range(1, 1001) for b in range(1, 33) if 3 * b * (a + b + 1) == number}
    its = {(r.sizes["m"], r.sizes["n"]) for r in found if "m" in r.sizes and "n" in r.sizes and r.name == "GRU"}
    assert its == expected
    assert all(reading.count == number for reading in found)
    assert found.total == len(found)


@law
@given(st.integers(1, 10**7))
def test_every_reading_has_the_number(number):
    found = identify(number)
    assert found.total >= len(found) > 0
    assert all(reading.count == number for reading in found.readings[:60])
    assert [reading.points for reading in found] == sorted(reading.points for reading in found)


BARE_CONVOLUTION = "keras.layers.Conv2D(use_bias=False), torch.nn.Conv2d(bias=False)"


@pytest.mark.parametrize(
    ("number", "layer", "sizes"),
    [
        (4_457_472, "keras.layers.LSTM", {"inputs": 4096, "units": 256}),
        (131_584, "keras.layers.LSTM", {"inputs": 128, "units": 128}),
        (4_640, "keras.layers.Conv2D, torch.nn.Conv2d", {"window": (3, 3), "inputs": 16, "filters": 32}),
        (1_180_160, "keras.layers.Conv2D, torch.nn.Conv2d", {"window": (3, 3), "inputs": 256, "filters": 512}),
        (38_597_376, "keras.layers.Embedding, torch.nn.Embedding", {"words": 50_257, "width": 768}),
        (102_764_544, "keras.layers.Dense, torch.nn.Linear", {"inputs": 25_088, "units": 4096}),
        (1_281_000, "keras.layers.Dense, torch.nn.Linear", {"inputs": 1280, "units": 1000}),
        (2_049_000, "keras.layers.Dense, torch.nn.Linear", {"inputs": 2048, "units": 1000}),
        (590_592, "keras.layers.Dense, torch.nn.Linear", {"inputs": 768, "units": 768}),
        (36_928, "keras.layers.Conv2D, torch.nn.Conv2d", {"window": (3, 3), "inputs": 64, "filters": 64}),
        (7_850, "keras.layers.Dense, torch.nn.Linear", {"inputs": 784, "units": 10}),
        (1_792, "keras.layers.Conv2D, torch.nn.Conv2d", {"window": (3, 3), "inputs": 3, "filters": 64}),
        (2_362_368, "keras.layers.MultiHeadAttention(key_dim=inputs/num_heads), torch.nn.MultiheadAttention", {"inputs": 768}),
        # the convolutions of residual networks, which have no bias
        (36_864, BARE_CONVOLUTION, {"window": (3, 3), "inputs": 64, "filters": 64}),
        (147_456, BARE_CONVOLUTION, {"window": (3, 3), "inputs": 128, "filters": 128}),
        (2_359_296, BARE_CONVOLUTION, {"window": (3, 3), "inputs": 512, "filters": 512}),
    ],
)
def test_what_one_would_guess_comes_first(number, layer, sizes):
    best = identify(number).best
    assert (best.name, best.sizes, best.count) == (layer, sizes, number)


def test_known_sizes_leave_fewer_readings():
    (reading,) = identify(1536, "GRU", {"inputs": 15})
    assert (reading.name, reading.sizes) == ("keras.layers.GRU(reset_after=False)", {"inputs": 15, "units": 16})
    rectangle = identify(96, "Conv2D", {"window": (2, 1), "inputs": 1})
    assert rectangle.best.sizes == {"window": (2, 1), "inputs": 1, "filters": 32}
    assert {len(reading.sizes["window"]) for reading in identify(5000, given={"window": (5, 3)}) if reading.sizes["window"]} == {2}


def test_a_model_of_ones_own():
    model = keras.Sequential([keras.Input((499,)), Dense(h), Dense(16)])
    assert str(identify(16528, model)) == (
        "16528 parameters: the only reading\n"
        "layer       sizes  parameters\n"
        "Sequential  h=32   499*h + h + 16*h + 16\n"
        "searched: Sequential, every whole size"
    )
    assert not identify(16529, model)
    assert str(identify(16529, model)) == "16529 parameters: no layer has that many\nsearched: Sequential, every whole size"
    refused(SettingError, "16529 parameters: no layer has that many", lambda: identify(16529, model).best)
    assert {its.name for its in identify(4 * 5 * 9, ["LSTM", LSTM(n)], {})} >= {"keras.layers.LSTM", "LSTM"}
    both = identify(132480, 4 * m**2 + 9 * m + 2 * m * n + n)
    assert {"m": 128, "n": 256} in [reading.sizes for reading in both]


def test_what_was_searched_is_said():
    text = str(identify(4_457_472))
    assert " layers, every whole size\nnot searched: window other than 1, 2, 3, 4, 5, 7, 9 and 11; heads other than " in text
    _, _, open_ones = text.partition("; layers with more than 2 open sizes (")
    assert {"EinsumDense", "Bilinear"} <= {*open_ones.partition(")")[0].replace(" and ", ", ").split(", ")}
    assert text.count("\n") < 22
    assert "the likeliest 10 of " in text
    assert str(identify(7, "LSTM")).startswith(
        "7 parameters: no layer has that many\nsearched: LSTM, LSTMCell, Bidirectional and CuDNNLSTM"
    )
    assert str(identify(7, ["Dense", "Embedding"], {"inputs": 3, "words": 4})) == (
        "7 parameters: no layer has that many\nsearched: nothing, since no layer has all these sizes"
    )


# ---------------------------------------------------------------- the order
def test_round_sizes_cost_less():
    assert [points_of_size(size) for size in (256, 300, 257, 1)] == [6, 6, 18, 2]
    assert points_of_size(4096) + points_of_size(256) < points_of_size(4457472)
    assert points_of_class("keras.layers.LSTM") < points_of_class("keras.layers.ConvLSTM1D") == 2 * len(LADDER)
    assert points_of_class("LSTM", 1) - points_of_class("LSTM") == 4


def test_every_name_on_the_ladder_is_in_the_catalogue():
    named = {name.partition("(")[0].rpartition(".")[2] for template in TEMPLATES for name in template.names}
    assert {name for step in LADDER for name in step.split()} <= named
    assert set(USUAL) <= {size for template in TEMPLATES for size in template.sizes}


# ---------------------------------------------------------------- refused
REFUSED: list[Any] = [
    (SizeError, "number must be a whole number of at least 1", lambda: identify(0)),
    (SizeError, "number must be a whole number of at least 1", lambda: identify(True)),
    (SizeError, "number must be a whole number of at least 1", lambda: identify(1.5)),
    (SettingError, "number must be a whole number, not n", lambda: identify(n)),
    (SettingError, "number must be at most 10000000000000, not", lambda: identify(10**13 + 1)),
    (SettingError, r"number must be at most 10000000000000, not \(a number of 5001 digits\)", lambda: identify(10**5000)),
    (UnknownLayerError, "no layer 'LSTMM' with sizes to find; did you mean 'LSTM'", lambda: identify(7, "LSTMM")),
    (SettingError, "identify takes a formula, a layer or a model, not 7", lambda: identify(7, 7)),
    (SettingError, "identify takes a formula, a layer or a model, not the class LSTM", lambda: identify(7, [LSTM])),
    (
        LetterError,
        "no size input in these layers; the sizes are .*; did you mean 'inputs'",
        lambda: identify(7, given={"input": 3}),
    ),
    (LetterError, "sizes are given by name", lambda: identify(7, given=[3])),
    (SizeError, "inputs must be a whole number of at least 1", lambda: identify(7, given={"inputs": 0})),
    (SizeError, "window must be a whole number of at least 1", lambda: identify(7, given={"window": (3, 2.5)})),
    (LetterError, "finds up to 2 sizes, and Formula leaves h, m and n open", lambda: identify(7, Formula(weight("w", m, n, h)))),
]


@pytest.mark.parametrize(("error", "words", "call"), REFUSED, ids=[words[:40] for _, words, _ in REFUSED])
def test_bad_questions_are_one_clear_line(error, words, call):
    refused(error, words, call)
