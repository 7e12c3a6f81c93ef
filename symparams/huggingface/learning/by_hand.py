"""Lines that a person wrote into tables, each with its reason: ``by_hand.txt`` says them once, and a rerun merges them.

An entry is ``types: reason``, and the lines of their files: ``-`` is what the tool writes, ``+`` what takes its place, below ``class
NAME`` in that class. A line that the tool no longer writes is an error: a person has to look again.
"""

from __future__ import annotations

import os
from fnmatch import fnmatchcase

from .file_lines import KINDS, with_lines
from .refusals import Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BY_HAND = os.path.join(os.path.dirname(os.path.abspath(__file__)), "by_hand.txt")
LATE = ("refuse ", "instead ", "guard ")  # what is written last, from the rest of the file


class Change:
    """Lines of one place, in a class of a name like ``scope`` or in the head of the file, and those that take their place."""

    def __init__(self, types: Sequence[str], reason: str, scope: str) -> None:
        self.types, self.reason, self.scope = types, reason, scope
        self.taken: list[str] = []
        self.put: list[str] = []

    @property
    def is_late(self) -> bool:
        return [*self.taken, *self.put][0].startswith(LATE)


def changes_in(text: str) -> Iterator[Change]:
    """The changes of a file of them; lines that are only added to a head are a change each."""
    change = Change((), "", "")
    for line in text.splitlines():
        if line.startswith(("- ", "+ ")):
            alone = not change.scope and not change.taken
            if change.put and (alone or line[0] == "-"):
                yield change
                change = Change(change.types, change.reason, change.scope)
            (change.taken if line[0] == "-" else change.put).append(line[2:])
            continue
        if change.put or change.taken:
            yield change
        if line.startswith("class "):
            change = Change(change.types, change.reason, line[len("class ") :])
        elif line and not line.startswith("#"):
            names, _, reason = line.partition(": ")
            change = Change(names.split(), reason, "")
        else:
            change = Change(change.types, change.reason, change.scope)
    if change.put or change.taken:
        yield change


def merged(model_type: str, text: str, late: bool, changes: Sequence[Change] | None = None) -> str:
    """A file with the lines of a person: those that others are written from, or the ``late`` ones."""
    lines = text.split("\n")
    for each in known() if changes is None else changes:
        if model_type in each.types and each.is_late is late:
            lines = changed(lines, each)
    return "\n".join(lines)


def known() -> list[Change]:
    with open(BY_HAND, encoding="utf-8") as file:
        return [*changes_in(file.read())]


def changed(lines: list[str], change: Change) -> list[str]:
    """The lines with a change in them."""
    if not change.taken:
        return added(lines, change)
    size = len(change.taken)
    found = [place for place in places(lines, change.scope) if lines[place : place + size] == change.taken]
    if len(found) != 1:
        raise Refused(f"by_hand.txt takes out {change.taken[0].strip()!r}, which the tool writes {len(found)} times")
    return [*lines[: found[0]], *change.put, *lines[found[0] + size :]]


def places(lines: Sequence[str], scope: str) -> Iterator[int]:
    """The lines of the head, or of the classes of a name."""
    inside = not scope
    for number, line in enumerate(lines):
        if line.startswith("class "):
            inside = bool(scope) and fnmatchcase(line.split()[1], scope)
        if inside:
            yield number


def added(lines: list[str], change: Change) -> list[str]:
    """The lines with more: each in its place in the head, or at the end of a class."""
    if change.scope:
        own = [number for number in places(lines, change.scope) if lines[number]]
        if not own:
            raise Refused(f"by_hand.txt adds to {change.scope}, which the tool does not write")
        return [*lines[: own[-1] + 1], *change.put, *lines[own[-1] + 1 :]]
    for line in change.put:
        lines = with_lines(lines, [line], next(kind for kind in KINDS if line.startswith(kind)))
    return lines
