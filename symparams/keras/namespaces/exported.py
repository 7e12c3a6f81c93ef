"""The names that each version of Keras exports.

``names/*.txt`` has a line for each: ``m``, ``c``, ``f`` or ``v`` for a module, a class, a function or a value, and its path with its
signature. They are taken from the releases by ``tests/keras/record_names.py``.
"""

from __future__ import annotations

import os

from ..._startup.once import cache
from ...core.frozen import Frozen

PACKAGES = {"v3": "keras", "v2": "keras.v2", "v1": "keras.v1"}  # the path of each version in this library


class Exported(Frozen):
    """One name: its kind, its path below ``keras``, and its signature, which is empty where it is not kept."""

    kind: str
    path: str
    signature: str


@cache
def exported_names(version: str) -> dict[str, Exported]:
    """Every name of a version, by its path."""
    path = os.path.join(os.path.dirname(__file__), "names", f"{version}.txt")
    found = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            kind, _, rest = line.rstrip().partition(" ")
            name, _, signature = rest.partition("(")
            found[name] = Exported(kind=kind, path=name, signature=signature[:-1])
    return found


@cache
def names_below(version: str, module: str) -> list[str]:
    """The names in a module of a version."""
    front = f"{module}." if module else ""
    return [path[len(front) :] for path in exported_names(version) if path.startswith(front) and "." not in path[len(front) :]]


def versions_with(path: str) -> list[str]:
    """The versions that export a path, as they are called in this library."""
    return [package for version, package in PACKAGES.items() if path in exported_names(version)]
