"""Completion: what may follow, and the scripts in the shells that are here."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from symparams import cli
from symparams.cli.commands import commands
from symparams.cli.completing.candidates import candidates
from symparams.cli.completing.scripts import SCRIPTS
from symparams.core.frameworks import releases


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["co"], ["compare", "completion", "count"]),
        (["count", "nn.LST"], ["nn.LSTM(", "nn.LSTMCell("]),
        (
            ["count", "Sequential([Input((64, m)), LST"],
            ["Sequential([Input((64, m)), LSTM(", "Sequential([Input((64, m)), LSTMCell("],
        ),
        (["count", "gpt2-m"], ["gpt2-medium"]),
        (["count", "nn.LSTM(m, n)", ""], ["m=", "n="]),
        (["count", "nn.LSTM(m, n)", "m=3", ""], ["n="]),
        (["show", "LSTM", "--form"], ["--format"]),
        (["show", "LSTM", "--format", "m"], ["markdown"]),
        (["import", ""], []),
        (["nonsense", ""], []),
        (["count", "nn.LSTM(", ""], []),
    ],
)
def test_what_may_follow(words, found):
    assert candidates(words) == found


def test_every_command_every_option_and_every_layer_is_offered():
    assert set(candidates([""])) == {*(each.name for each in commands()), "--help", "--version"}
    for each in commands():
        assert {name for name in each.options if name.startswith("-")} <= set(candidates([each.name, "-"]))
    for release in releases().values():
        assert {f"{release.prefix}{name}(" for name in release.names()} <= set(candidates(["count", ""]))


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_script_is_printed_and_its_shell_reads_it(shell, capsys, tmp_path):
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert script.rstrip("\n") == SCRIPTS[shell].rstrip("\n")
    if shutil.which(shell):
        file = tmp_path / "script"
        file.write_text(script, encoding="utf-8")
        assert subprocess.run([shell, "-n", str(file)], capture_output=True, check=False).stderr == b""


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("bash"), reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "found"),
    [("symparams co", "compare|completion|count"), ("symparams count '\"nn.LSTMC'", "nn.LSTMCell("), ("symparams mod", "models ")],
)
def test_bash_completes(words, found, tmp_path):
    program = tmp_path / "symparams"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m symparams "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    typed = f'{SCRIPTS["bash"]}\nPATH="{tmp_path}:$PATH"\nCOMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _symparams 2>/dev/null\n'
    typed += 'IFS="|"; printf "%s" "${COMPREPLY[*]}"'
    assert subprocess.run(["bash", "-c", typed], capture_output=True, text=True, check=False).stdout == found
