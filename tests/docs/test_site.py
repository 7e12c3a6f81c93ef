"""What the site promises and Sphinx does not check; the pages themselves are run when the site is built."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import symparams
from symparams.core.model import Layer

DOCS = Path(__file__).parent.parent.parent / "docs"
NAMES = re.findall(r"auto\w+:: ([\w.]+)", (DOCS / "reference" / "api.md").read_text(encoding="utf-8"))
PAGES = sorted(page for page in DOCS.rglob("*.md") if "_build" not in page.parts)


def test_every_public_name_is_in_the_reference() -> None:
    assert [name for name in symparams.__all__ if name not in symparams.MODULES and f"symparams.{name}" not in NAMES] == []


def test_every_name_in_the_reference_exists() -> None:
    for name in NAMES:
        assert pkgutil.resolve_name(name) is not None, name


def test_every_layer_says_where_it_is_from_or_what_it_is() -> None:
    assert symparams.layers.__all__
    for layer in (getattr(symparams.layers, name) for name in symparams.layers.__all__):
        assert issubclass(layer, Layer)
        assert (layer.__doc__ or "").strip(), layer
        assert all(field.doc and field.letter for field in layer.fields.values()), layer


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_pages_with_examples_say_that_they_run(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert ("{code-cell}" in text) == text.startswith("---\nfile_format: mystnb"), (
        "such a page would show its cells and not run them"
    )


def test_the_worker_of_the_live_page_imports_what_there_is() -> None:
    worker = (DOCS / "_static" / "live" / "worker.js").read_text(encoding="utf-8")
    [(module, name)] = re.findall(r"^from (symparams[\w.]*) import (\w+)$", worker, re.MULTILINE)
    assert hasattr(importlib.import_module(module), name)
