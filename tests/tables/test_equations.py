"""Equations inside sentences are typeset; words, names and versions are not."""

from __future__ import annotations

import pytest

from symparams import from_huggingface, keras, solve, symbols
from symparams.keras.layers import LSTM, Dense
from symparams.tables.answer import Table
from symparams.tables.cells import Equations
from symparams.tables.equations import names_in, pieces_of
from symparams.tables.pieces import pieces_of as answer_pieces
from symparams.tables.writers import html_of, latex_of

n, k = symbols("n k")


def equations(sentence):
    return [piece for is_equation, piece in pieces_of(sentence) if is_equation]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("P(371) = 997248 <= 1000000 < 1001424 = P(372)", ["P(371) = 997248 <= 1000000 < 1001424 = P(372)"]),
        ("P(4852) = 100009424 is above 1000 to 100000000", ["P(4852) = 100009424", "1000", "100000000"]),
        ("given m != n, d_model % h == 0", ["m != n", "d_model % h == 0"]),
        ("torch.nn.Conv1d: c = g*i, f = g*o", ["c = g*i", "f = g*o"]),
        ("a straight line a + b*x in each letter x.", ["a + b*x"]),
        ("PyTorch 2.13.0 and Conv2d of layer_3", []),
        ("D(2) = -112: the first count is smaller", ["D(2) = -112"]),
        ("see P(n) for all n", ["P(n)"]),
        ("n**2 * 3 = 27", ["n**2 * 3 = 27"]),
        ("", []),
    ],
)
def test_an_equation_is_found_in_its_sentence(sentence, found):
    assert equations(sentence) == found
    assert "".join(piece for _, piece in pieces_of(sentence)) == sentence


def test_an_equation_is_typeset_with_the_letters_around_it():
    sentence = Equations("1 <= d_model**2 * 3 = 1200 & <b>")
    assert names_in(sentence) == {"d_model"}
    assert (
        latex_of([sentence], None, "commas", str) == r"$1 \le d_{\text{model}}^{2} \cdot 3 = 1{,}200$ \& \textless{}b\textgreater{}"
    )
    assert r"&lt;b&gt;" in html_of([sentence], typeset=True)
    assert "$" not in html_of([sentence], typeset=False)


@pytest.mark.parametrize("sentence", ["n = 371 and 12 more", "P(n) grows", "no equation", "f = g*i: d % h == 0!"])
def test_the_live_page_says_the_whole_of_it(sentence):
    [block] = answer_pieces([Equations(sentence)])
    texts = [piece for is_equation, piece in pieces_of(sentence) if piece and not is_equation]
    assert [part for kind, part in block["words"] if kind == "text"] == texts
    assert [kind for kind, _ in block["words"]].count("tex") == len(equations(sentence))


def test_the_proof_of_a_solution_is_typeset():
    said = solve(LSTM(n), at_most=10**6, given={"m": 300})._repr_html_()
    assert r"$P(371) = 997{,}248 \le 1{,}000{,}000 &lt; 1{,}001{,}424 = P(372)$" in said
    assert "997248" not in said


def test_a_notebook_says_nothing_twice_and_shows_no_empty_column():
    summary = keras.Sequential([keras.Input((None, k)), LSTM(n), Dense(k)])._repr_html_()
    assert "Param #" not in summary
    assert summary.count("Non-trainable params") == 1
    numbers = keras.Sequential([keras.Input((None, 3)), LSTM(4), Dense(5)])._repr_html_()
    assert "Param #" in numbers
    assert "Empty" not in Table({"a": "A", "b": "Empty"}, [{"a": 1}, {"a": 2}])._repr_html_()


def test_the_shapes_and_letters_of_a_config_are_mathematics():
    said = from_huggingface("gpt2")._repr_html_()
    assert "$(d, 3 d)$" in said
    assert said.count("$V$") == 1
    assert "(d, 3*d)" not in said
