"""Builds of one class, folded into its table."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import product

from .conditions import holds, joined, rivals, shortest
from .expressions import fields_of, parts, replaced, simplified, text, value
from .fitting import fitted
from .renumbering import together
from .table import Row, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import Any, TypeAlias

    from .builds import Build
    from .conditions import Condition
    from .expressions import Expression

    Key: TypeAlias = tuple[int, tuple[int, ...]]  # a build, and the indices of a tensor in it
    Doubt: TypeAlias = tuple[str, Expression, Expression]

LAYER_WORDS = ("layer", "depth", "block", "expert", "stage", "num_")


class Unfoldable(Exception):
    """Why builds do not fold."""


class Instance:
    """A tensor of one build, with the indices in its name."""

    __slots__ = ("axes", "build", "fields", "indices", "name", "shape", "trained")

    def __init__(self, build: int, fields: dict[str, Any], indices: tuple[int, ...], name: str, tensor: Any) -> None:
        self.build, self.fields, self.indices, self.name = build, fields, indices, name
        self.shape, self.axes, self.trained = tensor


class Folding:
    """``under`` are paths that other tables tell: their tensors are left out."""

    def __init__(self, name: str, builds: Sequence[Build], left_out: Sequence[set[str]] | None = None, flags: bool = True) -> None:
        self.builds, self.flags_tagged = builds, flags
        self.left_out = left_out or [set()] * len(builds)
        self.table = Table(name)
        together(builds)
        self.indexed: dict[str, Expression] = {}
        self.numbers: dict[str, tuple[str, tuple[int, ...]]] = {}
        self.atoms_of: dict[str, list[Expression]] = {}
        self.there: dict[str, dict[Key, None]] = defaultdict(dict)
        self.conditions: dict[str, Condition] = {}
        self.masks: dict[tuple[str, int], dict[Expression, int]] = {}
        self.doubts: dict[Doubt, Key] = {}  # where two comparisons say the same, and one example
        self.containers()
        self.presence()
        self.comparisons()
        self.rows()

    # ------------------------------------------------------------ which numbers of a name are indices
    def pattern(self, path: str) -> tuple[str, tuple[int, ...]]:
        """The path with ``*`` for indices, and the indices."""
        found = self.numbers.get(path)
        if found is None:
            above, _, last = path.rpartition(".")
            start, indices = self.pattern(above) if above else ("", ())
            if last.isdigit() and start in self.indexed:
                found = (f"{start}.*" if start else "*"), (*indices, int(last))
            else:
                found = (f"{start}.{last}" if start else last), indices
            self.numbers[path] = found
        return found

    def containers(self) -> None:
        """Finds the length of each container, those outside first; one that has none has literal numbers."""
        by_depth: dict[int, dict[str, None]] = defaultdict(dict)
        for build in self.builds:
            for path in build.lengths:
                by_depth[path.count(".")][path] = None
        for depth in sorted(by_depth):
            self.numbers.clear()
            seen: dict[str, list[tuple[int, tuple[int, ...], int, str]]] = defaultdict(list)
            for number, build in enumerate(self.builds):
                for path in by_depth[depth]:
                    if path in build.lengths and any(name.startswith(path + ".") for name in build.tensors):
                        pattern, indices = self.pattern(path)
                        seen[pattern].append((number, indices, build.lengths[path], path))
            for pattern, its in seen.items():
                length = self.length(pattern, its)
                if length is not None:
                    self.indexed[pattern] = length
            self.numbers.clear()

    def length(self, pattern: str, seen: Sequence[tuple[int, tuple[int, ...], int, str]]) -> Expression:
        """The first expression that gives the length in every build, and that is not the same in all."""
        several = len({length for _, _, length, _ in seen}) > 1
        if not several and not self.are_alike([(number, path) for number, _, _, path in seen]):
            return None
        for candidate in self.lengths_near(pattern) if several else self.loops_near(pattern)[0]:
            for expression in at_indices(candidate, pattern.count("*")):
                if all(self.gives(expression, number, indices, length) for number, indices, length, _ in seen):
                    return simplified(expression)
        return self.length_by_cases(pattern, seen) if several else None

    def length_by_cases(self, pattern: str, seen: Sequence[tuple[int, tuple[int, ...], int, str]]) -> Expression:
        """A length where a comparison of the code comes out true, and another where it does not."""
        for atom in self.comparisons_near(pattern):
            sides: dict[bool, list[tuple[int, tuple[int, ...], int, str]]] = {True: [], False: []}
            for each in seen:
                sides[holds(atom, self.builds[each[0]].fields, each[1])].append(each)
            if min(len(its) for its in sides.values()) > 1:
                yes, no = (self.length_of_case(pattern, sides[side]) for side in (True, False))
                if yes is not None and no is not None:
                    return ("if", atom, yes, no)
        return None

    def length_of_case(self, pattern: str, seen: Sequence[tuple[int, tuple[int, ...], int, str]]) -> Expression:
        """What a loop near a container runs over in these builds, or the one length that all have."""
        lengths = {length for _, _, length, _ in seen}
        if len(lengths) == 1:
            return lengths.pop()
        for candidate in self.loops_near(pattern)[0]:
            for expression in at_indices(candidate, pattern.count("*")):
                if all(self.gives(expression, number, indices, length) for number, indices, length, _ in seen):
                    return simplified(expression)
        return None

    def comparisons_near(self, pattern: str) -> list[Expression]:
        """What the module that a container is in asked of fields."""
        above = (pattern.rpartition(".")[0], pattern)
        found = {
            simplified(comparison): None
            for build in self.builds
            for comparison, _, owner in build.comparisons
            if owner is not None and self.pattern(owner)[0] in above
        }
        return [atom for atom in found if isinstance(atom, tuple) and fields_of(atom)]

    def gives(self, expression: Expression, number: int, indices: tuple[int, ...], expected: object) -> bool:
        try:
            its = value(expression, self.builds[number].fields, indices)
            return type(its) is int and bool(its == expected)
        except (TypeError, IndexError, KeyError, ZeroDivisionError):
            return False

    def are_alike(self, seen: Sequence[tuple[int, str]]) -> bool:
        """Whether all elements of a container are of one class: one for each turn of a loop, if the code has one."""
        for number, path in seen:
            build = self.builds[number]
            kinds = {build.modules.get(f"{path}.{place}") for place in range(build.lengths[path])}
            if len(kinds) != 1 or None in kinds or build.lengths[path] < 2:
                return False
        return True

    def loops_near(self, pattern: str) -> tuple[dict[Expression, None], dict[Expression, None]]:
        """Lengths of the loops of the module that a container is in, and of others."""
        near: dict[Expression, None] = {}
        far: dict[Expression, None] = {}
        for build in self.builds:
            for length, _, owner in build.loops:
                if owner is not None and isinstance(length, tuple):
                    (near if self.pattern(owner)[0] in (pattern.rpartition(".")[0], pattern) else far)[length] = None
        return near, far

    def lengths_near(self, pattern: str) -> Iterator[Expression]:
        """Lengths of loops of the module that the container is in, then of others; then fields, elements of lists, and one off."""
        near, far = self.loops_near(pattern)
        lists = [name for name, its in self.builds[0].fields.items() if isinstance(its, list)]
        names = sorted(
            {name for build in self.builds[:1] for name, its in build.fields.items() if type(its) is int},
            key=lambda name: (not any(word in name for word in LAYER_WORDS), len(name)),
        )
        elements = [("at", ("field", name), ("index", place)) for name in lists for place in range(pattern.count("*"))]
        yield from near
        yield from elements
        yield from far
        yield from (("len", ("field", name)) for name in lists)
        yield from (("field", name) for name in names)
        for each in [*near, *(("len", ("field", name)) for name in lists), *(("field", name) for name in names), *elements]:
            for number in (1, -1, 2, -2):
                yield simplified(("+", each, number))
            yield ("*", 2, each)
            yield ("//", each, 2)

    # ------------------------------------------------------------ what is there
    def presence(self) -> None:
        for number, build in enumerate(self.builds):
            left_out = self.left_out[number]
            for path in build.modules:
                pattern, indices = self.pattern(path)
                self.there[pattern][number, indices] = None
            for path in build.tensors:
                if path not in left_out:
                    pattern, indices = self.pattern(path)
                    self.there[pattern][number, indices] = None

    def comparisons(self) -> None:
        """The comparisons by the pattern of the module whose constructor made them, in the order of the code."""
        by_owner: dict[str, dict[Expression, None]] = defaultdict(dict)
        for build in self.builds:
            for comparison, _, owner in build.comparisons:
                if owner is not None:
                    by_owner[self.pattern(owner)[0] if owner else ""][comparison] = None
            for (field, _), owners in build.reads.items():
                for owner in owners:
                    if owner is not None:
                        by_owner[self.pattern(owner)[0] if owner else ""][("none", ("field", field))] = None
        given: dict[str, set[str]] = defaultdict(set)
        for build in self.builds:
            for field, its in build.fields.items():
                if type(its) is str:
                    given[field].add(its)
        self.texts: list[Expression] = []
        for field, its in sorted(given.items()):
            if any(build.fields.get(field) is None for build in self.builds):
                self.texts += [("in", each, ("field", field)) for each in sorted(its)]
            if 1 < len(its) < 6:
                self.texts += [("==", ("field", field), each) for each in sorted(its)]
        self.by_owner = {owner: list(its) for owner, its in by_owner.items()}

    def presence_atoms(self, pattern: str) -> list[Expression]:
        """Those that may say whether a tensor is there: that embeddings are tied says nothing of it."""
        return [atom for atom in self.atoms(pattern) if not any(name.endswith("tie_word_embeddings") for name in fields_of(atom))]

    def atoms(self, pattern: str) -> list[Expression]:
        """Comparisons of the modules around a tensor, the nearest first, with the indices of the blocks that it is in."""
        if pattern not in self.atoms_of:
            steps = pattern.split(".")
            count = pattern.count("*")
            found: dict[Expression, None] = {}
            for place in range(len(steps), -1, -1):
                for comparison in self.by_owner.get(".".join(steps[:place]), ()):
                    for atom in at_indices(comparison, count):
                        its = simplified(atom)
                        if isinstance(its, tuple) and (fields_of(its) or any(part[0] == "index" for part in parts(its))):
                            found[its] = None
            for place in range(count):
                found["==", ("index", place), 0] = None
            found |= dict.fromkeys(self.texts)
            if not self.flags_tagged:
                found |= {("truth", ("field", name)): None for name, its in self.builds[0].fields.items() if type(its) is bool}
            self.atoms_of[pattern] = list(found)
        return self.atoms_of[pattern]

    def example(self, key: Key) -> tuple[dict[str, Any], tuple[int, ...]]:
        return self.builds[key[0]].fields, key[1]

    def condition(self, pattern: str) -> Condition:
        """When what is at a pattern is there: that of each module around it, and its own within the module."""
        if pattern in self.conditions:
            return self.conditions[pattern]
        above, _, last = pattern.rpartition(".")
        outer = self.condition(above) if above else True
        if last == "*" and above in self.indexed:
            own: Condition = self.elements(pattern, above)
        elif above:
            own = self.own_condition(pattern, list(self.there[above]))
        else:
            own = self.own_condition(pattern, [(number, ()) for number in range(len(self.builds))])
        self.conditions[pattern] = joined([outer, own])
        return self.conditions[pattern]

    def elements(self, pattern: str, above: str) -> Condition:
        keys = [
            (number, (*indices, turn))
            for number, indices in self.there[above]
            for turn in range(value(self.indexed[above], self.builds[number].fields, indices))
        ]
        return self.own_condition(pattern, keys)

    def own_condition(self, pattern: str, around: Sequence[Key]) -> Condition:
        there = self.there[pattern]
        above = pattern if pattern.endswith(".*") else pattern.rpartition(".")[0]
        masks = self.masks.setdefault((above, len(around)), {})
        found = self.shortest_here(pattern, self.presence_atoms(pattern), around, there, masks)
        if found is None:
            raise Unfoldable(f"no rule was found for when {pattern} is there")
        return found

    def shortest_here(
        self, pattern: str, atoms: Sequence[Expression], around: Sequence[Key], there: Collection[Key], masks: dict[Expression, int]
    ) -> Condition | None:
        """The shortest condition that tells some instances from those around, and where another comparison would do as well."""
        found = shortest(atoms, [self.example(key) for key in around], [key in there for key in around], masks)
        if found is not None:
            for one, other, place in rivals(found, masks, (1 << len(around)) - 1):
                self.doubts.setdefault((pattern.rpartition(".")[0], one, other), around[place])
        return found

    # ------------------------------------------------------------ rows
    def rows(self) -> None:
        instances: dict[str, list[Instance]] = defaultdict(list)
        for number, build in enumerate(self.builds):
            for name, tensor in build.tensors.items():
                if name not in self.left_out[number]:
                    pattern, indices = self.pattern(name)
                    instances[pattern].append(Instance(number, build.fields, indices, name, tensor))
        self.pool = pool_of(instances)
        for pattern in in_order(instances):
            for row in self.rows_of(pattern, instances[pattern]):
                self.table.rows.append(row)
                for block in {above for above in self.indexed if row.name.startswith(above + ".*")}:
                    self.table.lengths[block] = self.indexed[block]
            if not pattern.count("*") and "*" in self.indexed:
                raise Unfoldable("its layers are in a list without a name")

    def rows_of(self, pattern: str, instances: Sequence[Instance]) -> list[Row]:
        presence = self.condition(pattern)
        spelled = self.grouped(pattern, instances)
        try:
            return self.rows_for(pattern, instances, presence, self.same_spelled(spelled, instances))
        except Unfoldable:
            return self.rows_for(pattern, instances, presence, self.merged(spelled, instances))

    def same_spelled(self, groups: Any, instances: Sequence[Instance]) -> Any:
        """Expressions that are the same at any numbers are one: those that only agree at the configs built may differ at others."""
        kept: dict[Any, list[Instance]] = {}
        for key in sorted(
            groups, key=lambda key: (not all(self.is_right(key[0], each) for each in instances), -len(groups[key]), str(key))
        ):
            for other in kept:
                if other[1] == key[1] and len(other[0]) == len(key[0]) and all(map(identical, other[0], key[0])):
                    kept[other] += groups[key]
                    break
            else:
                kept[key] = list(groups[key])
        return kept

    def rows_for(self, pattern: str, instances: Sequence[Instance], presence: Condition, groups: Any) -> list[Row]:
        found = []
        for (axes, trained), its in groups.items():
            within: Condition = True
            if len(groups) > 1:
                keys = {(each.build, each.indices) for each in its}
                around = [(each.build, each.indices) for each in instances]
                for atoms in (self.presence_atoms(pattern), self.atoms(pattern)):
                    within = self.shortest_here(pattern, atoms, around, keys, {})
                    if within is not None:
                        break
                if within is None:
                    raise Unfoldable(f"no rule was found for when {pattern} has the axes {', '.join(text(axis) for axis in axes)}")
            row = Row(pattern, axes, joined([presence, within]), not trained)
            row.ties = self.ties_of(pattern, its)
            found.append(row)
        return found

    def grouped(self, pattern: str, instances: Sequence[Instance]) -> dict[tuple[tuple[Expression, ...], bool], list[Instance]]:
        """Instances by the expressions of their axes, with the indices of blocks in them; axes that lost their tag are fitted."""
        spelled = self.spelled(instances, pattern.count("*"))
        dims = {len(each.shape) for each in instances}
        lost = {
            axis
            for axis in range(max(dims))
            if len(
                {
                    each.shape[axis]
                    for each, its in zip(instances, spelled, strict=True)
                    if axis < len(its) and not isinstance(its[axis], tuple)
                }
            )
            > 1
        }
        rules: dict[int, Expression] = {}
        for axis in lost:
            seen = [(each.fields, each.indices, each.shape[axis]) for each in instances if axis < len(each.shape)]
            untagged = [
                (each.fields, each.indices, each.shape[axis])
                for each, its in zip(instances, spelled, strict=True)
                if axis < len(its) and not isinstance(its[axis], tuple)
            ]
            rules[axis] = fitted(seen, self.pool, pattern.count("*")) or fitted(untagged, self.pool, pattern.count("*"))
        groups: dict[tuple[tuple[Expression, ...], bool], list[Instance]] = defaultdict(list)
        for each, its in zip(instances, spelled, strict=True):
            axes = tuple(
                rules[axis] if rules.get(axis) is not None and not isinstance(expression, tuple) else expression
                for axis, expression in enumerate(its)
            )
            groups[axes, each.trained].append(each)
        if len(groups) > 12:
            raise Unfoldable(f"no rule was found for the sizes of {pattern}")
        return groups

    def spelled(self, instances: Sequence[Instance], count: int) -> list[tuple[Expression, ...]]:
        """The axes of each with indices for the turns of loops, where one index always is the turn but for a constant."""
        raw = [tuple(numbered(axis) for axis in each.axes) if each.axes is not None else each.shape for each in instances]
        turns: dict[str, list[tuple[Instance, int]]] = defaultdict(list)
        for each, axes in zip(instances, raw, strict=True):
            for axis in axes:
                for part in parts(axis):
                    if part[0] == "turn":
                        turns[part[1]].append((each, part[2]))
        places: dict[str, tuple[int, bool]] = {}
        for place, seen in turns.items():
            for index in range(count):
                offsets = {turn - each.indices[index] for each, turn in seen}
                moves = len({each.indices[index] for each, _ in seen}) > 1
                if len(offsets) == 1 and (moves or not place.startswith("literal")):
                    places[place] = index, True
                    break
                if len(offsets) == 2 and offsets <= {0, 1, -1} and moves and place not in places:
                    places[place] = index, False

        def spell(each: Instance, axes: tuple[Expression, ...]) -> tuple[Expression, ...]:
            def rule(part: tuple[Any, ...]) -> Expression:
                if part[0] != "turn":
                    return None
                if part[1] not in places:
                    return part[2] if part[2] else ("+", 0, 0)
                index = places[part[1]][0]
                offset = part[2] - each.indices[index]
                return ("index", index) if not offset else ("+" if offset > 0 else "-", ("index", index), abs(offset))

            return tuple(simplified(replaced(axis, rule)) for axis in axes)

        return [spell(each, axes) for each, axes in zip(instances, raw, strict=True)]

    def merged(self, groups: Any, instances: Sequence[Instance]) -> Any:
        """Expressions that agree with the instances of others are one, the commonest kept."""
        kept: dict[Any, list[Instance]] = {}
        for key in sorted(
            groups, key=lambda key: (not all(self.is_right(key[0], each) for each in instances), -len(groups[key]), str(key))
        ):
            for other in kept:
                if other[1] == key[1] and all(self.is_right(other[0], each) for each in groups[key]):
                    kept[other] += groups[key]
                    break
            else:
                kept[key] = list(groups[key])
        return kept

    def is_right(self, axes: tuple[Expression, ...], each: Instance) -> bool:
        try:
            return bool(tuple(value(axis, each.fields, each.indices) for axis in axes) == each.shape)
        except (TypeError, IndexError, KeyError, ZeroDivisionError):
            return False

    # ------------------------------------------------------------ ties
    def ties_of(self, pattern: str, instances: Sequence[Instance]) -> list[tuple[str, tuple[Expression, ...], Condition]]:
        targets: dict[str, list[tuple[Instance, tuple[int, ...]]]] = defaultdict(list)
        for each in instances:
            other = self.builds[each.build].ties.get(each.name)
            if other is not None:
                name, indices = self.pattern(other)
                targets[name].append((each, indices))
        found = []
        for name, seen in targets.items():
            for where, its in tied_indices(name, seen):
                keys = {(each.build, each.indices) for each in its}
                around = [(each.build, each.indices) for each in instances]
                condition = self.shortest_here(pattern, self.atoms(pattern), around, keys, {})
                if condition is None:
                    raise Unfoldable(f"no rule was found for when {pattern} is tied to {name}")
                found.append((name, where, condition))
        return found


def tied_indices(name: str, seen: Any) -> Iterator[tuple[tuple[Expression, ...], list[Instance]]]:
    """How the indices of the tensor that others are tied to follow from theirs."""
    count = name.count("*")
    where: list[Expression] = []
    for place in range(count):
        own = len(seen[0][0].indices)
        numbers = {indices[place] for _, indices in seen}
        same = next((index for index in range(own) if all(each.indices[index] == indices[place] for each, indices in seen)), None)
        if len(numbers) == 1:
            where.append(numbers.pop())
        elif same == len([each for each in where if isinstance(each, tuple)]):
            where.append(("index", same))
        else:
            raise Unfoldable(f"no rule was found for which {name} is tied to another tensor")
    yield tuple(where), [each for each, _ in seen]


def identical(one: Expression, other: Expression) -> bool:
    """Whether two expressions give the same at random numbers for their fields."""
    if one == other:
        return True
    chance = random.Random(0)
    names = sorted(fields_of(one) | fields_of(other))
    lists = {part[1][1] for each in (one, other) for part in parts(each) if part[0] in ("at", "len") and part[1][0] == "field"}
    for _ in range(12):
        fields = {name: [chance.randint(1, 400) for _ in range(9)] if name in lists else chance.randint(1, 5000) for name in names}
        try:
            if value(one, fields, (1, 1, 1, 1)) != value(other, fields, (1, 1, 1, 1)):
                return False
        except (TypeError, IndexError, KeyError, ZeroDivisionError, OverflowError):
            return False
    return bool(names)


def numbered(axis: Expression) -> Expression:
    """An element of a list at a plain number may be of a loop over it."""

    def rule(part: tuple[Any, ...]) -> Expression:
        if part[0] == "at" and type(part[2]) is int and part[2] >= 0:
            return ("at", replaced(part[1], rule), ("turn", f"literal {part[1]}", part[2]))
        return None

    return replaced(axis, rule)


def at_indices(expression: Expression, count: int) -> Iterator[Expression]:
    """The expression with indices of blocks for the turns of loops in it, in every way; without blocks, as it is."""
    loops = list(dict.fromkeys(part[1] for part in parts(expression) if part[0] == "turn"))
    if not loops or not count:
        yield expression
        return
    for places in product(range(count), repeat=len(loops)):
        where = dict(zip(loops, places, strict=True))
        yield replaced(expression, lambda part: ("index", where[part[1]]) if part[0] == "turn" else None)  # noqa: B023


def pool_of(instances: dict[str, list[Instance]]) -> list[Expression]:
    """The expressions of all axes, the commonest first, then the fields."""
    counts: dict[Expression, int] = defaultdict(int)
    for its in instances.values():
        for each in its:
            for axis in each.axes or ():
                if isinstance(axis, tuple) and not any(part[0] == "turn" for part in parts(axis)):
                    counts[simplified(axis)] += 1
    first = next(iter(instances.values()))[0] if instances else None
    for name, its in (first.fields if first else {}).items():
        if type(its) in (int, float) and its > 0:
            counts.setdefault(("field", name), 0)
    return sorted(counts, key=lambda axis: (-counts[axis], len(text(axis)), text(axis)))


def in_order(instances: dict[str, list[Instance]]) -> list[str]:
    """Patterns in the order of the code: each after those that come before it in every build."""
    builds: dict[int, dict[str, None]] = defaultdict(dict)
    for pattern, its in instances.items():
        for each in its:
            builds[each.build][pattern] = None
    return list(instances)
