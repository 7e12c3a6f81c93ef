"""The names that ``torch`` 2.13 exports.

``names.txt`` has a line for each module: its path below ``torch``, and its classes (``c/``), functions (``f/``) and values (``v/``). They
are taken from the release by ``tests/torch/record_names.py``.
"""

from __future__ import annotations

import os

from ..._startup.once import cache


@cache
def exported_names() -> dict[str, dict[str, str]]:
    """The kinds of all names of each module, by the path of the module."""
    path = os.path.join(os.path.dirname(__file__), "names.txt")
    found = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            module, _, names = line.rstrip("\n").partition(":")
            found[module] = {name: kind for kind, _, name in (each.partition("/") for each in names.split())}
    return found
