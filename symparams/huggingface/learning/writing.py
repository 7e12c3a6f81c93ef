"""The text of a model type: what the library reads."""

from __future__ import annotations

import json
import re

from .conditions import fields_in, joined, words
from .expressions import parts, text
from .table import blocks_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from .conditions import Condition
    from .deriving import Derived
    from .table import Row, Table


def written(
    model_type: str,
    version: str,
    proved: str,
    defaults: Mapping[str, Any],
    older: Sequence[tuple[str, str, str]],
    aliases: Mapping[str, str],
    derived: Sequence[Derived],
    guards: Sequence[str],
    classes: Sequence[tuple[Table, Sequence[str]]],
    flat: Sequence[str] = (),
) -> str:
    """The file of a type."""
    lines = [f"{model_type}  transformers {version}", f"proved {proved}"]
    lines += [f"alias {name} {field}" for name, field in sorted(aliases.items())]
    lines += [f"default {field} {json.dumps(default)}" for field, default in sorted(defaults.items())]
    lines += [f"default {field} {its} before {release}" for field, its, release in older]
    lines += [f"flat {each}" for each in flat]
    lines += [f"guard {each}" for each in guards]
    lines += [each.words() for each in derived]
    for table, roles in classes:
        lines += ["", " ".join(["class", table.name, *roles]), *class_lines(table)]
    return "\n".join(lines) + "\n"


def class_lines(table: Table) -> Iterator[str]:
    for use, _ in table.uses:
        without = f" | without {', '.join(use.without)}" if use.without else ""
        yield f"use {use.what} at {use.path}{without}{if_text(use.condition)}"
    yield from Lines(table).lines([Left(row, steps_of(row.name), conjunction(row.condition)) for row in table.rows], 0, 0)


class Left:
    """A row with what is left of its name and of its condition inside the blocks that are open."""

    def __init__(self, row: Row, steps: list[str], conditions: list[Condition]) -> None:
        self.row, self.steps, self.conditions = row, steps, conditions


class Lines:
    """The lines of a table: rows of one module together, in the order of the code; a condition that all rows of a module have said once."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def lines(self, rows: Sequence[Left], depth: int, stars: int) -> Iterator[str]:
        for its in grouped(rows):
            start = shared_steps(its)
            if len(its) == 1 and "*" not in its[0].steps:
                yield "  " * depth + self.row_line(its[0])
            elif "*" in start:
                name = start[: start.index("*") + 1]
                pattern = next(each for each in blocks_of(its[0].row.name)[stars : stars + 1])
                common = shared_conditions(its, stars)
                yield "  " * depth + f"{shown('.'.join(name))} | x {text(self.table.lengths[pattern])}{if_text(joined(common))}"
                inside = [
                    Left(each.row, each.steps[len(name) :], [its for its in each.conditions if its not in common]) for each in its
                ]
                yield from self.lines(inside, depth + 1, stars + 1)
            elif start and (common := shared_conditions(its, stars)) and len(its) > 1:
                yield "  " * depth + f"{shown('.'.join(start))}{if_text(joined(common))}"
                inside = [
                    Left(each.row, each.steps[len(start) :], [its for its in each.conditions if its not in common]) for each in its
                ]
                yield from self.lines(inside, depth + 1, stars)
            elif start and all(len(each.steps) > len(start) for each in its):
                inside = [Left(each.row, each.steps[len(start) :], each.conditions) for each in its]
                for line in self.lines(inside, depth, stars):
                    extra = len(line) - len(line.lstrip()) - 2 * depth
                    yield line if extra else "  " * depth + f"{shown('.'.join(start))}." + line.lstrip()
            else:
                for each in its:
                    yield "  " * depth + self.row_line(each)

    def row_line(self, its: Left) -> str:
        row = its.row
        line = f"{shown('.'.join(its.steps))} | {', '.join(text(axis) for axis in row.axes)}{if_text(joined(its.conditions))}"
        for other, where, condition in row.ties:
            line += f" | = {shown(tied_name(other, iter(where)))}" + ("" if condition is True else f" if {words(condition)}")
        return line + (" | frozen" if row.frozen else "")


def steps_of(name: str) -> list[str]:
    """The modules of a name; ``wi_@.0``, which is no block, is ``wi_0``, and the tensors of a list are ``.`` inside a block."""
    steps = re.sub(r"@\.(?=\d)", "", name).split(".")
    return [*steps, "."] if steps[-1] == "*" else steps


def conjunction(condition: Condition) -> list[Condition]:
    """Conditions that are all of them the condition."""
    return [] if condition is True else list(condition[1:]) if condition[0] == "and" else [condition]


def grouped(rows: Sequence[Left]) -> list[list[Left]]:
    """Rows by the first part of their names, in the order of the first of each."""
    groups: dict[str, list[Left]] = {}
    for each in rows:
        groups.setdefault(each.steps[0], []).append(each)
    return list(groups.values())


def shared_steps(rows: Sequence[Left]) -> list[str]:
    """The modules that all rows are in."""
    found: list[str] = []
    for step in zip(*(each.steps[:-1] for each in rows), strict=False):
        if len(set(step)) > 1:
            break
        found.append(step[0])
    return found


def shared_conditions(rows: Sequence[Left], stars: int) -> list[Condition]:
    """What all rows have in their conditions, of the blocks that are open."""
    return [
        its
        for its in rows[0].conditions
        if all(its in each.conditions for each in rows)
        and all(part[1] < stars for atom in fields_in(its) for part in parts(atom) if part[0] == "index")
    ]


def tied_name(other: str, where: Any) -> str:
    steps = []
    for step in other.split("."):  # each * of it is an index of the row's own blocks, in order
        if step == "*":
            index = next(where)
            steps.append("*" if isinstance(index, tuple) else str(index))
        else:
            steps.append(step)
    return ".".join(steps)


def if_text(condition: Condition) -> str:
    return "" if condition is True else f" | if {words(condition)}"


def shown(pattern: str) -> str:
    """``experts.expert_@.*`` is ``experts.expert_*`` in files and in names."""
    return pattern.replace("@.", "")
