"""A size that a comparison decides: ``w + 8 if w < 0.9*v else w``, where runs showed both sides."""

from __future__ import annotations

from itertools import product

from .conditions import choice, holds_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .conditions import Comparison
    from .expressions import Expression
    from .running import Run


DEEPEST = 3  # comparisons that decide one size
MOST = 24  # choices that runs leave open


def explained(seen: Sequence[tuple[int, Expression]], runs: Sequence[Run]) -> list[Expression]:
    """The choices between expressions that comparisons may make: one where it is about what they are made of, else all that fit."""
    by_run: dict[int, Expression] = {}
    for run, expression in seen:
        if by_run.setdefault(run, expression) != expression:
            return []
    plainly = decided(by_run, runs)
    if plainly is not None:
        return [plainly]
    found = list(dict.fromkeys(choices(by_run, runs, DEEPEST)))
    return found if len(found) <= MOST else []


# ---------------------------------------------------------------- by what was compared, whatever it is about
def choices(by_run: Mapping[int, Expression], runs: Sequence[Run], deep: int) -> Iterator[Expression]:
    """Choices by comparisons that each of these runs made, of which one side is settled; the other may need more of them."""
    if len(set(by_run.values())) == 1:
        yield next(iter(by_run.values()))
        return
    for comparison in made_in_all(by_run, runs) if deep else ():
        sides = [
            {run: its for run, its in by_run.items() if runs[run].recording.outcomes[comparison] == {side}}
            for side in (True, False)
        ]
        kinds = [len(set(side.values())) for side in sides]
        if min(kinds) == 1:
            for yes, no in product(*(choices(side, runs, deep - 1) for side in sides)):
                yield choice(comparison, yes, no)


def made_in_all(by_run: Mapping[int, Expression], runs: Sequence[Run]) -> list[Comparison]:
    """The comparisons that each of these runs made, and that came out one way in it."""
    first, *others = (runs[run].recording.outcomes for run in by_run)
    return [
        comparison
        for comparison, outcomes in first.items()
        if len(outcomes) == 1 and not comparison.indices() and all(len(other.get(comparison, ())) == 1 for other in others)
    ]


# ---------------------------------------------------------------- by comparisons about what the expressions are made of


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
