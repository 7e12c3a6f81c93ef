"""Questions about a grid that are answered without visiting it: along one axis on which the count is monotone, by bisection.

The other axes are gone through, but only as far as bounds on the count allow: a grid of 10**15 points with a budget takes as many
steps as its shortest axis has sizes within the budget.
"""

from __future__ import annotations

from ...errors import LetterError, SizeError
from ..arrays.bounds import bounds_of
from ..progress import Progress
from .axes import multiples_on
from .directions import DOWN, STILL, UP, directions_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from ..arrays.bounds import Interval
    from ..arrays.steps import Steps
    from .axes import Axis
    from .conditions import Comparison

    Sizes: TypeAlias = dict[str, int]

EVERY = 1_000  # lines between two looks at the clock
FEW = 32  # sizes that are tested one by one
ORDERED = ("<=", ">=", "<", ">")
TOO_SMALL, WANTED, TOO_LARGE = -1, 0, 1  # what bounds say of all counts within them


class Line:
    """The sizes of one letter, in an order in which the count never falls, with sizes for all others."""

    __slots__ = ("axis", "letter", "place", "search", "sizes", "values")

    def __init__(self, search: Search, sizes: Sizes, axis: Axis) -> None:
        self.search, self.letter, self.axis = search, search.along, axis
        self.sizes = sizes
        self.values = [sizes.get(name, 0) for name in search.letters]
        self.place = search.letters.index(self.letter)

    def count(self, place: int) -> int:
        """The count at a place of the line."""
        self.values[self.place] = self.axis[place]
        return self.search.function(*self.values)

    def reaching(self, count: int, start: int = 0) -> int:
        """The first place from ``start`` whose count is at least this; the length of the line if there is none."""
        low, high = start, len(self.axis)
        while low < high:
            middle = (low + high) // 2
            if self.count(middle) >= count:
                high = middle
            else:
                low = middle + 1
        return low

    def point(self, place: int) -> Sizes:
        """The sizes at a place, with the count."""
        point = {**self.sizes, self.letter: self.axis[place]}
        return {name: point[name] for name in self.search.letters} | {"count": self.count(place)}


