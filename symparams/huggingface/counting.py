"""Counts and tensors of a class in numbers: each row is evaluated once for each turn of a loop that matters to it."""

from __future__ import annotations

from math import prod

from .._startup.limits import LAYERS_OF_A_CONFIG
from ..core.frozen import Frozen
from ..errors import SettingError, brief
from .expressions import of_tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from .config import Config
    from .expressions import Expression, Tree
    from .sites import Scope, Site


class Found(Frozen):
    """Tensors of one shape: those of a site at ``indices``, or ``many`` of them where only the first is given."""

    site: Site
    indices: tuple[int, ...]
    shape: tuple[int, ...]
    many: int
    tied_to: str | None
    trainable: bool


class Totals:
    """The four counts of a class."""

    def __init__(self) -> None:
        self.count = self.untied = self.trainable = self.buffers = 0

    def add(self, found: Found) -> None:
        number = found.many * prod(found.shape)
        if found.site.row.buffer:
            self.buffers += number
            return
        self.untied += number
        if found.tied_to is None:
            self.count += number
            if found.trainable:
                self.trainable += number


class Evaluation:
    """Evaluates the sites of one config."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.scopes: dict[Scope, dict[str, Any]] = {}
        self.known: dict[object, list[int]] = {}
        self.turns_left = LAYERS_OF_A_CONFIG

    def totals(self, sites: Sequence[Site]) -> Totals:
        totals = Totals()
        for site in sites:
            for found in self.tensors(site, one_by_one=False):
                totals.add(found)
        return totals

    def fields(self, scope: Scope) -> dict[str, Any]:
        """The fields that the names of a scope mean, to which the indices of the loops are added."""
        found = self.scopes.get(scope)
        if found is None:
            found = self.scopes[scope] = dict(self.config.at(scope.path).fields)
            for name, (expression, outer) in scope.overwritten:
                found[name] = self.value(expression, outer)
        return found

    def value(self, expression: Expression, scope: Scope) -> Any:
        try:
            return expression.value(self.fields(scope))
        except (TypeError, ValueError, IndexError, KeyError, ArithmeticError, MemoryError) as error:
            raise SettingError(f"{self.config.where}: {self.why_not(expression, scope, error)}") from None

    def value_of(self, tree: Tree, scope: Scope) -> Any:
        """The value of a part of an expression."""
        return self.value(of_tree(tree), scope)

    def why_not(self, expression: Expression, scope: Scope, error: Exception) -> str:
        """Why an expression has no value: most often a field that is missing or null."""
        fields = self.fields(scope)
        missing = sorted(name for name in expression.fields_read if fields.get(name) is None)
        if missing and expression.text == missing[0]:
            return f"{missing[0]} is {'null' if missing[0] in fields else 'missing'}, but it has to be a size"
        if missing:
            return f"{missing[0]} is {'null' if missing[0] in fields else 'missing'}, and {expression.text} needs it"
        values = ", ".join(f"{name} is {brief(fields[name])}" for name in sorted(expression.fields_read))
        return f"{expression.text} cannot be computed where {values} ({error})"

    # ------------------------------------------------------------ the tensors of a site
    def tensors(self, site: Site, one_by_one: bool) -> Iterator[Found]:
        """The tensors of a site; equal ones together, unless they are asked for one by one."""
        return self.turn(site, (), 1, one_by_one)

    def turn(self, site: Site, indices: tuple[int, ...], many: int, one_by_one: bool) -> Iterator[Found]:
        level = len(indices)
        if not all(self.value(condition, scope) for condition, scope in site.conditions[level]):
            return
        if level == len(site.loops):
            yield from self.here(site, indices, many)
            return
        loop = site.loops[level]
        copies = self.value(loop.copies, loop.scope)
        if not isinstance(copies, int) or copies < 0:
            raise SettingError(f"{self.config.where}: {loop.copies.text} is {brief(copies)}, but a number of copies is at least 0")
        name = loop.scope.index_of(level)
        if not (one_by_one or site.turns[level]):
            if copies:
                self.enter(site, level, loop.first)
                yield from self.turn(site, (*indices, loop.first), many * copies, one_by_one)
            return
        if not one_by_one and level == len(site.loops) - 1 and not site.changing[level]:
            turns = self.present(site, level, indices, copies)
            if turns:
                self.enter(site, level, turns[0])
                yield from self.here(site, (*indices, turns[0]), many * len(turns))
            return
        self.turns_left -= copies
        if self.turns_left < 0:
            raise SettingError(f"{self.config.where}: {loop.copies.text} is {copies}, which is too many to go through")
        for index in range(loop.first, loop.first + copies):
            self.enter(site, level, index)
            yield from self.turn(site, (*indices, index), many, one_by_one)
        self.fields(loop.scope).pop(name, None)

    def present(self, site: Site, level: int, indices: tuple[int, ...], copies: int) -> list[int]:
        """The turns of the innermost loop in which the conditions of a site hold; many sites share them."""
        key = (site.conditions[level + 1], site.loops[level], level, indices)
        if key not in self.known:
            self.turns_left -= copies
            if self.turns_left < 0:
                raise SettingError(f"{self.config.where}: {site.loops[level].copies.text} is {copies}, too many to go through")
            first = site.loops[level].first
            found = []
            for index in range(first, first + copies):
                self.enter(site, level, index)
                if all(self.value(condition, scope) for condition, scope in site.conditions[level + 1]):
                    found.append(index)
            self.known[key] = found
        return self.known[key]

    def enter(self, site: Site, level: int, index: int) -> None:
        """Tells every scope of a site the index of a loop, by the name that it has there."""
        for scope in site.scopes:
            if 0 <= level - scope.depth < 4:
                self.fields(scope)[scope.index_of(level)] = index

    def here(self, site: Site, indices: tuple[int, ...], many: int) -> Iterator[Found]:
        row, scope = site.row, site.scope
        shape = tuple(self.size(axis, scope) for axis in row.axes)
        tied = next((tie for tie in row.ties if tie.condition is None or self.value(tie.condition, scope)), None)
        frozen = any(condition is None or self.value(condition, scope) for condition in row.frozen)
        tied_to = None if tied is None else with_indices(site.target(tied), indices)
        yield Found(site, indices, shape, many, tied_to, not frozen)

    def size(self, axis: Expression, scope: Scope) -> int:
        size = self.value(axis, scope)
        if type(size) is not int or size < 0:
            if isinstance(size, float) and size.is_integer() and size >= 0:
                return int(size)
            raise SettingError(f"{self.config.where}: {self.no_size(axis, scope, size)}")
        return size

    def no_size(self, axis: Expression, scope: Scope, size: object) -> str:
        if size is None:
            return self.why_not(axis, scope, TypeError())
        return f"{axis.text} is {brief(size)}, but a size is a whole number"


def with_indices(name: str, indices: Sequence[int]) -> str:
    """A name with numbers for its stars, in order."""
    if "*" not in name:
        return name
    for index in indices:
        name = name.replace("*", str(index), 1)
    return name
