"""Pictures: their bars, lines and marks are the exact numbers, and their names are text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.installed import installed

matplotlib = installed("matplotlib")
matplotlib.use("Agg")

import matplotlib.pyplot as plt
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import compare, keras, plot_difference, plot_growth, plot_layers, symbols, torch
from symparams.core.formula import Values
from symparams.errors import LetterError, SettingError, SizeError
from symparams.keras.layers import LSTM, Bidirectional, Dense, Embedding
from symparams.keras.v1.layers import CuDNNLSTM
from symparams.layers import GRU
from symparams.layers import LSTM as PAPER_LSTM
from symparams.layers import Dense as PAPER_DENSE
from symparams.paper.plots.axes import short_number
from symparams.paper.plots.growth import overtakings
from tests.bad_input import refused

V, d, n, k, m = symbols("V d n k m")
SIZES = {"V": 640, "d": 300, "n": 300, "k": 3}
NAME = "$x^2$ \\input{x} [b]"


def model(recurrent, *more):
    return keras.Sequential([keras.Input((None,)), Embedding(V, d), Bidirectional(recurrent), *more, Dense(k, name=NAME)])


before, after = model(LSTM(n)), model(CuDNNLSTM(2 * n), Dense(30))


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def widths(ax):
    return [bar.get_width() for bar in ax.patches]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_bars_of_the_layers_add_up_to_the_count():
    ax = plot_layers(before, at=SIZES)
    assert sum(widths(ax)) == before.count.at(SIZES)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["embedding", "bidirectional", f"{NAME} (Dense)"]
    assert texts(ax) == ["  192,000 (11.7 %)", "  1,442,400 (88.2 %)", "  1,803 (0.1 %)"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["embeddings", "kernel", "recurrent_kernel", "bias"]


def test_a_layer_alone_and_a_torch_module_are_drawn_too():
    assert sum(widths(plot_layers(PAPER_LSTM(15, 16)))) == 2048
    module = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.LSTM(4, 5))
    assert sum(widths(plot_layers(module))) == int(module.count)


def test_very_many_kinds_share_a_colour_at_the_end():
    module = torch.nn.LSTM(3, 4, num_layers=4)
    legend = [text.get_text() for text in plot_layers(module).get_legend().get_texts()]
    assert sum(widths(plot_layers(module))) == int(module.count)
    assert len(legend) <= 10


def test_the_steps_of_a_waterfall_end_where_the_difference_is():
    difference = compare(before, after)
    ax = plot_difference(difference, at=SIZES)
    made = widths(ax)
    steps, total = made[:-1], made[-1]
    assert sum(steps) == total == after.count.at(SIZES) - before.count.at(SIZES)
    assert len(steps) == len(difference.causes)
    assert ax.get_yticklabels()[-1].get_text() == "total"
    assert ax.get_yticklabels()[2].get_text() == "dense: none → Dense"


def test_lines_are_the_counts_and_the_mark_is_exact():
    variants = {"GRU": GRU(m, 2 * n), "Dense": PAPER_DENSE(64 * m, n)}
    ax = plot_growth(variants, n, (8, 4096), at={m: 300})
    for line, layer in zip(ax.lines, variants.values(), strict=False):
        assert all(count == layer.count.at(m=300, n=int(size)) for size, count in line.get_xydata().tolist())
    assert (ax.lines[0].get_xdata()[0], ax.lines[0].get_xdata()[-1]) == (8, 4096)
    assert texts(ax) == ["n = 1,450"]
    gru, dense = (layer.count.compiled("m", "n") for layer in variants.values())
    assert gru(300, 1449) < dense(300, 1449)
    assert gru(300, 1450) >= dense(300, 1450)


@given(st.integers(0, 300), st.integers(1, 400), st.booleans())
@settings(max_examples=60, deadline=None)
def test_every_overtaking_is_found_and_no_other(more, width, recurrent):
    one = PAPER_DENSE(n, n + more).count
    other = PAPER_LSTM(width, n).count if recurrent else PAPER_DENSE(width, 5 * n).count
    its, others = one.compiled("n"), other.compiled("n")
    gaps = [its(size) - others(size) for size in range(1, 400)]
    signs = [(gap > 0) - (gap < 0) for gap in gaps]
    wanted = [size for size, (old, new) in enumerate(pairwise(signs), 2) if old not in (new, 0)]
    assert [size for size, _ in overtakings([one, other], "n", 1, 399, Values())] == wanted


def test_sizes_that_make_no_layer_are_left_out():
    ax = plot_growth(torch.nn.MultiheadAttention(d, 8), d, (8, 100))
    assert all(size % 8 == 0 for size in ax.lines[0].get_xdata())


def test_a_picture_is_drawn_on_the_axes_that_are_given():
    _, (one, other, third) = plt.subplots(1, 3)
    assert plot_layers(before, at=SIZES, ax=one) is one
    assert plot_growth(before, "n", at={"V": 640, "d": 300, "k": 3}, ax=other) is other
    assert plot_difference(compare(before, after), at=SIZES, ax=third) is third


def test_no_name_is_read_as_mathematics():
    for ax in (
        plot_layers(model(LSTM(n)), at=SIZES),
        plot_growth({NAME: before, "$": after}, n, (1, 9), at={"V": 640, "d": 300, "k": 3}),
        plot_difference(compare(before, after), at=SIZES),
    ):
        shown = [*ax.texts, *ax.get_yticklabels(), *(ax.get_legend().get_texts() if ax.get_legend() else [])]
        assert not [text.get_text() for text in shown if "$" in text.get_text() and text.get_parse_math()]
        ax.figure.canvas.draw()


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (950, "950"), (1200, "1.2k"), (2.5e6, "2.5M"), (7e10, "70B"), (10**15, "1e+15")]
)
def test_numbers_at_an_axis_are_short(number, text):
    assert short_number(number) == text


@pytest.mark.parametrize(
    ("error", "words", "call"),
    [
        (LetterError, "no size for", lambda: plot_layers(before)),
        (LetterError, "no letter q", lambda: plot_layers(before, at=SIZES | {"q": 1})),
        (SettingError, "plot_layers takes a layer or a model", lambda: plot_layers(3)),
        (SettingError, "plot_layers takes a layer or a model", lambda: plot_layers(before.count)),
        (SettingError, "ax must be matplotlib's Axes", lambda: plot_layers(before, at=SIZES, ax=plt)),
        (SizeError, "more than 308 digits", lambda: plot_layers(PAPER_LSTM(10**400, 1))),
        (LetterError, "no letter 'q' to grow", lambda: plot_growth(before, "q")),
        (LetterError, "no letter 3 to grow", lambda: plot_growth(before, 3)),
        (LetterError, "no size for", lambda: plot_growth(before, n)),
        (LetterError, "no letter n here", lambda: plot_growth(before, n, at=SIZES)),
        (SettingError, "variants need names", lambda: plot_growth({}, n)),
        (SettingError, "plot_growth takes", lambda: plot_growth({"a": 3}, n)),
        (SizeError, "over must be the first and the last", lambda: plot_growth(PAPER_LSTM(3, n), n, 3)),
        (SizeError, "over must be the first and the last", lambda: plot_growth(PAPER_LSTM(3, n), n, (9, 3))),
        (SizeError, "over must be the first and the last", lambda: plot_growth(PAPER_LSTM(3, n), n, (True, 3))),
        (SizeError, "over must be the first and the last", lambda: plot_growth(PAPER_LSTM(3, n), n, (1.0, 3))),
        (SizeError, "more than 308 digits", lambda: plot_growth(PAPER_LSTM(3, n), n, (1, 10**400))),
        (SettingError, "takes the result of compare", lambda: plot_difference(before)),
        (LetterError, "no size for", lambda: plot_difference(compare(before, after))),
    ],
)  # fmt: skip
def test_what_makes_no_picture_is_refused(error, words, call):
    refused(error, words, call)


def test_growth_draws_the_possible_sizes_only_and_each_of_few():
    d = symbols("d")
    ax = plot_growth({"a": torch.nn.Linear(d / 64, d)}, "d", over=(1, 2000))
    (line,) = ax.lines
    assert list(line.get_xdata()) == [*range(64, 2001, 64)]
    assert line.get_marker() == "."
    assert ax.get_xlabel() == "d, a multiple of 64"
    plt.close(ax.figure)


def test_growth_over_many_possible_sizes_is_evenly_spaced_and_exact():
    d = symbols("d")
    count = torch.nn.TransformerEncoderLayer(d, 12, 4 * d).count
    ax = plot_growth(count, "d", over=(64, 65536))
    (line,) = ax.lines
    sizes = [int(size) for size in line.get_xdata()]
    assert len(sizes) > 100
    assert not any(size % 12 for size in sizes)
    assert [count.at(d=size) for size in sizes] == list(line.get_ydata())
    assert max(after / before for before, after in pairwise(sizes)) < 1.2  # no gaps
    plt.close(ax.figure)


def test_growth_begins_where_a_size_is_possible():
    d = symbols("d")
    ax = plot_growth({"a": torch.nn.Linear(d - 5, d), "b": torch.nn.Linear(d, d)}, "d", over=(1, 60))
    assert [line.get_xdata()[0] for line in ax.lines] == [6, 1]
    assert ax.get_xlabel() == "d"
    plt.close(ax.figure)


def test_sizes_of_pictures_are_those_of_every_function():
    heads = torch.nn.MultiheadAttention(d, n)
    ax = plot_growth({"attention": heads}, "d", at={"n": 2})
    assert ax.get_xlabel() == "d, a multiple of 2"
    plot_growth({"LSTM": PAPER_LSTM(d, k)}, "d", at={"k": "1.5k"})
    plot_layers(heads, at={"d": "1.5k", "n": 2})
    refused(LetterError, "no letter q here", lambda: plot_growth({"attention": heads}, "d", at={"q": 2}))


def test_each_variant_says_what_its_sizes_are_multiples_of():
    ax = plot_growth({"grouped": torch.nn.Conv2d(d, 2 * d, 3, groups=8), "norm": torch.nn.LayerNorm(d)}, "d", over=(1, 2000))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["grouped (d a multiple of 8)", "norm"]
    assert ax.get_xlabel() == "d"


def test_a_mark_is_at_a_size_that_is_possible_in_both():
    first, second = torch.nn.MultiheadAttention(d, n), PAPER_LSTM(d, 1500)
    lines = plot_growth({"a": first, "b": second}, "d", at={"n": 8}).lines
    assert [line.get_xdata()[0] for line in lines[2:]] == [2432]  # the first multiple of 8 from 2427 on
