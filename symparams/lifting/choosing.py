"""A size that a comparison decides: ``w + 8 if w < 0.9*v else w``, where runs showed both sides."""

from __future__ import annotations

from .conditions import holds_at
from .functions import chosen, chosen_equal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .conditions import Comparison
    from .expressions import Expression
    from .running import Run


def explained(seen: Sequence[tuple[int, Expression]], runs: Sequence[Run]) -> Expression | None:
    """The choice between expressions that comparisons make which are about what they are made of, or None."""
    by_run: dict[int, Expression] = {}
    for run, expression in seen:
        if by_run.setdefault(run, expression) != expression:
            return None
    return decided(by_run, runs)


def decided(by_run: Mapping[int, Expression], runs: Sequence[Run]) -> Expression | None:
    """One comparison that tells the runs apart, each side decided likewise; None where none does, or two do."""
    every = list(dict.fromkeys(by_run.values()))
    if len(every) == 1:
        return every[0]
    parts = {each.text for expression in every for each in expression.everything() if each.arguments}
    found: dict[Expression, None] = {}
    for comparison in dict.fromkeys(each for run in by_run for each in runs[run].recording.outcomes):
        if not is_about(comparison, parts):
            continue
        came = {run: holds_at(comparison, runs[run].point) for run in by_run}
        sides = [{run: its for run, its in by_run.items() if came[run] is side} for side in (True, False)]
        if None in came.values() or any(set(side.values()) >= set(every) or not side for side in sides):
            continue
        yes, no = (decided(side, runs) for side in sides)
        if yes is not None and no is not None:
            found[choice(comparison, yes, no)] = None
    return next(iter(found)) if len(found) == 1 else None


def is_about(comparison: Comparison, parts: set[str]) -> bool:
    """Whether one side of a comparison is a piece of the expressions."""
    return any(
        (side.single is not None and side.single.text in parts) or any(each.text in parts for each in side.pieces)
        for side in (comparison.left, comparison.right)
    )


def choice(comparison: Comparison, yes: Expression, no: Expression) -> Expression:
    difference = comparison.difference
    if comparison.relation == "==":
        return chosen_equal(difference, yes, no)
    if comparison.relation == "<":
        return chosen(difference, yes, no)
    return chosen(difference.scaled(-1), no, yes)  # yes where difference <= 0, so no where -difference < 0
