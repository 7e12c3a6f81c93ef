"""The page that shows other tools beside symparams shows what they print."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from tests.installed import installed

FOLDER = Path(__file__).parents[2] / "docs" / "other_tools"
TOOLS = {"keras": "keras", "torchinfo": "torchinfo", "fvcore": "fvcore.nn"}


def test_each_tool_has_its_file():
    assert {each.stem for each in FOLDER.glob("*.txt")} == TOOLS.keys()


@pytest.mark.parametrize("tool", TOOLS)
def test_the_page_shows_what_the_tool_prints(tool, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    installed("torch")
    installed(TOOLS[tool])
    run = runpy.run_path(str(FOLDER / "run.py"))
    assert without_version(run["printed"](tool)) == without_version((FOLDER / f"{tool}.txt").read_text(encoding="utf-8"))


def without_version(text: str) -> str:
    return text.rpartition("\n\n")[0]
