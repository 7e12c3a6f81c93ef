"""What the live page shows, without a browser: the answers of the library as JSON, and never an exception."""

from __future__ import annotations

import json

import pytest

from symparams import compare
from symparams.cli.live_page import FORMS, answer, answer_json
from symparams.cli.model_text import read_model
from symparams.tables.pieces import pieces_of

TABLE = """\
Layer (type)                 Output Shape              Param #
=================================================================
gru_1 (GRU)                  (None, 64, 16)            1536
time_distributed_1 (TimeDist (None, 64, 8)             136
=================================================================
Total params: 1,672
"""
TWO_WAYS = TABLE.replace(
    "gru_1 (GRU)                  (None, 64, 16)            1536", "bidirectional_1 (Bidirection (None, 64, 32)            3072"
)
TWO_WAYS = TWO_WAYS.replace("136\n", "264\n").replace("1,672", "3,336")


@pytest.mark.parametrize("text", ["LSTM(n)", "Sequential([Input((64, m)), GRU(n), Dense(k)])", "nn.LSTM(m, n)"])
def test_the_formula_is_the_librarys(text):
    count = read_model(text)[0].by_itself().count
    told = answer(text)["model"]
    assert told["formula"] == str(count)
    assert tuple(told["letters"]) == count.letters
    assert {form: told["latex"][form] for form in FORMS if form != "annotated"} == {
        form: count.latex(form) for form in FORMS if form != "annotated"
    }
    assert r"\underbrace" in told["latex"]["annotated"]


@pytest.mark.parametrize(
    ("sizes", "given", "number"),
    [
        ({}, "4*(m*n + n**2 + n)", None),
        ({"n": "10"}, "4*(10*m + 10**2 + 10)", None),
        ({"n": "10", "m": "1"}, "4*(10 + 10**2 + 10)", "480"),
        ({"n": "10", "m": "1", "z": "7"}, "4*(10 + 10**2 + 10)", "480"),
    ],
)
def test_sizes_are_put_in_and_those_of_another_model_do_not_matter(sizes, given, number):
    told = answer("LSTM(n)", sizes=sizes)["model"]
    assert (told["number"], told["given"].replace("1*10", "10")) == (number, given)


@pytest.mark.parametrize("size", ["", "-", "1.5", "many", "9" * 40, "<b>"])
def test_a_size_that_is_none_leaves_the_formula(size):
    found = answer("LSTM(n)", sizes={"n": size})
    assert "n must be a whole number" in found["error"]
    assert found["model"]["formula"] == "4*(m*n + n**2 + n)"


def test_a_half_typed_second_model_leaves_the_first():
    found = answer("LSTM(n)", "LSTM(")
    assert "is not a Python expression" in found["error"]
    assert found["model"]["formula"] == "4*(m*n + n**2 + n)"
    assert "difference" not in found


@pytest.mark.parametrize("texts", [(TABLE, TWO_WAYS), (TABLE + "\n" + TWO_WAYS, "")])
def test_two_tables_are_compared_in_one_text_or_in_two(texts):
    found = answer(*texts)
    assert (found["model"]["number"], found["other"]["number"]) == ("1672", "3336")
    assert "after = 2*before - 8" in found["difference"]["text"]
    [table] = found["other"]["layers"]
    place = table["head"].index("Param #")
    assert [row[place] for row in table["rows"]] == [[("text", "3,072")], [("text", "264")]]


def test_the_difference_is_that_of_compare():
    before, after = "Bidirectional(LSTM(n))", "Bidirectional(CuDNNLSTM(n))"
    found = answer(before, after)
    difference = compare(read_model(before)[0], read_model(after)[0])
    assert found["difference"] == {
        "text": difference.explain(),
        "latex": difference.latex(),
        "markdown": difference.markdown(),
        "pieces": pieces_of(difference.content()),
    }
    assert found["other"]["notes"][0] == "CuDNNLSTM is read as keras.v1.layers.CuDNNLSTM: Keras 3 does not have it"


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("check", "4*(n*m + n**2)", "You left out "),
        ("reconcile", "8,000", "LSTM has 2048 parameters"),
        ("solve", "1,000,000", "P(371)"),
    ],
)
def test_a_question_is_answered_in_pieces(question, value, said):
    sizes = {"check": {}, "reconcile": {"m": "15", "n": "16"}, "solve": {"m": "300"}}[question]
    found = answer("LSTM(n)", sizes=sizes, question=question, value=value)
    assert "error" not in found
    assert said in json.dumps(found["answer"])


@pytest.mark.parametrize(
    ("question", "value"), [("check", "n +"), ("reconcile", "many"), ("solve", "x"), ("solve", "-1"), ("nonsense", "1")]
)
def test_a_question_that_is_none_is_an_error_beside_the_model(question, value):
    found = answer("LSTM(n)", sizes={"m": "3"}, question=question, value=value)
    assert found["error"]
    assert "answer" not in found
    assert found["model"]["formula"] == "4*(m*n + n**2 + n)"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "(" * 3000,
        "Dense(" * 70,
        "a\nparam",
        "Model: x\nTotal params: y",
        "\x00",
        "1 + 1",
        "n",
        "/etc/passwd",
        "model.keras",
    ],
)
def test_what_is_no_model_is_one_line(text):
    found = answer(text)
    assert list(found) == ["error"]
    assert "\n" not in found["error"]


@pytest.mark.parametrize("text", ["model = LSTM(n)", "  model=\nLSTM(n)", "LSTM(\n    n,  # a parameter\n)"])
def test_python_as_it_stands_in_a_program(text):
    assert answer(text)["model"]["formula"] == "4*(m*n + n**2 + n)"


def test_a_printed_module_is_read():
    text = "Sequential(\n  (0): Linear(in_features=3, out_features=4, bias=True)\n  (1): ReLU()\n)"
    assert answer(text)["model"]["number"] == "16"


def test_json_in_and_out():
    question = {"model": "Dense(k)", "other": "", "sizes": {"k": "3", "m": "2"}, "forms": ["factored"]}
    told = json.loads(answer_json(json.dumps(question)))["model"]
    assert told["latex"] == {"factored": r"k \left(m + 1\right)"}
    assert told["number"] == "9"
