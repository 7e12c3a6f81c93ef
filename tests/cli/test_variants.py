"""More than two models on the command line."""

from __future__ import annotations

import json

from symparams import cli


def test_more_than_two_models_on_the_command_line(capsys):
    assert cli.main(["compare", "LSTM(n)", "GRU(n)", "torch.LSTM(m, n)", "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)["variants"]
    assert [row["kinds"]["bias"] for row in rows] == ["4*n", "6*n", "8*n"]
    assert cli.main(["compare", "LSTM(n)", "LSTM(n)", "LSTM(n)", "--format", "markdown"]) == 0
    assert "| LSTM (3) |" in capsys.readouterr().out
    assert cli.main(["compare", "2*LSTM(n)", "Bidirectional(LSTM(n))"]) == 0
    assert cli.main(["show", "2*LSTM(n)"]) == 2
    assert capsys.readouterr().err == "symparams: show takes a single model, not 2 x LSTM; count and compare accept multiples\n"
