"""The modules of Keras as modules of this library, for all versions: ``keras.optimizers``, ``keras.applications.resnet``.

None of them is a file. :class:`Finder` makes one when it is imported, with the names that :mod:`.exported` has for it.
"""

from __future__ import annotations

import sys

from ..._startup.lazy import module_of
from ...errors import UnknownLayerError, as_asked, nearest
from .exported import PACKAGES, exported_names, names_below, versions_with

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

# Modules of earlier versions, whose names are elsewhere today.
OLD = {
    **dict.fromkeys("engine engine.topology engine.base_layer engine.training engine.sequential engine.input_spec engine.input_layer".split(), ""),
    **dict.fromkeys("utils.np_utils utils.vis_utils utils.generic_utils utils.data_utils utils.layer_utils utils.io_utils".split(), "utils"),
    "optimizer_v2": "optimizers", "backend.tensorflow_backend": "backend",
}  # fmt: skip
OLD_LAYERS = (
    "core convolutional convolutional_recurrent local recurrent embeddings merge merging advanced_activations activation noise normalization "
    "pooling wrappers rnn attention reshaping regularization cudnn_recurrent preprocessing legacy"
).split()
# Modules below those that are files here, which Python does not look for: they are made with their file.
BELOW = {
    "layers": (*OLD_LAYERS, "experimental", "experimental.preprocessing"),
    "models": ("experimental",),
    "ops": ("image", "linalg", "nn", "numpy"),
}
GONE = {"objectives": "keras.losses", "models.Graph": "Model(inputs, outputs)", "Module": "keras.Model or keras.layers.Layer"}
ROOT = __name__.partition(".")[0]
FRONTS = {f"{ROOT}.{package}": version for version, package in PACKAGES.items()}


class Namespace(type(sys)):  # type: ignore[misc]
    """A module whose names are made when they are first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        version, path = place_of(self.__name__) or ("v3", "")
        if name == "__all__":
            return names_below(version, path)
        try:
            value = name_in(version, path, name)
        except UnknownLayerError as error:
            raise as_asked(error) from None
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return names_below(*(place_of(self.__name__) or ("v3", "")))


def place_of(module: str) -> tuple[str, str] | None:
    """The version and the path below ``keras`` of a module, by its full name."""
    for front in sorted(FRONTS, key=len, reverse=True):
        if module.startswith(f"{front}."):
            return FRONTS[front], module[len(front) + 1 :]
    return None


def name_in(version: str, module: str, name: str) -> Any:
    """What a name in a module of Keras is here; an error that says where it is, or what is near."""
    module = today(module)
    path = f"{module}.{name}" if module else name
    if f"{ROOT}.{PACKAGES[version]}.{path}" in sys.modules:
        return sys.modules[f"{ROOT}.{PACKAGES[version]}.{path}"]
    found = exported_names(version).get(path)
    if found is None and module.startswith("layers"):  # a class of another version, or a misspelt one
        return getattr(module_of(f"{ROOT}.{PACKAGES[version]}.layers"), name)
    if found is None:
        raise UnknownLayerError(unknown(version, module, name))
    if found.kind == "m":
        return module_of(f"{ROOT}.{PACKAGES[version]}.{path}")
    from .members import member

    return member(version, found)


def today(module: str) -> str:
    """The path at which Keras has the names of a module today."""
    front, _, last = module.partition(".")
    return "layers" if front == "layers" and last in OLD_LAYERS else OLD.get(module, module)


def register_below(version: str, module: str) -> None:
    """Makes the modules below one that is a file."""
    front = f"{ROOT}.{PACKAGES[version]}.{module}"
    for name in BELOW[module]:
        made = sys.modules[f"{front}.{name}"] = Namespace(f"{front}.{name}", f"The names of ``keras.{module}``.")
        above, _, last = f"{front}.{name}".rpartition(".")
        if above in sys.modules:
            setattr(sys.modules[above], last, made)


def others_in(version: str, module: str = "") -> Callable[[str], Any]:
    """``__getattr__`` of a module that is a file, for the names that Keras has in it besides."""

    def __getattr__(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return name_in(version, module, name)
        except UnknownLayerError as error:
            raise as_asked(error) from None

    return __getattr__


def unknown(version: str, module: str, name: str) -> str:
    """The sentence for a name that a version does not have."""
    package = PACKAGES[version]
    path = f"{module}.{name}" if module else name
    if path in GONE:
        return f"{package}.{path} is not a name of Keras: use {GONE[path]}"
    elsewhere = [other for other in versions_with(path) if other != package]
    where = (
        f"; {' and '.join(elsewhere)} {'has' if len(elsewhere) == 1 else 'have'} it"
        if elsewhere
        else nearest(name, [each for each in names_below(version, module) if each[:1].isupper() == name[:1].isupper()])
        or nearest(name, names_below(version, module))
    )
    return f"{package}.{path} is not a name of Keras{where}"


def is_module(version: str, path: str) -> bool:
    """Whether a version has a module at a path, today or earlier."""
    found = exported_names(version).get(path)
    return path in OLD or (found is not None and found.kind == "m")


# Modules that are folders here of stubs alone, for type checkers. Python would take such a folder for a module without names.
FOLDERS = frozenset(f"{ROOT}.keras.{name}" for name in "applications datasets legacy optimizers preprocessing utils".split())


class Finder:
    """Finds the modules that Keras has and that are no files here. It is asked after Python's own finders."""

    @staticmethod
    def find_spec(fullname: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG004
        """The spec of such a module."""
        place = place_of(fullname)
        if place is None or not is_module(*place):
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(fullname, Finder, is_package=True)  # type: ignore[arg-type]

    @staticmethod
    def create_module(spec: ModuleSpec) -> ModuleType:
        """A module without names."""
        return Namespace(spec.name, f"``{spec.name.removeprefix(f'{ROOT}.')}``, with the names of Keras.")

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
