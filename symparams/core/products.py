"""Products of sizes that have letters, multiplied out: each distinct size is read once, each distinct product made once."""

from __future__ import annotations

from functools import cached_property, lru_cache, reduce

from .._startup.limits import EXPONENT, PRODUCTS_OF_A_COUNT, TERMS_OF_A_PRODUCT
from ..errors import LimitError
from .terms import ONE, UNIT, add_letter, add_letters, plus, quotient

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from .algebra import Expr
    from .terms import Monomial, Number, Terms

    TermsBySize: TypeAlias = dict[Any, Terms]
else:
    TermsBySize = dict

LARGEST_POWER = EXPONENT  # a power of a sum is multiplied out up to here; beyond, it stays one piece


@lru_cache(maxsize=1 << 16)
def monomial_product(a: Monomial, b: Monomial) -> Monomial:
    if not a or not b:
        return a or b
    low, high = (a, b) if a < b else (b, a)
    if low[-1][0] < high[0][0]:  # no letter in common
        return low + high
    powers = dict(a)
    for name, power in b:
        powers[name] = powers.get(name, 0) + power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def times(ours: Terms, its: Terms) -> Terms:
    """The product of two sums: each term of ours times each of its."""
    terms: dict[Monomial, Number] = {}
    for a, x in ours.items():
        for b, y in its.items():
            both = monomial_product(a, b)
            terms[both] = terms.get(both, 0) + x * y
    return terms


class Sizes(TermsBySize):
    """The terms of each size, read when they are first asked for; ``atoms`` has the meaning of the letters.

    All that is multiplied for one count is bounded together, and each size by itself.
    """

    def __init__(self) -> None:
        self.atoms: dict[str, Expr] = {}
        self.products = 0  # of two terms each, that were made

    def times(self, ours: Terms, its: Terms) -> Terms:
        """The product of two sums. Raises :class:`LimitError` before more is multiplied than the limit allows."""
        if ours is UNIT:
            return its
        if len(ours) == 1 == len(its):
            ((a, x),), ((b, y),) = ours.items(), its.items()
            return {monomial_product(a, b): x * y}
        if len(ours) > 1 and len(its) > 1:
            self.products += len(ours) * len(its)
            if self.products > PRODUCTS_OF_A_COUNT:
                raise LimitError(
                    f"the count is too large to be multiplied out, more than {PRODUCTS_OF_A_COUNT:,} products of two terms"
                )
        terms = times(ours, its)
        if len(terms) > TERMS_OF_A_PRODUCT:
            raise LimitError(f"the count is too large to be multiplied out: one product has more than {TERMS_OF_A_PRODUCT:,} terms")
        return terms

    def power(self, base: Terms, power: int) -> Terms | None:
        """A whole power; a negative one of a single term divides exactly, anything else stays one piece."""
        base = {monomial: coefficient for monomial, coefficient in base.items() if coefficient}
        if abs(power) > LARGEST_POWER or (power < 0 and len(base) != 1):
            return None
        if power < 0:
            ((monomial, coefficient),) = base.items()
            base = {tuple((name, -exp) for name, exp in monomial): quotient(coefficient.denominator, coefficient.numerator)}
        return reduce(self.times, [base] * abs(power), UNIT)

    @cached_property
    def algebra(self) -> Any:
        from . import algebra  # once: even a repeated import takes as long as reading a size

        return algebra

    @cached_property
    def within_limits(self) -> Any:
        from .work import within_limits

        return within_limits

    def __missing__(self, size: Any) -> Terms:
        if not self.algebra.is_letter(size):
            self.within_limits(size)
        self[size] = terms = self._read(size)
        return terms

    def _part(self, size: Any) -> Terms:
        """The terms of a size that is, or is in, one within the limits."""
        terms = self.get(size)
        if terms is None:
            self[size] = terms = self._read(size)
        return terms

    def _read(self, size: Any) -> Terms:
        kind, parts = self.algebra.view(size, ordered=False)
        if kind == "symbol":
            add_letter(self.atoms, parts[0], size)
            return {((parts[0], 1),): 1}
        if kind == "number":
            return {ONE: quotient(*parts)}
        if kind == "add":
            return plus(map(self._part, parts))
        if kind == "mul":
            return reduce(self.times, map(self._part, parts), UNIT)
        if kind == "pow":
            power = self.algebra.number(parts[1])
            powers = None if power is None else self.power(self._part(parts[0]), power)
            if powers is not None:
                return powers
        return self._one_piece(size)

    def _one_piece(self, size: Expr) -> Terms:
        """``floor((h - a)/s)`` is not a polynomial: it becomes one letter, named by its own text."""
        name = str(size)
        add_letters(self.atoms, {name: size, **{letter.name: letter for letter in size.free_symbols}})
        return {((name, 1),): 1}
