"""What a config class computes for fields that were not given, or in place of what was: a rule for each, held against every build."""

from __future__ import annotations

import contextlib
import re

from .builds import only_config
from .choices import PLACES
from .conditions import fields_in, satisfied, shortest, single, words
from .expressions import fields_of, replaced, simplified, text, value
from .fitting import fitted
from .folding import Unfoldable, at_indices

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from .builds import Build
    from .conditions import Condition
    from .configs import ConfigClass
    from .expressions import Expression


LONGEST_RULE = 4  # comparisons; a longer one was made up of the few examples that there were


class Derived:
    """``cases`` are expressions with their conditions, the last without; a list has one for each index below ``length``."""

    def __init__(
        self, field: str, cases: Sequence[tuple[Condition, Expression]], condition: Condition, length: Expression = None
    ) -> None:
        self.field, self.cases, self.condition, self.length = field, list(cases), condition, length

    def computed(self, fields: Mapping[str, Any]) -> Any:
        if self.length is None:
            return self.case(fields, ())
        return [self.case(fields, (index,)) for index in range(value(self.length, fields))]

    def case(self, fields: Mapping[str, Any], indices: tuple[int, ...]) -> Any:
        return next(
            value(expression, fields, indices) for condition, expression in self.cases if satisfied(condition, fields, indices)
        )

    def needs(self) -> set[str]:
        found = fields_of(self.length)
        for condition, expression in self.cases:
            found |= fields_of(expression) | (set() if condition is True else condition_fields(condition))
        return (found | (set() if self.condition is True else condition_fields(self.condition))) - {self.field}

    def words(self) -> str:
        *cases, (_, otherwise) = self.cases
        inside = text(otherwise)
        for condition, expression in reversed(cases):
            inside = f"{text(expression)} if {words(condition)} else {inside}"
        if self.length is not None:
            inside = f"[{inside} for i in range({text(self.length)})]"
        elif cases:
            inside = f"({inside})"
        if self.condition == ("is", (("none", ("field", self.field)), True)):
            return f"derive {self.field} = {inside}"
        return f"derive always {self.field} = {inside}" + ("" if self.condition is True else f" if {words(self.condition)}")


def is_made_up(condition: Condition) -> bool:
    """Whether there is no rule, or one that is too long to be what the code says."""
    return condition is None or len([*fields_in(condition)]) > LONGEST_RULE


def is_out_of(path: str, field: str) -> bool:
    """Whether a field is not in the (sub-)config of a path; all are in the config itself."""
    return path != "" and field.rpartition(".")[0] != path


def condition_fields(condition: Condition) -> set[str]:
    if condition[0] == "is":
        return fields_of(condition[1][0])
    return set().union(*(condition_fields(each) for each in condition[1:]))


