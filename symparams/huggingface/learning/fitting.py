"""Rules for an axis that lost its tag: the shortest over the expressions of the class that gives every number seen."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement, permutations

from .expressions import value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from .expressions import Expression

MOST = 40  # expressions that a rule is sought over


def fitted(seen: Sequence[tuple[Mapping[str, Any], tuple[int, ...], int]], pool: Sequence[Expression], count: int) -> Expression:
    """A rule that is right at all that was seen, with two numbers more than it has unknowns; or None."""
    distinct = {(id(fields), indices): (fields, indices, number) for fields, indices, number in seen}
    points = list(distinct.values())
    numbers = [number for _, _, number in points]
    lists = [name for name, its in points[0][0].items() if isinstance(its, list)]
    elements = [("at", ("field", name), ("index", place)) for name in lists for place in range(count)]
    powers = [("**", 2, ("index", place)) for place in range(count)]
    columns: dict[Expression, list[Any]] = {}
    for expression in [*pool[:MOST], *elements, *powers]:
        try:
            columns[expression] = [value(expression, fields, indices) for fields, indices, _ in points]
        except (TypeError, IndexError, KeyError, ZeroDivisionError):
            continue
    columns = {expression: its for expression, its in columns.items() if all(type(each) in (int, float) for each in its)}
    return next((rule for rule in rules(columns, numbers) if rule is not None), None)


def rules(columns: Mapping[Expression, Sequence[Any]], numbers: Sequence[int]) -> Iterator[Expression]:
    for expression, its in columns.items():
        if list(its) == list(numbers):
            yield expression
    if len(set(numbers)) < 3:
        return
    whole = {expression: its for expression, its in columns.items() if all(type(each) is int for each in its)}
    for expression, its in whole.items():
        yield linear(expression, its, numbers)
    short = list(whole.items())[:24]
    for (one, left), (other, right) in combinations_with_replacement(short, 2):
        yield linear(("*", one, other), [a * b for a, b in zip(left, right, strict=True)], numbers)
    for (one, left), (other, right) in permutations(short, 2):
        if all(b and a // b == number for a, b, number in zip(left, right, numbers, strict=True)):
            yield ("//", one, other)
        yield linear(("+", one, other), [a + b for a, b in zip(left, right, strict=True)], numbers)
        yield linear(("+", one, ("*", 2, other)), [a + 2 * b for a, b in zip(left, right, strict=True)], numbers)
    for expression, its in list(whole.items())[:16]:
        for divisor in range(2, 257):
            if all(-(-each // divisor) == number for each, number in zip(its, numbers, strict=True)):
                yield ("ceil", ("/", expression, divisor))
            if all(each // divisor == number for each, number in zip(its, numbers, strict=True)):
                yield ("//", expression, divisor)


def linear(expression: Expression, its: Sequence[int], numbers: Sequence[int]) -> Expression:
    """``a*x + b`` through all points, where there are enough to know it."""
    other = next((place for place in range(len(its)) if its[place] != its[0]), None)
    if other is None or len(set(its)) < 3:
        return None
    slope = Fraction(numbers[other] - numbers[0], its[other] - its[0])
    offset = numbers[0] - slope * its[0]
    if not slope or slope.denominator != 1 or any(slope * x + offset != number for x, number in zip(its, numbers, strict=True)):
        return None
    scaled = expression if slope == 1 else ("*", int(slope), expression)
    return scaled if not offset else ("+" if offset > 0 else "-", scaled, abs(int(offset)))
