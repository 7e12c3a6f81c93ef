"""Sentences with letters in them, in LaTeX."""

from __future__ import annotations

import pytest

from symparams import compare, keras, nomenclature, symbols
from symparams.core.notation.escaping import prose
from symparams.torch import nn


@pytest.mark.parametrize(
    ("sentence", "tex"),
    [
        ("features of x_t", "features of $x_{t}$"),
        ("bias_sets & more", r"bias\_sets \& more"),
        (r"\input{x} $a$", r"\textbackslash{}input\{x\} \$a\$"),
        ("x_$ x_{t}", r"x\_\$ x\_\{t\}"),
    ],
)
def test_letters_in_a_sentence_are_mathematics_and_the_rest_is_escaped(sentence, tex):
    assert prose(sentence) == tex


def test_both_layers_of_a_change_have_the_names_of_their_classes():
    n = symbols("n")
    for before, after, words in (
        (keras.v1.layers.CuDNNLSTM(n), keras.layers.LSTM(n), ("CuDNNLSTM", "LSTM")),
        (keras.layers.SimpleRNN(n), keras.layers.GRU(n), ("SimpleRNN", "GRU")),
    ):
        found = compare(before, after)
        assert {row["layer"] for row in found.table().rows} == {" -> ".join(words)}
        assert rf"\text{{{words[0]}}} \to \text{{{words[1]}}}" in found.latex()
    chosen = compare(keras.layers.SimpleRNN(n, name="reader_rnn"), keras.layers.GRU(n, name="reader"))
    assert {row["layer"] for row in chosen.table().rows} == {"reader_rnn -> reader"}


def test_a_letter_for_the_copies_is_their_number():
    L, d = symbols("L d")
    shown = str(nomenclature(L * nn.Linear(d, d)))
    assert "│ L      │ number of" in shown
    assert "in the number of" in str(nomenclature(nn.Sequential((L - 1) * nn.Linear(d, d))))
