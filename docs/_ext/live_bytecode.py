"""Compiles the modules of the live page: run by ``live_pyodide.mjs``, in the Python that will run them.

Without what the page never shows: docstrings, annotations of functions and the numbers of lines, half of what is compiled.
The arguments are an archive of sources, the archive to make, the folder in which the modules will be, and ``annotated`` for
those that read annotations.
"""

from __future__ import annotations

import ast
import importlib.util
import marshal
import sys
import types
import zipfile

UNCHECKED_HASH = (1).to_bytes(4, "little") + bytes(8)  # of a .pyc that is never compared with its source
NOWHERE = 15  # the kind of an entry in a line table that has neither a line nor a column
UNITS = 8  # of instructions, that one entry is about
SHOWS_DOCSTRINGS = ("_pyodide/", "pyodide/")  # Pyodide reads its own when it starts


def compile_archive(sources: str, target: str, place: str, annotated: bool) -> None:
    with zipfile.ZipFile(sources) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name.endswith(".py"):
                tree = ast.parse(content, name)
                bare = tree if name.startswith(SHOWS_DOCSTRINGS) else without_notes(tree, annotated)
                name, content = f"{name}c", compiled(bare, f"{place}/{name}")  # noqa: PLW2901
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def without_notes(tree: ast.Module, annotated: bool) -> ast.Module:
    """A module without docstrings, imports for types alone, and annotations of functions; classes read their fields off theirs."""
    for node in ast.walk(tree):
        match node:
            case ast.Module() | ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef() if ast.get_docstring(node, clean=False):
                node.body = node.body[1:] or [ast.copy_location(ast.Pass(), node.body[0])]
            case ast.If(test=ast.Name("TYPE_CHECKING")):
                node.test = ast.copy_location(ast.Constant(False), node.test)
        if not annotated and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif not annotated and isinstance(node, ast.arg):
            node.annotation = None
    return tree


def compiled(tree: ast.Module, name: str) -> bytes:
    """The content of a ``.pyc``."""
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0)
    return importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + marshal.dumps(without_lines(code))


def without_lines(code: types.CodeType) -> types.CodeType:
    inside = tuple(without_lines(each) if isinstance(each, types.CodeType) else each for each in code.co_consts)
    return code.replace(co_firstlineno=1, co_linetable=unknown_lines(len(code.co_code) // 2), co_consts=inside)


def unknown_lines(units: int) -> bytes:
    """A line table that says of each instruction that its line is unknown; without a table, a traceback fails."""
    whole, rest = divmod(units, UNITS)
    return entry(UNITS) * whole + (entry(rest) if rest else b"")


def entry(units: int) -> bytes:
    return bytes([0x80 | NOWHERE << 3 | units - 1])


if __name__ == "__main__":
    _, given, made, place, *rest = sys.argv
    compile_archive(f"/host{given}", f"/host{made}", place, rest == ["annotated"])
