"""The table of a class: rows with conditions, the lengths of its blocks, ties; and what it says about a config."""

from __future__ import annotations

from .conditions import fields_in, satisfied
from .expressions import fields_of, value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from .conditions import Condition
    from .expressions import Expression


class Row:
    """Tensors of one name but for the indices of blocks."""

    def __init__(self, name: str, axes: tuple[Expression, ...], condition: Condition, frozen: bool) -> None:
        self.name, self.axes, self.condition, self.frozen = name, axes, condition, frozen
        self.ties: list[tuple[str, tuple[Expression, ...], Condition]] = []


class Derived:
    """What the config class computes for a field under a condition on what was given; of a list, each element."""

    def __init__(self, field: str, expression: Expression, condition: Condition, length: Expression = None) -> None:
        self.field, self.expression, self.condition, self.length = field, expression, condition, length


class Use:
    """All rows of another class under a path, but those that start with ``without``."""

    def __init__(self, what: str, path: str, without: tuple[str, ...] = (), condition: Condition = True) -> None:
        self.what, self.path, self.without, self.condition = what, path, without, condition


class Table:
    """A class of a model type."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[Row] = []
        self.lengths: dict[str, Expression] = {}
        self.uses: list[tuple[Use, Table]] = []

    def expressions(self) -> Iterator[Expression]:
        for row in self.rows:
            yield from row.axes
            yield from fields_in(row.condition)
            for _, _, condition in row.ties:
                yield from fields_in(condition)
            for pattern in blocks_of(row.name):
                yield self.lengths[pattern]
        for use, _ in self.uses:
            yield from fields_in(use.condition)

    def fields(self) -> set[str]:
        found: set[str] = set()
        for each in self.expressions():
            found |= fields_of(each)
        for _, other in self.uses:
            found |= other.fields()
        return found

    def tensors(self, fields: Mapping[str, Any]) -> dict[str, tuple[tuple[int, ...], bool, str | None]]:
        """Name to shape, whether it is trained, and what it is tied to."""
        found: dict[str, tuple[tuple[int, ...], bool, str | None]] = {}
        for use, other in self.uses:
            if satisfied(use.condition, fields):
                for name, (shape, trained, tied) in other.tensors(fields).items():
                    if not starts(name, use.without):
                        found[under(use.path, name)] = (shape, trained, tied and under(use.path, tied))
        for row in self.rows:
            for indices in self.turns(row.name, fields):
                if satisfied(row.condition, fields, indices):
                    name = filled(row.name, indices)
                    if name in found:
                        raise ValueError(f"{name} twice")
                    tied = next(
                        (
                            filled(other, [value(each, fields, indices) for each in where])
                            for other, where, condition in row.ties
                            if satisfied(condition, fields, indices)
                        ),
                        None,
                    )
                    found[name] = (tuple(value(axis, fields, indices) for axis in row.axes), not row.frozen, tied)
        return found

    def turns(self, name: str, fields: Mapping[str, Any]) -> Iterator[tuple[int, ...]]:
        """The indices of the blocks that a row is in."""
        found: list[tuple[int, ...]] = [()]
        for pattern in blocks_of(name):
            found = [
                (*indices, number) for indices in found for number in range(value(self.lengths[pattern], fields, indices) or 0)
            ]
        return iter(found)


def under(path: str, name: str) -> str:
    """A name under a path; ``.`` is no path."""
    return name if path == "." else f"{path}.{name}"


def starts(name: str, beginnings: Sequence[str]) -> bool:
    return any(name == each or name.startswith(each + ".") for each in beginnings)


def blocks_of(name: str) -> list[str]:
    """The patterns of the containers that a pattern has indices of."""
    steps = name.split(".")
    return [".".join(steps[:place]) for place, step in enumerate(steps) if step == "*"]


def filled(name: str, indices: Sequence[int]) -> str:
    """A name with its indices; ``expert_@.*`` is ``expert_3``."""
    left = iter(indices)
    return ".".join(str(next(left)) if step == "*" else step for step in name.split("."))
