"""The README shows what runs: its code is the program, its output is what the program prints."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from symparams import latex, symbols
from symparams.cli.commands import commands
from symparams.torch import nn

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"

pytestmark = pytest.mark.skipif(not README.exists(), reason="tests run outside a checkout")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_flagship_is_the_program_and_prints_what_the_readme_says():
    program = ROOT / "docs" / "flagship.py"
    assert block("python") == program.read_text(encoding="utf-8")
    ran = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=True)
    assert ran.stdout == block("text")


def test_the_formula_that_is_drawn_is_what_latex_gives():
    m, n = symbols("m n")
    assert block("math").strip() == latex(nn.LSTM(m, n), annotate=True)


def test_no_link_leads_nowhere_outside_the_repository():
    assert re.findall(r"\]\((?!https?://)[^)]*\)|!\[", README.read_text(encoding="utf-8")) == []


def test_every_command_is_named():
    text = README.read_text(encoding="utf-8").partition("The commands are ")[2].partition(";")[0]
    assert set(re.findall(r"`(\w+)`", text)) == {each.name for each in commands()}


def test_the_examples_of_the_readme_run():
    assert doctest.testfile(str(README), module_relative=False).failed == 0


def test_the_command_line_of_the_readme_prints_what_it_says(capsys):
    import shlex

    from symparams.cli import main

    commands = re.findall(r"^\$ symparams (.*)\n((?:[^$`].*\n)*)", block("console"), re.MULTILINE)
    assert len(commands) >= 3
    for command, printed in commands:
        main(shlex.split(command))
        out = capsys.readouterr().out
        assert not printed or out == printed
