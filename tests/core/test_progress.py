"""Long work says how far it is: on a terminal, in a notebook, and nowhere else."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import pytest

from symparams.core import progress
from symparams.core.progress import Progress


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", -1.0)


@pytest.fixture
def notebook(monkeypatch):
    """A notebook that keeps what its line says."""
    said = []
    line = SimpleNamespace(update=lambda bundle, raw: said.append(bundle["text/plain"]))

    def display(bundle, raw, display_id):
        said.append(bundle["text/plain"])
        return line

    ipython = ModuleType("IPython")
    ipython.get_ipython = lambda: SimpleNamespace(kernel=object())
    ipython.display = SimpleNamespace(display=display)
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    return said


def work():
    made = Progress()
    made.say("1 of 2")
    made.say("2 of 2")
    made.done()


def test_a_notebook_has_one_line_that_ends_empty(notebook, impatient):
    work()
    assert notebook == ["1 of 2", "2 of 2", ""]


def test_short_work_says_nothing(notebook):
    work()
    assert notebook == []


def test_a_terminal_has_one_line_that_is_erased(monkeypatch, impatient, capsys):
    monkeypatch.setitem(sys.modules, "IPython", None)
    work()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    work()
    assert capsys.readouterr().err == "\r\033[K1 of 2\r\033[K2 of 2\r\033[K"
