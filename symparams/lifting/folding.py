"""Runs of a builder, folded into rows: tensors of one name but for numbers, with one rule for their axes."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import product

from ..core.frozen import Frozen
from .choosing import explained
from .evaluating import rebuilt
from .expressions import ZERO, Expression, constant, piece
from .fitting import Fitting, Observed, hole
from .names import GAP, Names, filled, without_gaps
from .numbering import numbers_of
from .rows import Row, Tie, with_holes
from .tagged_numbers import turn_value
from .writing import tuple_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from .built import BuiltTensor
    from .evaluating import Point
    from .numbering import Numbers
    from .running import Run

    Split: TypeAlias = Callable[["Instance"], object]


class Refusal(Exception):
    """Why runs do not fold. ``lacking`` says that more runs may help."""

    def __init__(self, message: str, lacking: bool = False) -> None:
        super().__init__(message)
        self.lacking = lacking


class Instance(Frozen):
    """A tensor of one run, with the numbers in its name."""

    run: int
    point: Point
    numbers: tuple[int, ...]
    tensor: BuiltTensor
    order: int

    def without(self, places: set[int]) -> Instance:
        return self.but(numbers=tuple(number for place, number in enumerate(self.numbers) if place not in places))


class Folding:
    """Folds runs into rows. Raises :class:`Refusal` where they do not fold."""

    def __init__(self, runs: Sequence[Run], fitting: Fitting, numbering: Fitting) -> None:
        self.runs = runs
        self.points = [run.point for run in runs]
        self.fitting, self.numbering = fitting, numbering
        self.lists: dict[str, list[set[int]]] = {}
        self.names = Names(name for run in runs for tensor in run.tensors for name in (tensor.name, tensor.tied_to or ""))

    def rows(self) -> list[Row]:
        patterns: dict[str, list[Instance]] = {}
        for number, run in enumerate(self.runs):
            for order, tensor in enumerate(run.tensors):
                pattern, numbers = self.names.taken_apart(tensor.name)
                patterns.setdefault(pattern, []).append(Instance(number, self.points[number], numbers, tensor, order))
        parts = [part for pattern, instances in patterns.items() for part in self.split(pattern, instances)]
        for pattern, instances in parts:
            self.note_lists(pattern, instances)
        rows = [row for pattern, instances in parts for row in self.rows_of(pattern, instances)]
        return sorted(rows, key=lambda row: row.order)

    # ------------------------------------------------------------ which numbers count something
    def split(self, pattern: str, instances: list[Instance]) -> Iterator[tuple[str, list[Instance]]]:
        """A pattern with the numbers put in that are the same in every run, since they are part of a name."""
        fixed = self.fixed(pattern.count(GAP), instances)
        if not fixed:
            yield pattern, instances
            return
        groups: dict[tuple[int, ...], list[Instance]] = {}
        for each in instances:
            groups.setdefault(tuple(each.numbers[place] for place in fixed), []).append(each)
        for numbers, its in groups.items():
            inside = filled(pattern, dict(zip(fixed, numbers, strict=True)))
            yield from self.split(inside, [each.without(set(fixed)) for each in its])

    def fixed(self, gaps: int, instances: Sequence[Instance]) -> list[int]:
        """The places whose numbers are the same in every run that has any; where a run has none, not all places are."""
        found = [
            place for place in range(gaps) if len({frozenset(its) for its in self.at_place(instances, place)} - {frozenset()}) == 1
        ]
        return found[1:] if len(found) == gaps and len({each.run for each in instances}) < len(self.runs) else found

    def at_place(self, instances: Sequence[Instance], place: int) -> list[set[int]]:
        found: list[set[int]] = [set() for _ in self.runs]
        for each in instances:
            found[each.run].add(each.numbers[place])
        return found

    def note_lists(self, pattern: str, instances: Sequence[Instance]) -> None:
        """The numbers that the list in front of each gap has in each run, whatever stands in it."""
        steps = pattern.split(GAP)
        for place in range(len(steps) - 1):
            known = self.lists.setdefault(GAP.join(steps[: place + 1]), [set() for _ in self.runs])
            for mine, its in zip(known, self.at_place(instances, place), strict=True):
                mine.update(its)

    # ------------------------------------------------------------ rows
    def rows_of(self, pattern: str, instances: Sequence[Instance]) -> Iterator[Row]:
        kinds: dict[object, list[Instance]] = {}
        for each in instances:
            tie = None if each.tensor.tied_to is None else self.names.taken_apart(each.tensor.tied_to)[0]
            kinds.setdefault((len(each.tensor.shape), each.tensor.trainable, tie), []).append(each)
        if not pattern.count(GAP) and len(kinds) > 1:
            raise Refusal(f"{shown(pattern)} is now {differing(instances)}")
        for its in kinds.values():
            yield from self.rows_of_kind(pattern, its)

    def rows_of_kind(self, pattern: str, instances: list[Instance]) -> Iterator[Row]:
        failures: list[Refusal] = []
        for parts in self.partitions(pattern, instances):
            try:
                rows = [self.row(pattern, part) for part in parts]
            except Refusal as failure:
                failures.append(failure)
                continue
            yield from rows
            return
        refusal = failures[0]
        refusal.lacking |= any(each.lacking for each in failures)
        raise refusal

    def partitions(self, pattern: str, instances: list[Instance]) -> Iterator[list[list[Instance]]]:
        """Ways to tell instances apart that one rule does not cover, simplest first."""
        yield [instances]
        if not pattern.count(GAP):
            return
        tried = set()
        for split in self.splits(pattern, instances):
            parts: dict[object, list[Instance]] = {}
            for each in instances:
                parts.setdefault(split(each), []).append(each)
            key = frozenset(frozenset(map(id, part)) for part in parts.values())
            if 1 < len(parts) <= 6 and key not in tried:
                tried.add(key)
                yield list(parts.values())

    def splits(self, pattern: str, instances: Sequence[Instance]) -> Iterator[Split]:
        yield lambda each: each.tensor.axes
        ends = self.ends(instances)
        for place in range(pattern.count(GAP)):
            for only in ("first", "last"):
                yield partial(is_at_end, place=place, ends=ends, only=only)
            yield partial(at_end, place=place, ends=ends)
            for cycle in (2, 3, 4):
                yield partial(before_the_last, place=place, ends=ends, cycle=cycle)
            for cycle in (2, 3, 4):
                yield partial(at_remainder, place=place, cycle=cycle)

    def ends(self, instances: Sequence[Instance]) -> dict[tuple[int, int], tuple[int, int]]:
        """The first and the last number at each place of each run."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for each in instances:
            for place, number in enumerate(each.numbers):
                low, high = found.get((each.run, place), (number, number))
                found[each.run, place] = min(low, number), max(high, number)
        return found

    def row(self, pattern: str, instances: list[Instance]) -> Row:
        """One row of all these tensors."""
        first = min(instances, key=lambda each: (each.run, each.order))
        gaps = pattern.count(GAP)
        if not gaps:
            self.check_present(pattern, instances)
        numbers = self.numbers(pattern, instances, gaps)
        axes = tuple(self.axis(instances, place, gaps) for place in range(len(first.tensor.shape)))
        return Row(pattern, numbers, axes, first.tensor.trainable, self.tie(pattern, instances, gaps), first.order)

    def numbers(self, pattern: str, instances: Sequence[Instance], gaps: int) -> tuple[Numbers, ...]:
        """The rules for all gaps. Where a run has none, one list is empty, the outermost if it can be, and the others unseen."""
        if gaps > 1:
            self.check_product(pattern, instances, gaps)
        why: Refusal | None = None
        for empty in range(gaps):
            try:
                numbers = tuple(self.numbers_at(pattern, instances, place, place == empty) for place in range(gaps))
            except Refusal as failure:
                why = why or failure
                continue
            if self.are_seen(instances, numbers):
                return numbers
        if gaps:
            raise why or Refusal(f"{shown(pattern)}: which numbers there are follows no rule")
        return ()

    def are_seen(self, instances: Sequence[Instance], numbers: Sequence[Numbers]) -> bool:
        """Whether rules give the numbers of every run, and none in a run that has none."""
        seen: list[set[tuple[int, ...]]] = [set() for _ in self.runs]
        for each in instances:
            seen[each.run].add(each.numbers)
        try:
            return all(
                set(product(*(rule.at(point) for rule in numbers))) == its for point, its in zip(self.points, seen, strict=True)
            )
        except ArithmeticError:
            return False

    def check_present(self, pattern: str, instances: Sequence[Instance]) -> None:
        has = {each.run for each in instances}
        for number, run in enumerate(self.runs):
            if number not in has:
                there = self.runs[min(has)]
                raise Refusal(f"{shown(pattern)} is there at {sizes_text(there.sizes)} and not at {sizes_text(run.sizes)}")

    def check_product(self, pattern: str, instances: Sequence[Instance], gaps: int) -> None:
        """Every inner list has the same numbers."""
        for number in range(len(self.runs)):
            its = {each.numbers for each in instances if each.run == number}
            if not its:
                continue
            every = product(*({numbers[place] for numbers in its} for place in range(gaps)))
            if its != set(every):
                raise Refusal(f"{shown(pattern)}: the number of inner blocks changes from block to block")

    def numbers_at(self, pattern: str, instances: Sequence[Instance], place: int, with_none: bool) -> Numbers:
        seen = [(point, sorted(its)) for point, its in zip(self.points, self.at_place(instances, place), strict=True)]
        around = self.lists[GAP.join(pattern.split(GAP)[: place + 1])]
        every = [(point, sorted(its)) for point, its in zip(self.points, around, strict=True)]
        self.numbering.lacking = False
        taken = [number for number, (_, its) in enumerate(seen) if its or with_none]
        found = numbers_of([seen[number] for number in taken], [every[number] for number in taken], self.numbering)
        if found is None:
            some = "; ".join(f"{its} at {sizes_text(run.sizes)}" for run, (_, its) in list(zip(self.runs, seen, strict=True))[:3])
            raise Refusal(f"{shown(pattern)} is there for the numbers {some}: no rule found", self.numbering.lacking)
        return found

    # ------------------------------------------------------------ axes
    def axis(self, instances: Sequence[Instance], place: int, gaps: int) -> Expression:
        """The expression of one axis: the one that all runs share, or terms whose coefficients follow a rule."""
        by_turn = self.by_turn(instances, place, gaps)
        if by_turn is not None:
            return by_turn
        expressions = {each.tensor.axes[place] for each in instances}
        if len(expressions) == 1:
            return next(iter(expressions))
        self.fitting.lacking = False
        observed = [Observed(with_holes(each.point, each.numbers), each.tensor.shape[place]) for each in instances]
        found = self.of_terms(instances, place, gaps)
        if found is None:
            found = self.chosen(instances, place)
        if found is None and any(its.constant is not None for its in expressions):
            found = self.fitting.rule(observed, self.computed(instances, place), gaps)
        if found is None:
            raise Refusal(self.no_rule(instances, place), self.fitting.lacking)
        return found

    def chosen(self, instances: Sequence[Instance], place: int) -> Expression | None:
        """The choice that comparisons make between expressions; several that agree so far are open."""
        found = explained([(each.run, each.tensor.axes[place]) for each in instances], self.runs)
        self.fitting.open += [(found[0], other) for other in found[1:]]
        return found[0] if found else None

    def by_turn(self, instances: Sequence[Instance], place: int, gaps: int) -> Expression | None:
        """An axis that was computed with the index of a loop, which the number in the name follows: exact, whatever it does with it."""
        found: set[Expression] = set()
        turns: dict[str, list[tuple[Instance, int]]] = {}
        for each in instances:
            axis, values = any_turn(each.tensor.at_turn[place])
            if axis is None or not values:
                return None
            found.add(axis)
            for loop, value in values.items():
                turns.setdefault(loop, []).append((each, value))
        if len(found) > 1:
            return None
        by_hole = {loop: of_hole(seen, gaps) or self.from_the_end(seen, gaps) for loop, seen in turns.items()}
        made = rebuilt(found.pop(), lambda each: by_hole.get(each.text) if each.function == "index" else None)
        return None if any(rule is None for rule in by_hole.values()) else made

    def from_the_end(self, seen: Sequence[tuple[Instance, int]], gaps: int) -> Expression | None:
        """The index of a loop whose list was walked backwards: ``L - 1 - i``."""
        for place in range(gaps):
            sums: dict[int, set[int]] = {}
            for each, value in seen:
                sums.setdefault(each.run, set()).add(each.numbers[place] + value)
            if all(len(its) == 1 for its in sums.values()):
                end = self.numbering.rule([Observed(self.points[run], max(its)) for run, its in sums.items()])
                return None if end is None else end - hole(place)
        return None

    def of_terms(self, instances: Sequence[Instance], place: int, gaps: int) -> Expression | None:
        """A sum of the terms that the axis has at any run, each coefficient by its own rule."""
        monomials = dict.fromkeys(monomial for each in instances for monomial in each.tensor.axes[place].terms)
        total = ZERO
        for monomial in monomials:
            observed = []
            for each in instances:
                coefficient = each.tensor.axes[place].terms.get(monomial, 0)
                if coefficient.denominator != 1:
                    return None
                observed.append(Observed(with_holes(each.point, each.numbers), int(coefficient)))
            own = self.computed(instances, place) if not monomial and len(monomials) == 1 else ()
            rule = self.fitting.rule(observed, own, gaps)
            if rule is None:
                return None
            total = total + rule * Expression({monomial: 1})
        return total

    def computed(self, instances: Sequence[Instance], place: int) -> list[Expression]:
        """The sizes that the builder computed in the first run that has this tensor and are as large as the axis: the last first."""
        first = min(instances, key=lambda each: (each.run, each.order))
        sizes = self.runs[first.run].recording.sizes.get(first.tensor.shape[place], {})
        return [each for each in reversed(sizes) if not any(its.function == "turn" for its in each.everything())]

    def tie(self, pattern: str, instances: Sequence[Instance], gaps: int) -> Tie | None:
        first = instances[0].tensor.tied_to
        if first is None:
            return None
        to = [(each, self.names.taken_apart(each.tensor.tied_to or "")[1]) for each in instances]
        found = []
        for place in range(len(to[0][1])):
            observed = [Observed(with_holes(each.point, each.numbers), numbers[place]) for each, numbers in to]
            rule = self.fitting.rule(observed, [hole(number) for number in range(gaps)], gaps)
            if rule is None:
                raise Refusal(
                    f"{shown(pattern)} is tied to {first}, and which number that has follows no rule", self.fitting.lacking
                )
            found.append(rule)
        return Tie(self.names.taken_apart(first)[0], tuple(found))

    def no_rule(self, instances: Sequence[Instance], place: int) -> str:
        some: dict[str, int] = {}
        for each in instances:
            some.setdefault(f"{each.tensor.shape[place]} at {sizes_text(self.runs[each.run].sizes)}", 0)
        first = instances[0].tensor.name
        return f"{first} axis {place}: {', '.join(list(some)[:4])}: no rule found; give the size itself as a letter, or leave it a number"


