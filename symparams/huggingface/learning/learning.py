"""One class: the configs that are built, the table that is folded from them, and the proof on fresh ones."""

from __future__ import annotations

import random
import re
from itertools import combinations

from .builds import KINDLESS, TooSlow, build, limited
from .choices import HIDDEN, NOT_SIZES, SIZES, alternatives, equal_lists, equal_sizes, last, other_lists, random_arguments, shrunk
from .classes import role_of
from .deriving import completed, value_or_none
from .divisions import divided_out, divisions
from .expressions import fields_of
from .folding import Folding, Unfoldable
from .layer_lists import with_layer_lists, with_lists_resized
from .likeness import beginning, names_of, row_key, shapes_of, stands_for
from .parts import Part, path_in, set_now
from .proving import difference
from .refusals import Disagrees, Refused
from .renumbering import starred
from .rivals import told_apart
from .table import Table, Use, starts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from .builds import Build
    from .deriving import Derived
    from .expressions import Expression
    from .told import Told

TYPE_CHECKING = False
CLASS_WORK = 150_000  # tensors, and as many more for each build as one costs without any; not seconds, which no rerun has again
WORK_OF_A_BUILD = 100
FRESH = 10
SWAPS_TEXT = ("qwen2", "gemma2")
SWAPS_VISION = ("siglip_vision_model", "clip_vision_model")
SMALL = {
    "num_hidden_layers": 2,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_attention_heads": 4,
    "image_size": 32,
    "patch_size": 8,
}
MOST_PAIRS = 100
MOST_SINGLE = 150
MOST_FLAGS = 6


