"""Runs the tests of a mutant in a process of its own, in one of two ways.

*Quickly*: all tests have been imported, the process is forked, the code of the function is exchanged, and caches are emptied.
What else symparams had worked out while it was imported does not have the mistake, so a mutant in a line that was run then is
tried again *from the beginning*: the process is forked before symparams was imported, and the mutant is in the
place of the module.
"""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import os
import resource
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING

import pytest
from _pytest.runner import runtestprotocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.mutation.mutants import Mutant

OPTIONS = ("-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--no-summary")
MOST_SECONDS = 60
MOST_SECONDS_WITH_IMPORTS = 400  # of the processor, after which a mutant counts as found: its tests do not end
FILES = (2, 4, 8, 100)  # that are imported at once, from the beginning, as long as no test fails
FOUND, NOT_FOUND = 0, 1
CACHED = type(cache(int))


def is_found(run: Callable[[], bool], seconds: int = MOST_SECONDS) -> bool:
    """Whether some tests fail in a process of its own, or do not end."""
    child = os.fork()
    if child == 0:
        code = FOUND
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            code = FOUND if run() else NOT_FOUND
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return status != NOT_FOUND << 8


# ---------------------------------------------------------------- quickly
Functions = dict[tuple[str, str, int], list[FunctionType]]


def functions_in(folders: tuple[str, ...]) -> Functions:
    """All functions of some folders that exist: by their file, qualified name and first line."""
    found: Functions = defaultdict(list)
    for each in gc.get_objects():
        if type(each) is FunctionType and each.__code__.co_filename.startswith(folders):
            code = each.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(each)
    return found


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """A code and all those inside it, in the order of the source."""
    yield code
    for inside in code.co_consts:
        if isinstance(inside, CodeType):
            yield from codes_in(inside)


def fails_quickly(functions: Functions, path: str, mistake: Mutant, items: Sequence[pytest.Item]) -> bool:
    """Whether one of the tests fails with the code of the mutant in the function."""
    name, number = mistake.function
    old = [code for code in codes_in(compile(Path(path).read_bytes(), path, "exec", dont_inherit=True)) if code.co_qualname == name]
    new = [code for code in codes_in(compile(mistake.source, path, "exec", dont_inherit=True)) if code.co_qualname == name]
    for function in functions.get((path, name, old[number].co_firstlineno), ()):
        function.__code__ = new[number]
    for cached in [each for each in gc.get_objects() if isinstance(each, CACHED)]:
        cached.cache_clear()
    return any(report.failed for item in items for report in runtestprotocol(item, nextitem=None, log=False))


# ---------------------------------------------------------------- from the beginning
class Loader(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Finds one module, and gives it the source of the mutant."""

    def __init__(self, fullname: str, path: str, source: str) -> None:
        super().__init__(fullname, path)
        self.source = source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        package = [str(Path(self.path).parent)] if self.path.endswith("__init__.py") else None
        made = importlib.machinery.ModuleSpec(fullname, self, origin=self.path, is_package=package is not None)
        made.submodule_search_locations = package
        made.has_location = True
        return made

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, self.path, "exec", dont_inherit=True)


class Chosen:
    """A plugin of pytest that leaves the chosen tests, in their order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.places = {test: place for place, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self.places), key=lambda item: self.places[item.nodeid])


def fails_from_the_beginning(project: Path, module: Path, source: str, tests: Sequence[str]) -> bool:
    """Whether one of the tests fails with the mutant in the place of its module. The tests are imported a few files at a time."""
    steps = [step for step in module.with_suffix("").parts if step != "__init__"]
    sys.meta_path.insert(0, Loader(".".join(steps), str(project / module), source))
    left = [*dict.fromkeys(test.partition("::")[0] for test in tests)]
    for many in FILES:
        files, left = left[:many], left[many:]
        chosen = Chosen([test for test in tests if test.partition("::")[0] in files])
        ends = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        if files and pytest.main([*OPTIONS, "-x", *files], plugins=[chosen]) not in ends:
            return True
    return False
