"""The work of ``lift``: run the builder, fold the runs, prove the rows at fresh sizes, and loosen what need not hold."""

from __future__ import annotations

import re
from math import prod

from ..core.progress import Progress
from ..errors import SettingError, brief
from .conditions import Comparison, Condition, Legal, holds_at, rounds_of
from .covering import are_several, are_there, is_telling, one_sided, thinly_seen
from .ends import ends_of
from .evaluating import Point
from .expressions import constant, letter
from .fitting import Fitting
from .folding import Folding, Refusal, sizes_text
from .model import LiftedModel
from .path import Way
from .rows import tensors_at
from .running import Builder, Run, point_of
from .sampling import SCALES, Sampling
from .seen import Seen
from .tree import NoClosedForm
from .writing import tuple_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from .covering import Side, Thin
    from .expressions import Expression
    from .rows import Facts, Row
    from .running import Sizes
    from .sampling import Test

    T = TypeVar("T")

NUMBER = r"(?:\d+|[a-z])"  # in a name
MOST_RUNS = 48
LARGEST_FILLED = 2**25  # numbers in a model of Keras that is built at fresh sizes
ROUNDS = 8
MORE = 8  # runs that a rule may ask for
TRIES = 5  # sizes at which a letter is moved until the builder takes one
FEWEST = 2  # checks with this many blocks or fewer
WIDTHS = (0.25, 0.35, 0.5, 0.75, 1.0, 1.25, 1.4)
MOST_COVERED = 8
LOOSENED = 6  # runs that are spent on conditions which may not matter


