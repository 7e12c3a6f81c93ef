"""The proof in words: the counts that decide, and how the count changes between them."""

from __future__ import annotations

from functools import reduce
from operator import add

from ...core.notation.forms import expanded
from ...errors import listed
from ...tables.cells import Equations, Expression, words
from .monotone_runs import COUNTED, GROWS
from .ranges import disjoint_ranges, number_text, ranges_text
from .targets import AT_LEAST, AT_MOST, EQUALS, FEWEST, MOST, NEAREST, WITHIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...tables.cells import Words
    from ..countable_subjects import Signed
    from .letter_question import LetterQuestion
    from .monotone_runs import Step
    from .open_letter import Sizes
    from .ranges import Ranges


# ---------------------------------------------------------------- evidence
def _nearest_sizes(question: LetterQuestion) -> tuple[int | None, int | None]:
    """The sizes whose counts are nearest to the target from below and from above."""
    below = max((s.below for s in question.steps if s.below is not None), key=question.number, default=None)
    above = min((s.above for s in question.steps if s.above is not None), key=question.number, default=None)
    return below, above


def _target_in_words(question: LetterQuestion) -> str:
    low, high = question.target.low, question.target.high
    return " to ".join(dict.fromkeys(number_text(limit) for limit in (low, high) if limit is not None))


def _between_in_words(question: LetterQuestion) -> str:
    """``P(127) = 130556 < 131000 < 131584 = P(128)``."""
    below, above = _nearest_sizes(question)
    wanted = _target_in_words(question)
    if below is None and above is None:
        return f"no {question.letter} makes every size a positive whole number"
    if below is None or above is None:
        n, than = (above, "above") if above is not None else (below, "below")
        assert n is not None
        return f"{question.at(n)} comes nearest and is {than} {wanted}"
    return f"{question.at(below)} < {wanted} < {number_text(question.number(above))} = {question.name}({number_text(above)})"


def _evidence_exact(question: LetterQuestion, ranges: Ranges) -> list[str]:
    if not ranges:
        return [_between_in_words(question)]
    ends = dict.fromkeys(n for sizes in ranges[:6] for n in (sizes[0], sizes[-1]))
    return [", ".join(question.at(n) for n in ends) + (", ..." if len(ranges) > 6 else "")]


def _evidence_within(question: LetterQuestion, ranges: Ranges) -> list[str]:
    if not ranges:
        return [_between_in_words(question)]
    sides = [
        f"{question.at(n)} is {than}" for n, than in zip(_nearest_sizes(question), ("below", "above"), strict=True) if n is not None
    ]
    return [*_evidence_exact(question, ranges), *([f"{listed(sides)} {_target_in_words(question)}"] if sides else [])]


def _evidence_nearest(question: LetterQuestion, ranges: Ranges) -> list[str]:
    wanted = question.target.low
    lines = []
    for n in _nearest_sizes(question):
        if n is not None and wanted is not None:
            distance = question.number(n) - wanted
            if question.name == "D":
                lines.append(f"{question.at(n)}: the first count is {'larger' if distance > 0 else 'smaller'}")
            else:
                lines.append(
                    f"{question.at(n)} is {number_text(abs(distance))} {'above' if distance > 0 else 'below'} {number_text(wanted)}"
                )
    if any(question.number(sizes[0]) == wanted for sizes in ranges):
        return _evidence_exact(question, ranges)
    return lines or [_between_in_words(question)]


def _evidence_at_most(question: LetterQuestion, ranges: Ranges) -> list[str]:
    if not ranges:
        return [_between_in_words(question)]
    n, wanted = ranges[0][0], _target_in_words(question)
    after = min((s.above for s in question.steps if s.above is not None and s.above > n), default=None)
    tail = "" if after is None else f" < {number_text(question.number(after))} = {question.name}({number_text(after)})"
    return [f"{question.at(n)} <= {wanted}{tail}"]


def _evidence_at_least(question: LetterQuestion, ranges: Ranges) -> list[str]:
    if not ranges:
        return [_between_in_words(question)]
    n, wanted = ranges[0][0], _target_in_words(question)
    before = max((s.below for s in question.steps if s.below is not None and s.below < n), default=None)
    front = "" if before is None else f"{question.at(before)} < "
    return [f"{front}{wanted} <= {number_text(question.number(n))} = {question.name}({number_text(n)})"]


