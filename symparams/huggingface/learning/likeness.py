"""How builds and rows are alike: names without numbers, and what stands for a field."""

from __future__ import annotations

import re

from .expressions import fields_of, simplified

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .builds import Build
    from .expressions import Expression


def beginning(name: str, there: Sequence[set[str]]) -> str:
    """The shortest start of a name that no tensor that is there has."""
    steps = name.split(".")
    for place in range(1, len(steps)):
        start = ".".join(steps[:place])
        if not any(other == start or other.startswith(start + ".") for its in there for other in its):
            return start
    return name


def row_key(row: Any) -> tuple[str, ...]:
    return (row.name, str(row.axes), str(row.condition), str(row.frozen), str(row.ties))


def names_of(made: Build) -> set[str]:
    """Names without numbers."""
    return {re.sub(r"\d+", "#", name) for name in made.tensors}


def shapes_of(made: Build) -> set[tuple[int, ...]]:
    return {shape for shape, _, _ in made.tensors.values()}


def condition_fields(condition: Any) -> set[str]:
    if condition is True:
        return set()
    if condition[0] == "is":
        return fields_of(condition[1][0])
    return set().union(*(condition_fields(each) for each in condition[1:]))


def stands_for(without: Build, with_it: Build, field: str) -> Expression | None:
    """The expression that stands where a field would, from a build without it and one with it."""
    found: list[Expression] = []

    def agrees(one: Any, other: Any) -> bool:
        if one == other:
            return True
        if other == ("field", field):
            found.append(one)
            return True
        if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other) and one[0] == other[0]:
            return all(agrees(left, right) for left, right in zip(one[1:], other[1:], strict=True))
        return False

    if without.tensors.keys() != with_it.tensors.keys():
        return None
    for name, (_, axes, _) in without.tensors.items():
        others = with_it.tensors[name][1]
        if (axes is None) != (others is None):
            return None
        for one, other in zip(axes or (), others or (), strict=True):
            if not agrees(simplified(one), simplified(other)):
                return None
    return found[0] if found and all(each == found[0] for each in found) else None
