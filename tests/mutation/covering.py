"""Which tests run which of the lines that are asked about."""

from __future__ import annotations

import signal
import sys
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from _pytest.runner import runtestprotocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from types import CodeType, FrameType

    import pytest


MOST_SECONDS = 2.0  # of the processor, for one test whose lines are noted


class TooSlow(BaseException):
    """A test that takes long."""


def too_slow(*_: object) -> None:
    raise TooSlow


class Coverage(NamedTuple):
    """The tests by line, and the seconds of each that passed."""

    tests: dict[tuple[str, int], list[str]]
    seconds: dict[str, float]

    def of(self, path: str, lines: Iterable[int]) -> list[str]:
        """The tests that run one of some lines, those that are over first at the beginning."""
        found = {test for line in lines for test in self.tests.get((path, line), ())}
        return sorted(found & self.seconds.keys(), key=lambda test: (self.seconds[test], test))


class Lines:
    """Those of some lines that one test runs. A function of which each was run is not traced any more."""

    def __init__(self, wanted: Mapping[str, AbstractSet[int]]) -> None:
        self.wanted = wanted
        self.lines_of: dict[CodeType, frozenset[int]] = {}
        self.left: dict[CodeType, set[int]] = {}

    def trace(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if code not in self.lines_of:
            lines = self.wanted.get(code.co_filename, frozenset())
            self.lines_of[code] = frozenset(line for _, _, line in code.co_lines() if line in lines)
        if not self.lines_of[code]:
            return None
        return self.line if self.left.setdefault(code, {*self.lines_of[code]}) else None

    def line(self, frame: FrameType, event: str, argument: object) -> Any:
        left = self.left.get(frame.f_code)
        if left is not None:
            left.discard(frame.f_lineno)
        return self.line if left else None

    def run(self) -> set[tuple[str, int]]:
        """The lines since the last question."""
        seen = {(code.co_filename, line) for code, left in self.left.items() for line in self.lines_of[code] - left}
        self.left = {}
        return seen


def coverage_of(items: Iterable[pytest.Item], wanted: Mapping[str, AbstractSet[int]]) -> Coverage:
    """Runs each test, and notes its lines. A test that takes long is given up: with hundreds of mutants, it would take hours."""
    signal.signal(signal.SIGVTALRM, too_slow)
    lines = Lines(wanted)
    tests: dict[tuple[str, int], list[str]] = defaultdict(list)
    seconds: dict[str, float] = {}
    for item in items:
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
        sys.settrace(lines.trace)
        try:
            reports = runtestprotocol(item, nextitem=None, log=False)
        except TooSlow:
            reports = []
        finally:
            sys.settrace(None)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        run = lines.run()
        if reports and all(report.passed for report in reports):
            seconds[item.nodeid] = time.process_time() - begun
            for line in run:
                tests[line].append(item.nodeid)
    return Coverage(dict(tests), seconds)
