"""Automatic names shift when a layer is inserted, and make no difference."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import compare, from_keras, keras
from symparams.keras import layers
from symparams.torch import nn
from tests.questions.comparing.models_to_compare import stack, total


def dense_stack(units):
    return keras.Sequential([keras.Input((100,)), *map(layers.Dense, units)])


def conv_stack(depth, *inserted):
    blocks = [layer for _ in range(depth) for layer in (layers.Conv2D(32, 3, padding="same"), layers.BatchNormalization())]
    return keras.Sequential([keras.Input((32, 32, 3)), *blocks[:10], *inserted, *blocks[10:]])


def shares(difference):
    return [(cause.layer, cause.setting, cause.amount) for cause in difference.causes]


def as_file(model):
    """The same model as Keras writes it: every name is in the file, and no word on who gave it."""
    listed = [
        {
            "class_name": layer.class_name,
            "config": {"name": layer.name, **{each: layer.arguments[each] for each in ("units", "filters", "kernel_size", "padding") if each in layer.arguments}},
        }
        for layer in model.layers if layer.class_name != "InputLayer"
    ]  # fmt: skip
    listed[0]["config"]["batch_input_shape"] = list(model.input_shape)
    return from_keras({"class_name": "Sequential", "config": {"name": "sequential", "layers": listed}})


@pytest.mark.parametrize("read", [lambda model: model, as_file])
def test_an_inserted_layer_shifts_the_automatic_names_and_nothing_else(read):
    widths = list(range(64, 84))
    before, after = read(dense_stack(widths)), read(dense_stack([*widths[:10], 32, *widths[10:]]))
    assert shares(compare(before, after)) == [("dense_10", "layer", 2368), ("dense_10 -> dense_11", "inputs", -3034)]
    assert shares(compare(after, before)) == [("dense_10", "layer", -2368), ("dense_11 -> dense_10", "inputs", 3034)]


@pytest.mark.parametrize("read", [lambda model: model, as_file])
def test_an_inserted_convolution_is_one_and_the_next_reads_it(read):
    difference = compare(read(conv_stack(10)), read(conv_stack(10, layers.Conv2D(64, 1))))
    assert [(cause.setting, cause.amount) for cause in difference.causes] == [("layer", 2112), ("inputs", 9216)]


def test_a_place_in_a_sequential_is_no_name():
    widths = list(range(64, 84))

    def model(*widths):
        return nn.Sequential(*(nn.Linear(read, given) for read, given in pairwise((100, *widths))))

    difference = compare(model(*widths), model(*widths[:10], 32, *widths[10:]))
    assert shares(difference) == [("10", "layer", 2368), ("10 -> 11", "inputs", -3034)]


@given(
    widths=st.lists(st.integers(1, 99), min_size=2, max_size=9, unique=True), place=st.integers(0, 7), width=st.integers(100, 199)
)
@settings(max_examples=40, deadline=None)
def test_any_inserted_layer_is_one_and_the_next_reads_it(widths, place, width):
    place = min(place, len(widths) - 1)
    before, after = dense_stack(widths), dense_stack([*widths[:place], width, *widths[place:]])
    causes = compare(before, after).causes
    assert [cause.setting for cause in causes if cause.setting != "inputs"] == ["layer"]
    assert total(causes) == int(after.count) - int(before.count)


def test_a_chosen_name_counts_even_where_it_looks_automatic():
    before, after = (
        stack(*(layers.Dense(8, name=f"dense_{number}") for number in kept), features=8) for kept in ((1, 2, 3), (1, 3))
    )
    assert [cause.layer for cause in compare(before, after).causes] == ["dense_2"]


def test_layers_of_two_classes_that_changed_places_were_moved():
    kinds = (layers.LSTM, layers.GRU)
    before, after = (stack(*(make(8, return_sequences=True) for make in order), features=8) for order in (kinds, kinds[::-1]))
    assert compare(before, after).causes == []


def test_a_model_twice_as_wide_has_no_layer_moved():
    def norms(*widths):
        return nn.Sequential(*map(nn.BatchNorm1d, widths))

    causes = compare(norms(16, 32, 64), norms(32, 64, 128)).causes
    assert [(cause.before, cause.after) for cause in causes] == [((16,), (32,)), ((32,), (64,)), ((64,), (128,))]