def _evidence_extreme(question: LetterQuestion, ranges: Ranges) -> list[str]:
    if not ranges:
        return [_between_in_words(question)]
    first, last = ranges[0][0], ranges[-1][-1]
    neighbours = [question.at(n) for n in (first - 1, last + 1) if question.count_at(n) is not None]
    are, them = ("is", "it") if first == last else ("are", "them")
    extreme = "largest" if question.kind == MOST else "smallest"
    tail = f"; next to {them}, {listed(neighbours)}" if neighbours else ""
    return [f"{_evidence_exact(question, ranges)[0]} {are} the {extreme}{tail}"]


EVIDENCE: dict[str, Callable[[LetterQuestion, Ranges], list[str]]] = {
    EQUALS: _evidence_exact,
    WITHIN: _evidence_within,
    NEAREST: _evidence_nearest,
    AT_MOST: _evidence_at_most,
    AT_LEAST: _evidence_at_least,
    MOST: _evidence_extreme,
    FEWEST: _evidence_extreme,
}


# ---------------------------------------------------------------- reasons
TOLD = 6  # steps that a sentence names


def reason_in_words(question: LetterQuestion) -> Words:
    """Why the counts decide: how the count changes with the letter."""
    grows = f": no power of {question.letter} has a negative coefficient" if plainly_grows(question) else ""
    partial = f"; no other {question.letter} makes every size a positive whole number" if question.counts.partial else ""
    return words(
        Equations(f"{question.name}({question.letter})"), " = ", question.formula, f" {movement_in_words(question)}{grows}{partial}"
    )


def movement_in_words(question: LetterQuestion) -> str:
    """``falls from n = 1 to 5 and grows from n = 6 on``."""
    steps = sorted(question.steps, key=lambda step: (step.first, step.step))
    if len(steps) == 1 and steps[0].moves != COUNTED:
        (step,) = steps
        if step.last is None and step.step == 1:
            return f"{step.moves} with {question.letter}" + (f" from {question.letter} = {step.first} on" if step.first > 1 else "")
    if not steps:
        return "was not counted at any size"
    told = [_step_in_words(step, question.letter) for step in steps[:TOLD]]
    if len(steps) > TOLD:
        told.append(f"so on for {len(steps) - TOLD} more runs (see .steps)")
    return listed(told)


def plainly_grows(question: LetterQuestion) -> bool:
    """Whether the coefficients alone show that the count grows."""
    branches = question.counts.branches
    return (
        len(branches) == 1 == len(question.steps)
        and branches[0].start == 0
        and all(coefficient >= 0 for coefficient in branches[0].polynomial[1:])
        and question.steps[0].moves == GROWS
    )


def _step_in_words(step: Step, letter: str) -> str:
    if step.moves == COUNTED:
        sizes = step.sizes
        return f"{step.moves} at {f'{letter} = {ranges_text(disjoint_ranges([range(n, n + 1) for n in sizes]))}' if len(sizes) <= 12 else f'{len(sizes)} sizes from {letter} = {number_text(sizes[0])} to {number_text(sizes[-1])}'}"
    if step.first == step.last:
        return f"is counted at {letter} = {number_text(step.first)}"
    by = f" in steps of {step.step}" if step.step > 1 else ""
    if step.last is None:
        return f"{step.moves} from {letter} = {number_text(step.first)} on{by}"
    return f"{step.moves} from {letter} = {number_text(step.first)} to {number_text(step.last)}{by}"


# ---------------------------------------------------------------- the count
def name_and_count(formulas: Sequence[Signed], values: Sequence[Sizes], compares: bool) -> tuple[str, Words]:
    """The name of the count in a proof, and the count multiplied out."""
    parts = [formula.given(sizes).polynomial.scaled(sign) for (sign, formula), sizes in zip(formulas, values, strict=True)]
    count = Expression(expanded(reduce(add, parts)))
    return ("D", words("first count - second count = ", count)) if compares else ("P", words(count))
