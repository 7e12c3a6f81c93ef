"""Marks at the beginning of lines: of quotes, comments, logs, pagers, notebooks, containers, differences.

A table with a head 'Layer (type)' shows where its lines begin. A tree, a module or a listing does not, so a mark is known by its form,
and by being on nearly every line.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 5  # lines with a mark
SHARE = 0.8  # of the lines that have a mark
MOST_MARKS = 4  # one after the other
FARTHEST = 200  # characters of a mark
CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
LEVEL = r"(?:TRACE|DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL)"
MARKS = (
    re.compile(r"\s*(?:>+ ?)+"),
    re.compile(r"\s{0,40}(?:#+|//+|\*|--) ?(?=\S|\s|$)"),
    re.compile(rf"[^|\n]{{0,60}}?{CLOCK}[^\n]{{0,100}}?\b{LEVEL}\b[^\n]{{0,60}}?(?:\] (?:- )?| - |: )"),
    re.compile(rf"\[?[^\[\]|\n]{{0,40}}{CLOCK}[^\[\]|\n]{{0,20}}\](?:\[[^\[\]\n]{{1,40}}\])* ?(?:- |: )?"),
    re.compile(rf"\[?{LEVEL}\]?(?::[\w.]{{1,60}}:| +[^|\n]{{0,60}}?\] | - |: )"),
    re.compile(rf"[^|\n]{{0,30}}?{CLOCK} {{1,8}}{LEVEL}(?: |$)"),
    re.compile(r"\[[a-z]{1,12} ?\d{1,4}\]:? ?"),  # of a process of several
    re.compile(r"[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w.]+:\d+\] ?"),
    re.compile(r"[\w.-]{1,40}_\d+ +\| ?"),
    re.compile(r'\s*"(?=.)'),
    re.compile(r"[+-](?![-=+]) ?"),
)
NUMBER = re.compile(r"\s*(\d{1,6})(?:[:.)]|(?=\s|$))\s?")
NUMBER_AND_BAR = re.compile(r"\s*(\d{1,6})\s{1,4}[│|] ?")  # of a pager
FIRST = re.compile(r"^\s*(?:Out\[\d+\]:|>>>|\.\.\.|In \[\d+\]:) ?")


def without_marks(lines: Sequence[str]) -> list[str]:
    """The lines without the marks that nearly all of them have."""
    found = [*lines]
    for _ in range(MOST_MARKS):
        mark = next((mark for mark in MARKS if is_mark(mark, found)), None)
        if mark is not None:
            found = [line[end_of(mark, line) :] for line in found]
        elif all(end_of(NUMBER_AND_BAR, line) for line in found if line.strip()):
            found = [line[end_of(NUMBER_AND_BAR, line) :] for line in found]
        elif numbered := lines_in_order(found):
            found = [line[end_of(NUMBER, line) :] if place in numbered else line for place, line in enumerate(found)]
        else:
            break
    return [FIRST.sub("", line) for line in found]


def is_mark(mark: re.Pattern[str], lines: Sequence[str]) -> bool:
    """Whether a mark is on nearly every line, and no part of a table: it is followed by something."""
    full = [line for line in lines if line.strip()]
    marked = [line for line in full if end_of(mark, line)]
    most = marked == full or (len(marked) >= LEAST and len(marked) >= SHARE * len(full))
    return most and any(line[end_of(mark, line) :].strip() for line in marked)


def end_of(mark: re.Pattern[str], line: str) -> int:
    """The end of a mark in a line; 0 without one."""
    match = mark.match(line[:FARTHEST])
    return match.end() if match is not None else 0


def lines_in_order(lines: Sequence[str]) -> set[int]:
    """The lines that begin with their number, each one more than the one before; empty where too few do."""
    found: set[int] = set()
    before: int | None = None
    for place, line in enumerate(lines):
        match = NUMBER.match(line)
        number = None if match is None else int(match[1])
        if number is not None and (before is None or number == before + 1):
            found.add(place)
            before = number
    full = sum(bool(line.strip()) for line in lines)
    return found if len(found) >= LEAST and len(found) >= SHARE * full else set()