class Search:
    """The axes of a grid, which of them is searched along, and the order of the others.

    ``in_order`` finds the points in the order of the grid, otherwise in the order in which they are found fastest.
    ``steps`` are None where nothing is known of the count but its values; then every point is visited.
    """

    def __init__(
        self,
        axes: Mapping[str, Axis],
        function: Callable[..., int],
        steps: Steps | None,
        conditions: Sequence[Comparison],
        low: int | None,
        high: int | None,
        in_order: bool = False,
    ) -> None:
        self.letters = tuple(axes)
        self.function, self.steps, self.conditions = function, steps, conditions
        self.low, self.high = low, high
        self.intervals = {name: (axis[0], axis[-1]) for name, axis in axes.items()}
        moves = dict(zip(self.letters, self.directions(), strict=True))
        self.in_order = in_order
        self.is_turned = moves[self.letters[-1]] == DOWN  # of the last letter
        turned = {name for name, move in moves.items() if move == DOWN and (not in_order or name == self.letters[-1])}
        self.axes = {name: axis[::-1] if name in turned else axis for name, axis in axes.items()}
        self.rises = {name for name, move in moves.items() if move in (UP, STILL)} | turned
        bound = {name for condition in conditions for name in condition.letters} | self.unsure_letters()
        lengths = {name: self.length_within(name) for name in self.letters}
        free = [name for name in self.letters if name in self.rises and name not in bound]
        if in_order:
            free = [name for name in free if name == self.letters[-1]]
        self.along = max(free, key=lengths.__getitem__) if free else self.letters[-1]
        self.is_sorted = bool(free)
        others = [name for name in self.letters if name != self.along]
        self.order = others if in_order else sorted(others, key=lengths.__getitem__)
        self.tests = self.tests_by_depth()

    # ------------------------------------------------------------ what is known of the count
    def directions(self) -> Sequence[int | None]:
        """How the count moves with each letter."""
        if self.steps is None:
            return [None] * len(self.letters)
        return (
            directions_of(self.steps, self.intervals_in_steps({}))[: len(self.letters)]
            if self.in_own_order()
            else [None] * len(self.letters)
        )

    def in_own_order(self) -> bool:
        """Whether the letters of the steps begin with those of the grid."""
        assert self.steps is not None
        return self.steps.letters[: len(self.letters)] == self.letters

    def intervals_in_steps(self, sizes: Mapping[str, int]) -> list[Interval]:
        """The interval of each letter, where some have their sizes already."""
        return [(sizes[name], sizes[name]) if name in sizes else self.intervals[name] for name in self.letters]

    def bounds(self, sizes: Mapping[str, int]) -> Interval | None:
        """Bounds on the count where some letters have their sizes."""
        if self.steps is None:
            return None
        return bounds_of(self.steps, self.intervals_in_steps(sizes))[self.steps.answer]

    def unsure_letters(self) -> set[str]:
        """The letters of sizes that are not sizes at all points, or are quotients."""
        if self.steps is None:
            return set(self.letters)
        bounds = bounds_of(self.steps, self.intervals_in_steps({}))
        unsure = [place for place, least in self.steps.least if bounds[place][0] < least]
        unsure += [place for pair in self.steps.equal for place in pair]
        return {self.letters[place] for start in unsure for place in letters_under(self.steps, start)}

    def length_within(self, name: str) -> int:
        """The number of sizes of a letter up to which bounds allow the largest count that is wanted."""
        axis = self.axes[name]
        if self.high is None or name not in self.rises or self.steps is None:
            return len(axis)
        low, high = 0, len(axis)
        while low < high:
            middle = (low + high) // 2
            bounds = self.bounds({name: axis[middle]})
            if bounds is not None and bounds[0] > self.high:
                high = middle
            else:
                low = middle + 1
        return low

    def known_by_conditions(self) -> set[str]:
        """The letters whose one size an equation such as ``f == 4*d`` leaves, once the letters before them have theirs."""
        places = {name: place for place, name in enumerate((*self.order, self.along))}
        equations = [each for each in self.conditions if each.operator == "==" and each.divisibility() is None and each.letters]
        return {max(each.letters, key=places.__getitem__) for each in equations}

    # ------------------------------------------------------------ the lines
    def tests_by_depth(self) -> list[list[tuple[Comparison, Callable[..., bool]]]]:
        """The conditions that can be tested once each of the letters, in order, has its size; those of the line come last."""
        known: list[str] = []
        left = list(self.conditions)
        found = []
        for name in (*self.order, self.along):
            known.append(name)
            ready = [each for each in left if set(each.letters) <= set(known)]
            left = [each for each in left if each not in ready]
            found.append([(part, part.function(part.letters)) for each in ready for part in each.one_sided()])
        return found

    def lines(self, judged: Callable[[Interval], int], backwards: bool = False) -> Iterator[Line]:
        """The lines on which some count may be wanted."""
        progress, number = Progress(), 0
        try:
            for line in self.lines_below(0, {}, judged, backwards):
                number += 1
                if number % EVERY == 0:
                    progress.say(f"searching the grid: {number:,} lines, at {line.sizes}")
                yield line
        finally:
            progress.done()

    def lines_below(self, depth: int, sizes: Sizes, judged: Callable[[Interval], int], backwards: bool) -> Iterator[Line]:
        if depth == len(self.order):
            axis = self.narrowed(self.along, sizes, self.tests[depth])
            whole = [axis] if axis else []
            places = range(len(axis))
            single = (axis[place : place + 1] for place in (reversed(places) if self.in_order and self.is_turned else places))
            pieces = whole if self.is_sorted else single
            yield from filter(self.is_possible, (Line(self, dict(sizes), piece) for piece in pieces))
            return
        name = self.order[depth]
        axis = self.narrowed(name, sizes, self.tests[depth])
        for value in reversed(axis) if backwards else axis:
            sizes[name] = value
            bounds = self.bounds(sizes)
            verdict = WANTED if bounds is None else judged(bounds)
            if verdict == WANTED:
                yield from self.lines_below(depth + 1, sizes, judged, backwards)
            elif name in self.rises and verdict == (TOO_SMALL if backwards else TOO_LARGE):
                break  # so are all that follow
        sizes.pop(name, None)

    def narrowed(self, name: str, sizes: Sizes, tests: Sequence[tuple[Comparison, Callable[..., bool]]]) -> Axis:
        """The sizes of a letter that fulfil the conditions, where all other letters of these have their sizes."""
        axis = self.axes[name]
        for condition, holds in tests:
            divides = condition.divisibility()
            if divides is not None and divides[1] == name != divides[0]:
                axis = multiples_on(axis, sizes[divides[0]] if divides[0] in sizes else int(divides[0]))
                continue
            own, others = condition.letters.index(name), [sizes.get(letter, 0) for letter in condition.letters]

            def fulfils(value: int, holds: Callable[..., bool] = holds, others: list[int] = others, own: int = own) -> bool:
                others[own] = value
                return holds(*others)

            if (
                len(axis) > FEW
                and condition.operator in ORDERED
                and condition.moves_with(name, {**self.intervals, **points(sizes)})
            ):
                axis = one_side(axis, fulfils)
            else:
                axis = tuple(filter(fulfils, axis))
        return axis

    def is_possible(self, line: Line) -> bool:
        """Whether the sizes of a line are sizes, which is asked at its first point: others are alike in this."""
        try:
            line.count(0)
        except (SizeError, LetterError):  # all letters have sizes, so some size does not divide evenly
            return False
        return True

    # ------------------------------------------------------------ the questions
    def judged(self, bounds: Interval) -> int:
        """Whether counts within these bounds may be wanted."""
        if self.high is not None and bounds[0] > self.high:
            return TOO_LARGE
        return TOO_SMALL if self.low is not None and bounds[1] < self.low else WANTED

    def stretches(self) -> Iterator[tuple[Line, int, int]]:
        """The lines with the places from the first to behind the last whose counts are wanted."""
        for line in self.lines(self.judged):
            start = 0 if self.low is None else line.reaching(self.low)
            end = len(line.axis) if self.high is None else line.reaching(self.high + 1, start)
            if start < end:
                yield line, start, end

    def number(self) -> int:
        """How many points have a count that is wanted."""
        return sum(end - start for _, start, end in self.stretches())

    def points(self) -> Iterator[Sizes]:
        """These points, one after another."""
        for line, start, end in self.stretches():
            for place in reversed(range(start, end)) if self.in_order and self.is_turned else range(start, end):
                yield line.point(place)

    def largest(self) -> Sizes | None:
        """The point with the largest count that is wanted; the first of several."""
        best: Sizes | None = None

        def judged(bounds: Interval) -> int:
            return self.judged(bounds) or (TOO_SMALL if best is not None and bounds[1] <= best["count"] else WANTED)

        for line in self.lines(judged, backwards=self.high is None):
            end = len(line.axis) if self.high is None else line.reaching(self.high + 1)
            if not end:
                continue
            count = line.count(end - 1)
            if (self.low is None or count >= self.low) and (best is None or count > best["count"]):
                best = line.point(line.reaching(count))
        return best

    def smallest(self) -> Sizes | None:
        """The point with the smallest count that is wanted; the first of several."""
        best: Sizes | None = None

        def judged(bounds: Interval) -> int:
            return self.judged(bounds) or (TOO_LARGE if best is not None and bounds[0] >= best["count"] else WANTED)

        for line in self.lines(judged):
            start = 0 if self.low is None else line.reaching(self.low)
            if start == len(line.axis):
                continue
            count = line.count(start)
            if (self.high is None or count <= self.high) and (best is None or count < best["count"]):
                best = line.point(start)
        return best

    def nearest(self, target: int) -> Sizes | None:
        """The point whose count is nearest to a number; of several, the one with the smaller count, and of these the first."""
        best: Sizes | None = None

        def judged(bounds: Interval) -> int:
            if best is None or self.judged(bounds):
                return self.judged(bounds)
            distance = abs(best["count"] - target)
            return TOO_LARGE if bounds[0] - target > distance else TOO_SMALL if target - bounds[1] > distance else WANTED

        for line in self.lines(judged):
            start = 0 if self.low is None else line.reaching(self.low)
            end = len(line.axis) if self.high is None else line.reaching(self.high + 1, start)
            above = min(max(line.reaching(target), start), end)
            for place in range(max(start, above - 1), min(end, above + 1)):
                count = line.count(place)
                if best is None or (abs(count - target), count) < (abs(best["count"] - target), best["count"]):
                    best = line.point(line.reaching(count, start))
        return best


def points(sizes: Mapping[str, int]) -> dict[str, Interval]:
    """Single sizes as intervals."""
    return {name: (size, size) for name, size in sizes.items()}


def one_side(axis: Axis, fulfils: Callable[[int], bool]) -> Axis:
    """The sizes of an axis that fulfil a condition, which changes at most once along it."""
    first = fulfils(axis[0])
    if first == fulfils(axis[-1]):
        return axis if first else axis[:0]
    low, high = 0, len(axis) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fulfils(axis[middle]) == first else (low, middle)
    return axis[:high] if first else axis[high:]


def letters_under(steps: Steps, start: int) -> set[int]:
    """The places of the letters that a step is computed from."""
    number = len(steps.letters)
    found: set[int] = set()
    ahead = [start]
    while ahead:
        place = ahead.pop()
        if place < number:
            found.add(place)
        elif steps.steps[place - number][0] != "number":
            ahead += steps.steps[place - number][1:]
    return found
