"""The choice of sizes from the steps that decide: all in the target, the nearest, the largest, those with the largest count."""

from __future__ import annotations

from ...errors import SettingError
from .monotone_runs import COUNTED, FALLS, GROWS, STAYS
from .ranges import disjoint_ranges, number_text
from .targets import AT_LEAST, AT_MOST, EQUALS, FEWEST, MOST, NEAREST, WITHIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .letter_question import LetterQuestion
    from .ranges import Ranges


LIMIT = "limit the sizes, as in among=range(1, 1001)"


def _hits(question: LetterQuestion) -> Iterator[range]:
    for step in question.steps:
        if step.moves == COUNTED:
            yield from (range(n, n + 1) for n in step.sizes if question.number(n) in question.target)
        elif step.hits is not None:
            first, last = step.hits
            if last is None:
                in_steps = f" in steps of {step.step}" if step.step > 1 else ""
                raise SettingError(
                    f"infinitely many {question.letter} fit, every {question.letter} from {number_text(first)} on{in_steps}; {LIMIT}"
                )
            yield range(first, last + 1, step.step)


def _all(question: LetterQuestion) -> Ranges:
    return disjoint_ranges(list(_hits(question)))


def _largest(question: LetterQuestion) -> Ranges:
    return _only(max((each[-1] for each in _hits(question)), default=None))


def _smallest(question: LetterQuestion) -> Ranges:
    firsts = (
        next((n for n in step.sizes if question.number(n) in question.target), None) if step.moves == COUNTED else step.hits[0]
        for step in question.steps
        if step.hits is not None
    )
    return _only(min((n for n in firsts if n is not None), default=None))


def _only(n: int | None) -> Ranges:
    return () if n is None else (range(n, n + 1),)


def _nearest(question: LetterQuestion) -> Ranges:
    hits = _all(question)
    wanted = question.target.low
    if hits or wanted is None:
        return hits
    distance = {n: abs(question.number(n) - wanted) for step in question.steps for n in (step.below, step.above) if n is not None}
    least = min(distance.values(), default=0)
    found = []
    for step in question.steps:
        near = [n for n in (step.below, step.above) if n is not None and distance[n] == least]
        if near and step.moves == STAYS:
            if step.last is None:
                raise SettingError(f"every {question.letter} from {number_text(step.first)} on is equally near; {LIMIT}")
            found.append(range(step.first, step.last + 1, step.step))
        elif near and step.moves == COUNTED:
            found += [range(n, n + 1) for n in step.sizes if abs(question.number(n) - wanted) == least]
        else:
            found += [range(n, n + 1) for n in near]
    return disjoint_ranges(found)


def _most(question: LetterQuestion) -> Ranges:
    return _extreme(question, max, GROWS)


def _fewest(question: LetterQuestion) -> Ranges:
    return _extreme(question, min, FALLS)


def _extreme(question: LetterQuestion, choose: Callable[[Iterable[int]], int], onwards: str) -> Ranges:
    """The sizes with the largest or the smallest count: the ends of the runs that move ``onwards`` to it, the starts of others."""
    found: list[range] = []
    for step in question.steps:
        if step.moves == COUNTED:
            found += [range(n, n + 1) for n in step.sizes]
            continue
        if step.last is None and step.moves in (onwards, STAYS):
            extreme_count = "largest" if question.kind == MOST else "smallest"
            raise SettingError(
                f"no {question.letter} has the {extreme_count} count: the count {step.moves} without end from "
                f"{question.letter} = {number_text(step.first)} on; {LIMIT}"
            )
        if step.moves == STAYS and step.last is not None:
            found.append(range(step.first, step.last + 1, step.step))
        else:
            n = step.last if step.moves == onwards else step.first
            assert n is not None  # a run without an end has been refused
            found.append(range(n, n + 1))
    if not found:
        return ()
    extreme = choose(question.number(sizes[0]) for sizes in found)
    return disjoint_ranges([sizes for sizes in found if question.number(sizes[0]) == extreme])


CHOOSE: dict[str, Callable[[LetterQuestion], Ranges]] = {
    EQUALS: _all,
    WITHIN: _all,
    NEAREST: _nearest,
    AT_MOST: _largest,
    AT_LEAST: _smallest,
    MOST: _most,
    FEWEST: _fewest,
}
