"""Terms that are missing, each beside one that is too much and that lacks a single factor, or has one too many."""

from __future__ import annotations

from collections import Counter

from ...core.products import monomial_product
from ...core.terms import exact
from .rows import MISSING, TOO_MUCH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.terms import Terms
    from .rows import TermRow


def lacking_factors(rows: Sequence[TermRow]) -> dict[tuple[TermRow, TermRow], Terms]:
    """The pairs of a term of the model and one of the formula that differ in a single factor, with the quotient of the two: the
    3 of 27*16*32 beside 9*16*32. A term that has several such partners has none."""
    found: dict[tuple[TermRow, TermRow], Terms] = {}
    too_much = [row for row in rows if row.verdict == TOO_MUCH]
    for its in rows:
        for yours in too_much if its.verdict == MISSING and len(its.shares) == 1 else ():
            if factor := quotient(its, yours):
                found[its, yours] = factor
    rivals = Counter(row for pair in found for row in pair)
    return {pair: factor for pair, factor in found.items() if all(rivals[row] == 1 for row in pair)}


def quotient(its: TermRow, yours: TermRow) -> Terms | None:
    """One letter or number that is the quotient of two terms, or its inverse; None for any other quotient."""
    monomial = monomial_product(its.monomial, tuple((name, -power) for name, power in yours.monomial))
    number = exact(its.its.numerator * yours.yours.denominator, its.its.denominator * yours.yours.numerator)
    is_one = number == 1 and len(monomial) == 1 and abs(monomial[0][1]) == 1
    return {monomial: number} if is_one else None
