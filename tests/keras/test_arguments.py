"""Arguments of layers: unknown, missing, given twice, of a wrong value, or without effect on a count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy

from symparams import keras, symbols
from symparams.errors import ArgumentError, SettingError, SymparamsError
from symparams.keras import Input, Sequential, layers, v1, v2
from tests.bad_input import refused

n = symbols("n")


# ---------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (layers.Dense, "^Dense needs units$"),
        (lambda: layers.Embedding(3), "^Embedding needs output_dim$"),
        (lambda: layers.Dense(3, unit=4), r"^Dense has no argument 'unit'; did you mean 'units'\?$"),
        (lambda: layers.LSTM(3, return_sequence=True), r"did you mean 'return_sequences'\?$"),
        (lambda: layers.Flatten(foo=3), "^Flatten has no argument 'foo'"),
        (lambda: layers.Dense(3, units=4), "^Dense: units is given twice$"),
        (lambda: layers.Dense(*range(40)), r"^Dense takes \d+ arguments by position, not 40$"),
    ],
)
def test_an_argument_that_is_unknown_missing_or_given_twice_is_refused(make: Callable[[], Any], words: str) -> None:
    refused(ArgumentError, words, make)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: layers.Dense(0), "^Dense: units must be a whole number of at least 1, or a symbol, not 0$"),
        (lambda: v2.layers.Dense(3, input_length=4), "^Dense has no argument 'input_length'"),
        (lambda: layers.Dense(3, batch_shape=(None, 4)), "^Dense has no argument 'batch_shape'"),
        (lambda: v2.layers.Embedding(9, 3, mask_zero=True, sparse=True), "^Embedding: mask_zero=True cannot be combined with sparse=True$"),
        (lambda: v1.layers.LSTM(3, seed=1), "^LSTM: TensorFlow 1 accepts seed only in cells; leave it out$"),
        (lambda: layers.Dropout(symbols("p")), "^Dropout: rate must be a number from 0 to 1, not p$"),
        (lambda: layers.Dense(3, trainable="no"), "^Dense: trainable must be True or False, not 'no'"),
        (lambda: layers.Dense("64"), "^Dense: units must be .* not '64'$"),
        (lambda: layers.LSTM(True), "^LSTM: units must be .* not True$"),
        (lambda: layers.Embedding(10, 2.5), "^Embedding: output_dim must be .* not 2.5$"),
        (lambda: layers.Dense(np.zeros((2, 2))), "^Dense: units must be "),
        (lambda: layers.Conv2D(4, (3, 3, 3)), r"^Conv2D: kernel_size needs 2 sizes, one per axis, not \(3, 3, 3\)$"),
        (lambda: layers.Conv2D(4, 0), "^Conv2D: kernel_size must be"),
        (lambda: layers.Conv2D(4, 3, strides=0), "^Conv2D: strides must be"),
        (lambda: layers.Conv2D(4, 3, strides=2, dilation_rate=2), r"^Conv2D: strides must be 1 with dilation_rate=\(2, 2\), not \(2, 2\)$"),
        (lambda: layers.Conv2D(4, 3, padding="valide"), "^Conv2D: padding must be 'valid' or 'same', not 'valide'$"),
        (lambda: layers.Conv2D(4, 3, padding="causal"), "^Conv2D: padding must be 'valid' or 'same', not 'causal'$"),
        (lambda: layers.Conv2D(4, 3, data_format="last"), "^Conv2D: data_format must be 'channels_last' or 'channels_first'"),
        (lambda: layers.Conv2D(5, 3, groups=2), "^Conv2D: filters over groups: 5 does not divide into 2 equal parts$"),
        (lambda: layers.EinsumDense("ab->ac", 3), None),
        (lambda: layers.EinsumDense("ab,bc->ac", 3, bias_axes=3), None),
        (lambda: layers.EinsumDense("ab,bc->ac", "x"), "output_shape"),
        (lambda: layers.BatchNormalization(axis=()), None),
    ],
)  # fmt: skip
def test_a_value_that_an_argument_does_not_take_is_refused(make: Callable[[], Any], words: str | None) -> None:
    refused(SymparamsError, words or ".", lambda: make()(Input((4,)) if make().class_name.startswith("Eins") else Input((8, 4))))


@pytest.mark.parametrize("off", [False, None, 0, np.False_])
def test_a_bias_is_left_out_by_whatever_is_false(off: Any) -> None:
    assert Sequential([Input((4,)), layers.Dense(3, use_bias=off)]).count == 12


@pytest.mark.parametrize("version", [v2, v1])
def test_batch_normalization_over_two_axes_has_both(version: Any) -> None:
    assert Sequential([Input((3, 4)), version.layers.BatchNormalization(axis=[1, 2])]).count == 4 * 12


def test_arguments_that_cannot_change_a_count_are_accepted() -> None:
    layer = layers.LSTM(
        4,
        activation="relu",
        kernel_initializer=lambda shape: None,
        dropout=0.3,
        seed=7,
        unroll=True,
        kernel_regularizer=lambda kernel: 0,
        dtype="float16",
    )
    layer(Input((5, 3)))
    assert layer.count == 128


# ---------------------------------------------------------------- what a fresh pair of eyes found


@pytest.mark.parametrize("off", ["False", "no", n, 2, sympy.false, [False]])
def test_a_switch_takes_no_word_and_no_letter_for_a_truth(off: Any) -> None:
    refused(SettingError, "^GRU: reset_after must be True or False, not ", lambda: layers.GRU(3, reset_after=off))


@pytest.mark.parametrize("equation", ["a...b,bc->a...c", "...a,ab->b", "ab...,bc->ac", "...ab...,bc->ac", "ab,...bc->ac"])
def test_an_ellipsis_stands_at_one_end_of_both_sides(equation: str) -> None:
    refused(SettingError, "^EinsumDense: equation must look like", lambda: layers.EinsumDense(equation, 4)(Input((3, 5))))


def test_a_softmax_over_all_axes_has_none():
    assert keras.v2.layers.Softmax(axis=None)(keras.Input((4, 5))).shape == (None, 4, 5)
    with pytest.raises(ValueError, match="at least one axis"):
        keras.v2.layers.Softmax(axis=[])(keras.Input((4, 5)))
