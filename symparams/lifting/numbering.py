"""Which numbers a gap in a name has: ``0, 1 ... L - 1``, every p-th of them, or all but those; and how many they are."""

from __future__ import annotations

from itertools import pairwise

from ..core.frozen import Frozen
from .expressions import ZERO, Expression, constant
from .fitting import Observed, agrees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .evaluating import Point
    from .fitting import Fitting


class Numbers(Frozen):
    """``start, start + step ...``, ``count`` of them, without those of ``missing``."""

    start: Expression
    step: Expression
    count: Expression
    missing: Numbers | None = None

    def at(self, point: Point) -> list[int]:
        """The numbers at a point."""
        start, step, count = (int(each.at(point)) for each in (self.start, self.step, self.count))
        gone = set(self.missing.at(point)) if self.missing is not None else set()
        found = [number for number in (start + step * turn for turn in range(count)) if number not in gone]
        if len(found) != self.many.at(point):
            raise ArithmeticError  # what is missing is not among them, or there are fewer than none: the count would be wrong
        return found

    @property
    def many(self) -> Expression:
        """How many they are."""
        return self.count if self.missing is None else self.count - self.missing.many

    @property
    def only(self) -> int | None:
        """The one number that it is, whatever the letters are."""
        start = self.start.constant
        return int(start) if start is not None and self.count.constant == 1 and self.missing is None else None

    def letters(self) -> set[str]:
        own = self.start.letters() | self.step.letters() | self.count.letters()
        return own | (self.missing.letters() if self.missing is not None else set())


Seen = "list[tuple[Point, list[int]]]"  # the sorted numbers at each run's point


def numbers_of(
    seen: Sequence[tuple[Point, list[int]]], around: Sequence[tuple[Point, list[int]]], fitting: Fitting
) -> Numbers | None:
    """The rule for which numbers occur, or None. ``around`` has, for each run, all numbers of the list that it is in."""
    plainly = progression(seen, fitting)
    if plainly is not None:
        return plainly
    whole = progression(around, fitting)
    gone = [(point, sorted(set(every) - set(its))) for (point, every), (_, its) in zip(around, seen, strict=True)]
    missing = progression(gone, fitting) if whole is not None else None
    if whole is None or missing is None:
        return None
    made = whole.but(missing=missing)
    return made if gives(made, seen) else None


def progression(seen: Sequence[tuple[Point, list[int]]], fitting: Fitting) -> Numbers | None:
    """Numbers with one distance between them, or None."""
    for _, its in seen:
        if len({after - before for before, after in pairwise(its)}) > 1:
            return None
    step = step_of(seen, fitting)
    start = fitted(seen, fitting, lambda its: its[0] if its else None)
    count = fitted(seen, fitting, len)
    if step is None or start is None or count is None:
        return None
    made = Numbers(start, step, count)
    return made if gives(made, seen) else None


def step_of(seen: Sequence[tuple[Point, list[int]]], fitting: Fitting) -> Expression | None:
    """The rule for the distance. One that is seen but once, or that a letter has as well as a number, is not known yet."""
    observed = [Observed(point, its[1] - its[0]) for point, its in seen if len(its) > 1]
    counts = {len(its) for _, its in seen}
    if not observed and counts <= {0, 1}:
        fitting.lacking |= len(counts) > 1
        return constant(1) if len(counts) == 1 else None
    found = fitting.rule(observed)
    points = [its.point for its in observed]
    if found is not None and found.constant is not None and seen_for_one_value([point for point, _ in seen], points, fitting):
        fitting.lacking = True
        return None
    if found is not None and found.constant is not None and found.constant != 1:
        for each in fitting.candidates:
            if each.constant is None and agrees(each, points, [its.value for its in observed]):
                fitting.lacking = True
                return None
    return found


def seen_for_one_value(every: Sequence[Point], points: Sequence[Point], fitting: Fitting) -> bool:
    """Whether a letter that loops or conditions ask for has one value wherever something was seen, and others elsewhere.

    What does not change there may well change with the letter: every p-th block was seen for p = 2 alone.
    """
    names = set[str]().union(*(each.letters() for each in fitting.candidates))
    return any(len({point[name] for point in points}) == 1 < len({point[name] for point in every}) for name in names)


def gives(rule: Numbers, seen: Sequence[tuple[Point, list[int]]]) -> bool:
    try:
        return all(rule.at(point) == its for point, its in seen)
    except ArithmeticError:
        return False


def fitted(seen: Sequence[tuple[Point, list[int]]], fitting: Fitting, what: Callable[[list[int]], int | None]) -> Expression | None:
    """The rule for one thing about the numbers; 0 where it is nowhere to be seen."""
    observed = [Observed(point, value) for point, value in ((point, what(its)) for point, its in seen) if value is not None]
    return fitting.rule(observed) if observed else (ZERO if what([0]) is not None else constant(1))
