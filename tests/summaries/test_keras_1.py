"""The tables of Keras 0 and 1: their classes, their names, and what they counted."""

from __future__ import annotations

import pytest

from symparams import from_summary

HEAD = "Layer (type)                     Output Shape          Param #     Connected to\n" + "=" * 100 + "\n"
RULE = "_" * 100 + "\n"


def table_of(*rows):
    total = sum(params for *_, params in rows)
    above = ["", *(f"{name}[0][0]" for name, *_ in rows)]
    lines = [
        f"{f'{name} ({class_name})'[:32]:33}{shape:22}{params:<12}{reads}"
        for (name, class_name, shape, params), reads in zip(rows, above, strict=False)
    ]
    return from_summary(HEAD + f"\n{RULE}".join(lines) + "\n" + "=" * 100 + f"\nTotal params: {total}\n")


@pytest.mark.parametrize(
    ("name", "class_name", "shape", "params", "reads", "words"),
    [
        ("convolution2d_1", "Convolution2D", "(None, 26, 26, 32)", 320, (28, 28, 1), "Conv2D, a window of 3x3, 32 filters on 1 channel, one bias set: a*b*c*f + f = 320"),
        ("convolution2d_1", "Convolution2D", "(None, 32, 26, 26)", 896, (3, 28, 28), "Conv2D, a window of 3x3, 32 filters on 3 channels, one bias set"),
        ("convolution1d_1", "Convolution1D", "(None, 98, 64)", 9664, (100, 50), "Conv1D, a window of 3, 64 filters on 50 channels, one bias set"),
        ("convolution3d_1", "Convolution3D", "(None, 6, 6, 6, 8)", 224, (8, 8, 8, 1), "Conv3D, a window of 3x3x3, 8 filters on 1 channel, one bias set"),
        ("atrousconvolution2d_1", "AtrousConvolution2D", "(None, 24, 24, 8)", 224, (28, 28, 3), "Conv2D, a window of 3x3, 8 filters on 3 channels"),
        ("deconvolution2d_1", "Deconvolution2D", "(None, 16, 16, 4)", 292, (14, 14, 8), "Conv2DTranspose, a window of 3x3, 4 filters on 8 channels"),
        ("highway_1", "Highway", "(None, 64)", 8320, (64,), "Highway, 64 units, one bias set: matrices*(n**2 + n) = 8320"),
        ("maxoutdense_1", "MaxoutDense", "(None, 64)", 8448, (32,), "MaxoutDense, 64 units on 32 features"),
        ("srelu_1", "SReLU", "(None, 8, 8, 4)", 1024, (8, 8, 4), "SReLU, over 8x8x4: "),
        ("parametricsoftplus_1", "ParametricSoftplus", "(None, 20)", 40, (20,), "ParametricSoftplus, over 20: "),
        ("timedistributeddense_1", "TimeDistributedDense", "(None, 7, 10)", 90, (7, 8), "TimeDistributed(Dense), 10 units on 8 features, one bias set: m*n + n = 90"),
        ("batchnormalization_1", "BatchNormalization", "(None, 100)", 200, (100,), "BatchNormalization as release 1.0 counted it, over 100, no moments: 2*c = 200"),
        ("batchnormalization_1", "BatchNormalization", "(None, 100)", 400, (100,), "BatchNormalization, over 100: 4*c = 400"),
    ],
)  # fmt: skip
def test_a_class_of_keras_1_is_known_by_its_formula(name, class_name, shape, params, reads, words):
    first = ("dense_input_1", "InputLayer", str((None, *reads)), 0)
    why = table_of(first, (name, class_name, shape, params)).explanations[1]
    assert why.explained
    assert str(why.ways[0]).startswith(words.replace("matrices*", "2*"))
    assert why.doubt == ""


def test_a_class_that_no_later_version_has_keeps_its_number():
    table = table_of(("merge_1", "Merge", "(None, 10)", 55))
    assert table.explanations[0].because == "not explained: Merge is a class of Keras 1, which no later version has"
    assert int(table.count) == 55


def test_a_class_that_was_cut_off_is_guessed_only_among_those_that_begin_so():
    table = table_of(
        ("input_part", "InputLayer", "(None, 1152, 256)", 0),
        ("causal_1", "CausalAtrousConvolution1D", "(None, 1152, 256)", 131328),
        ("another_bidirectional_abc", "Bidirectional", "(None, 512)", 1050624),
    )
    causal, both = table.explanations[1:]
    assert str(causal).startswith("not explained: no class of Keras begins with C")
    assert all(way.title.startswith("B") for way in both.ways)
    assert both.ways


def test_a_numbered_class_at_the_beginning_of_a_cell_is_the_class():
    table = table_of(("input_1", "InputLayer", "(None, 8)", 0), ("dense_1", "Dense", "(None, 4)", 36))
    text = (
        "Layer (type)                 Output Shape              Param #\n" + "=" * 65 + "\n"
        "input_1 (InputLayer)         (None, 8)                 0\nDense-2 [[None, 8]]          (None, 4)                 36\n"
        + "=" * 65 + "\nTotal params: 36"
    )  # fmt: skip
    assert table.explanations[1].code == from_summary(text).explanations[1].code == "Dense(4)"
