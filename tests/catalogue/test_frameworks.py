"""Laws of the frameworks that are listed, and of all others, who name none of them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import symparams
from symparams.catalogue import DOORS, whole_catalogue
from symparams.core.frameworks import frameworks, releases
from symparams.core.model import Layer
from symparams.errors import UnknownLayerError
from tests.bad_input import refused

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_every_door_has_its_public_names():
    for name in DOORS:
        assert {name, f"from_{name}"} <= {*dir(symparams)}
        assert f"from_{name}" in symparams.__all__
        assert name not in symparams.__all__, "import * would replace a user's own framework"
        assert callable(getattr(symparams, f"from_{name}"))


@pytest.mark.parametrize("key", ["v3", "v2", "v1", "torch"])
def test_a_release_has_the_classes_that_it_names(key):
    release = releases()[key]
    names = list(release.names())
    assert len(names) > 100
    for name in names:
        assert release.has(name)
        known = release.find(name)
        assert release.find(known.name).name == known.name
        assert not known.becomes or release.has(known.becomes)
    refused(UnknownLayerError, "LSTMM", lambda: release.find("LSTMM"))


@pytest.mark.parametrize("name", ["keras", "torch"])
def test_a_framework_is_whole(name):
    framework = next(each for each in frameworks() if each.name == name)
    assert framework.endings
    assert {*framework.examples} == {
        example for example in framework.examples if framework.steps.issuperset(example.split(".")[:-1])
    }
    for release, known in framework.classes():
        assert release in framework.releases
        assert known.entry is not None
        assert framework.owns(known.entry)
        assert issubclass(known.entry.layer, Layer)
    assert {entry.name for entry in whole_catalogue().values() if framework.owns(entry)} == {
        known.entry.name for _, known in framework.classes() if known.entry is not None
    }


ROOT = Path(__file__).parents[2]
LISTED = ("symparams/catalogue.py", "docs/_ext/live_examples.py")  # the list itself, and models as one would write them
# The explanations of pasted tables are the only code outside a door that builds its layers.
BUILDS_LAYERS = "symparams/summaries/"
# There, JAX is a library of arrays, as NumPy is, and not a framework with models.
COMPUTES = "symparams/core/arrays/"
# Listings are printed by a framework: its own words are what is read.
DIALECTS = "symparams/summaries/text/listings.py"


def outside() -> Iterator[tuple[str, ast.Module]]:
    """Every file that is in no door."""
    doors = tuple(f"symparams/{name}/" for name in DOORS)
    for path in sorted([*ROOT.glob("symparams/**/*.py"), *ROOT.glob("docs/_ext/*.py")]):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(doors) and name not in LISTED:
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every literal text of a file with its line, those of f-strings as well, docstrings aside."""
    nodes = list(ast.walk(tree))
    first = [node.body[0] for node in nodes if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body]
    docstrings = {id(each.value) for each in first if isinstance(each, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def naming() -> re.Pattern[str]:
    """What finds the name of a framework in a text, its title, a tool that prints its tables, or the beginning of its paths."""
    words = {
        word
        for framework in frameworks()
        for word in (framework.name, framework.title, *framework.printers, *(release.path for release in framework.releases))
    }
    prefixes = {framework.title_prefix for framework in frameworks()} - {""}
    return re.compile(rf"(?<!\w)(?:(?:{'|'.join(map(re.escape, words))})(?!\w)|{'|'.join(map(re.escape, prefixes))})")


@pytest.mark.parametrize("text", ["nn.", "a nn.LSTM", "torch", "keras.layers", " of Keras", "model.keras", "PyTorch has"])
def test_the_law_sees_the_name_of_a_framework(text):
    assert naming().search(text)


@pytest.mark.parametrize("text", ["from_keras", "model.summary()", "LSTM(n)", "v1.", "an.LSTM", "inn."])
def test_the_law_sees_nothing_else(text):
    assert not naming().search(text)


def test_nobody_outside_a_door_says_the_name_of_a_framework():
    said = naming()
    found = [
        f"{name}:{line}: {text!r}"
        for name, tree in outside()
        if not name.startswith((COMPUTES, DIALECTS))
        for line, text in texts(tree)
        if said.search(text)
    ]
    assert not found, "a literal names a framework, which its value should say:\n" + "\n".join(found)


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every step of every import of a file, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            paths = [alias.name for alias in node.names]
            for path in [*paths, node.module or ""] if isinstance(node, ast.ImportFrom) else paths:
                yield from ((node.lineno, step) for step in path.split("."))


def test_nobody_outside_a_door_imports_what_is_behind_it():
    found = [
        f"{name}:{line}: {step}"
        for name, tree in outside()
        if not name.startswith(("symparams/__init__.py", BUILDS_LAYERS))
        for line, step in imported(tree)
        if step in DOORS
    ]
    assert not found, "an import from a door, which the frameworks should be asked for:\n" + "\n".join(found)
