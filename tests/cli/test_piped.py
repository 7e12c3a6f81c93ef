"""``-`` in place of a model, a formula or a number."""

from __future__ import annotations

import io

import pytest

from symparams import cli

TABLE = """\
Model: "sequential"
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
lstm (LSTM)                  (None, 16)                2048
_________________________________________________________________
dense (Dense)                (None, 3)                 51
=================================================================
Total params: 2,099
"""


@pytest.mark.parametrize(
    ("arguments", "piped", "status", "said"),
    [
        (["count", "-", "m=3", "n=4"], "nn.LSTM(m, n)\n", 0, "144"),
        (["count", "-"], TABLE, 0, "2099"),
        (["count", "-"], '{"model_type": "gpt2"}', 0, "124439808"),
        (["show", "-"], "GRU(n)", 0, "3*(m*n + n**2 + 2*n)"),
        (["compare", "-", "LSTM(n)"], "LSTM(n)", 0, "the same"),
        (["check", "-", "LSTM(n)"], "4*(n*m + n**2 + n)", 0, "is right"),
        (["reconcile", "LSTM(n)", "-", "m=3", "n=4"], "128", 0, "128"),
        (["solve", "-", "m=3", "--at-most", "1000"], "nn.LSTM(m, n)", 0, "n = 13"),
        (["latex", "-"], "nn.Linear(m, n)", 0, "m n + n"),
    ],
)
def test_a_dash_is_what_comes_on_standard_input(arguments, piped, status, said, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(piped.encode())))
    assert cli.main(arguments) == status
    assert said in capsys.readouterr().out


def test_two_dashes_are_refused(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"LSTM(n)")))
    assert cli.main(["compare", "-", "-"]) == 2
    assert capsys.readouterr().err == "symparams: two arguments are -, but standard input can be read once only\n"
