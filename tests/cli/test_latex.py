"""``symparams latex``, as a user meets it."""

from __future__ import annotations

import pytest

from symparams.cli import main


def test_the_command_line_has_the_same_options(capsys, tmp_path):
    place = tmp_path / "x.tex"
    argv = ["latex", "LSTM(n)", "--annotate", "--environment", "align", "--of", "LSTM", "--label", "eq:lstm", "--width", "40"]
    argv += ["--numbers", "commas", "--name", "n=N", "-o", str(place), "--at", "m=300", "n=300"]
    assert main(argv) == 0
    assert capsys.readouterr().out == ""
    written = place.read_text()
    assert written.startswith(
        "% needs \\usepackage{amsmath}\n\\begin{align}\n  P_{\\text{LSTM}} &= \\underbrace{4}_{\\text{gates}}"
    )
    assert written.endswith("&= 721{,}200 \\label{eq:lstm}\n\\end{align}\n")


@pytest.mark.parametrize(
    "argv", [["--label", "x"], ["--at", "q=1"], ["-o", "/no/such/folder/x.tex"], ["--width", "1"], ["--at", "3"]]
)
def test_the_command_line_refuses_in_one_line(argv, capsys):
    assert main(["latex", "LSTM(n)", *argv]) == 2
    assert capsys.readouterr().err.count("\n") == 1
