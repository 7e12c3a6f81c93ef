"""Imports the modules of the live page from memory: run by ``worker.js``, in the Python of the page.

As files, hundreds of modules would be written, looked for and read one by one.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import CodeType, ModuleType


class Finder:
    """Finds modules by their names; what it does not have is looked for in the folder ``place``, as usual.

    When a package is imported, its folder is made, which it may list, and the files that it reads are written.
    """

    def __init__(self, modules: dict[str, tuple[bool, CodeType]], data: dict[str, dict[str, bytes]], place: str) -> None:
        self.modules, self.data, self.place = modules, data, place

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name not in self.modules:
            return None
        for path, content in self.data.pop(name, {}).items():
            written(f"{self.place}/{path}", content)
        is_package, _ = self.modules[name]
        base = f"{self.place}/{name.replace('.', '/')}"
        spec = ModuleSpec(name, self, origin=f"{base}/__init__.pyc" if is_package else f"{base}.pyc", is_package=is_package)
        spec.has_location = True
        if is_package:
            os.makedirs(base, exist_ok=True)
            spec.submodule_search_locations = [base]
        return spec

    def create_module(self, _spec: ModuleSpec) -> None:
        """As usual."""

    def exec_module(self, module: ModuleType) -> None:
        _, code = self.modules[module.__name__]
        exec(code, vars(module))  # noqa: S102 - as every import does


def written(path: str, content: bytes) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def install(modules: dict[str, tuple[bool, CodeType]], data: dict[str, dict[str, bytes]], place: str) -> None:
    """Makes modules importable."""
    sys.meta_path.insert(0, Finder(modules, data, place))
    sys.path.insert(0, place)
