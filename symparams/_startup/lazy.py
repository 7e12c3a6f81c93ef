"""Names of a package that are imported when they are first asked for, so that a start is fast."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any


def module_of(name: str) -> Any:
    """A module by its full name. ``importlib`` does the same, and brings ``warnings`` with it."""
    __import__(name)
    return sys.modules[name]


def names_of(
    package: str, homes: Mapping[str, str], modules: Sequence[str] = ()
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` for a package: ``homes`` has the module of each name."""

    def __getattr__(name: str) -> Any:
        if name in modules:
            return module_of(f"{package}.{name}")
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(module_of(f"{package}.{homes[name]}"), name)
        vars(module_of(package))[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted([*homes, *modules])

    return __getattr__, __dir__
