"""The page that shows other tools beside symparams shows what they print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.installed import installed

FOLDER = Path(__file__).parents[2] / "docs" / "other_tools"
TOOLS = {"keras": "keras", "torchinfo": "torchinfo", "fvcore": "fvcore.nn"}


def test_each_tool_has_its_file():
    assert {each.stem for each in FOLDER.glob("*.txt")} == TOOLS.keys()


@pytest.mark.parametrize("tool", TOOLS)
def test_the_page_shows_what_the_tool_prints(tool):
    installed("torch")
    installed(TOOLS[tool])
    # in a process of its own, since it chooses the backend of Keras
    ran = subprocess.run(
        [sys.executable, str(FOLDER / "run.py"), tool], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert without_version(ran.stdout) == without_version((FOLDER / f"{tool}.txt").read_text(encoding="utf-8"))


def without_version(text: str) -> str:
    return text.rpartition("\n\n")[0]
