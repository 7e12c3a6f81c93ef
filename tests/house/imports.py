"""Who imports whom in symparams: at the top of a module, inside a function, or for types alone."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Graph = dict[str, dict[str, "Import"]]


@dataclass(frozen=True)
class Import:
    """One module imports another: where, and when."""

    importer: str
    imported: str
    place: str  # file:line
    when: str

    def __str__(self) -> str:
        return f"{self.place} imports {self.imported} {self.when}"


def modules_below(package: Path) -> dict[str, Path]:
    """Every module of a package by its dotted name; a folder is named as its ``__init__.py``."""
    return {
        ".".join(file.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__"): file
        for file in sorted(package.rglob("*.py"))
    }


@cache
def imports_below(package: Path) -> tuple[Import, ...]:
    """Every import of one module of the package by another."""
    modules = modules_below(package)
    return tuple(each for name in modules for each in imports_of(name, modules, package.parent))


def imports_of(importer: str, modules: dict[str, Path], root: Path) -> Iterator[Import]:
    file = modules[importer]
    for node, when in import_statements(ast.parse(file.read_text(encoding="utf-8")), "as it is imported itself"):
        for imported in targets(node, importer, modules):
            if imported != importer:
                yield Import(importer, imported, f"{file.relative_to(root)}:{node.lineno}", when)


def import_statements(within: ast.AST, when: str) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    for node in ast.iter_child_nodes(within):
        match node:
            case ast.Import() | ast.ImportFrom():
                yield node, when
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body):
                yield from import_statements(ast.Module(body, []), "for types")
                yield from import_statements(ast.Module(node.orelse, []), when)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from import_statements(node, "inside a function")
            case _:
                yield from import_statements(node, when)


def targets(node: ast.Import | ast.ImportFrom, importer: str, modules: dict[str, Path]) -> Iterator[str]:
    """The modules that a statement names; ``from a import b`` names ``a.b`` where that is a module, else ``a``."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in modules)
        return
    steps = importer.split(".")
    inside = steps if modules[importer].name == "__init__.py" else steps[:-1]
    base = ".".join([*inside[: len(inside) + 1 - node.level], node.module or ""] if node.level else [node.module or ""]).rstrip(".")
    for alias in node.names:
        if f"{base}.{alias.name}" in modules:
            yield f"{base}.{alias.name}"
        elif base in modules:
            yield base


def graph_of(imports: tuple[Import, ...]) -> Graph:
    graph: Graph = {}
    for each in imports:
        graph.setdefault(each.importer, {}).setdefault(each.imported, each)
    return graph


def circles_in(graph: Graph) -> list[set[str]]:
    """The sets of modules of which each reaches each other one, the largest first."""
    reached = {module: reachable(graph, module) for module in graph}
    circles = {frozenset(other for other in reached[module] if module in reached.get(other, ())) for module in graph}
    return sorted(map(set, circles - {frozenset()}), key=lambda circle: (-len(circle), sorted(circle)))


def reachable(graph: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    ahead = [*graph.get(start, ())]
    while ahead:
        module = ahead.pop()
        if module not in seen:
            seen.add(module)
            ahead += graph.get(module, ())
    return seen


def shortest_circle(graph: Graph, circle: set[str]) -> list[Import]:
    """The fewest imports that lead from some module of a circle back to it."""
    return min((way_back(graph, circle, module) for module in sorted(circle)), key=len)


def way_back(graph: Graph, circle: set[str], start: str) -> list[Import]:
    ways: list[list[Import]] = [[]]
    seen: set[str] = set()
    for way in ways:
        here = way[-1].imported if way else start
        if way and here == start:
            return way
        for imported, each in sorted(graph[here].items()):
            if imported in circle and imported not in seen:
                seen.add(imported)
                ways.append([*way, each])
    raise AssertionError(f"{start} is in no circle")
