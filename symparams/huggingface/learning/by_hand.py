"""Lines that a person wrote into tables, each with its reason: ``by_hand.txt`` says them once, and a rerun merges them.

An entry is ``types: reason``, and the lines of their files: ``-`` is what the tool writes, ``+`` what takes its place, below ``class
NAME`` in that class; ``~ OLD -> NEW`` is a part of lines. What the tool no longer writes is an error: a person has to look again.
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
        self.part: tuple[str, str] | None = None  # what is in some lines, and what takes its place

    @property
    def is_late(self) -> bool:
        return self.part is None and [*self.taken, *self.put][0].startswith(LATE)

    @property
    def is_empty(self) -> bool:
        return self.part is None and not self.taken and not self.put


def changes_in(text: str) -> Iterator[Change]:
    """The changes of a file of them; lines that are only added to a head are a change each."""
    change = Change((), "", "")
    for line in text.splitlines():
        if line.startswith(("- ", "+ ")):
            alone = not change.scope and not change.taken
            if change.part or (change.put and (alone or line[0] == "-")):
                yield change
                change = Change(change.types, change.reason, change.scope)
            (change.taken if line[0] == "-" else change.put).append(line[2:])
            continue
        if not change.is_empty:
            yield change
        if line.startswith("~ "):
            change = Change(change.types, change.reason, change.scope)
            old, _, new = line[2:].partition(" -> ")
            change.part = old, new
        elif line.startswith("class "):
            change = Change(change.types, change.reason, line[len("class ") :])
        elif line and not line.startswith("#"):
            names, _, reason = line.partition(": ")
            change = Change(names.split(), reason, "")
        else:
            change = Change(change.types, change.reason, change.scope)
    if not change.is_empty:
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
    if change.part is not None:
        return with_part(lines, change, *change.part)
    if not change.taken:
        return added(lines, change)
    size = len(change.taken)
    found = [place for place in places(lines, change.scope) if lines[place : place + size] == change.taken]
    if len(found) != 1:
        raise Refused(f"by_hand.txt takes out {change.taken[0].strip()!r}, which the tool writes {len(found)} times")
    return [*lines[: found[0]], *change.put, *lines[found[0] + size :]]


def with_part(lines: list[str], change: Change, old: str, new: str) -> list[str]:
    """The lines of a class with a part of them in other words."""
    own = {number for number in places(lines, change.scope) if old in lines[number]}
    if not own:
        raise Refused(f"by_hand.txt changes {old!r}, which the tool does not write")
    return [line.replace(old, new) if number in own else line for number, line in enumerate(lines)]


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
