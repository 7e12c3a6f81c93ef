"""The modules of ``torch`` as modules of this library. :class:`Finder` makes one when it is imported."""

from __future__ import annotations

import sys

from ..._startup.lazy import module_of
from ...errors import UnknownLayerError, as_asked, nearest
from .exported import exported_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

ROOT = __name__.rpartition(".namespaces")[0]
NN = ("nn.modules", "nn.parameter", "nn.attention", "nn.parallel")
# Modules that are folders here of stubs alone, for type checkers. Python would take such a folder for a module without names.
FOLDERS = frozenset(
    f"{ROOT}.{name}"
    for name in (
        "amp ao autograd backends cuda distributed distributions export fx jit onnx optim profiler quantization signal utils "
        "nn.attention nn.modules nn.parallel"
    ).split()
)


class Namespace(type(sys)):  # type: ignore[misc]
    """A module whose names are made when they are first asked for; a setting in it may be set."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        path = self.__name__[len(ROOT) + 1 :]
        if name == "__all__":
            return names_below(path)
        try:
            value = name_in(path, name)
        except UnknownLayerError as error:
            raise as_asked(error) from None
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return names_below(self.__name__[len(ROOT) + 1 :])


def names_below(module: str) -> list[str]:
    """The names in a module of ``torch``."""
    front = f"{module}." if module else ""
    modules = [path[len(front) :] for path in exported_names() if path.startswith(front) and path != module]
    return sorted({*exported_names().get(module, {}), *(path for path in modules if "." not in path)})


def name_in(module: str, name: str) -> Any:
    """What a name in a module of ``torch`` is here; an error that says what is near."""
    path = f"{module}.{name}" if module else name
    if path in exported_names():
        return module_of(f"{ROOT}.{path}")
    if module == "nn.modules.utils" and name in REPEATED:
        return repeated(REPEATED[name])
    kind = exported_names().get(module, {}).get(name)
    if module.startswith(NN):
        try:
            return getattr(module_of(f"{ROOT}.nn"), name)
        except UnknownLayerError:
            if kind is None:
                raise
    if kind is None:
        raise UnknownLayerError(f"torch.{path} is not a name of PyTorch 2.13{nearest(name, names_below(module))}")
    return module_of(f"{ROOT}.namespaces.members").member(module, name, kind)


# Helpers of PyTorch that many scripts import: one value for each axis.
REPEATED = {"_single": 1, "_pair": 2, "_triple": 3, "_quadruple": 4}


def repeated(number: int) -> Any:
    return lambda value: tuple(value) if isinstance(value, list | tuple) else (value,) * number


class Finder:
    """Finds the modules that PyTorch has and that are no files here. It is asked after Python's own finders."""

    @staticmethod
    def find_spec(fullname: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG004
        """The spec of such a module."""
        if not fullname.startswith(f"{ROOT}.") or fullname[len(ROOT) + 1 :] not in exported_names():
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(fullname, Finder, is_package=True)  # type: ignore[arg-type]

    @staticmethod
    def create_module(spec: ModuleSpec) -> ModuleType:
        """A module without names."""
        return Namespace(spec.name, f"``{spec.name.removeprefix('symparams.')}``, with the names of PyTorch.")

    @staticmethod
    def exec_module(module: ModuleType) -> None:
        """Nothing is run."""


class FinderOfFolders(Finder):
    """The same for those that are folders of stubs. It is asked before Python's own finders."""

    @staticmethod
    def find_spec(fullname: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        return Finder.find_spec(fullname, path, target) if fullname in FOLDERS else None


def install() -> None:
    """Lets Python find these modules."""
    if Finder not in sys.meta_path:
        sys.meta_path.append(Finder)
        sys.meta_path.insert(0, FinderOfFolders)
