"""``symparams check``, as a user meets it."""

from __future__ import annotations

import json

from symparams.cli import main


def test_the_command_line_answers(capsys):
    assert main(["check", "4(nm + n^2)", "LSTM(n)"]) == 1
    assert "You left out 4*n, the bias." in capsys.readouterr().out
    assert main(["check", "4(nm + n^2 + n)", "LSTM(n)"]) == 0
    assert "is right for LSTM." in capsys.readouterr().out
    assert main(["check", "4h(x + h)", "LSTM(n)", "--letters", "h=n", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["agrees"], answer["letters"], answer["sentences"]) == (
        False,
        {"h": "n", "x": "m"},
        ["You left out 4*h, the bias."],
    )
    assert main(["check", "4h(x + h", "LSTM(n)"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
