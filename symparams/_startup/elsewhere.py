"""Modules with two names: one says in which room the module lives, the other is short and is what people import."""

from __future__ import annotations

import sys
from types import ModuleType

from .lazy import module_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


class Elsewhere(ModuleType):
    """The short name of a module. The module itself is imported with the first name that is asked for."""

    def __init__(self, name: str, home: str) -> None:
        super().__init__(name, f"The same as ``{home}``.")
        self.home, self.__path__ = home, list[str]()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return getattr(module_of(self.home), name)

    def __dir__(self) -> list[str]:
        return dir(module_of(self.home))


def also_at(short: str, home: str, below: Iterable[str]) -> None:
    """Makes a module, and those below it, importable by a short name too."""
    for end in ("", *(f".{path}" for path in below)):
        made = sys.modules[short + end] = Elsewhere(short + end, home + end)
        above, _, last = (short + end).rpartition(".")
        setattr(sys.modules[above], last, made)
