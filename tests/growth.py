"""How the work of a call grows: by the lines of Python that it runs, or faster by the functions that it calls.

Both are the same on every machine and every day. They see nothing of what is written in C.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

LINEAR = 1.1  # the largest exponent that is called linear


def lines_run(work: Callable[[], object]) -> int:
    """The number of lines that a call runs, each turn of a loop and of a comprehension again."""
    lines = 0

    def trace(_frame: object, event: str, _argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines


class TooMuch(BaseException):
    """A call that calls more than it may. No ``except Exception`` stops it."""


def calls_made(work: Callable[[], object], most: int = sys.maxsize) -> int:
    """The number of functions that a call calls. Ends it, and raises :class:`TooMuch`, where there are more than ``most``."""
    calls = 0

    def profile(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"
        if calls > most:
            sys.setprofile(None)
            raise TooMuch(f"more than {most:,} calls")

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def exponent(
    work: Callable[[int], Callable[[], object]], size: int = 60, cost: Callable[[Callable[[], object]], int] = lines_run
) -> float:
    """The exponent with which the lines, or another cost, of ``work(size)()`` grow from twice a size to four times of it."""
    work(2)()  # what is imported or made once
    once, twice = (cost(work(times * size)) for times in (2, 4))
    return math.log2(twice / once)
