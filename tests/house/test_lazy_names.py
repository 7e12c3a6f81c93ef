"""Names that a package imports when they are first asked for, and the imports under ``TYPE_CHECKING`` that type checkers read in
their place: both say the same names of the same modules."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Homes = dict[str, str]  # the module of each name, as a relative import says it; empty where the name is a module itself
ROOT = Path(__file__).parent.parent.parent


def packages(root: Path) -> list[str]:
    """Every package with lazy names."""
    files = sorted(root.glob("symparams/**/__init__.py"))
    return [
        ".".join(file.parent.relative_to(root).parts) for file in files if lazy_calls(tree_of(file)) or has_homes(tree_of(file))
    ]


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def lazy_calls(tree: ast.Module) -> list[ast.Call]:
    """The calls of ``names_of``, which makes a name lazy."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "names_of"
    ]


def has_homes(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "HOMES" for node in tree.body)


def lazy_names(package: ModuleType, tree: ast.Module) -> Homes:
    """The names that the package finds when they are asked for."""
    space = vars(package)
    calls = [eval(f"({', '.join(map(ast.unparse, call.args[1:]))},)", space) for call in lazy_calls(tree)]
    found: Homes = {}
    for homes, modules, others in map(filled, calls or [(space["HOMES"], space.get("MODULES", ()))]):
        found |= {**homes, **others(), **dict.fromkeys(modules, "")}
    return found | dict.fromkeys(stubs(package), "")


def stubs(package: ModuleType) -> list[str]:
    """The modules of a package that are made when they are imported: here they are files or folders of stubs alone."""
    file = getattr(package, "__file__", None)
    folder = Path(file).parent if file else ROOT / "no folder"
    names = sorted(
        {each.stem for each in folder.glob("[a-z]*.pyi")} | {each.parent.name for each in folder.glob("[a-z]*/__init__.pyi")}
    )
    return [name for name in names if not any((folder / its).exists() for its in (f"{name}.py", f"{name}/__init__.py"))]


def filled(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments of ``names_of`` behind the package, with the defaults of those that are left out."""
    defaults: tuple[Any, ...] = ({}, (), dict)
    return (*arguments, *defaults[len(arguments) :])


def typed_names(package: ModuleType, tree: ast.Module) -> Homes:
    """The names that a type checker finds: ``from .home import name as name``, and all of ``from .home import *``."""
    found: Homes = {}
    for line in typed_lines(tree):
        home = line.module or ""
        if is_star(line):
            found |= names_in(import_module("." * line.level + home, package.__name__), home)
        else:
            found |= {alias.asname: home for alias in line.names if alias.asname}
    return found


def typed_lines(tree: ast.Module) -> list[ast.ImportFrom]:
    """The imports from this package under ``TYPE_CHECKING``."""
    blocks = [node.body for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return [line for block in blocks for line in block if isinstance(line, ast.ImportFrom) and line.level]


def is_star(line: ast.ImportFrom) -> bool:
    return line.names[0].name == "*"


def names_in(module: ModuleType, home: str) -> Homes:
    """The names that ``from .home import *`` gives: what a file defines, or what a package tells type checkers in its turn."""
    if not hasattr(module, "__path__"):
        return dict.fromkeys(vars(module), home)
    assert module.__file__
    return {name: f"{home}.{inner}" for name, inner in typed_names(module, tree_of(Path(module.__file__))).items()}


def stars(tree: ast.Module) -> list[str]:
    return [line.module or "" for line in typed_lines(tree) if is_star(line)]


def is_below(home: str, stars: list[str]) -> bool:
    """Whether a module is one that is imported with a star, or in a package that is."""
    return any(f"{home}.".startswith(f"{star}.") for star in stars)


def line_for(name: str, home: str, stars: list[str]) -> str:
    """The import that is missing: of all names of a file or folder in a package that imports those, and of one name elsewhere."""
    return f"from .{home.partition('.')[0]} import *" if home and stars else f"from .{home} import {name} as {name}"


def differences(package: ModuleType, tree: ast.Module, file: str) -> list[str]:
    """What one of the two has and the other lacks, each with the line that is missing."""
    lazy, typed, whole = lazy_names(package, tree), typed_names(package, tree), stars(tree)
    lacking = [
        f"{file}: type checkers do not know {name}: add `{line_for(name, home, whole)}` under TYPE_CHECKING"
        for name, home in lazy.items()
        if typed.get(name) != home and not is_below(home, whole)  # below, the law of that package names it
    ]
    extra = [
        f"{file}: {name} is known to type checkers alone: add it to the lazy names, or take its import away"
        for name, home in typed.items()
        if name not in lazy and not is_below(home, whole)
    ]
    return lacking + extra


def test_the_law_sees_the_packages():
    assert {"symparams", "symparams.core", "symparams.layers", "symparams.keras", "symparams.torch"} <= {*packages(ROOT)}


@pytest.mark.parametrize("name", packages(ROOT))
def test_lazy_names_and_their_typed_copies_are_the_same(name):
    file = ROOT.joinpath(*name.split("."), "__init__.py")
    found = differences(import_module(name), tree_of(file), str(file.relative_to(ROOT)))
    assert not found, "\n".join(["", *found])


# ---------------------------------------------------------------- what the law would say of another package
LAZY = {"HOMES": {"LSTM": "recurrent", "GRU": "recurrent"}, "MODULES": ("recurrent",)}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("from . import recurrent as recurrent\n    from .recurrent import *", []),
        ("from .recurrent import *", ["type checkers do not know recurrent: add `from . import recurrent as recurrent`"]),
        (
            "from . import recurrent as recurrent\n    from .recurrent import LSTM as LSTM",
            ["type checkers do not know GRU: add `from .recurrent import GRU as GRU` under TYPE_CHECKING"],
        ),
        (
            "from . import recurrent as recurrent\n    from .dense import Dense as Dense\n    from .recurrent import *",
            ["Dense is known to type checkers alone: add it to the lazy names, or take its import away"],
        ),
    ],
)
def test_a_forgotten_copy_is_named(typed, said):
    package = ModuleType("symparams.layers")
    vars(package).update(LAZY)
    tree = ast.parse(f"if TYPE_CHECKING:\n    {typed}\n")
    found = differences(package, tree, "layers/__init__.py")
    assert len(found) == len(said)
    assert all(f"layers/__init__.py: {words}" in each for words, each in zip(said, found, strict=True))
