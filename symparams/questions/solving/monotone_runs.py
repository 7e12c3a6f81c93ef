"""The steps of a proof: runs of sizes on which a count only grows, only falls, or stays, and where each meets a target.

Together they contain every allowed size exactly once. On a run that grows, the sizes whose count is in the target are
neighbours; the size before them is below it, the size after them above it. So each step can be checked by hand.
"""

from __future__ import annotations

from .univariate import (
    first_reaching,
    polynomial_multiple,
    polynomial_sum,
    polynomial_value,
    slope_runs,
    whole_multiple,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .sequences import Branch, Counts
    from .univariate import Coefficients

GROWS, FALLS, STAYS, COUNTED = "grows", "falls", "stays", "was counted one by one"


class Target:
    """The counts that are wanted, from ``low`` to ``high``; None for no limit."""

    __slots__ = ("high", "low")

    def __init__(self, low: int | None, high: int | None) -> None:
        self.low, self.high = low, high

    def __contains__(self, count: int) -> bool:
        return (self.low is None or count >= self.low) and (self.high is None or count <= self.high)


class Step:
    """A run of sizes: ``first``, ``first + step``, ... ``last`` (None for no end), and how the count ``moves`` along it.

    ``hits`` are the first and the last size in the target, or None; ``below`` and ``above`` the sizes whose counts are
    nearest to it on either side, or None. A step of sizes that were counted one by one has them in ``sizes``.
    """

    __slots__ = ("above", "below", "first", "hits", "last", "moves", "sizes", "step")

    def __init__(
        self,
        first: int,
        last: int | None,
        step: int,
        moves: str,
        hits: tuple[int, int | None] | None,
        below: int | None,
        above: int | None,
        sizes: tuple[int, ...] = (),
    ) -> None:
        self.first, self.last, self.step, self.moves = first, last, step, moves
        self.hits, self.below, self.above, self.sizes = hits, below, above, sizes

    def __repr__(self) -> str:
        end = "" if self.last is None else f" to {self.last}"
        return f"<Step from {self.first}{end} by {self.step}: {self.moves}, hits {self.hits}>"


def steps_of(counts: Counts, target: Target) -> list[Step]:
    """The steps that decide at which sizes a count is in a target."""
    found = [step for branch in counts.branches for step in steps_on(branch, target)]
    return [*found, listed_step(counts.listed, target)] if counts.listed else found


def steps_on(branch: Branch, target: Target) -> Iterator[Step]:
    """The steps of one branch, in order."""
    p = branch.polynomial
    for first, last, slope in slope_runs(whole_multiple(p), branch.first, branch.last):
        if slope > 0:
            yield _growing(branch, p, target.low, target.high, first, last, GROWS)
        elif slope < 0:
            low, high = (None if limit is None else -limit for limit in (target.high, target.low))
            yield _growing(branch, polynomial_multiple(p, -1), low, high, first, last, FALLS)
        else:
            yield _staying(branch, target, first, last)


def _growing(branch: Branch, p: Coefficients, low: int | None, high: int | None, first: int, last: int | None, moves: str) -> Step:
    """A growing run; a falling one is the growing run of its negative, with below and above exchanged."""
    behind = None if last is None else last + 1
    start = first if low is None else first_reaching(_less(p, low), first, last)
    if high is None:
        end = behind
    elif high == low:
        end = start + (start != behind and polynomial_value(p, start) == low)
    else:
        end = first_reaching(_less(p, high + 1), start, last) if start != behind else start
    n = branch.n
    hits = (n(start), None if end is None else n(end - 1)) if end is None or start < end else None
    sides = n(start - 1) if start > first else None, n(end) if end is not None and end != behind else None
    below, above = sides if moves == GROWS else reversed(sides)
    return Step(n(first), None if last is None else n(last), branch.step, moves, hits, below, above)


def _staying(branch: Branch, target: Target, first: int, last: int | None) -> Step:
    """A run on which the count stays the same."""
    count, n = polynomial_value(branch.polynomial, first), branch.n
    ends = n(first), None if last is None else n(last)
    below = target.low is not None and count < target.low
    above = target.high is not None and count > target.high
    hits = None if below or above else ends
    return Step(*ends, branch.step, STAYS, hits, n(first) if below else None, n(first) if above else None)


def listed_step(listed: Mapping[int, int], target: Target) -> Step:
    """The step of sizes that were counted one by one."""
    sizes = tuple(sorted(listed))
    below = [n for n in sizes if target.low is not None and listed[n] < target.low]
    above = [n for n in sizes if target.high is not None and listed[n] > target.high]
    missed = {*below, *above}
    hits = [n for n in sizes if n not in missed]
    return Step(
        sizes[0],
        sizes[-1],
        1,
        COUNTED,
        (hits[0], hits[-1]) if hits else None,
        max(below, key=listed.__getitem__, default=None),
        min(above, key=listed.__getitem__, default=None),
        sizes,
    )


def _less(p: Coefficients, by: int) -> tuple[int, ...]:
    """A polynomial less a number, with whole coefficients."""
    less = (p[0] - by, *p[1:]) if len(p) > 1 else polynomial_sum(p, (-by,))
    return whole_multiple(less)
