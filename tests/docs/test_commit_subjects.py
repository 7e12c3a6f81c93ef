"""What `.ci/run` asks of the subjects of commits, tried on histories made for it."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "commit_subjects.py"

pytestmark = pytest.mark.skipif(
    not SCRIPT.exists() or shutil.which("git") is None, reason="tests run outside a checkout, or without git"
)

GOOD = (
    "Count the biases of CuDNNGRU",
    "Pass sizes through",
    "Re-export the names of layers",
    "Bring the changelog up to date",
    "Fix " + "x" * 68,
)
BAD = (
    ("Counted the biases of CuDNNGRU", "an imperative"),
    ("Counting the biases of CuDNNGRU", "an imperative"),
    ("Counts the biases of CuDNNGRU", "an imperative"),
    ("The biases of CuDNNGRU are counted", "an imperative"),
    ("from_summary reads tables of torchinfo", "a capitalized verb"),
    ("check: count the biases", "a capitalized verb"),
    ("Count the biases of CuDNNGRU.", "full stop"),
    ("Count " + "x" * 67, "73 characters"),
)


@pytest.mark.parametrize("subject", GOOD)
def test_an_imperative_of_at_most_72_characters_passes(subject):
    assert runpy.run_path(str(SCRIPT))["faults"](subject) == []


@pytest.mark.parametrize(("subject", "why"), BAD)
def test_a_wrong_subject_is_told_what_is_wrong(subject, why):
    [fault] = runpy.run_path(str(SCRIPT))["faults"](subject)
    assert why in fault


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, subject: str) -> None:
    git(folder, "commit", "--allow-empty", "-m", subject)


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT)], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def history(tmp_path):
    """A repository that the check came into, after a subject that it would refuse."""
    folder = tmp_path / "history"
    (folder / ".ci").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "An older subject")
    (folder / ".ci" / SCRIPT.name).write_text("")
    git(folder, "add", ".")
    commit(folder, "Brought the check")
    return folder


def test_only_what_comes_after_the_check_is_checked(history):
    assert (check(history).returncode, check(history).stdout) == (0, "0 commit subjects checked, 0 to be reworded\n")
    (history / ".ci" / SCRIPT.name).write_text("# changed")
    git(history, "add", ".")
    commit(history, "Changed the check")
    commit(history, "Count the biases")
    ran = check(history)
    assert (ran.returncode, ran.stdout) == (1, "2 commit subjects checked, 1 to be reworded\n")
    assert "Changed the check" in ran.stderr


def test_what_was_begun_before_the_check_came_is_left_alone(history):
    git(history, "checkout", "-q", "-b", "older", "HEAD~1")
    commit(history, "Work begun before the rule")
    git(history, "checkout", "-q", "main")
    git(history, "merge", "-q", "--no-ff", "-m", "the merge of a branch, which git words", "older")
    assert check(history).returncode == 0


def test_a_shallow_clone_and_files_alone_have_nothing_to_check(history, tmp_path):
    commit(history, "Wrong, but out of sight")
    git(tmp_path, "clone", "-q", "--depth", "1", history.as_uri(), "shallow")
    assert check(tmp_path / "shallow").stdout == "nothing to check: this clone is shallow\n"
    (tmp_path / "files").mkdir()
    assert check(tmp_path / "files").stdout == "nothing to check: there is no git history here\n"
