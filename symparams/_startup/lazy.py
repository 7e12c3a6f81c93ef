"""Names of a package that are imported when they are first used, so that start-up is fast."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any


def module_of(name: str) -> Any:
    """A module by its full name. ``importlib`` does the same, and brings ``warnings`` with it."""
    __import__(name)
    return sys.modules[name]


def names_of(
    package: str, homes: Mapping[str, str], modules: Sequence[str] = (), others: Callable[[], Mapping[str, str]] = dict
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` for a package: ``homes`` has the module of each name, and ``others`` finds more of them."""

    def home(name: str) -> str | None:
        return homes[name] if name in homes else others().get(name)

    def __getattr__(name: str) -> Any:
        if name in modules:
            return module_of(f"{package}.{name}")
        if name == "__all__":
            return __dir__()
        module = None if name.startswith("__") else home(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(module_of(f"{package}.{module}"), name)
        vars(module_of(package))[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted([*homes, *others(), *modules])

    return __getattr__, __dir__


def files_of(package: str) -> dict[str, str]:
    """The modules in the folder of a package, and the file of each, in alphabetical order."""
    folder = os.path.dirname(module_of(package).__file__)
    names = sorted(name for name in os.listdir(folder) if name.endswith(".py") and not name.startswith("_"))
    return {name.removesuffix(".py"): os.path.join(folder, name) for name in names}


def folders_of(package: str) -> list[str]:
    """The packages in the folder of a package, in alphabetical order."""
    folder = os.path.dirname(module_of(package).__file__)
    return sorted(name for name in os.listdir(folder) if os.path.isfile(os.path.join(folder, name, "__init__.py")))


def in_order(package: str, first: Sequence[str]) -> Iterator[str]:
    """The modules of a package: ``first`` those that are mostly wanted, then all others in its folder."""
    yield from first
    yield from (module for module in files_of(package) if module not in first)


def classes_of(package: str, root: str) -> dict[str, str]:
    """The classes that derive from ``root``, and the module of each, as the files of a package define them; not those with _.

    They are read off the lines that begin with ``class``, because importing all files takes as long as starting Python.
    """
    found: dict[str, str] = {}
    for module, path in files_of(package).items():
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                name, _, bases = line.removeprefix("class ").partition("(") if line.startswith("class ") else ("", "", "")
                if name and bases.replace(")", ",").partition(",")[0] in (root, *found):
                    found[name] = module
    return {name: module for name, module in found.items() if not name.startswith("_")}