def any_turn(axis: Expression) -> tuple[Expression | None, dict[str, int]]:
    """An axis with the indices of loops as letters, and their values; None where two turns of one loop are in it."""
    values: dict[str, int] = {}
    for each in axis.everything():
        if each.function == "turn":
            loop = each.text.rpartition("#")[0]
            if values.setdefault(loop, turn_value(each)) != turn_value(each):
                return None, {}
    return rebuilt(axis, lambda each: piece(each.text.rpartition("#")[0], "index") if each.function == "turn" else None), values


def of_hole(seen: Sequence[tuple[Instance, int]], gaps: int) -> Expression | None:
    """The index of a loop by the number in a name: ``i``, ``i - 1`` or, where a turn makes several, ``i/2``."""
    for place in range(gaps):
        pairs = {(each.numbers[place], value) for each, value in seen}
        (number, value), *others = sorted(pairs)
        if not others:
            continue
        step = Fraction(others[-1][1] - value, max(1, others[-1][0] - number))
        if step and all((its - number) * step == turn - value for its, turn in others):
            return hole(place).scaled(step) + constant(value - number * step)
    return None


def at_end(each: Instance, place: int, ends: Mapping[tuple[int, int], tuple[int, int]]) -> str:
    """Whether a number is the first or the last of its run."""
    first, last = ends[each.run, place]
    return "first" if each.numbers[place] == first else "last" if each.numbers[place] == last else "between"


def is_at_end(each: Instance, place: int, ends: Mapping[tuple[int, int], tuple[int, int]], only: str) -> bool:
    return each.numbers[place] == ends[each.run, place][only == "last"]


def before_the_last(each: Instance, place: int, ends: Mapping[tuple[int, int], tuple[int, int]], cycle: int) -> object:
    """The last number apart, and the others by their remainder."""
    return "last" if is_at_end(each, place, ends, "last") else at_remainder(each, place, cycle)


def at_remainder(each: Instance, place: int, cycle: int) -> int:
    return each.numbers[place] % cycle


def differing(instances: Sequence[Instance]) -> str:
    """Two ways in which one tensor was made."""
    words = dict.fromkeys(
        f"{tuple_text(each.tensor.shape)}, {'trained' if each.tensor.trainable else 'not trained'}"
        + (f", tied to {each.tensor.tied_to}" if each.tensor.tied_to else "")
        for each in instances
    )
    return " and now ".join(list(words)[:2])


def shown(pattern: str) -> str:
    return without_gaps(pattern, "*")


def sizes_text(sizes: Mapping[str, int | float]) -> str:
    return ", ".join(f"{name}={value}" for name, value in sizes.items())
