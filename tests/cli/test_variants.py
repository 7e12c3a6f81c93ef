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
    capsys.readouterr()
    assert cli.main(["show", "2*nn.LSTM(m, n)"]) == 0
    assert "2*4*(m*n + n**2 + 2*n)" in capsys.readouterr().out