def completed(derived: Sequence[Derived], raw: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the config class makes of raw ones."""
    fields = dict(raw)
    done: set[str] = set()
    for each in derived:
        if each.field not in done:
            try:
                if satisfied(each.condition, fields):
                    fields[each.field] = each.computed(fields)
                    done.add(each.field)
            except (TypeError, KeyError, IndexError, ZeroDivisionError, StopIteration):
                continue
    return fields


class Deriving:
    """Finds the rules of all fields that are used, and of those that these are computed from."""

    def __init__(self, its: ConfigClass, builds: Sequence[Build], extra: Mapping[str, Expression]) -> None:
        self.its, self.builds, self.extra = its, builds, extra
        self.free = tuple(builds[0].inner) if builds else ()
        self.raws = [its.raw(build.given) for build in builds]

    def rules(self, used: set[str]) -> list[Derived]:
        found: dict[str, list[Derived]] = {}
        todo = sorted(used)
        while todo:
            field = todo.pop(0)
            if field in found:
                continue
            found[field] = self.rules_of(field, field in used)
            for each in found[field]:
                todo += sorted(field for field in each.needs() - found.keys() if not field.startswith(self.free))
        return ordered([each for its in found.values() for each in its])

    def rules_of(self, field: str, is_read: bool) -> list[Derived]:
        """The rules of a field; one that no row reads may be set where the class leaves it None."""
        none = ("is", (("none", ("field", field)), True))
        if field in self.extra:
            return [Derived(field, [(True, self.extra[field])], none)]
        seen = [
            (build, {**build.fields, field: raw.get(field)}, raw.get(field), build.fields.get(field))
            for build, raw in zip(self.builds, self.raws, strict=True)
        ]
        seen = [(build, fields, raw, raw if is_cut(raw, its) else its) for build, fields, raw, its in seen]
        changed = [its for its in seen if not same(its[2], its[3])]
        if not is_read:
            seen = [its for its in seen if its[2] is not None or its[3] is not None]
        if not changed:
            return []
        other = self.always_another(field, seen)
        if other is not None:
            return [Derived(field, [(True, ("field", other))], True)]
        flags = self.flags()
        compared = self.compared()
        nones = [
            ("none", ("field", name)) for name in self.its.defaults if any(build.fields.get(name) is None for build in self.builds)
        ]
        texts = self.texts()
        atoms = [("none", ("field", field)), ("truth", ("field", field)), *compared, *flags, *nones, *texts]
        only = changed[0][3] if all(same(its[3], changed[0][3]) for its in changed) else None
        seen = [
            its for its in seen if not same(its[2], its[3]) or only is None or not same(its[3], only)
        ]  # the rest may be set as well
        examples = [(fields, ()) for _, fields, _, _ in seen]
        condition = shortest(atoms, examples, [not same(raw, its) for _, _, raw, its in seen])
        if condition is True and all(raw is None for _, _, raw, _ in changed):  # it is set because it was None
            condition = ("is", (("none", ("field", field)), True))
        if condition is None:
            unchanged = [raw for _, _, raw, its in seen if same(raw, its) and raw is not None]
            if not unchanged:
                condition = True
            elif (always := self.always_computed(field, seen, changed, atoms)) is not None:
                return [always]
            else:
                raise Unfoldable(f"no rule was found for when the config class sets {field}")
        final = [its for *_, its in changed]
        if isinstance(final[0], list) and len(changed) > 3 and all(same(each, final[0]) for each in final):
            return [Derived(field, [(True, final[0])], condition)]
        if all(isinstance(each, list) for each in final):
            return [self.of_list(field, changed, condition)]
        cases = self.cases(field, changed, atoms)
        if "." in field and type(cases[0][1]) is int and (more := [*self.beside_others(field, changed[0][0], cases[0][1])]):
            cases = self.cases(field, [*changed, *more], atoms)
        return [Derived(field, cases, condition)]

    def beside_others(self, field: str, start: Build, constant: int) -> Iterator[tuple[Build, dict[str, Any], Any, Any]]:
        """Configs in which a sub-config computes another number than in every build, which changed no size beside it."""
        path = field.rpartition(".")[0]
        for other, default in self.its.defaults.items():
            if type(default) is not int or other.rpartition(".")[0] != path or other == field:
                continue
            for factor in (2, 3, 4):
                with contextlib.suppress(Exception):  # an illegal config says nothing
                    made = only_config(self.its.kind, self.its.put(start.given, other, default * factor))
                    if made.fields[field] not in (constant, None):
                        yield made, {**made.fields, field: None}, None, made.fields[field]

    def always_computed(self, field: str, seen: Any, changed: Any, atoms: Sequence[Expression]) -> Derived | None:
        """The rule that overrules whatever is given, where it also gives what was given and stayed as it was."""
        if any(isinstance(its, list) for *_, its in changed):
            return None
        try:
            rule = Derived(field, self.cases(field, changed, atoms), True)
            right = all(same(rule.computed(fields), its) for _, fields, _, its in seen)
        except (Unfoldable, TypeError, KeyError, IndexError, ZeroDivisionError, StopIteration):
            return None
        return rule if right else None

    def always_another(self, field: str, seen: Any) -> str | None:
        """A field that this one is always set to, as that of a sub-config is to that of another; what was given is overruled."""
        final = [its for *_, its in seen]
        overruled = any(raw is not None and not same(raw, its) for _, _, raw, its in seen)
        if not overruled or any(type(its) is not int for its in final) or len(set(final)) < 3:
            return None
        names = [name for name in self.builds[0].fields if name != field]
        return next(
            (name for name in names if all(type(fields.get(name)) is int and fields[name] == its for _, fields, _, its in seen)),
            None,
        )

    def flags(self) -> list[Expression]:
        names = dict.fromkeys(name for build in self.builds for name, its in build.fields.items() if type(its) is bool)
        return [("truth", ("field", name)) for name in names]

    def texts(self) -> list[Expression]:
        """That a text holds a word, or is one, of the texts that were given."""
        found: dict[Expression, None] = {}
        for name, default in self.its.defaults.items():
            given = sorted({raw[name] for raw in self.raws if type(raw.get(name)) is str}) if type(default) is str else []
            if 1 < len(given) < 8 or (given and any(type(raw.get(name)) in (int, bool) for raw in self.raws)):
                found |= dict.fromkeys(
                    ("in", word, ("field", name)) for each in given for word in re.split(r"\W", each) if word != each
                )
                found |= dict.fromkeys(("==", ("field", name), each) for each in given)
        return list(found)

    def places(self) -> list[str]:
        """The fields that say where in the stack something is."""
        return [name for name, its in self.its.defaults.items() if type(its) is int and PLACES.search(name)]

    def compared(self) -> list[Expression]:
        return list(dict.fromkeys(simplified(each) for build in self.builds for each, _ in build.config_comparisons))

    def cases(self, field: str, changed: Any, atoms: Sequence[Expression]) -> list[tuple[Condition, Expression]]:
        groups: dict[Expression, list[int]] = {}
        for place, (build, fields, _, its) in sorted(enumerate(changed), key=lambda each: field not in each[1][0].derived):
            expression = simplified(build.derived[field]) if field in build.derived else its
            known = next((each for each in groups if same(value_or_none(each, fields), its)), None)
            if known is not None:
                groups[known].append(place)
            else:
                groups.setdefault(expression, []).append(place)
        if len(groups) > 1 and not any(isinstance(each, tuple) for each in groups):
            seen = [(fields, (), its) for _, fields, _, its in changed]
            beside = field.rpartition(".")[0]  # a sub-config computes from its own fields: these come first
            sizes = sorted(
                (name for name, its in changed[0][1].items() if type(its) is int), key=lambda name: is_out_of(beside, name)
            )
            pool = [("field", name) for name in sizes if name != field]
            rule = fitted(seen, pool, 0) if all(type(number) is int for *_, number in seen) else None
            if rule is not None:
                return [(True, rule)]
        return self.told_apart(field, groups, [(fields, ()) for _, fields, _, _ in changed], atoms)

    def told_apart(
        self, field: str, groups: Mapping[Expression, Sequence[int]], examples: Any, atoms: Sequence[Expression]
    ) -> list[tuple[Condition, Expression]]:
        if len(groups) > 6:
            raise Unfoldable(f"no rule was found for what the config class makes of {field}")
        found: list[tuple[Condition, Expression]] = []
        left = list(range(len(examples)))
        by_size = sorted(groups, key=lambda each: (len(groups[each]), text(each)))
        for number, expression in enumerate(by_size):
            its = set(groups[expression])
            if number == len(by_size) - 1:
                found.append((True, expression))
                break
            around, there = [examples[place] for place in left], [place in its for place in left]
            condition = shortest(atoms, around, there)
            if is_made_up(condition):
                condition = single(atoms, around, there)  # one of those that come too late to be sought with others
            if condition is None:
                condition = shortest(sorted(atoms, key=lambda atom: len(fields_of(atom))), around, there)
            if is_made_up(condition):
                raise Unfoldable(f"no rule was found for when the config class makes {field} {text(expression)}")
            found.append((condition, expression))
            left = [place for place in left if place not in its]
        return found

    def of_list(self, field: str, changed: Any, condition: Condition) -> Derived:
        lengths = [("field", name) for name, its in changed[0][1].items() if type(its) is int]
        lengths = sorted(lengths, key=lambda each: ("layer" not in each[1], len(each[1])))
        lengths += [("len", ("field", name)) for name, its in changed[0][1].items() if isinstance(its, list) and name != field]
        several = len({len(final) for *_, final in changed}) > 1
        right = [each for each in lengths if all(value_or_none(each, fields) == len(final) for _, fields, _, final in changed)]
        right += [
            simplified(("+", each, number))
            for each in lengths
            for number in (1, -1)
            if several
            and all(value_or_none(simplified(("+", each, number)), fields) == len(final) for _, fields, _, final in changed)
        ]
        every: list[Expression] = [("//", each, ("field", step)) for each in lengths for step in self.places() if several]
        right += [each for each in every if all(value_or_none(each, fields) == len(final) for _, fields, _, final in changed)]
        length = right[0] if right and several else len(changed[0][3])
        if not right and several:
            raise Unfoldable(f"no rule was found for how long the config class makes {field}")
        atoms: dict[Expression, None] = {}
        for comparison in self.compared():
            for each in at_indices(comparison, 1):
                atoms[simplified(each)] = None
        for raw in (1, 2, 3, 4, 5, 6, 8):
            if raw > 1:
                for rest in range(raw):
                    atoms["==", ("%", ("index", 0), raw), rest] = None
            else:
                atoms["==", ("index", 0), 0] = None
        atoms["==", ("index", 0), simplified(("-", length, 1))] = None
        atoms |= {("<", ("index", 0), number): None for number in range(1, 9)}
        for name in self.places():
            atoms["<", ("index", 0), ("field", name)] = None
            for index in (("index", 0), ("+", ("index", 0), 1)):
                atoms["==", ("%", index, ("field", name)), 0] = None
        flags = self.flags()
        if not any(final for *_, final in changed):
            return Derived(field, [(True, [])], condition)
        keys = [(fields, index, item) for _, fields, _, final in changed for index, item in enumerate(final)]
        groups: dict[Expression, list[int]] = {}
        for place, (_, _, item) in enumerate(keys):
            groups.setdefault(item if not isinstance(item, list) else tuple(item), []).append(place)
        examples = [(fields, (index,)) for fields, index, _ in keys]
        if len(groups) > 6:
            seen = [(fields, (index,), item) for fields, index, item in keys]
            names = [*self.places(), *(name for name, its in changed[0][1].items() if type(its) is int)]
            pool = [("index", 0), ("+", ("index", 0), 1), *(("field", name) for name in dict.fromkeys(names))]
            rule = fitted(seen, pool, 1) if all(type(item) is int for *_, item in seen) else None
            if rule is None:
                raise Unfoldable(f"no rule was found for what the config class makes of {field}")
            return Derived(field, [(True, rule)], condition, length)
        if len(groups) > 1:
            single_value = [("field", name) for name in changed[0][1] if all(fields.get(name) == item for fields, _, item in keys)]
            if single_value:
                return Derived(field, [(True, single_value[0])], condition, length)
        return Derived(field, self.told_apart(field, groups, examples, [*atoms, *flags]), condition, length)


def value_or_none(expression: Expression, fields: Mapping[str, Any]) -> Any:
    try:
        return value(expression, fields)
    except (TypeError, KeyError, IndexError, ZeroDivisionError):
        return None


def is_cut(raw: Any, its: Any) -> bool:
    """Whether a list is the beginning of what was given: the class takes as many of its words as there are layers."""
    return isinstance(raw, list) and isinstance(its, list) and len(its) < len(raw) and raw[: len(its)] == its


def same(one: Any, other: Any) -> bool:
    return bool(one == other) and (one is None) == (other is None)


def ordered(rules: Sequence[Derived]) -> list[Derived]:
    """Those that others need first."""
    found: list[Derived] = []
    left = list(rules)
    while left:
        fields = {each.field for each in left}
        ready = [each for each in left if not each.needs() & fields] or left[:1]
        found += ready
        left = [each for each in left if each not in ready]
    return found


__all__ = ["Derived", "Deriving", "completed", "replaced"]
