"""Which tests run which lines of symparams.

The interpreter itself says which lines are run (``sys.monitoring``, of Python 3.12): a line costs something once a test.
"""

from __future__ import annotations

import signal
import sys
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from _pytest.runner import runtestprotocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import CodeType

    import pytest

MOST_SECONDS = 2.0  # of the processor, for one test whose lines are noted
Place = tuple[str, int]  # a file and a line


class TooSlow(BaseException):
    """A test that takes long."""


def too_slow(*_: object) -> None:
    raise TooSlow


class Coverage(NamedTuple):
    """The tests by line, the seconds of each that passed, and the lines that are run when symparams is imported."""

    tests: dict[Place, list[str]]
    seconds: dict[str, float]
    before: frozenset[Place] = frozenset()

    def of(self, path: str, lines: Iterable[int]) -> list[str]:
        """The tests that run one of some lines, those that are over first at the beginning."""
        found = {test for line in lines for test in self.tests.get((path, line), ())}
        return sorted(found & self.seconds.keys(), key=lambda test: (self.seconds[test], test))

    def is_before(self, path: str, lines: Iterable[int]) -> bool:
        return any((path, line) in self.before for line in lines)


class Lines:
    """The lines that are run: of all code in some folders until ``only`` says of which, each once between two questions."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        self.folders, self.seen = folders, set[Place]()
        self.tool: Any = sys.monitoring
        self.tool.use_tool_id(self.tool.COVERAGE_ID, "mutation")
        self.tool.register_callback(self.tool.COVERAGE_ID, self.tool.events.LINE, self.line)
        self.tool.set_events(self.tool.COVERAGE_ID, self.tool.events.LINE)

    def line(self, code: CodeType, line: int) -> Any:
        if code.co_filename.startswith(self.folders):
            self.seen.add((code.co_filename, line))
        return self.tool.DISABLE

    def only(self, codes: Iterable[CodeType]) -> None:
        self.tool.set_events(self.tool.COVERAGE_ID, 0)
        for code in codes:
            self.tool.set_local_events(self.tool.COVERAGE_ID, code, self.tool.events.LINE)

    def run(self) -> frozenset[Place]:
        """The lines since the last question."""
        seen, self.seen = frozenset(self.seen), set()
        self.tool.restart_events()
        return seen


def coverage_of(items: Iterable[pytest.Item], lines: Lines, codes: Iterable[CodeType], before: frozenset[Place]) -> Coverage:
    """Runs each test, and notes its lines. A test that takes long is given up: with hundreds of mutants, it would take hours."""
    signal.signal(signal.SIGVTALRM, too_slow)
    lines.run()
    lines.only(codes)
    tests: dict[Place, list[str]] = defaultdict(list)
    seconds: dict[str, float] = {}
    for item in items:
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
        try:
            reports = runtestprotocol(item, nextitem=None, log=False)
        except TooSlow:
            reports = []
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        run = lines.run()
        if reports and all(report.passed for report in reports):
            seconds[item.nodeid] = time.process_time() - begun
            for line in run:
                tests[line].append(item.nodeid)
    return Coverage(dict(tests), seconds, before)
