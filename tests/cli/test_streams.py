"""Standard streams that are closed, full or broken: never a traceback, and the exit status keeps its meaning."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

RUN = f'"{sys.executable}" -m symparams'
NO, DIFFERENT, BAD = "count 'LSTM(3)'", "compare 'LSTM(n)' 'GRU(n)'", "count 'Foo(3)'"

pytestmark = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")


def in_a_shell(command: str, **environment: str) -> tuple[int, str, str]:
    settings = {**os.environ, **environment}
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=settings)
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("command", [NO, DIFFERENT, "latex 'LSTM(n)'", "-h", "--version", "count --help", "list"])
@pytest.mark.parametrize(("place", "why"), [(">&-", "standard output is closed"), (">/dev/full", "No space left on device")])
def test_an_answer_that_cannot_be_written_is_one_line_and_status_2(command, place, why):
    status, out, said = in_a_shell(f"{RUN} {command} {place}")
    assert (status, out, said) == (2, "", f"symparams: cannot write: {why}\n")


@pytest.mark.parametrize("place", ["2>&-", "2>/dev/full", "2>&- <&-"])
@pytest.mark.parametrize(
    ("command", "status"), [("count 'LSTM(n)'", 0), (DIFFERENT, 1), (BAD, 2), ("count", 2), ("count --help", 0)]
)
def test_the_status_does_not_depend_on_who_reads_the_notes(command, status, place):
    found, out, said = in_a_shell(f"{RUN} {command} {place}")
    assert (found, said) == (status, "")
    assert "note" not in out


def test_a_reader_that_leaves_does_not_change_the_answer():
    assert in_a_shell(f"{RUN} {DIFFERENT} | true; exit ${{PIPESTATUS[0]}}") == (1, "", "")


@pytest.mark.parametrize("command", ["import -", "summary -", "count -"])
def test_a_closed_standard_input_is_one_line(command):
    assert in_a_shell(f"{RUN} {command} <&-") == (2, "", "symparams: cannot read standard input: it is closed\n")


def test_json_is_written_in_every_encoding():
    status, out, said = in_a_shell(f"{RUN} compare 'Dense(3, name=\"é\")' 'Dense(4, name=\"é\")' --json", PYTHONIOENCODING="ascii")
    assert (status, said.replace("note: Dense has no Input here, so its input has the size m\n", "")) == (1, "")
    assert out.isascii()
    assert json.loads(out)


@pytest.mark.parametrize("setting", ["error", "always", "default"])
@pytest.mark.parametrize("text", ["LSTM(1if n else 2)", r"Dense(3, name='\d')", "Dense(1_0or n)", "Dense(0x1f)"])
def test_no_warning_of_the_compiler_is_seen(text, setting):
    command = [sys.executable, "-m", "symparams", "count", text]
    ran = [
        subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONWARNINGS": each})
        for each in ("ignore", setting)
    ]
    assert (ran[0].returncode, ran[0].stdout, ran[0].stderr) == (ran[1].returncode, ran[1].stdout, ran[1].stderr)
    assert "Warning" not in ran[0].stderr
