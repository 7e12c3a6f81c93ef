"""The security page says what is refused: each of its limits is the library's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symparams import check, from_keras, from_summary, from_torch
from symparams.cli import main
from symparams.errors import TextError
from symparams.keras.layers import LSTM

PAGE = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")


def in_a_shell(text: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["count", text]) == 2
    return capsys.readouterr().err


def refusal(read, *arguments) -> str:
    with pytest.raises(TextError) as refused:
        read(*arguments)
    return str(refused.value)


def wrapped(times: int) -> str:
    """A saved model with wrappers inside each other."""
    layer = {"class_name": "Dense", "config": {"name": "dense", "units": 3}}
    for number in range(times):
        layer = {"class_name": "TimeDistributed", "config": {"name": f"w{number}", "layer": layer}}
    batch_shape = [None] * (times + 1) + [3]
    first = {"class_name": "InputLayer", "config": {"name": "x", "batch_shape": batch_shape}}
    return json.dumps({"class_name": "Sequential", "config": {"name": "m", "layers": [first, layer]}})


def rows(number: int) -> str:
    row = "d (Dense)                    (None, 1)                 2\n"
    return f"Layer (type)                 Output Shape              Param #\n====\n{row * number}====\nTotal params: {2 * number}\n"


def test_a_model_text_is_as_long_and_deep_as_the_page_says(capsys):
    assert "| a model as text | characters | 20,000 |" in PAGE
    assert "| a model or a formula | brackets in brackets | 60 |" in PAGE
    assert f"| a number in the text of a model | its value | {10**30:,} |" in PAGE
    assert "20000" in in_a_shell("n" * 20_001, capsys)
    assert "60" in in_a_shell("(" * 61 + "LSTM(n)" + ")" * 61, capsys)
    assert "1e+30" in in_a_shell(f"LSTM({10**30 + 1})", capsys)
    assert main(["count", f"LSTM({10**30})"]) == 0


def test_a_formula_is_as_long_and_deep_as_the_page_says():
    assert "| a formula to check | characters | 4,000 |" in PAGE
    assert "4000" in refusal(check, "n" * 4001, LSTM(3))
    assert "60" in refusal(check, "(" * 61 + "n" + ")" * 61, LSTM(3))


def test_a_saved_model_is_as_long_and_deep_as_the_page_says():
    assert f"| JSON of a saved model | characters | {64 * 2**20:,} |" in PAGE
    assert "| a saved model | models and layers inside each other | 30 |" in PAGE
    assert "64 MB" in refusal(from_keras, "{" + " " * 64 * 2**20)
    assert from_keras(wrapped(28)).count == 12  # the model, 28 wrappers and a Dense are 30
    assert refusal(from_keras, wrapped(29)).startswith("w28")


def test_a_pasted_text_is_as_long_as_the_page_says():
    assert "| a pasted text | characters | 20,000,000 |" in PAGE
    assert "| a pasted table | rows | 20,000 |" in PAGE
    assert "20,000,000" in refusal(from_summary, "x" * 20_000_001)
    assert "20,000" in refusal(from_summary, rows(20_001))


@pytest.mark.parametrize("ending", [".pt", ".pth", ".bin", ".ckpt", ".pkl"])
def test_a_pickle_is_refused_by_its_ending(ending):
    assert f"`{ending}`" in PAGE
    assert "pickle" in refusal(from_torch, f"model{ending}")
