"""The proof in words: the counts that decide, and how the count moves between them."""

from __future__ import annotations

from ...errors import listed
from .monotone_runs import COUNTED, GROWS
from .ranges import gathered, shown, spelled
from .targets import AT_LEAST, AT_MOST, EQUALS, FEWEST, MOST, NEAREST, WITHIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .answer import Solution
    from .monotone_runs import Step


# ---------------------------------------------------------------- evidence
def _sides(solution: Solution) -> tuple[int | None, int | None]:
    """The sizes whose counts come nearest to the target from below and from above."""
    below = max((s.below for s in solution.steps if s.below is not None), key=solution.number, default=None)
    above = min((s.above for s in solution.steps if s.above is not None), key=solution.number, default=None)
    return below, above


def _wanted(solution: Solution) -> str:
    low, high = solution.target.low, solution.target.high
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
    return f"{solution.at(below)} < {wanted} < {shown(solution.number(above))} = {solution.name}({shown(above)})"


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
    wanted = solution.target.low
    lines = []
    for n in _sides(solution):
        if n is not None and wanted is not None:
            distance = solution.number(n) - wanted
            if solution.name == "D":
                lines.append(f"{solution.at(n)}: the first count is {'larger' if distance > 0 else 'smaller'}")
            else:
                lines.append(f"{solution.at(n)} is {shown(abs(distance))} {'above' if distance > 0 else 'below'} {shown(wanted)}")
    if any(solution.number(each[0]) == wanted for each in solution.ranges):
        return _exactly(solution)
    return lines or [_between(solution)]


def _evidence_at_most(solution: Solution) -> list[str]:
    if not solution.ranges:
        return [_between(solution)]
    n, wanted = solution.value, _wanted(solution)
    behind = min((s.above for s in solution.steps if s.above is not None and s.above > n), default=None)
    tail = "" if behind is None else f" < {shown(solution.number(behind))} = {solution.name}({shown(behind)})"
    return [f"{solution.at(n)} <= {wanted}{tail}"]


def _evidence_at_least(solution: Solution) -> list[str]:
    if not solution.ranges:
        return [_between(solution)]
    n, wanted = solution.value, _wanted(solution)
    before = max((s.below for s in solution.steps if s.below is not None and s.below < n), default=None)
    front = "" if before is None else f"{solution.at(before)} < "
    return [f"{front}{wanted} <= {shown(solution.number(n))} = {solution.name}({shown(n)})"]


def _evidence_extreme(solution: Solution) -> list[str]:
    if not solution.ranges:
        return [_between(solution)]
    first, last = solution.ranges[0][0], solution.ranges[-1][-1]
    beside = [solution.at(n) for n in (first - 1, last + 1) if solution.count_at(n) is not None]
    are, them = ("is", "it") if first == last else ("are", "them")
    return [f"{_exactly(solution)[0]} {are} the {solution.kind}" + (f"; beside {them}, {listed(beside)}" if beside else "")]


EVIDENCE: dict[str, Callable[[Solution], list[str]]] = {
    EQUALS: _exactly,
    WITHIN: _evidence_within,
    NEAREST: _evidence_nearest,
    AT_MOST: _evidence_at_most,
    AT_LEAST: _evidence_at_least,
    MOST: _evidence_extreme,
    FEWEST: _evidence_extreme,
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
    branches = solution.counts.branches
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
