"""How the work of a call grows: by the lines of Python that it runs, which are the same on every machine and every day."""

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


def exponent(work: Callable[[int], Callable[[], object]], size: int = 60) -> float:
    """The exponent with which the lines of ``work(size)()`` grow from twice a size to four times of it."""
    work(2)()  # what is imported or made once
    once, twice = (lines_run(work(times * size)) for times in (2, 4))
    return math.log2(twice / once)