class Class:
    """One class of a type."""

    def __init__(
        self,
        of: Told,
        name: str,
        by_use: bool = True,
        flags: bool = True,
        also: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.by_use, self.flags_tagged, self.also = by_use, flags, also
        self.known: tuple[str, ...] = ()
        self.of, self.its, self.name = of, of.its, name
        self.work = 0
        self.builds: list[Build] = []
        self.fresh: list[Build] = []
        self.tried: set[str] = set()
        self.errors: dict[str, int] = {}
        self.chance = random.Random(f"{of.model_type} {name}")
        self.flips: dict[str, list[Any]] = {}

    # ------------------------------------------------------------ building
    def attempt(self, given: Mapping[str, Any], tags: bool = True) -> Build | None:
        key = f"{tags}{sorted(given.items(), key=str)}"
        if key in self.tried:
            return None
        self.tried.add(key)
        self.work += WORK_OF_A_BUILD
        try:
            made = build(self.its.kind, given, self.name, tags, self.flags_tagged)
        except Exception as error:  # noqa: BLE001  (a config may be illegal in any way)
            words = f"{type(error).__name__}: {str(error)[:200]}"
            self.errors[words] = self.errors.get(words, 0) + 1
            self.of.counts["refused"] += 1
            broken_off = getattr(error, "broken_off", None)
            if tags and broken_off is not None and not self.known:
                self.note(broken_off)
            return None
        self.work += len(made.tensors)
        if made.by_name is not None:
            words = f"its layers are those of {made.by_name}, chosen by a name"
            self.errors[words] = self.errors.get(words, 0) + 1
            return None
        if tags:
            self.of.counts["traced"] += 1
        return made

    def traced(self, given: Mapping[str, Any]) -> bool:
        made = self.attempt(given)
        if made is not None:
            if not self.builds:
                self.known = self.told_parts(made) if self.by_use else ()
            self.builds.append(made)
            self.note(made)
        return made is not None

    def note(self, made: Build) -> None:
        """What a build compared, to be tried the other way."""
        for field, values in alternatives(made, self.its, self.known).items():
            new = [
                each
                for each in values
                if not any(each == known and type(each) is type(known) for known in self.flips.get(field, []))
            ]
            if field not in self.flips or not made.tensors or type(new[0] if new else 0) is str:
                self.flips.setdefault(field, []).extend(new)
                self.todo += [(field, each, made.given) for each in new[:4]]

    def told_parts(self, made: Build) -> tuple[str, ...]:
        """Paths of parts whose class is told already: what they compare was tried there."""
        names = {table.name for table in self.of.tables}
        return tuple(path for path, (name, sub) in made.models.items() if (name in names and not sub) or sub in made.inner)

    def learn(self) -> Table:
        self.todo: list[tuple[str, Any, Mapping[str, Any]]] = []
        self.start: dict[str, Any] = shrunk(self.its)
        self.rich: Mapping[str, Any] = self.start
        if not self.flags_tagged:
            self.flips |= {field: [not default] for field, default in self.its.defaults.items() if type(default) is bool}
            self.todo += [(field, its[0], self.start) for field, its in self.flips.items()]
        if not self.traced(self.start):
            self.start = {}
            if not self.traced(self.start) and not self.filled_start():
                raise Refused(f"nothing can be built with its defaults: {self.first_error()}")
            self.rich = self.start
        for name, sub in self.builds[0].models.values():
            if name in self.of.refused and not sub:
                raise Refused(f"its part {name} has no formula")
        self.single()
        for given in [*other_lists(self.builds[0], self.start, self.its), *self.also]:
            self.traced(given)
        for given in [] if self.known else equal_lists(self.builds[0], self.start, self.its):
            if self.traced(given):
                for field, number in equal_sizes(self.builds[-1])[:6]:
                    self.traced(self.its.put(given, field, number))
        self.single()
        self.richer()
        self.traced(self.its.put(self.start, "num_labels", 5))
        self.undeclared()
        self.pairs()
        self.richer()
        self.random(12 if not self.known else 5)
        self.undeclared_beside_others()
        table, derived = self.folded()
        if self.given_outright(derived):
            table, derived = self.folded()
        if told_apart(self.folding, self.its, self.flips, lambda given: not self.late() and self.traced(given)):
            table, derived = self.folded()
        self.draw_fresh()
        for _ in range(4):
            wrong = [(each, its) for each in self.fresh if (its := self.wrong(table, derived, each))]
            if not wrong:
                break
            for each, _ in wrong:
                self.traced(each.given)
                self.fresh.remove(each)
            self.random(2)
            table, derived = self.folded()
            self.draw_fresh()
        else:
            wrong = [(each, its) for each in self.fresh if (its := self.wrong(table, derived, each))]
        for each in self.builds:
            its = self.wrong(table, derived, each)
            if its:
                raise Refused(f"no rules fit every config that was built: {its}")
        if wrong:
            raise Refused(f"the rules that were found are wrong at another config: {wrong[0][1]}")
        if len(self.fresh) < 3:
            raise Refused(f"only {len(self.fresh)} more configs could be built, too few for a proof: {self.first_error()}")
        self.of.counts["fresh"] += len(self.fresh)
        return table

    def first_error(self) -> str:
        """The first refusal of the library in words; a missing library by its name."""
        error = next(iter(self.errors), "")
        missing = re.search(r"requires the (\w+) library", error, re.IGNORECASE)
        return f"it needs {missing[1]}" if missing else error

    def filled_start(self) -> bool:
        """Numbers for fields that are None, or a flag the other way, where the class's own defaults build nothing."""
        given: dict[str, Any] = dict(shrunk(self.its))
        for field, default in self.its.defaults.items():
            kind = self.its.annotations.get(field, "")
            if default is None and "int" in kind and "token" not in field and last(field) not in KINDLESS and "list" not in kind:
                given = self.its.put(given, field, 8)
        flags = [field for field, default in self.its.defaults.items() if type(default) is bool]
        starts = [
            with_layer_lists(self.its, shrunk(self.its)),
            given,
            *(self.its.put(shrunk(self.its), field, not self.its.defaults[field]) for field in flags),
        ]
        for start in starts:
            self.start = start
            if self.traced(start):
                self.todo += [
                    (field, None, start) for field, default in self.its.defaults.items() if default is None and field in start
                ]
                return True
        return False

    def raw(self, each: Build) -> dict[str, Any]:
        """The fields that a build was given; those of sub-configs of free type as their class completes them."""
        found = self.its.raw(each.given)
        for field, its in each.fields.items():
            if field.startswith(tuple(each.inner)):
                found[field] = its
        return found

    def late(self) -> bool:
        return self.work > CLASS_WORK

    def not_given(self) -> dict[str, Build]:
        """The sizes that the class reads and its config does not declare, or leaves None, with the first build that shows it."""
        missed: dict[str, Build] = {}
        for each in self.builds:
            for (field, declared), owners in each.reads.items():
                if (
                    SIZES.search(field)
                    and not NOT_SIZES.search(field)
                    and each.fields.get(field) is None
                    and any(owner is not None for owner in owners)
                ) and (not declared or "int" in self.its.annotations.get(field, "")):
                    missed.setdefault(field, each)
        return dict(sorted(missed.items()))

    def undeclared(self) -> None:
        """Sizes that are not given: what stands for one is its rule."""
        for field, first in self.not_given().items():
            with_it = self.with_a_size(first, field)
            if with_it is None:
                continue
            self.its.defaults.setdefault(field, None)
            rule = stands_for(first, with_it, field)
            if rule is not None and self.of.stands:
                self.of.extra.setdefault(field, rule)

    def undeclared_beside_others(self) -> None:
        """Such sizes given where other tensors are there, too."""
        for field, first in self.not_given().items():
            usual = names_of(first)
            other = next((each for each in self.builds if each.fields.get(field) is None and names_of(each) != usual), None)
            if other is not None and not self.late():
                self.with_a_size(other, field)

    def with_a_size(self, made: Build, field: str) -> Build | None:
        """A build with a number for a field that it has not; where it has to be another size, with that."""
        sizes = [its for name, its in made.fields.items() if last(name) in HIDDEN and type(its) is int]
        for number in dict.fromkeys((64, 32, 8, *sizes)):
            given = self.its.put(made.given, field, number)
            found = self.attempt(given)
            if found is not None:
                self.builds.append(found)
            else:
                found = next((each for each in self.builds if each.given == given), None)
            if found is not None:
                return found
        return None

    def given_outright(self, derived: Sequence[Derived]) -> bool:
        """Values for fields that the config class computes: whether it overrules them is a part of their rule."""
        before = len(self.builds)
        for field in dict.fromkeys(each.field for each in derived):
            numbers = [each.fields.get(field) for each in self.builds[:1]]
            if field in self.of.extra or any(
                self.its.raw(each.given).get(field) not in (None, self.its.defaults.get(field)) for each in self.builds
            ):
                continue
            for number in numbers:
                for other in (
                    [not number]
                    if type(number) is bool
                    else [number * 2, number + 1, 8]
                    if type(number) is int
                    else [number * 2]
                    if type(number) is float
                    else []
                ):
                    self.traced(self.its.put(self.start, field, other))
                    for flag in self.flags_flipped() if number is not None and other == number * 2 else ():
                        self.traced(self.its.put(self.its.put(self.start, *flag), field, other))
        return len(self.builds) > before

    def flags_flipped(self) -> list[tuple[str, bool]]:
        """The flags that were set the other way and change which tensors there are."""
        names = names_of(self.builds[0])
        changing = [build for build in self.builds if names_of(build) != names]
        flips = [(field, its) for field, values in self.flips.items() for its in values if type(its) is bool]
        return [each for each in flips if any(build.given == self.its.put(self.start, *each) for build in changing)][:MOST_FLAGS]

    def single(self) -> None:
        """Each thing that was compared the other way."""
        most = len(self.builds) + MOST_SINGLE
        while self.todo and not self.late() and len(self.builds) < most:
            field, its, start = self.todo.pop(0)
            if start != self.start:
                self.traced(self.its.put(start, field, its))
            self.traced(self.its.put(self.start, field, its))

    def random(self, many: int) -> None:
        tries = 0
        before = len(self.builds)
        while len(self.builds) < before + many and tries < 3 * many and not self.late():
            tries += 1
            self.traced(self.random_given(self.rich if tries % 2 else self.start))

    def random_given(self, start: Mapping[str, Any]) -> dict[str, Any]:
        given = random_arguments(self.its, start, self.chance, self.flips, self.used)
        return with_lists_resized(self.its, given, start)

    @property
    def used(self) -> set[str]:
        found: set[str] = set()
        for _, axes, _ in self.builds[0].tensors.values():
            for axis in axes or ():
                found |= fields_of(axis)
        return found

    def is_optional(self, field: str, each: Any) -> bool:
        """Whether a field is None unless it is given: it may do nothing but where a flag is set."""
        return self.its.defaults.get(field, 0) is None and type(each) in (int, bool, list)

    def richer(self) -> None:
        """Each flip beside what brings the most new tensors: a list in which not all layers are of one kind, or two flags together."""
        usual = {starred(name) for name in self.builds[0].tensors}
        more = {len({starred(name) for name in made.tensors} - usual): made.given for made in reversed(self.builds)}
        if not max(more) or self.rich == more[max(more)]:
            return
        self.rich = more[max(more)]
        self.todo += [(field, each, self.rich) for field, values in self.flips.items() for each in values[:2]]
        self.single()

    def pairs(self) -> None:
        """Every two flips of fields that change which tensors there are, or that were not legal alone."""
        base = self.builds[0]
        names = set(base.tensors)
        optional = {(field, str(each)) for field, values in self.flips.items() for each in values if self.is_optional(field, each)}
        structural: set[tuple[str, str]] = set()
        illegal: set[tuple[str, str]] = set()
        flips: list[tuple[str, Any]] = []
        for field, values in self.flips.items():
            for each in values[:3]:
                if isinstance(each, list) and self.its.defaults.get(field, 0) is not None:
                    continue
                given = self.its.put(self.start, field, each)
                made = next((build for build in self.builds if build.given == given), None)
                if (
                    type(each) is int
                    and each > 4
                    and type(base.fields.get(field)) is int
                    and (made is None or names_of(made) == names_of(base))
                ):
                    continue
                flips.append((field, each))
                if made is None:
                    illegal.add((field, str(each)))
                elif names_of(made) != names_of(base) or (set(made.tensors) == names and shapes_of(made) != shapes_of(base)):
                    structural.add((field, str(each)))

        def worth(one: tuple[str, Any], other: tuple[str, Any]) -> bool:
            keys = {(field, str(each)) for field, each in (one, other)}
            return one[0] != other[0] and bool(
                (keys <= structural | illegal | optional and keys & (structural | illegal)) or keys & illegal
            )

        every = [(one, other) for one, other in combinations(flips, 2) if worth(one, other)]
        every.sort(key=lambda its: sum(type(each) in (bool, type(None)) for _, each in its), reverse=True)
        for (one, left), (other, right) in every[:MOST_PAIRS]:
            for start in [self.start] if self.rich == self.start else [self.start, self.rich]:
                if self.late():
                    return
                if self.traced(self.its.put(self.its.put(start, one, left), other, right)):
                    self.of.counts["pairs"] += 1

    # ------------------------------------------------------------ folding and proof
    def folded(self) -> tuple[Table, list[Derived]]:
        try:
            with limited(120):
                self.fill()
                uses, left_out = self.uses()
                self.folding = Folding(self.name, self.builds, left_out, self.flags_tagged)
                table = self.folding.table
                table.uses = uses
                guards = [left for left, seen in self.divisions().items() if seen == {True}]
                for row in table.rows:
                    row.axes = tuple(divided_out(axis, guards) for axis in row.axes)
                if not uses:
                    self.share(table)
                return table, self.of.derived(table.fields(), self.builds)
        except Unfoldable as error:
            raise Refused(str(error)) from None
        except TooSlow:
            raise Refused("finding its rules took too long") from None

    def divisions(self) -> dict[Expression, set[bool]]:
        return divisions(self.builds)

    def share(self, table: Table) -> None:
        """Rows that a class told before has, too, are that class without some of its parts."""
        own = {row_key(row): row for row in table.rows}
        best: tuple[int, Table, tuple[str, ...]] | None = None
        for other in self.of.tables:
            if other.uses or other.name == self.name:
                continue
            missing = [row for row in other.rows if row_key(row) not in own]
            matched = [row for row in other.rows if row_key(row) in own]
            names = [{row.name for row in matched}]
            without = tuple(sorted({beginning(row.name, names) for row in missing}))
            if any("*" in each or starts(row.name, without) for each in without for row in matched):
                continue
            if len(matched) > 4 and len(without) < 6 and (best is None or len(matched) > best[0]):
                best = len(matched), other, without
        if best is not None:
            _, other, without = best
            told = {row_key(row) for row in other.rows}
            table.rows = [row for row in table.rows if row_key(row) not in told]
            table.uses = [(Use(other.name, ".", without), other)]

    def fill(self) -> None:
        """Fields that stand for an expression where they are not given have its number."""
        for each in self.builds:
            for field, rule in self.of.extra.items():
                if each.fields.get(field) is None:
                    each.fields[field] = value_or_none(rule, each.fields)

    def uses(self) -> tuple[list[tuple[Use, Table]], list[set[str]]]:
        """The classes told already that are a part of this one, and the names of their tensors in each build."""
        found: list[tuple[Use, Any]] = []
        left_out: list[set[str]] = [set() for _ in self.builds]
        if not self.by_use:
            self.free_parts(found, left_out)
            return found, left_out
        known = {table.name: table for table in self.of.tables}
        for path, (name, sub) in self.builds[0].models.items():
            table = known.get(name)
            if table is None or sub or any(path.startswith(use.path + ".") for use, _ in found):
                continue
            if not all(path in each.models for each in self.builds):
                continue
            parts_there = [
                {tensor[len(path) + 1 :] for tensor in each.tensors if tensor.startswith(path + ".")} for each in self.builds
            ]
            said = [self.said(table, each) for each in self.builds]
            if any(its is None for its in said):
                continue
            lacking = {name for its, there in zip(said, parts_there, strict=True) for name in (its or {}) if name not in there}
            lacking -= set().union(*parts_there)
            without = tuple(sorted({beginning(name, parts_there) for name in lacking}))
            wrong = [
                each.given
                for its, there, each in zip(said, parts_there, self.builds, strict=True)
                if any(
                    each.tensors.get(f"{path}.{tensor}", (None,))[0] != shape
                    for tensor, (shape, *_) in (its or {}).items()
                    if not starts(tensor, without)
                )
            ]
            if wrong:
                raise Disagrees(table, wrong)
            found.append((Use(name, path, without), table))
            for place, its in enumerate(said):
                left_out[place] |= {f"{path}.{tensor}" for tensor in its or {} if not starts(tensor, without)}
        self.free_parts(found, left_out)
        return found, left_out

    def free_parts(self, found: list[tuple[Use, Any]], left_out: list[set[str]]) -> None:
        """The parts whose sub-config may be of any type: what the library makes of it alone."""
        for path, (name, sub) in self.builds[0].models.items():
            if (
                sub not in self.builds[0].inner
                or all(path_in(path, out) for out in left_out)
                or any(path == use.path or path.startswith(use.path + ".") for use, _ in found)
            ):
                continue
            if not all(path in each.models for each in self.builds):
                raise Refused(f"no rule was found for when {path} is there")
            kind = self.builds[0].inner[sub][0]
            what = role_of(name, kind, sub.rstrip("."))
            part = Part(sub, what)
            lacking = set()
            for place, each in enumerate(self.builds):
                there = {tensor[len(path) + 1 :] for tensor in each.tensors if tensor.startswith(path + ".")}
                alone = part.alone(each.inner[sub], each.models[path][0])
                if there - alone.keys() or any(alone[tensor][0] != each.tensors[f"{path}.{tensor}"][0] for tensor in there):
                    raise Refused(f"{path} is not what {each.models[path][0]} of {sub.rstrip('.')} is alone")
                lacking |= {(tensor, place) for tensor in alone if tensor not in there}
                left_out[place] |= {f"{path}.{tensor}" for tensor in there}
            theirs = [{tensor[len(path) + 1 :] for tensor in each.tensors if tensor.startswith(path + ".")} for each in self.builds]
            without = tuple(sorted({beginning(tensor, theirs) for tensor, _ in lacking}))
            found.append((Use(what, path, without), part))

    def said(self, table: Table, each: Build) -> dict[str, Any] | None:
        try:
            set_now(table, each)
            return table.tensors(each.fields)
        except (TypeError, KeyError, IndexError, ZeroDivisionError, ValueError):
            return None

    def draw_fresh(self) -> None:
        """Configs never seen, without tags: random ones, the class's own defaults at full depth, sparse ones."""
        wanted: list[Mapping[str, Any]] = []
        if not self.fresh:
            wanted = [
                *([] if self.known else [{}]),
                *(self.its.put({}, field, its[-1]) for field, its in sorted(self.flips.items())[:4]),
                *self.swapped(),
            ]
        for given in wanted:
            made = self.attempt(given, tags=False)
            if made is not None:
                self.fresh.append(made)
        tries = 0
        many = FRESH if not self.known else FRESH // 2
        while len(self.fresh) < many and tries < 4 * many:
            tries += 1
            start = {} if tries % 4 == 0 else self.rich if tries % 2 else self.start
            made = self.attempt(self.random_given(start), tags=False)
            if made is not None:
                self.fresh.append(made)

    def swapped(self) -> list[dict[str, Any]]:
        """Sub-configs of free type as other types and at other sizes, small ones; one by itself, and all at once."""
        found, all_at_once = [], dict(self.start)
        for sub in self.builds[0].inner:
            field = sub.rstrip(".")
            if "." in field:
                continue
            given = {key: its for key, its in self.start.items() if key != field}
            types = SWAPS_VISION if "vision" in field or "encoder" in field or "image" in field else SWAPS_TEXT
            others = [each for each in types if each != self.its.sub[field]]
            found += [{**given, field: {"model_type": each, "num_hidden_layers": 2}} for each in others]
            found += [{**given, field: {"model_type": each, **SMALL}} for each in (self.its.sub[field], *others)]
            all_at_once[field] = {"model_type": others[0], **SMALL}
        return [*found, all_at_once] if found else []

    def wrong(self, table: Table, derived: Sequence[Derived], each: Build) -> str | None:
        try:
            fields = completed(derived, self.raw(each))
            set_now(table, each)
            return difference(table.tensors(fields), each)
        except (TypeError, KeyError, IndexError, ZeroDivisionError, ValueError, StopIteration) as error:
            return f"{type(error).__name__}: {error}"
