"""The pages on stability and citation agree with the package."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import symparams

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_the_citation_has_the_version_of_the_package():
    assert re.findall(r"^version: (.*)$", page("CITATION.cff"), re.MULTILINE) == [symparams.__version__]
    assert f"symparams {symparams.__version__} for" in page("cite.md")


def test_the_supported_versions_are_those_of_the_package():
    pythons = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if re.search(r"Python :: 3\.\d+$", each)]
    assert f"| Python | {', '.join(pythons[:-1])} and {pythons[-1]}. " in page("stability.md")
    assert PROJECT["requires-python"] == f">={pythons[0]}"
    assert PROJECT["dependencies"] == ["sympy>=1.13"]
    assert "| SymPy | 1.13 and later |" in page("stability.md")
