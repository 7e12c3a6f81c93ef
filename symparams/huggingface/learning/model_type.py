"""A model type: the classes that are told so far, and its file."""

from __future__ import annotations

import contextlib

import transformers
from transformers.models.auto import configuration_auto

from . import older_defaults
from .builds import build
from .choices import last
from .classes import roles
from .conditions import NULLABLE, holds
from .deriving import Derived, completed
from .divisions import divisions
from .expressions import fields_of, simplified, text
from .layer_lists import WORDS, depth_beside
from .learning import Class
from .refusals import Disagrees, Refused
from .table_files import read_by_others
from .told import Told
from .writing import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from .expressions import Expression
    from .table import Table

UNSIZED = {"model_type", "dtype", "torch_dtype", "use_cache", "architectures", "transformers_version"}
PART = "its part "
NO_RULE = "no rule was found for when"
OLDER = older_defaults.known()


class Type(Told):
    """A model type, learnt class by class."""

    def __init__(self, model_type: str) -> None:
        super().__init__(model_type, configuration_auto.CONFIG_MAPPING[model_type])

    def text(self) -> str | None:
        """The file, or None where no class is told."""
        if not self.tables:
            return None
        NULLABLE.clear()
        NULLABLE.update(field for field, its in self.its.defaults.items() if its is None)
        NULLABLE.update(field for each in self.builds for field, its in each.fields.items() if its is None)
        NULLABLE.update(field for each in self.builds for field, declared in each.reads if not declared)
        used = set().union(*(table.fields() for table in self.tables))
        derived = self.derived(used, self.builds)
        guards = self.guards()
        for each in derived:
            used |= each.needs()
        for guard in guards:
            used |= fields_of(guard)
        free = {name.rstrip(".") for each in self.builds[:1] for name in each.inner}
        own = {field for field in used if not field.startswith(tuple(f"{name}." for name in free) or ("\0",))}
        own |= {field for field in read_by_others(self.model_type) if self.its.defaults.get(field) is not None}
        defaults: dict[str, Any] = {field: self.its.defaults.get(field) for field in own} | {
            name: {"model_type": self.its.sub[name]} for name in free
        }
        for field in own:
            if defaults[field] is None and last(field) in WORDS and self.is_always_given(field):
                defaults[field] = []  # nothing is built without it, and this one is refused
                guards.append(("==", ("len", ("field", field)), ("field", depth_beside(self.its, field))))
        for name in sorted(free):
            if "." not in name:
                where_given, where_not = self.its.own_defaults(name)
                defaults |= {f"{name}.{field}": its for field, its in where_given.items() if field not in UNSIZED}
                defaults[name] |= {field: its for field, its in where_not.items() if field not in UNSIZED}
        aliases = {name: field for name, field in self.its.aliases.items() if field in own}
        for name in [name for name, field in aliases.items() if self.comes_late(name, field, derived)]:
            field = aliases.pop(name)
            defaults[name] = None
            given = ("is", (("none", ("field", name)), False))
            derived.append(Derived(field, [(True, ("field", name))], given))
        counts = self.counts
        proved = f"{counts['traced']} traced, {counts['fresh']} fresh, {counts['pairs']} pairs of fields, {counts['refused']} configs refused by the library"
        older = [
            (field, its, release)
            for field, its, release in OLDER.get(self.model_type, ())
            if field in own and (field != "tie_word_embeddings" or not self.its.sub)
        ]
        classes = [(table, roles(table.name, self.model_type)) for table in self.tables]
        return written(
            self.model_type,
            transformers.__version__,
            proved,
            defaults,
            older,
            aliases,
            derived,
            [text(each) for each in guards],
            classes,
            [name for name in self.its.flat_parts() if name in defaults or any(field.startswith(f"{name}.") for field in defaults)],
        )

    def is_always_given(self, field: str) -> bool:
        """Whether nothing was built without a field: the class does not compute it."""
        return all(self.its.raw(each.given).get(field) is not None for each in self.builds)

    def comes_late(self, name: str, field: str, derived: Sequence[Derived]) -> bool:
        """Whether the config class computes other fields before it takes a field by its other name."""
        start = self.builds[0]
        number = start.fields.get(field)
        others = [
            each.field
            for each in derived
            if field in each.needs() and start.fields.get(each.field) is not None and each.field not in self.extra
        ]
        if type(number) is not int or "." in name or not others:
            return False
        with contextlib.suppress(Exception):
            given = {key: its for key, its in start.given.items() if key not in (name, field)}
            config = self.its.kind(**{**given, name: number + 1})
            return any(
                getattr(config, other) != self.computed_with(derived, {**given, field: number + 1}).get(other) for other in others
            )
        return False

    def computed_with(self, derived: Sequence[Derived], given: Mapping[str, Any]) -> dict[str, Any]:
        return completed(derived, self.its.raw(given))

    def guards(self) -> list[Expression]:
        """What the library refuses configs for: divisions that every legal config leaves no rest in, and an illegal one was refused."""
        sides = divisions(self.builds)
        found = []
        for left, seen in sides.items():
            if seen == {True} and all(self.is_refused(left, number) for number in (3, 5, 7)):
                found.append(("==", left, 0))
        found += self.equalities()
        free = tuple(self.builds[0].inner)  # the files of their own types have their guards
        return sorted((each for each in found if not any(field.startswith(free) for field in fields_of(each))), key=text)

    def equalities(self) -> list[Expression]:
        """Sizes that the config class wants to be equal, ``hidden_size*expand == num_heads*head_dim``: any other is refused."""
        compared: dict[Expression, None] = {}
        for each in self.builds:
            for comparison, _ in each.config_comparisons:
                if comparison[0] in ("==", "!=") and all(isinstance(side, tuple) and fields_of(side) for side in comparison[1:]):
                    compared["==", simplified(comparison[1]), simplified(comparison[2])] = None
        return [
            each
            for each in compared
            if len(fields_of(each)) > 2
            and all(holds(each, build.fields, ()) for build in self.builds)
            and all(self.is_refused_beside(field) for field in sorted(fields_of(each)))
        ]

    def is_refused_beside(self, field: str) -> bool:
        """Whether every class refuses the start with one more of a size."""
        start = self.builds[0]
        number = start.fields.get(field)
        return type(number) is int and not any(
            self.is_built(name, self.its.put(start.given, field, number + 1)) for name in self.names()
        )

    def names(self) -> list[str]:
        return [table.name for table in self.tables]

    def is_built(self, name: str, given: Mapping[str, Any]) -> bool:
        try:
            build(self.its.kind, given, name, tags=False)
        except Exception:  # noqa: BLE001  (a config may be illegal in any way)
            return False
        return True

    def is_refused(self, left: Expression, number: int) -> bool:
        """Whether a config that breaks a guard is refused for every class."""
        start = self.builds[0]
        above = start.fields.get(left[1][1])
        if type(above) is not int or above % number == 0:
            return True
        return not any(self.is_built(name, self.its.put(start.given, left[2][1], number)) for name in self.names())

    def tell(self, name: str) -> None:
        """Learns one class; where it shows that one told before is wrong, that one anew, with the configs that showed it."""
        its = Class(self, name)
        for by_use, flags, tries in ((True, True, 3), (False, True, 1), (True, False, 1)):
            if not by_use and not its.known:
                continue
            for _ in range(tries):
                its = Class(self, name, by_use, flags, self.also.get(name, ()))
                try:
                    self.add(its.learn(), its)
                    return
                except Disagrees as error:
                    told = error.table.name
                    self.also.setdefault(told, []).extend(error.given[:6])
                    self.relearn(told)
                except Refused as error:
                    self.refused[name] = str(error)
                    break
            if PART in self.refused.get(name, ""):
                return
            if self.extra and NO_RULE in self.refused.get(name, ""):
                self.without_stand_ins(name)
                return

    def without_stand_ins(self, name: str) -> None:
        """All classes anew, a field that is not given left None: one rule does not stand for it in all of them."""
        told = [table.name for table in self.tables]
        before = [*self.tables], [*self.builds], {**self.extra}, {**self.refused}
        self.stands = False
        self.extra.clear()
        self.tables.clear()
        self.builds.clear()
        for each in (*told, name):
            self.refused.pop(each, None)
            self.tell(each)
        if not {*told, name} <= {*self.names()}:
            self.tables, self.builds, self.extra, self.refused = before

    def relearn(self, name: str) -> None:
        its = Class(self, name, also=self.also[name])
        with contextlib.suppress(Refused, Disagrees):
            self.add(its.learn(), its)

    def add(self, table: Table, its: Class) -> None:
        self.refused.pop(table.name, None)
        place = next((number for number, each in enumerate(self.tables) if each.name == table.name), len(self.tables))
        self.tables[place : place + 1] = [table]
        for each in self.tables:
            each.uses = [(use, table if other.name == table.name else other) for use, other in each.uses]
        self.builds += its.builds
