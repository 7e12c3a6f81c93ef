"""The rows of a class with everything around them: where its tensors are, how often, and under which conditions.

``use`` is followed into other classes and other types, so a class becomes one flat list of sites. The list depends only on
the types of the sub-configs, and is made once for each.
"""

from __future__ import annotations

from ..core.frozen import Frozen
from ..errors import SettingError, brief, listed, nearest
from .expressions import INDICES
from .table import Block, Guard, Row
from .tables import refusals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from .config import Config
    from .expressions import Expression
    from .table import Item, Table, Tie, Use

    Said: TypeAlias = tuple[Expression, "Scope"]  # an expression, and where its names are to be looked up


class Scope:
    """Where the names of an expression are looked up: the (sub-)config at ``path``, with some fields overwritten.

    The block indices of a class begin with ``i`` at its own outermost block, which is the ``depth``-th around the site.
    """

    __slots__ = ("depth", "overwritten", "path")

    def __init__(self, path: str, depth: int, overwritten: tuple[tuple[str, Said], ...] = ()) -> None:
        self.path, self.depth, self.overwritten = path, depth, overwritten

    def index_of(self, level: int) -> str:
        """The name, in this scope, of the index of a block."""
        return INDICES[level - self.depth]


class Loop:
    """A block around a site: how often it is repeated, from which index on, and where that is said."""

    __slots__ = ("copies", "first", "per", "scope")

    def __init__(self, copies: Expression, first: int, scope: Scope, per: str) -> None:
        self.copies, self.first, self.scope, self.per = copies, first, scope, per


class Site(Frozen):
    """One row in its place. ``turns`` tells for each loop whether anything inside depends on its index.

    ``conditions`` has, for each number of indices from none on, the conditions that can be asked once these are known.
    """

    name: str
    row: Row
    scope: Scope
    conditions: tuple[tuple[Said, ...], ...]
    loops: tuple[Loop, ...]
    turns: tuple[bool, ...]
    root: str  # the path of its class, from which the targets of its ties are named
    changing: tuple[bool, ...]  # for each loop, whether more than the presence depends on its index
    scopes: tuple[Scope, ...]  # all in which its expressions are looked up

    def target(self, tie: Tie) -> str:
        return f"{self.root}.{tie.to}" if self.root else tie.to


class GuardSite(Frozen):
    """A guard of a class in its place, and the conditions under which the class is there."""

    guard: Expression
    scope: Scope
    conditions: tuple[Said, ...]


def sites_of(config: Config, class_name: str) -> list[Site]:
    """The sites of a class, in the order of its tensors."""
    return listing(config, class_name)[0]


def guards_of(config: Config, class_name: str) -> list[GuardSite]:
    """What a config has to fulfil for a class, beyond what its type asks for."""
    return listing(config, class_name)[1]


def listing(config: Config, class_name: str) -> tuple[list[Site], list[GuardSite]]:
    """The sites and the guards of a class, and of the classes that it uses."""
    table = config.table
    key = (class_name, types_below(config))
    if key not in table.sites:
        made = Listing(config)
        table.sites[key] = list(made.of_class(table, class_name, Scope("", 0), "", (), ())), made.guards
    found: tuple[list[Site], list[GuardSite]] = table.sites[key]
    return found


def types_below(config: Config) -> tuple[object, ...]:
    """The types of the sub-configs, which decide the rows of a class."""
    return tuple((name, sub.table.model_type, types_below(sub)) for name, sub in config.subs.items())


