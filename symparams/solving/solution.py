"""The sizes that were found, and the proof that there are no others."""

from __future__ import annotations

from functools import cached_property

from ..errors import SettingError, SizeError, listed
from .ranges import gathered, shown, spelled
from .steps import COUNTED, GROWS, STAYS
from .wanted import AT_LEAST, AT_MOST, EQUALS, NEAREST, WITHIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .sequences import Counts
    from .steps import Step, Target

LONGEST = 1_000_000  # values in one tuple


class Solution:
    """What :func:`solve` found for one letter. ``print`` it for the sizes and the proof.

    It is a collection of its sizes, false when there is none, and where there is one only, it stands for that number:
    ``int(solution)``, ``LSTM(solution)``.
    """

    def __init__(
        self, letter: str, counts: Counts, target: Target, steps: list[Step], kind: str, describe: Callable[[], tuple[str, str]]
    ) -> None:
        self.letter, self.kind, self.steps = letter, kind, steps
        self._counts, self._target, self._describe = counts, target, describe
        #: The sizes, exactly, as ``range`` objects in ascending order.
        self.ranges: tuple[range, ...] = _CHOOSE[kind](self)

    # ------------------------------------------------------------ the sizes
    @property
    def values(self) -> tuple[int, ...]:
        """All sizes in ascending order. Raises :class:`SettingError` when there are more than a million."""
        if sum((each[-1] - each[0]) // each.step + 1 for each in self.ranges) > LONGEST:
            raise SettingError(f"there are more than {LONGEST} sizes of {self.letter}: use .ranges")
        return tuple(sorted(n for each in self.ranges for n in each))

    @property
    def value(self) -> int:
        """The one size. Raises :class:`SizeError`, with the proof, when there is none, or more than one."""
        if len(self.ranges) == 1 and self.ranges[0][0] == self.ranges[0][-1]:
            return self.ranges[0][0]
        if not self.ranges:
            raise SizeError(f"there is no such {self.letter}: {self.evidence[0]}")
        raise SizeError(f"there is more than one such {self.letter}: {spelled(self.ranges)}")

    def count_at(self, size: int) -> int | None:
        """The count at a size, None where it makes no layer; of a comparison, how much more the first count is."""
        return self._counts.at(size)

    def __int__(self) -> int:
        return self.value

    __index__ = __int__

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __iter__(self) -> Iterator[int]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __contains__(self, size: object) -> bool:
        return any(size in each for each in self.ranges)

    # ------------------------------------------------------------ the proof
    @cached_property
    def evidence(self) -> list[str]:
        """The counts that decide: ``P(127) = 130556 < 131000 < 131584 = P(128)``."""
        return _EVIDENCE[self.kind](self)

    @property
    def reason(self) -> str:
        """Why these counts decide: how the count moves with the letter."""
        name, formula = self._describe()
        words = f"{name}({self.letter}) = {formula} {moves(self)}"
        if plainly_grows(self):
            words += f": no power of {self.letter} has a negative factor"
        return words + (f"; no other {self.letter} makes every size a whole number of at least 1" if self._counts.partial else "")

    @property
    def proof(self) -> str:
        """The counts that decide and why they do, in sentences that can be checked by hand."""
        return "\n".join([*self.evidence, self.reason])

    def __str__(self) -> str:
        head = f"{self.letter} = {spelled(self.ranges)}" if self.ranges else f"no {self.letter}"
        return f"{head}\n{self.proof}"

    def __repr__(self) -> str:
        return f"<Solution {self.letter} = {spelled(self.ranges)}>" if self.ranges else f"<Solution: no {self.letter}>"

    def at(self, size: int) -> str:
        """``P(128) = 131584``."""
        return f"{self.name}({shown(size)}) = {shown(self._number(size))}"

    def _number(self, size: int) -> int:
        count = self._counts.at(size)
        assert count is not None  # only sizes that were counted are spoken of
        return count

    @cached_property
    def name(self) -> str:
        """What the proof calls the count: ``P``, or ``D`` for the difference of two."""
        return self._describe()[0]


# ---------------------------------------------------------------- choosing
def _hits(solution: Solution) -> Iterator[range]:
    for step in solution.steps:
        if step.moves == COUNTED:
            yield from (range(n, n + 1) for n in step.sizes if solution._number(n) in solution._target)
        elif step.hits is not None:
            first, last = step.hits
            if last is None:
                raise SettingError(
                    f"{solution.letter} has no end: every {solution.letter} from {shown(first)} on"
                    f"{f' in steps of {step.step}' if step.step > 1 else ''} is one"
                )
            yield range(first, last + 1, step.step)


def _all(solution: Solution) -> tuple[range, ...]:
    return gathered(list(_hits(solution)))


def _largest(solution: Solution) -> tuple[range, ...]:
    return _only(max((each[-1] for each in _hits(solution)), default=None))


def _smallest(solution: Solution) -> tuple[range, ...]:
    firsts = (
        next((n for n in step.sizes if solution._number(n) in solution._target), None) if step.moves == COUNTED else step.hits[0]
        for step in solution.steps
        if step.hits is not None
    )
    return _only(min((n for n in firsts if n is not None), default=None))


def _only(n: int | None) -> tuple[range, ...]:
    return () if n is None else (range(n, n + 1),)


def _nearest(solution: Solution) -> tuple[range, ...]:
    hits = _all(solution)
    wanted = solution._target.low
    if hits or wanted is None:
        return hits
    distance = {n: abs(solution._number(n) - wanted) for step in solution.steps for n in (step.below, step.above) if n is not None}
    least = min(distance.values(), default=0)
    found = []
    for step in solution.steps:
        near = [n for n in (step.below, step.above) if n is not None and distance[n] == least]
        if near and step.moves == STAYS:
            if step.last is None:
                raise SettingError(f"every {solution.letter} from {shown(step.first)} on is as near as any other")
            found.append(range(step.first, step.last + 1, step.step))
        elif near and step.moves == COUNTED:
            found += [range(n, n + 1) for n in step.sizes if abs(solution._number(n) - wanted) == least]
        else:
            found += [range(n, n + 1) for n in near]
    return gathered(found)


_CHOOSE: dict[str, Callable[[Solution], tuple[range, ...]]] = {
    EQUALS: _all,
    WITHIN: _all,
    NEAREST: _nearest,
    AT_MOST: _largest,
    AT_LEAST: _smallest,
}


# ---------------------------------------------------------------- evidence
def _sides(solution: Solution) -> tuple[int | None, int | None]:
    """The sizes whose counts come nearest to the target from below and from above."""
    below = max((s.below for s in solution.steps if s.below is not None), key=solution._number, default=None)
    above = min((s.above for s in solution.steps if s.above is not None), key=solution._number, default=None)
    return below, above


def _wanted(solution: Solution) -> str:
    low, high = solution._target.low, solution._target.high
    return " to ".join(dict.fromkeys(shown(limit) for limit in (low, high) if limit is not None))


def _between(solution: Solution) -> str:
    """``P(127) = 130556 < 131000 < 131584 = P(128)``."""
    below, above = _sides(solution)
    wanted = _wanted(solution)
    if below is None and above is None:
        return f"no {solution.letter} makes a size of every size"
    if below is None or above is None:
        n, than = (above, "above") if above is not None else (below, "below")
        assert n is not None
        return f"{solution.at(n)} comes nearest and is {than} {wanted}"
    return f"{solution.at(below)} < {wanted} < {shown(solution._number(above))} = {solution.name}({shown(above)})"


def _exactly(solution: Solution) -> list[str]:
    if not solution.ranges:
        return [_between(solution)]
    ends = dict.fromkeys(n for each in solution.ranges[:6] for n in (each[0], each[-1]))
    return [", ".join(solution.at(n) for n in ends) + (", ..." if len(solution.ranges) > 6 else "")]


def _evidence_within(solution: Solution) -> list[str]:
    if not solution.ranges:
        return [_between(solution)]
    sides = [f"{solution.at(n)} is {than}" for n, than in zip(_sides(solution), ("below", "above"), strict=True) if n is not None]
    return [*_exactly(solution), *([f"{listed(sides)} {_wanted(solution)}"] if sides else [])]


def _evidence_nearest(solution: Solution) -> list[str]:
    wanted = solution._target.low
    lines = []
    for n in _sides(solution):
        if n is not None and wanted is not None:
            distance = solution._number(n) - wanted
            lines.append(f"{solution.at(n)} is {shown(abs(distance))} {'above' if distance > 0 else 'below'} {shown(wanted)}")
    if any(solution._number(each[0]) == wanted for each in solution.ranges):
        return _exactly(solution)
    return lines or [_between(solution)]


def _evidence_at_most(solution: Solution) -> list[str]:
    if not solution.ranges:
        return [_between(solution)]
    n, wanted = solution.value, _wanted(solution)
    behind = min((s.above for s in solution.steps if s.above is not None and s.above > n), default=None)
    tail = "" if behind is None else f" < {shown(solution._number(behind))} = {solution.name}({shown(behind)})"
    return [f"{solution.at(n)} <= {wanted}{tail}"]


def _evidence_at_least(solution: Solution) -> list[str]:
    if not solution.ranges:
        return [_between(solution)]
    n, wanted = solution.value, _wanted(solution)
    before = max((s.below for s in solution.steps if s.below is not None and s.below < n), default=None)
    front = "" if before is None else f"{solution.at(before)} < "
    return [f"{front}{wanted} <= {shown(solution._number(n))} = {solution.name}({shown(n)})"]


_EVIDENCE: dict[str, Callable[[Solution], list[str]]] = {
    EQUALS: _exactly,
    WITHIN: _evidence_within,
    NEAREST: _evidence_nearest,
    AT_MOST: _evidence_at_most,
    AT_LEAST: _evidence_at_least,
}


# ---------------------------------------------------------------- reasons
TOLD = 6  # steps that a sentence names


def moves(solution: Solution) -> str:
    """``falls from n = 1 to 5 and grows from n = 6 on``."""
    steps = sorted(solution.steps, key=lambda step: (step.first, step.step))
    if len(steps) == 1 and steps[0].moves != COUNTED:
        (step,) = steps
        if step.last is None and step.step == 1:
            return f"{step.moves} with {solution.letter}" + (f" from {solution.letter} = {step.first} on" if step.first > 1 else "")
    if not steps:
        return "is counted nowhere"
    told = [_told(step, solution.letter) for step in steps[:TOLD]]
    if len(steps) > TOLD:
        told.append(f"so on over {len(steps) - TOLD} more runs, which .steps has")
    return listed(told)


def plainly_grows(solution: Solution) -> bool:
    """Whether the coefficients alone show that the count grows."""
    branches = solution._counts.branches
    return (
        len(branches) == 1 == len(solution.steps)
        and branches[0].start == 0
        and all(coefficient >= 0 for coefficient in branches[0].polynomial[1:])
        and solution.steps[0].moves == GROWS
    )


def _told(step: Step, letter: str) -> str:
    if step.moves == COUNTED:
        sizes = step.sizes
        return f"{step.moves} at {f'{letter} = {spelled(gathered([range(n, n + 1) for n in sizes]))}' if len(sizes) <= 12 else f'{len(sizes)} sizes from {letter} = {shown(sizes[0])} to {shown(sizes[-1])}'}"
    if step.first == step.last:
        return f"is taken at {letter} = {shown(step.first)}"
    by = f" in steps of {step.step}" if step.step > 1 else ""
    if step.last is None:
        return f"{step.moves} from {letter} = {shown(step.first)} on{by}"
    return f"{step.moves} from {letter} = {shown(step.first)} to {shown(step.last)}{by}"
