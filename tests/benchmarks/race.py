"""One row of the table: our work and its rival, timed in turns, so that a busy machine slows both alike."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import log
from statistics import linear_regression, median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TIMES = (1, 2, 4, 8)
HEAD = ("task", "rival", "target", "measured", "met")


@dataclass
class Race:
    """Times our work and its rival in turns. Run once each, and nothing recorded, with ``--benchmark-disable``."""

    benchmark: Any
    rows: list[tuple[str, ...]]
    timer: Callable[[], float] = perf_counter
    rivals: list[float] = field(default_factory=list)

    @property
    def enabled(self) -> bool:
        """Whether times are measured at all."""
        return not self.benchmark.disabled

    def at_most(
        self, times: float | None, work: str, rival: str, ours: Callable[[], Any], its: Callable[[], Any], **how: Any
    ) -> None:
        """The mark is a multiple of the rival's time; None is a row without a mark, there to compare."""
        ratio = self._ratio(ours, its, **how)
        mark = "" if times is None else f"at most {times:g}x its time"
        self._record(work, rival, mark, ratio, f"{ratio:.2f}x its time", times is None or ratio <= times)

    def faster(
        self, times: float | None, work: str, rival: str, ours: Callable[[], Any], its: Callable[[], Any], **how: Any
    ) -> None:
        """The mark is how many times as fast we are; None is a row without a mark."""
        ratio = 1 / self._ratio(ours, its, **how)
        mark = "" if times is None else f"at least {times:g}x as fast"
        self._record(work, rival, mark, ratio, f"{ratio:.{1 if ratio < 100 else 0}f}x as fast", times is None or ratio >= times)

    def grows(self, exponent: float, work: str, run: Callable[[int], Callable[[], Any]], rounds: int = 3) -> None:
        """The mark is the exponent of our own time over N, 2N, 4N and 8N, each the best of a few rounds in turns.

        ``run(times)`` prepares the work for so many times N, and gives what is timed.
        """
        works = [run(times) for times in TIMES]
        best = [float("inf")] * len(works)
        with no_collection():
            for _ in range(rounds if self.enabled else 1):
                for place, each in enumerate(works):
                    gc.collect()
                    start = self.timer()
                    each()
                    best[place] = min(best[place], self.timer() - start)
        measured = linear_regression([log(times) for times in TIMES], [log(max(each, 1e-9)) for each in best]).slope
        self.benchmark.pedantic(works[0], rounds=1)
        self._record(work, "N, 2N, 4N, 8N", f"at most N^{exponent:g}", measured, f"N^{measured:.2f}", measured <= exponent)

    def _ratio(
        self,
        ours: Callable[[], Any],
        its: Callable[[], Any],
        before: Callable[[], Any] = lambda: None,
        rounds: int = 9,
        scale: float = 1,
    ) -> float:
        """The median over rounds of our time by its time. ``scale``: its work was that many times smaller than ours.

        The garbage collector is off, as in ``timeit``: it would run through all that is alive, in one of the two.
        """

        def setup() -> None:
            gc.collect()
            before()
            start = self.timer()
            its()
            self.rivals.append((self.timer() - start) * scale)
            before()

        with no_collection():
            self.benchmark.pedantic(ours, setup=setup, rounds=rounds, warmup_rounds=1 if self.enabled else 0)
        if not self.enabled:
            return 1
        times: list[float] = self.benchmark.stats.stats.data
        return median(mine / rival for mine, rival in zip(times, self.rivals[-len(times) :], strict=True))

    def _record(self, work: str, rival: str, mark: str, ratio: float, measured: str, met: bool) -> None:
        if self.enabled:
            self.benchmark.extra_info.update(rival=rival, mark=mark, ratio=ratio, met=met)
            self.rows.append((work, rival, mark, measured, "" if not mark else "yes" if met else "no"))


@contextmanager
def no_collection() -> Iterator[None]:
    """Nothing is collected but what is asked for, and what is alive already is left out of it."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def a_second() -> None:
    """Busy for one second of CPU time, so that a machine with other work slows it down, too."""
    end = process_time() + 1
    while process_time() < end:
        pass


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """The rows as a Markdown table."""
    widths = [max(map(len, column)) for column in zip(HEAD, *rows, strict=True)]
    lines = [HEAD, tuple("-" * width for width in widths), *rows]
    return ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines]
