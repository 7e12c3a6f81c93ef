"""What travels with a formula: the meaning of its letters, what was assumed, the framework that was counted."""

from __future__ import annotations

import pytest

from symparams import compare, from_huggingface, keras, latex, symbols, torch
from symparams.errors import SettingError
from symparams.keras.layers import LSTM, Dense
from symparams.keras.v1.layers import CuDNNLSTM
from symparams.layers import LSTM as PAPER_LSTM
from tests.bad_input import refused

m, n, k = symbols("m n k")


def model(recurrent):
    return keras.Sequential([keras.Input((None, m)), recurrent, Dense(k)])


def test_comments_are_lines_of_their_own():
    *comments, formula = latex(model(LSTM(n)), notes="comments").split("\n")
    assert formula == latex(model(LSTM(n)))
    assert comments == [
        "% k: features of each output (dense)",
        "% m: features of x_t (lstm)",
        "% n: features of h_t (lstm); features of each input, the size of the last axis (dense)",
        f"% counted as in Keras {keras.__version__}",
    ]


def test_a_sentence_below_the_formula_and_a_footnote():
    where = latex(PAPER_LSTM.symbolic(), environment="equation", notes="where", names={"n": "h"})
    assert where.endswith("\\end{equation}\n{\\noindent\\sloppy where $m$: features of $x_{t}$; $h$: features of $h_{t}$.\\par}")
    footnote = latex(torch.nn.Linear(m, n), environment="align", notes="footnote")
    assert r"+ n \footnotemark" in footnote
    assert footnote.split("\n")[-1].startswith(r"\footnotetext{\sloppy Letters: $m$:")
    assert footnote.endswith(f"Counted as in PyTorch {torch.__version__}.}}")


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        (model(CuDNNLSTM(n)), "counted as in Keras 3.15.1 and TensorFlow 1"),
        (CuDNNLSTM(n), "counted as in TensorFlow 1"),
        (from_huggingface("gpt2"), "assumed: tie_word_embeddings = True"),
    ],
)
def test_the_framework_and_what_was_assumed(thing, sentence):
    assert f"% {sentence}\n" in latex(thing, notes="comments")


def test_what_has_no_place_for_notes():
    refused(SettingError, "notes='where' needs an environment", lambda: latex(PAPER_LSTM.symbolic(), notes="where"))
    refused(SettingError, "unknown place for notes 'here'", lambda: latex(PAPER_LSTM.symbolic(), notes="here"))
    difference = compare(model(LSTM(n)), model(CuDNNLSTM(n)))
    refused(SettingError, "notes are of a formula", lambda: latex(difference, notes="comments"))
