"""``symparams summary`` and ``compare`` on pasted tables."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.summaries.pasted_tables import T0


def command(*arguments, text=""):
    return subprocess.run(
        [sys.executable, "-m", "symparams", *arguments],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )


def test_the_command(tmp_path):
    file = tmp_path / "before.txt"
    file.write_text(T0.partition("but with")[0], encoding="utf-16")  # as PowerShell writes it
    done = command("summary", str(file))
    assert done.returncode == 0, done.stderr
    assert "GRU, 16 units on 15 features, one bias set: 3*(m*n + n**2 + n) = 1536 (?)" in done.stdout.decode()
    assert "Total params: 1,672 = the sum of the rows" in done.stdout.decode()
    done = command("summary", "-", "--json", "--input", "64,15", text=T0)
    first, second = json.loads(done.stdout)["tables"]
    assert (first["total"], second["total"]) == (1672, 3336)
    assert first["layers"][0]["formula"] == "3*(m*n + n**2 + n)"
    assert first["layers"][0]["numbers"] == {"m": 15, "n": 16}
    assert first["layers"][0]["doubt"] == ""
    after = tmp_path / "after.txt"
    after.write_text(T0.partition("but with")[2])
    done = command("compare", str(file), str(after))
    assert done.returncode == 1
    assert "after = 2*before - 8" in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "text", "words"),
    [
        (("summary", "/no/such/file"), "", b"cannot read '/no/such/file': No such file or directory"),
        (("summary", "-"), "hello", b"no table found"),
        (("summary", "Sequential([LSTM(3)])"), "", b"the table of a model is printed by show 'Sequential([LSTM(3)])'"),
        (("summary", "-", "--input", "sixty"), T0, b"'sixty' is not a shape"),
    ],
)
def test_the_command_refuses_in_one_line(arguments, text, words):
    done = command(*arguments, text=text)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count(b"\n") == 1
