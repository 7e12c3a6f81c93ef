"""The way through the builder's code that runs took: what had to hold for it, and which comparisons came out both ways."""

from __future__ import annotations

from fractions import Fraction

from .conditions import (
    Comparison,
    Condition,
    always,
    at_index,
    crossings,
    holds_at,
    is_empty,
    rounds_of,
    turns,
    turns_of_a_cycle,
)
from .evaluating import rebuilt
from .expressions import constant, letter
from .functions import FUNCTIONS
from .loops import Loop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .evaluating import Point
    from .expressions import Expression
    from .running import Run


class Way:
    """Conditions under which all these runs did the same, gathered from their comparisons and loops."""

    def __init__(self, runs: Sequence[Run], least: Mapping[str, int]) -> None:
        self.runs, self.least = runs, dict(least)
        self.loops: dict[str, dict[Loop, None]] = {}
        for run in runs:
            for index, loops in run.recording.loops.items():
                self.loops.setdefault(index, {}).update(loops)
        self.outcomes = common_outcomes(runs)
        self.conditions: list[Condition] = [
            Condition(Comparison("<=", constant(low), letter(name)), True, (), False) for name, low in least.items()
        ]
        self.both_ways: list[Comparison] = []
        self.in_few_rounds: set[Comparison] = set()  # what matters only as long as no loop was longer
        for comparison, outcomes in self.outcomes.items():
            self.add(comparison, outcomes)
        for loops in self.loops.values():
            for loop in loops:
                self.put_as_seen(is_empty(loop))
        for name, value in runs[0].sizes.items():
            if len(runs) > len(runs[0].sizes) and all(run.sizes[name] == value for run in runs):  # it could not be moved
                start = constant(value if isinstance(value, int) else Fraction(value))
                self.put(Condition(Comparison("==", letter(name, isinstance(value, int)), start), True, (), False))

    def add(self, comparison: Comparison, outcomes: set[bool]) -> None:
        if always(comparison, self.least) is not None or not comparison.letters() | {its.text for its in comparison.indices()}:
            return
        indices = comparison.indices()
        if not indices and len(outcomes) == 1:
            self.put(Condition(comparison, next(iter(outcomes))))
        elif not indices:
            self.both_ways.append(comparison)
        else:
            self.add_indexed(comparison, outcomes, [list(self.loops.get(each.text, ())) for each in indices])

    def add_indexed(self, comparison: Comparison, outcomes: set[bool], loops: Sequence[Sequence[Loop]]) -> None:
        """One that came out one way at every turn has to go on to; one that turns has to turn within its loop."""
        if not all(loops):
            return
        if len(loops) == 1 and all(loop.turns is not None for loop in loops[0]):
            for loop in loops[0]:
                for value in loop.turns or ():
                    self.put_as_seen(at_index(comparison, loop.index, constant(value)))
            return
        if len(outcomes) == 1 and all(len(each) == 1 for each in loops):
            condition = self.where_it_is_made(Condition(comparison, next(iter(outcomes)), tuple(each[0] for each in loops)))
            if condition.letters():
                self.put(condition)
        elif len(loops) == 1:
            for loop in loops[0]:
                for crossing in crossings(comparison, loop):
                    self.put_as_seen(crossing)
                self.put_as_seen(at_index(comparison, loop.index, loop.start))  # what came before the loop may still hold there
                if any(all(holds_at(each, run.point) for run in self.runs) for each in rounds_of(comparison, loop)):
                    few = list(turns_of_a_cycle(comparison, loop))
                    self.in_few_rounds.update(few)
                    for crossing in few:
                        self.put_as_seen(crossing)

    def where_it_is_made(self, condition: Condition) -> Condition:
        """A condition for the turns at which the comparison was made, if not at all: those at which another came out one way.

        Where no other says which these are, the loop is no longer than it was.
        """
        seen = [
            (run.point, run.recording.turns[condition.comparison])
            for run in self.runs
            if condition.comparison in run.recording.turns
        ]
        if len(condition.loops) != 1 or all(condition.holds(point) for point, _ in seen):
            return condition
        loop = condition.loops[0]
        for other in self.outcomes:
            if {each.text for each in other.indices()} == {loop.index} and other != condition.comparison:
                for side in (True, False):
                    if all(made == turns_where(other, side, loop, point) for point, made in seen):
                        return condition.but(where=((other, side),))
        longest = max(len(loop.values(run.point)) for run in self.runs)
        return Condition(Comparison("<=", loop.stop - loop.start, constant(longest)), True, (), False)

    def put_as_seen(self, comparison: Comparison) -> None:
        """A condition that no run's code said: as it is at all the runs; where they differ, it does not matter."""
        if not (comparison.letters() or comparison.indices()) or always(comparison, self.least) is not None:
            return
        seen = {holds_at(comparison, run.point) for run in self.runs} - {None}
        if len(seen) == 1:
            self.put(Condition(comparison, bool(seen.pop()), (), False))
        elif seen:
            self.both_ways.append(comparison)

    def put(self, condition: Condition) -> None:
        if condition not in self.conditions:
            self.conditions.append(condition)

    def leaves_open(self, condition: Condition) -> bool:
        """Whether a condition is about how long loops are: in a longer one, more may be seen."""
        return bool(condition.loops) or condition.comparison in self.in_few_rounds

    def goes_through(self, point: Point, but: Iterable[Condition] = ()) -> bool:
        """Whether sizes take this way, some of its conditions aside."""
        left_out = set(but)
        return all(condition in left_out or condition.holds(point) for condition in self.conditions)


