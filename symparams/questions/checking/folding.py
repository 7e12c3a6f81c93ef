"""Numbers of a formula that are sums or products of what the model has: 78 as 3*26, 7 as 6 + 1."""

from __future__ import annotations

from ...core.products import monomial_product
from ...core.terms import ONE
from .expanding import without_zeros

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...core.terms import Monomial, Number, Terms

MOST_PARTS = 8
MOST_STEPS = 2_000


def folded_numbers(yours: Terms, its: Terms, numbers: Mapping[str, int]) -> Terms:
    """The formula with what it has too much of written as what it lacks, where that is the same number of the same letters.

    ``numbers`` has the values of letters that replace numbers."""
    found: dict[Monomial, Number] = dict(yours)
    for monomial in sorted(yours, key=lambda monomial: -value_of(monomial, numbers)):
        extra = found.get(monomial, 0) - its.get(monomial, 0)
        if extra <= 0:
            continue
        lacking = [
            (other, c - found.get(other, 0))
            for other, c in its.items()
            if letters_only(other, numbers) == letters_only(monomial, numbers) and c > found.get(other, 0)
        ]
        parts = parts_of(extra * value_of(monomial, numbers), [(value_of(other, numbers), lack) for other, lack in lacking])
        if parts is not None:
            found[monomial] -= extra
            for (other, _), many in zip(lacking, parts, strict=True):
                found[other] = found.get(other, 0) + many
    return without_zeros(found)


def value_of(monomial: Monomial, numbers: Mapping[str, int]) -> int:
    """The product of the numbers in a monomial."""
    value = 1
    for name, power in monomial:
        if name in numbers and power > 0:
            value *= numbers[name] ** power
    return value


def letters_only(monomial: Monomial, numbers: Mapping[str, int]) -> Monomial:
    """A monomial without its numbers."""
    return monomial_product(ONE, tuple((name, power) for name, power in monomial if name not in numbers or power < 0))


def parts_of(total: Number, parts: Sequence[tuple[int, Number]]) -> list[int] | None:
    """How many of each part add up to a total, as many of the first ones as possible; at most as many as there are."""
    if total.denominator != 1 or len(parts) > MOST_PARTS or any(most.denominator != 1 for _, most in parts):
        return None
    steps = 0

    def ways(left: int, at: int) -> Iterator[list[int]]:
        nonlocal steps
        if at == len(parts):
            if left == 0:
                yield []
            return
        value, most = parts[at]
        for many in range(min(int(most), left // value), -1, -1):
            steps += 1
            if steps > MOST_STEPS:
                return
            for rest in ways(left - many * value, at + 1):
                yield [many, *rest]

    return next(ways(int(total), 0), None)