class Listing:
    """Lists the sites of the classes of one config."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.guards: list[GuardSite] = []

    def of_class(
        self, table: Table, class_name: str, scope: Scope, root: str, loops: tuple[Loop, ...], conditions: tuple[Said, ...]
    ) -> Iterator[Site]:
        yield from self.level(table, table.rows(class_name), scope, root, root, loops, conditions)

    def level(
        self,
        table: Table,
        items: Sequence[Item],
        scope: Scope,
        root: str,
        path: str,
        loops: tuple[Loop, ...],
        conditions: tuple[Said, ...],
    ) -> Iterator[Site]:
        for item in items:
            here = (*conditions, (item.condition, scope)) if item.condition is not None else conditions
            if isinstance(item, Row):
                yield site(joined(path, item.name), item, scope, here, loops, root)
            elif isinstance(item, Guard):
                self.guards.append(GuardSite(item.condition, scope, conditions))
            elif isinstance(item, Block):
                around = loops
                if item.copies is not None:
                    around = (*loops, Loop(item.copies, item.first, scope, per_of(item.name)))
                yield from self.level(table, item.inside, scope, root, joined(path, item.name), around, here)
            else:
                yield from self.used(table, item, scope, joined(path, item.path), loops, here)

    def used(
        self, table: Table, use: Use, scope: Scope, path: str, loops: tuple[Loop, ...], conditions: tuple[Said, ...]
    ) -> Iterator[Site]:
        inner = Scope(scope.path, len(loops), scope.overwritten)
        if use.field in table.roles:  # a class whose name begins with a small letter
            yield from self.kept(use, self.of_class(table, use.field, inner, path, loops, conditions), path)
            return
        if use.field:
            where = f"{scope.path}{use.field}"
            sub = self.config.at(f"{where}.") if self.has(where) else None
            if sub is None and use.field in table.optional:
                return
            if sub is None:
                raise SettingError(f"{self.config.where}: {where} is missing, and its type is not known")
            if sub.missing:
                raise SettingError(sub.missing)
            table = sub.table
            inner = Scope(f"{where}.", len(loops), tuple((name, (value, scope)) for name, value in use.overwritten))
        name = use.class_name or table.class_of_role(use.role)
        if name is None or name not in table.roles:
            wanted = name or f"{use.role} class"
            raise SettingError(f"{table.called} has no {wanted}, which {path or 'the model'} is made of here")
        yield from self.kept(use, self.of_class(table, name, inner, path, loops, conditions), path)

    def kept(self, use: Use, sites: Iterable[Site], path: str) -> Iterator[Site]:
        """The sites of a class without those that are left out where it is used."""
        for site in sites:
            own = site.name[len(path) + 1 :] if path else site.name
            if not any(own == left_out or own.startswith(f"{left_out}.") for left_out in use.without):
                yield site

    def has(self, path: str) -> bool:
        here = self.config
        for name in path.split("."):
            if name not in here.subs:
                return False
            here = here.subs[name]
        return True


def site(name: str, row: Row, scope: Scope, conditions: tuple[Said, ...], loops: tuple[Loop, ...], root: str) -> Site:
    """A site, with the loops on whose index something inside depends."""
    said = [(axis, scope) for axis in row.axes]
    said += [(tie.condition, scope) for tie in row.ties if tie.condition is not None]
    said += [(condition, scope) for condition in row.frozen if condition is not None]
    said += [(loop.copies, loop.scope) for loop in loops]
    changing = levels_used(said, len(loops))
    turns = levels_used([*said, *conditions], len(loops))
    asked: list[list[Said]] = [[] for _ in range(len(loops) + 1)]
    for condition, its in conditions:
        asked[max((its.depth + INDICES.index(index) + 1 for index in condition.indices), default=0)].append((condition, its))
    scopes = dict.fromkeys((scope, *(loop.scope for loop in loops), *(its for _, its in conditions)))
    return Site(name, row, scope, tuple(map(tuple, asked)), loops, turns, root, changing, tuple(scopes))


def levels_used(said: Iterable[Said], levels: int) -> tuple[bool, ...]:
    """For each loop, whether an expression has its index."""
    used = {scope.depth + INDICES.index(index) for expression, scope in said for index in expression.indices}
    return tuple(level in used for level in range(levels))


def joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name


def per_of(name: str) -> str:
    """What the copies of a block are called: those of ``encoder.layers.*`` are layers, and of ``lstm.weight_ih_l*``, too."""
    step = name.partition("*")[0].rstrip("._").rpartition(".")[2]
    return step if step.isidentifier() and not step.endswith("_l") else "layers"


def class_named(table: Table, architecture: str | None, config_says: object) -> tuple[str, str]:
    """The class that is meant, and what was assumed where nothing says it.

    Raises :class:`SettingError` for a class that the type does not have.
    """
    if architecture is not None:
        return checked_class(table, architecture), ""
    if isinstance(config_says, list | tuple) and config_says:
        return checked_class(table, config_says[0]), ""
    name = usual_class(table)
    return name, f"the config names no class, so it is read as {name}"


def checked_class(table: Table, name: object) -> str:
    if not isinstance(name, str) or name not in table.roles:
        near = nearest(name, table.roles)
        why = refusals().get(f"{table.model_type} {name}") if isinstance(name, str) else None
        if why:
            raise SettingError(
                f"the class {name} of {table.model_type} has no formula yet: {why}; those that have one are {listed(table.roles)}"
            )
        raise SettingError(f"{table.called} has no class {brief(name)}{near}; it has {listed(table.roles)}")
    return name


def usual_class(table: Table) -> str:
    """The class that is meant by a type alone: the one that writes text, unless the type was made to fill in masks; else the base."""
    names = [*table.roles]
    if not any(name.endswith("ForMaskedLM") for name in names):
        for ending in ("ForConditionalGeneration", "ForCausalLM", "LMHeadModel"):
            for name in names:
                if name.endswith(ending):
                    return name
    return table.class_of_role("base") or names[0]