def turns_where(comparison: Comparison, side: bool, loop: Loop, point: Point) -> set[int]:
    """The indices at which a comparison comes out one way."""
    return {int(turn[loop.index]) for turn in turns((loop,), point) if holds_at(comparison, turn) is side}


# ---------------------------------------------------------------- numbers that were letters
def common_outcomes(runs: Sequence[Run]) -> dict[Comparison, set[bool]]:
    """The comparisons of all runs with how they came out.

    One that is made just where a letter has one number, ``24 % h == 0`` where d is 24, is about a letter that had lost its
    tag: it is the comparison with the letter if the other runs have made that one, and else says nothing about other sizes.
    """
    found: dict[Comparison, set[bool]] = {}
    for run in runs:
        for comparison, outcomes in run.recording.outcomes.items():
            found.setdefault(comparison, set()).update(outcomes)
    if len(runs) < 2:
        return found
    made = {comparison: {number for number, run in enumerate(runs) if comparison in run.recording.outcomes} for comparison in found}
    told: dict[Comparison, set[bool]] = {}
    for comparison, outcomes in found.items():
        meant = [
            retagged(comparison, name, runs[min(made[comparison])])
            for name in runs[0].sizes
            if len(made[comparison]) < len(runs) and is_only_where(made[comparison], name, runs)
        ]
        untagged = [each for each in meant if each is not None]
        for each in untagged or [comparison]:
            told.setdefault(each, set()).update(outcomes)
    return told


def is_only_where(made: set[int], name: str, runs: Sequence[Run]) -> bool:
    """Whether a comparison is made only in runs in which a letter has one number, which is not that of all runs."""
    numbers = {runs[number].sizes[name] for number in made}
    return len(numbers) == 1 and any(run.sizes[name] not in numbers for run in runs)


def retagged(comparison: Comparison, name: str, run: Run) -> Comparison | None:
    """The comparison with a letter in place of its number, or None where that number is not in it."""
    value = run.sizes[name]
    if not isinstance(value, int):
        return None

    def side(expression: Expression) -> Expression:
        if expression.constant == value:
            return letter(name)
        return rebuilt(expression, lambda each: FUNCTIONS[each.function](*map(side, each.arguments)) if each.arguments else None)

    made = Comparison(comparison.relation, side(comparison.left), side(comparison.right))
    return made if made != comparison else None