class Lifting:
    """One builder with one setting of its flags."""

    def __init__(
        self,
        build: Callable[..., object],
        start: Sizes,
        flags: Mapping[str, Sequence[object]],
        legal: Test | None,
        checks: int,
    ) -> None:
        self.build, self.start, self.flags, self.legal, self.checks = build, start, flags, legal, checks
        self.builder = Builder(build, {name: values[0] for name, values in flags.items()})
        self.least = {name: int(value >= 1) for name, value in start.items() if isinstance(value, int)}
        self.sampling = Sampling(start, self.least, legal)
        self.progress = Progress()
        self.runs: list[Run] = []
        self.rows: list[Row] = []
        self.checked: list[Run] = []
        self.needless: set[Condition] = set()
        self.covered: list[Run] = []
        self.kept: list[Condition] = []  # sides of comparisons beyond which a row was never seen
        self.open: list[tuple[Expression, Expression]] = []  # rules that agree at all runs so far
        self.settled: list[tuple[Expression, Expression]] = []  # those that agree wherever a run could be made

    # ------------------------------------------------------------ the whole
    def model(self) -> LiftedModel:
        try:
            self.explore()
            self.rows = self.folded_at_first()
            self.widen()
            self.prove()
            self.loosen()
            self.cover()
        finally:
            self.progress.done()
        way = self.way
        conditions: list[Condition | Legal] = [
            each for each in (*way.conditions, *self.fewest, *self.kept) if each not in self.needless and not self.is_plain(each)
        ]
        if self.legal is not None:
            conditions.append(Legal(self.legal, f"legal({', '.join(self.start)})", tuple(self.start)))
        seen = Seen(
            runs=len(self.runs),
            checks=[run.sizes for run in self.checked],
            refused=self.builder.refused,
            constructions=self.builder.calls,
            both_ways=[each.words(True) for each in way.both_ways],
            flags={name: values[0] for name, values in self.flags.items()},
        )
        once = self.seen_once()
        if once:
            raise self.refused(f"{once} was there for one number only, which shows no rule; start with more blocks")
        at_start = point_of(self.start)
        broken = [str(each) for each in conditions if not each.holds(at_start)]
        if broken:  # seen in runs of another branch only, and then not known to be asked at the start
            raise self.refused(f"its code compares other sizes at the start than elsewhere, such as {broken[0]}")
        try:
            return LiftedModel(self.name, self.rows, self.start, conditions, seen, self.variant)
        except NoClosedForm as why:
            raise self.refused(str(why)) from None

    def seen_once(self) -> str:
        """A row for every number of which all runs have a single tensor; an empty string if there is none."""
        single = {row.name for row in self.rows if "{" not in row.name}
        names = {tensor.name for run in (*self.runs, *self.checked) for tensor in run.tensors} - single
        for row in self.rows:
            pattern = re.compile(NUMBER.join(map(re.escape, re.split(r"\{[^}]*\}", row.name))))
            if row.name not in single and sum(pattern.fullmatch(name) is not None for name in names) < 2:
                return row.name
        return ""

    @property
    def name(self) -> str:
        return str(getattr(self.build, "__name__", type(self.build).__name__))

    def variant(self, chosen: Mapping[str, object]) -> LiftedModel:
        """The model of another setting of the flags."""
        flags = {}
        for name in chosen:
            if name not in self.flags:
                raise SettingError(
                    f"{self.name} was lifted without a flag {name!r}; its flags are {', '.join(self.flags) or 'none'}"
                )
        for name, values in self.flags.items():
            first = chosen.get(name, values[0])
            if first not in values:
                raise SettingError(f"flag {name!r} is one of {', '.join(map(repr, values))}, not {brief(first)}")
            flags[name] = [first, *(value for value in values if value != first)]
        return Lifting(self.build, self.start, flags, self.legal, self.checks).model()

    def is_plain(self, condition: Condition) -> bool:
        """Whether a condition only says that a size is a size: a letter that is an axis has to be one anyway."""
        its = condition.comparison
        return its.left.constant == 1 and any(its.right == axis for row in self.rows for axis in row.axes)

    @property
    def way(self) -> Way:
        return Way(self.runs, self.least)

    # ------------------------------------------------------------ runs with tags
    def explore(self) -> None:
        """The start, each letter moved alone, and all of them moved together."""
        first = self.tried(self.start)
        if first is None:
            raise SettingError(f"{self.name} raises an error at {sizes_text(self.start)}: {described(self.builder.error)}")
        self.runs.append(first)
        for name in self.start:
            for number, sizes in enumerate(self.sampling.moved(name, self.goes_loosely_through)):
                run = self.tried(sizes)
                if run is not None:
                    self.runs.append(run)
                    if {each.name for each in run.tensors} != {each.name for each in first.tensors}:
                        self.sampling.repeats.add(name)
                    break
                if number >= TRIES - 1:
                    break
        for _ in range(2):
            self.one_more()
        for rounds in self.rounds():
            self.one_more(scale=SCALES[1], through=rounds)

    def rounds(self) -> list[Comparison]:
        """Loops that were over before what comes every p-th time had come often enough to be seen."""
        way = self.way
        found: dict[Comparison, None] = {}
        for index, loops in way.loops.items():
            turning = [each for each in way.outcomes if any(its.text == index for its in each.indices())]
            for loop in loops:
                found |= dict.fromkeys(rounds for each in turning for rounds in rounds_of(each, loop))
        return [each for each in found if all(holds_at(each, run.point) for run in self.runs)]

    def goes_loosely_through(self, point: Point) -> bool:
        """Whether sizes take the way but for what is so at every turn of a loop: in a longer one it may turn."""
        way = self.way
        return way.goes_through(point, filter(way.leaves_open, way.conditions))

    def tried(self, sizes: Sizes, tags: bool = True) -> Run | None:
        self.progress.say(f"lift: run {self.builder.calls + 1} of {self.name}, at {sizes_text(sizes)}")
        return self.builder.run(sizes, tags)

    def one_more(
        self, scale: int = 1, through: Comparison | None = None, differing: tuple[Expression, Expression] | None = None
    ) -> bool:
        """Another run on the way, with all letters moved, where asked one with more rounds than two, or where two rules differ.

        False where there is none.
        """
        if self.builder.calls >= MOST_RUNS:
            return False
        way = self.way
        aside = [each for each in way.conditions if each.comparison == through or way.leaves_open(each)]

        def takes(point: Point) -> bool:
            if differing is not None:
                one, other = differing
                return one.at(point) != other.at(point) and way.goes_through(point, aside)
            if through is None:
                return way.goes_through(point)
            return holds_at(through, point) is False and way.goes_through(point, aside)

        for _ in range(3):
            sizes = self.sampling.fresh(takes, scale)
            run = None if sizes is None else self.tried(sizes)
            if run is not None:
                self.runs.append(run)
                return True
        return False

    # ------------------------------------------------------------ rows
    def fold(self, runs: Sequence[Run]) -> list[Row]:
        way = Way(runs, self.least)
        whole = [name for name, value in self.start.items() if isinstance(value, int)]
        multipliers = [name for name, value in self.start.items() if isinstance(value, float)]
        numbering = Fitting(whole, multipliers, ends_of(way), small=True)
        axes = Fitting(whole, multipliers)
        rows = Folding(runs, axes, numbering).rows()
        self.open = [pair for pair in (*numbering.open, *axes.open) if pair not in self.settled]
        return rows

    def folded(self) -> list[Row]:
        """The rows of all runs so far; more are made as long as a rule lacks them."""
        for more in range(MORE + 1):
            try:
                rows = self.fold(self.runs)
                if more == MORE or not self.settles():
                    return rows
            except Refusal as refusal:
                if not refusal.lacking or more == MORE or not self.one_more(SCALES[more % 2]):
                    raise self.refused(str(refusal)) from None
        raise AssertionError

    def settles(self) -> bool:
        """A run at sizes where two rules differ that agree at all others; those that differ nowhere on the way are one."""
        for pair in self.open:
            if self.one_more(differing=pair):
                return True
            self.settled.append(pair)
        return False

    def folded_at_first(self) -> list[Row]:
        """The rows of the first runs; where those that left the way of the start do not fold with it, of the others."""
        try:
            return self.folded()
        except SettingError:
            start = Way(self.runs[:1], self.least)
            kept = [self.runs[0], *(run for run in self.runs[1:] if start.goes_through(run.point))]
            if len(kept) == len(self.runs):
                raise
            self.runs = kept
            return self.folded()

    def refused(self, why: str) -> SettingError:
        return SettingError(f"{self.name} cannot be lifted: {why}")

    # ------------------------------------------------------------ proof
    def prove(self) -> None:
        """Fresh runs with plain numbers give what the rows say; one that does not becomes one more run with tags."""
        wrong = 0
        scale = 0
        while len(self.checked) < self.checks:
            sizes = self.unseen(scale)
            scale += 1
            if sizes is None or self.builder.refused > 4 * MOST_RUNS or scale > 4 * MOST_RUNS:
                self.settle_for_fewer()
                return
            run = None if self.is_too_large(sizes) else self.tried(sizes, tags=False)
            if run is None:
                continue
            difference = self.difference(run)
            if difference is None:
                self.checked.append(run)
                continue
            wrong += 1
            if wrong > ROUNDS:
                raise self.refused(difference)
            try:
                self.learn(sizes, difference)
            except SettingError:
                if not self.leaves_out(sizes):
                    raise

    def unseen(self, number: int) -> Sizes | None:
        """Sizes of one check: small and large ones, and with one block, then two, before any number of them."""
        thin = next(thinly_seen(self.rows, self.points), None) if number >= len(SCALES) else None
        telling = None if thin is None else self.sampling.fresh(self.shows_more(thin))
        if telling is not None:
            return telling
        takes, repeated = self.way.goes_through, number + 1 if number < FEWEST else None
        for scale, many in ((SCALES[number % len(SCALES)], repeated), (1, repeated), (1, None)):
            sizes = self.sampling.fresh(takes, scale, many)
            if sizes is not None:
                return sizes
        return None

    def leaves_out(self, sizes: Sizes) -> bool:
        """Whether there were fewer blocks than in any run so far, at which the builder did otherwise: there the formula does not hold."""
        fewer = [name for name in self.sampling.repeats if sizes[name] < min(run.sizes[name] for run in self.runs)]
        self.least.update({name: int(sizes[name]) + 1 for name in fewer})
        return bool(fewer)

    @property
    def fewest(self) -> list[Condition]:
        """That there are as many blocks as in some run: with fewer, the first may be the last, and no run showed that."""
        found = []
        points = [run.point for run in (*self.runs, *self.checked)]
        for name in sorted(self.sampling.repeats):
            least = min(point[name] for point in points)
            if any(
                self.way.goes_through(Point({**{each: point[each] for each in self.start}, name: least - 1})) for point in points
            ):
                found.append(Condition(Comparison("<=", constant(least), letter(name)), True, (), False))
        return found

    def is_too_large(self, sizes: Sizes) -> bool:
        """Whether a model that fills its tensors would take very much memory at these sizes."""
        said = self.said_at(point_of(sizes)) if self.runs[0].fills else None
        start = sum(prod(tensor.shape) for tensor in self.runs[0].tensors)
        return said is not None and sum(prod(shape) for shape, _, _ in said.values()) > max(LARGEST_FILLED, 2 * start)

    def settle_for_fewer(self) -> None:
        if not self.checked:
            raise self.refused("no other sizes at which it could be checked were found; give legal=, or other starting values")

    def learn(self, sizes: Sizes, difference: str) -> None:
        """A run that came out otherwise: with it the rows fold anew, or the builder does not do the same twice."""
        run = self.tried(sizes)
        if run is None:
            raise self.refused(difference)
        before = self.runs
        self.runs = [*before, run]
        try:
            self.rows = self.folded()
        except SettingError:
            new = [each for each in self.way.conditions if each not in Way(before, self.least).conditions]
            self.runs = before
            if self.way.goes_through(run.point) and not new:
                raise self.refused(difference) from None
            raise
        self.checked = [each for each in self.checked if self.difference(each) is None]

    def difference(self, run: Run) -> str | None:
        """Where a run is not what the rows say, or None."""
        said = self.said_at(run.point)
        made = {each.name: (each.shape, each.trainable, each.tied_to) for each in run.tensors}
        if said == made:
            return None
        sizes = sizes_text(run.sizes)
        if said is None:
            return f"the rule found for {self.without_value(run.point)} has no value at {sizes}"
        for name in sorted(said.keys() | made.keys()):
            if said.get(name) != made.get(name):
                return f"{name} is {facts_text(made.get(name))} at {sizes}, where the rule found gives {facts_text(said.get(name))}"
        return None

    def without_value(self, point: Point) -> str:
        """The first row that cannot be computed at a point."""
        for row in self.rows:
            try:
                tensors_at([row], point)
            except (ArithmeticError, ValueError, KeyError):
                return str(row)
        return "its rows"

    def said_at(self, point: Point) -> dict[str, Facts] | None:
        try:
            return tensors_at(self.rows, point)
        except (ArithmeticError, ValueError, KeyError):
            return None

    # ------------------------------------------------------------ conditions that need not hold
    def widen(self) -> None:
        """Tries usual multipliers: what rounds widths compares them at each, so the starting one alone would hold for few."""
        for name, value in self.start.items():
            for other in WIDTHS if isinstance(value, float) else ():
                sizes = {**self.start, name: other}
                legal = self.sampling.suits(sizes, lambda point: not self.way.goes_through(point))
                if legal and self.builder.calls < MOST_RUNS:
                    self.loosen_with(self.sampling.note(sizes), None)

    def loosen(self) -> None:
        """Tries sizes at which one condition does not hold, and all others do: where the rows are right, it was none."""
        tries = LOOSENED
        for condition in [each for each in self.way.conditions if not self.is_plain(each)]:
            if not tries or condition not in self.way.conditions or self.builder.calls >= MOST_RUNS:
                continue
            sizes = self.against(condition)
            if sizes is not None:
                tries -= 1
                self.loosen_with(sizes, condition)

    def cover(self) -> None:
        """Builds at sizes where rows show what no run has shown of them; what is learnt there is checked anew."""
        self.each_once(lambda: thinly_seen(self.rows, self.points), self.see_more)
        self.each_once(lambda: one_sided(self.rows, self.way.both_ways, self.points), self.see_other_side)
        self.prove()

    def each_once(self, found: Callable[[], Iterator[T]], see: Callable[[T], None]) -> None:
        """Does something for all that is found, which may become other things by it."""
        done: set[T] = set()
        while (next_one := next((each for each in found() if each not in done), None)) is not None:
            done.add(next_one)
            see(next_one)

    @property
    def points(self) -> list[Point]:
        """Where the builder has run, with tags or without."""
        return [run.point for run in (*self.runs, *self.checked, *self.covered)]

    def see_more(self, thin: Thin) -> None:
        """Builds where there are several tensors of a row, with another value of a letter of its rule."""
        difference = self.seen_at(self.shows_more(thin))
        if difference is not None:
            self.learn(*difference)

    def shows_more(self, thin: Thin) -> Callable[[Point], bool]:
        """Whether a point is such a one."""
        numbers, letter, values = thin
        whole = [name for each in numbers for name in each.letters() if isinstance(self.start[name], int)]

        def takes(point: Point) -> bool:
            other = is_telling(point[letter]) and point[letter] not in values and all(is_telling(point[name]) for name in whole)
            return other and are_several(numbers, point) and self.way.goes_through(point, self.needless)

        return takes

    def see_other_side(self, side: Side) -> None:
        """Builds where a row is on the other side of a comparison; where that does not fit, the side is a condition."""
        numbers, comparison, seen = side

        def takes(point: Point) -> bool:
            other = holds_at(comparison, point) is (not seen) and are_there(numbers, point)
            return other and self.way.goes_through(point, self.needless)

        if len(self.covered) == MOST_COVERED and self.sampling.fresh(takes) is not None:
            self.kept.append(Condition(comparison, seen))
            return
        difference = self.seen_at(takes)
        try:
            if difference is not None:
                self.learn(*difference)
        except SettingError:
            self.kept.append(Condition(comparison, seen))

    def seen_at(self, takes: Callable[[Point], bool]) -> tuple[Sizes, str] | None:
        """A build at such sizes that is not what the rows say: the sizes, and the difference."""
        if len(self.covered) == MOST_COVERED:
            return None
        run = None
        for _ in range(TRIES):
            sizes = self.sampling.fresh(takes)
            if sizes is None:
                return None
            run = None if self.is_too_large(sizes) else self.tried(sizes, tags=False)
            if run is not None:
                break
        if run is None:
            return None
        difference = self.difference(run)
        if difference is not None:
            return run.sizes, difference
        self.covered.append(run)
        return None

    def against(self, condition: Condition) -> Sizes | None:
        way = self.way
        own = condition.letters()
        zero = condition.comparison.left.constant == 1 and not condition.from_builder

        def takes(point: Point) -> bool:
            return not condition.holds(point) and way.goes_through(point, [condition, *self.needless])

        if zero:
            sizes = {**self.start, **dict.fromkeys(own, 0)}
            return self.sampling.note(sizes) if self.sampling.suits(sizes, takes) else None
        for name in own:
            for value in self.sampling.steps(self.start[name]):
                sizes = {**self.start, name: value}
                if value >= self.least.get(name, 0) and self.sampling.suits(sizes, takes):
                    return self.sampling.note(sizes)
        for _ in range(100):
            sizes = {name: self.sampling.value(name, 1) if name in own else value for name, value in self.start.items()}
            if self.sampling.suits(sizes, takes):
                return self.sampling.note(sizes)
        return None

    def loosen_with(self, sizes: Sizes, condition: Condition | None) -> None:
        run = self.tried(sizes)
        if run is None:
            return
        rows, runs = self.rows, self.runs
        self.runs = [*runs, run]
        if self.is_no_condition(run):
            self.needless |= {condition} if condition is not None else set()
        else:
            self.rows, self.runs = rows, runs

    def is_no_condition(self, run: Run) -> bool:
        """Whether the rows of all runs with this last one, where what came out otherwise does not matter, are right at every run."""
        before = self.rows
        try:
            rows = self.fold(self.runs)
            rows = self.folded() if self.open else rows
        except (Refusal, SettingError):
            return False
        if axes_of(rows) == axes_of(before) and self.difference(run) is None:
            rows = before
        if numbers_of(rows) != numbers_of(before):  # a rule for few numbers that changes for one more is a coincidence
            return False
        self.rows = rows
        return all(self.difference(each) is None for each in (*self.runs, *self.checked))


def numbers_of(rows: Sequence[Row]) -> set[object]:
    """What names the rows have, and which numbers in them."""
    return {(row.pattern, row.numbers) for row in rows}


def axes_of(rows: Sequence[Row]) -> set[object]:
    """What axes the rows have, whatever their numbers are."""
    return {(row.pattern, row.axes) for row in rows}


def described(error: Exception | None) -> str:
    return f"{type(error).__name__}: {error}" if error is not None else "no error"


def facts_text(facts: Facts | None) -> str:
    if facts is None:
        return "absent"
    shape, trainable, tied_to = facts
    return tuple_text(shape) + ("" if trainable else ", not trained") + (f", tied to {tied_to}" if tied_to else "")
