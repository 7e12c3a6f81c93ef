from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .race import Race, table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = pytest.StashKey[list[tuple[str, ...]]]()


@pytest.fixture
def race(benchmark: Any, request: pytest.FixtureRequest) -> Race:
    marker = request.node.get_closest_marker("benchmark")
    timer = {"timer": marker.kwargs["timer"]} if marker and "timer" in marker.kwargs else {}
    return Race(benchmark, request.config.stash.setdefault(ROWS, []), **timer)


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> Iterator[None]:
    yield
    rows = config.stash.get(ROWS, [])
    if rows:
        terminalreporter.section("medians of paired runs")
        for line in table(rows):
            terminalreporter.write_line(line)
