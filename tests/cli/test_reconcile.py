"""``symparams reconcile``, as a user meets it."""

from __future__ import annotations

import json

from symparams.cli import main


def test_the_command_line_answers(capsys):
    assert main(["reconcile", "Bidirectional(LSTM(300))", "1,444,800", "m=300"]) == 0
    assert "+2*4*n = +2400, with n = 300" in capsys.readouterr().out
    assert main(["reconcile", "LSTM(300)", "7", "m=300", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["readings"], answer["count"]) == ([], 721200)
    assert answer["nearest"]["off_by"] > 0
    assert main(["reconcile", "LSTM(300)", "1444800"]) == 2
    assert capsys.readouterr().err == "symparams: reconcile needs a size for m, such as m=300\n"
