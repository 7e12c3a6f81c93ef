"""``python -m tests.mutation --mutants 500``: how many small mistakes in the code the tests find, and which they do not.

First, all tests are run once, to see which of them run which lines. Then each mutant is given to the tests that run its line,
those of its own folder first, until one of them fails. Needs Python 3.12 or later.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import os
import pickle
import random
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.mutation.covering import Coverage, Lines, coverage_of
from tests.mutation.mutants import Mutant, mutant, number_of_mutants
from tests.mutation.trying import (
    MOST_SECONDS_WITH_IMPORTS,
    OPTIONS,
    codes_in,
    fails_from_the_beginning,
    fails_quickly,
    functions_in,
    is_found,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.mutation.covering import Place

    Chosen = list[tuple[Path, Mutant]]

PROJECT = Path(__file__).parents[2]
TESTS = (
    "tests",
    *("--ignore=tests/browser", "--ignore=tests/docs", "--ignore=tests/benchmarks", "--ignore=tests/mutation"),
    "--ignore=tests/core/grids/test_grids_in_dask.py",  # whose processes would have no mutant
)
MOST_OF_A_FILE = 60  # tests that run a line; more of one file hardly find what those did not
SECONDS = 15  # of tests for one mutant, as long as they took with the lines noted
HEAD = ("Place", "Code", "Mutant")


class Tried(NamedTuple):
    """What the quick way gave: which tests run which lines, and the mutants that no test found."""

    coverage: Coverage
    left: Chosen


def chosen_mutants(folders: list[str], many: int, seed: int) -> Chosen:
    """Mutants of the modules in some folders, each module with as many as its code deserves."""
    files = [file for folder in folders for file in sorted((PROJECT / "symparams" / folder).rglob("*.py"))]
    sources = {file: file.read_text(encoding="utf-8") for file in files}
    every = [(file, number) for file, source in sources.items() for number in range(number_of_mutants(source))]
    chosen = random.Random(seed).sample(every, min(many, len(every)))
    return [(file.relative_to(PROJECT), mutant(sources[file], number)) for file, number in chosen]


def as_row(module: Path, mistake: Mutant) -> tuple[str, str, str]:
    return f"{module.relative_to('symparams')}:{mistake.line}", mistake.before, mistake.after


def tests_of(coverage: Coverage, module: Path, mistake: Mutant) -> list[str]:
    """The tests for a mutant: file by file, those of its own folder first, and then those of which most run the line."""
    by_file: dict[str, list[str]] = {}
    path = str(PROJECT / module)
    for test in coverage.of(path, mistake.lines) or coverage.of(path, mistake.around):
        by_file.setdefault(test.partition("::")[0], []).append(test)
    own = str(Path("tests", *module.parts[1:-1]))
    files = sorted(by_file, key=lambda file: (not file.startswith(own), -len(by_file[file])))
    return [*within_the_time(coverage, (test for file in files for test in by_file[file][:MOST_OF_A_FILE]))]


def tests_from_the_beginning(coverage: Coverage, module: Path, mistake: Mutant) -> list[str]:
    """The same, and for a line that only imports run the tests that run any other line of its module."""
    path = str(PROJECT / module)
    others = [line for file, line in coverage.tests if file == path]
    return tests_of(coverage, module, mistake) or [*within_the_time(coverage, iter(coverage.of(path, others)))]


def within_the_time(coverage: Coverage, tests: Iterator[str]) -> Iterator[str]:
    seconds = 0.0
    for test in tests:
        if seconds + coverage.seconds[test] < SECONDS:
            seconds += coverage.seconds[test]
            yield test


class Quickly:
    """A plugin of pytest that tries mutants in the place of running the tests."""

    def __init__(self, folders: list[str], chosen: Chosen, kept: Path) -> None:
        self.folders = tuple(str(PROJECT / "symparams" / folder) for folder in folders)
        self.chosen, self.kept = chosen, kept
        self.lines = None if kept.exists() else Lines(self.folders)
        self.before: frozenset[Place] = frozenset()
        self.left: Chosen = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Imports all modules, many of which are imported when they are first used, and notes which lines that runs."""
        for folder in self.folders:
            for file in sorted(Path(folder).rglob("*.py")):
                steps = [step for step in file.relative_to(PROJECT).with_suffix("").parts if step != "__init__"]
                importlib.import_module(".".join(steps))
        if self.lines is not None:
            self.before = self.lines.run()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        functions = functions_in(self.folders)
        if self.lines is not None:
            codes = [code for same in functions.values() for each in same for code in codes_in(each.__code__)]
            in_a_child(lambda: self.kept.write_bytes(pickle.dumps(coverage_of(session.items, self.lines, codes, self.before))))
        coverage: Coverage = pickle.loads(self.kept.read_bytes())
        items = {item.nodeid: item for item in session.items}
        for number, (module, mistake) in enumerate(self.chosen, 1):
            tests = [items[test] for test in tests_of(coverage, module, mistake)]
            path = str(PROJECT / module)
            if not is_found(lambda path=path, mistake=mistake, tests=tests: fails_quickly(functions, path, mistake, tests)):
                self.left.append((module, mistake))
                tell(f"not found quickly: {' | '.join(as_row(module, mistake))}  ({len(tests)} tests)")
            if number % 20 == 0:
                tell(f"quickly: {number - len(self.left)} of {number} found")
        return True


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def in_a_child(work: Callable[[], object]) -> None:
    """Runs it in a process of its own, so that this one stays as it is."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def tried_quickly(folders: list[str], chosen: Chosen, coverage: Path) -> Tried:
    """Tries mutants the quick way, in a process of its own: this one does not import symparams."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "left"

        def work() -> None:
            plugin = Quickly(folders, chosen, coverage)
            pytest.main([*OPTIONS, *TESTS, "symparams"], plugins=[plugin])
            answer.write_bytes(pickle.dumps(plugin.left))

        in_a_child(work)
        return Tried(pickle.loads(coverage.read_bytes()), pickle.loads(answer.read_bytes()))


