"""Type checkers find wrong names and wrong arguments in a user's code, and nothing in code that is right."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from symparams import torch
from tests.types.stubs import FILES, NAMESPACES, PACKAGE, stub

CODE = Path(__file__).parent / "users_code.txt"
ROOT = Path(__file__).parent.parent.parent
WRONG = {number for number, line in enumerate(CODE.read_text(encoding="utf-8").splitlines(), 1) if line.endswith("# error")}


@pytest.mark.parametrize("name", FILES | NAMESPACES)
def test_the_stubs_are_what_the_tables_say(name: str) -> None:
    assert (FILES | NAMESPACES)[name].read_text(encoding="utf-8") == stub(name), "run python -m tests.types.stubs"


def checked(module: str, *arguments: str, at: Path) -> str:
    """What a type checker prints of the user's code."""
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    (at / "code.py").write_text(CODE.read_text(encoding="utf-8"), encoding="utf-8")
    paths = {"MYPYPATH": str(ROOT), "PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        [sys.executable, "-m", module, *arguments, "code.py"],
        cwd=at,
        env=os.environ | paths,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout


def test_mypy_finds_the_wrong_lines_and_no_other(tmp_path: Path) -> None:
    settings = ("--check-untyped-defs", "--disallow-untyped-defs", "--follow-imports=silent", "--config-file=")
    text = checked("mypy", *settings, at=tmp_path)
    found = {int(number): line for number, line in re.findall(r"^code\.py:(\d+): error: (.*)$", text, re.MULTILINE)}
    assert found.keys() == WRONG, found


def test_pyright_finds_the_wrong_lines_and_no_other(tmp_path: Path) -> None:
    settings = {"typeCheckingMode": "standard", "extraPaths": [str(ROOT)], "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    text = checked("basedpyright", "--outputjson", at=tmp_path)
    found = {
        each["range"]["start"]["line"] + 1: each["message"]
        for each in json.loads(text)["generalDiagnostics"]
        if each["severity"] == "error"
    }
    assert found.keys() == WRONG, found


def test_the_stubs_name_what_is_there() -> None:
    from symparams.keras import layers
    from symparams.torch import nn

    for module, name in ((layers, "v3"), (nn, "torch")):
        classes = re.findall(r"^class ([A-Z]\w+)\(", FILES[name].read_text(encoding="utf-8"), re.MULTILINE)
        assert len(classes) > 100
        assert all(isinstance(getattr(module, each), type) for each in classes)


def test_every_module_with_a_stub_can_be_imported() -> None:
    for name in NAMESPACES:
        module = import_module(f"symparams.{name}")
        assert module.__spec__ is not None
        assert module.__spec__.loader is not None, f"{name} is a folder of stubs: add it to FOLDERS"
    assert torch.utils.data.DataLoader is import_module("symparams.torch.utils.data").DataLoader


@pytest.mark.parametrize("door", ["keras", "torch"])
def test_the_folders_of_stubs_are_those_that_are_listed(door: str) -> None:
    folders = {file.parent for name, file in NAMESPACES.items() if name.startswith(door) and file.name == "__init__.pyi"}
    seen = {
        folder
        for folder in folders
        if all((above / "__init__.py").exists() for above in folder.parents if above.is_relative_to(PACKAGE))
    }
    places = {"symparams." + ".".join(folder.relative_to(PACKAGE).parts) for folder in seen}
    assert places == import_module(f"symparams.{door}.namespaces.modules").FOLDERS
