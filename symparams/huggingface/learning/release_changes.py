"""What changed between the tables of two releases of transformers: types, classes, fields and tensors, a line for each type."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

ENDING = ".txt"
REFUSED = "refused.txt"
PROVED = "proved "  # how many configs were tried says nothing about the tensors
HEAD = "its fields"
LONGEST_LIST = 4


def changes(old: str, new: str) -> str:
    """What the tables in one folder have that those in an older one have not, and the other way round."""
    before, after = tables_in(old), tables_in(new)
    lines = [f"{release_of(before)} -> {release_of(after)}"]
    lines += [f"new: {name}" for name in sorted(after.keys() - before.keys())]
    lines += [f"gone: {name}" for name in sorted(before.keys() - after.keys())]
    for name in sorted(before.keys() & after.keys()):
        its = differences(sections(before[name]), sections(after[name]))
        lines += [f"changed: {name}: {'; '.join(its)}"] if its else []
    same = sum(sections(before[name]) == sections(after[name]) for name in before.keys() & after.keys())
    return "\n".join([*lines, f"{same} types are the same"])


def tables_in(folder: str) -> dict[str, str]:
    found = {}
    for name in os.listdir(folder):
        if name.endswith(ENDING) and name != REFUSED:
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                found[name.removesuffix(ENDING)] = file.read()
    return found


def release_of(tables: dict[str, str]) -> str:
    """The releases that the first lines name."""
    found = {text.partition("\n")[0].partition("  ")[2] for text in tables.values()}
    return ", ".join(sorted(found)) or "no tables"


def sections(text: str) -> dict[str, tuple[str, ...]]:
    """The lines of each class, and those before the first."""
    found: dict[str, list[str]] = {HEAD: []}
    section = HEAD
    for line in text.split("\n")[1:]:
        if line.startswith("class "):
            section = line.removeprefix("class ").partition(" ")[0]
            found[section] = []
        if line.strip() and not line.startswith(PROVED):
            found[section].append(line)
    return {name: tuple(lines) for name, lines in found.items()}


def differences(before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]]) -> list[str]:
    """The sections that differ, in words."""
    found = [f"{name} is new" for name in after if name not in before]
    found += [f"{name} is gone" for name in before if name not in after]
    for name, lines in after.items():
        if name in before and before[name] != lines:
            gone, new = beyond(before[name], lines), beyond(lines, before[name])
            said = [*(f"- {each}" for each in shortened(gone)), *(f"+ {each}" for each in shortened(new))]
            found.append(f"{name} {', '.join(said) or 'in another order'}")
    return found


def beyond(lines: Iterable[str], others: Iterable[str]) -> list[str]:
    known = {*others}
    return [line.strip() for line in lines if line not in known]


def shortened(lines: list[str]) -> list[str]:
    more = len(lines) - LONGEST_LIST
    return lines if more <= 0 else [*lines[:LONGEST_LIST], f"{more} more"]