def survivors_of(tried: Tried) -> Iterator[tuple[Path, Mutant]]:
    """The mutants that no test finds from the beginning either, if their lines are run by an import."""
    for module, mistake in tried.left:
        tests = tests_from_the_beginning(tried.coverage, module, mistake)
        before = tried.coverage.is_before(str(PROJECT / module), mistake.lines)
        again = lambda m=module, s=mistake.source, t=tests: fails_from_the_beginning(PROJECT, m, s, t)
        if not before or not is_found(again, MOST_SECONDS_WITH_IMPORTS):
            yield module, mistake
        else:
            tell(f"found from the beginning: {' | '.join(as_row(module, mistake))}")


def rows_in(path: Path) -> set[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {tuple(row) for row in csv.reader(file)}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--mutants", type=int, default=100, help="how many, chosen at random (default: 100)")
    parser.add_argument("--seed", type=int, default=0, help="of the choice")
    parser.add_argument("--coverage", type=Path, help="a file that keeps which tests run which lines")
    parser.add_argument("--survivors", type=Path, help="a CSV file for the mutants that no test found")
    parser.add_argument("--again", type=Path, help="try only the mutants in such a file, all of which are found if nothing is said")
    parser.add_argument(
        "folders", nargs="*", default=["core", "questions/checking", "summaries"], metavar="FOLDER", help="of symparams"
    )
    asked = parser.parse_args()
    if not hasattr(sys, "monitoring"):
        parser.error("needs Python 3.12 or later, whose interpreter says cheaply which lines are run")
    os.chdir(PROJECT)
    chosen = chosen_mutants(asked.folders, asked.mutants, asked.seed)
    if asked.again:
        wanted = rows_in(asked.again)
        chosen = [each for each in chosen if as_row(*each) in wanted]
    with tempfile.TemporaryDirectory() as folder:
        tried = tried_quickly(asked.folders, chosen, asked.coverage or Path(folder) / "coverage")
    left = sorted(as_row(*each) for each in survivors_of(tried))
    for row in left:
        print("{}: {}  ->  {}".format(*row))
    print(f"{len(chosen) - len(left)} of {len(chosen)} mutants found, {100 * (1 - len(left) / len(chosen)):.1f} %")
    if asked.survivors:
        with asked.survivors.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEAD, *left])
    return 0


if __name__ == "__main__":
    sys.exit(main())
