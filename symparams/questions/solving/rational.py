"""Sizes as quotients of polynomials, for all n with one remainder: ``floor(n/2)`` is ``(n - 1)/2`` where n is odd.

A floor of a polynomial with whole coefficients over d depends only on the remainder of n modulo d. A floor of a quotient of
polynomials does so as soon as the remainder of the division has become small, and the n from which on it is small is known
exactly. Where a finer modulus is needed, :class:`Refine` asks for it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from ...core.products import LARGEST_POWER
from ...core.terms import exact
from ...errors import LetterError
from .univariate import (
    common_denominator,
    polynomial_division,
    polynomial_multiple,
    polynomial_product,
    polynomial_sum,
    polynomial_value,
    settled_sign,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from ...core.polynomial import Polynomial
    from ...core.sizes import Dim
    from .univariate import Coefficients

    Quotient: TypeAlias = tuple[Coefficients, Coefficients]

ONE: Coefficients = (1,)


class Refine(Exception):
    """The remainders must be taken modulo a multiple of this modulus."""

    def __init__(self, modulus: int) -> None:
        super().__init__(modulus)
        self.modulus = modulus


class QuotientReader:
    """Reads sizes for all n with ``n % modulus == remainder``; the results hold from ``start`` on."""

    def __init__(self, letter: str, modulus: int, remainder: int) -> None:
        self.letter, self.modulus, self.remainder = letter, modulus, remainder
        self.start = 1

    def count(self, polynomial: Polynomial) -> Quotient:
        """A count as a quotient."""
        terms: list[Quotient] = [((), ONE)]
        for monomial, coefficient in polynomial.terms.items():
            term: Quotient = (coefficient,), ONE
            for name, exponent in monomial:
                term = quotient_product(term, quotient_power(self.read(polynomial.atoms[name]), exponent))
            terms.append(term)
        return reduce(quotient_sum, terms)

    def read(self, size: Dim) -> Quotient:
        """A size as a quotient."""
        from ...core.algebra import number, view  # SymPy: a count that needs this has letters

        kind, parts = view(size, ordered=False)
        if kind == "number":
            return ((exact(*parts),) if parts[0] else (), ONE)
        if kind == "symbol" and parts == (self.letter,):
            return (0, 1), ONE
        if kind == "pow":
            exponent = number(parts[1])
            if exponent is not None and abs(exponent) <= LARGEST_POWER:
                return quotient_power(self.read(parts[0]), exponent)
        meaning: dict[str, Callable[..., Quotient]] = {
            "add": lambda *terms: reduce(quotient_sum, terms),
            "mul": lambda *factors: reduce(quotient_product, factors),
            "floor": self.floor,
            "ceiling": lambda a: negative_quotient(self.floor(negative_quotient(a))),
            "Mod": lambda a, b: quotient_sum(
                a, negative_quotient(quotient_product(self.floor(quotient_product(a, quotient_power(b, -1))), b))
            ),
            "Max": lambda *several: reduce(self.larger, several),
            "Min": lambda *several: negative_quotient(reduce(self.larger, map(negative_quotient, several))),
            "Abs": lambda a: self.larger(a, negative_quotient(a)),
        }
        if kind not in meaning:
            raise Unreadable(
                f"cannot solve for {self.letter}: {size} is not a polynomial, quotient, floor or ceiling; "
                f"limit the sizes, as in among=range(1, 1001)"
            )
        return meaning[kind](*map(self.read, parts))

    # ------------------------------------------------------------ properties that hold from some n on
    def sign(self, polynomial: Coefficients) -> int:
        """The sign that a polynomial has from ``start`` on."""
        first, sign = settled_sign(polynomial)
        self.start = max(self.start, first)
        return sign

    def parted(self, a: Quotient) -> tuple[Coefficients, int, int, Coefficients, Coefficients]:
        """A whole part, t, d, r and b with ``a = whole part + t/d + r/b``, 0 <= t < d, b > 0, where r/b tends to 0."""
        above, below = a
        if self.sign(below) < 0:
            above, below = polynomial_multiple(above, -1), polynomial_multiple(below, -1)
        quotient, rest = polynomial_division(above, below)
        d = common_denominator(quotient)
        if self.modulus % d:
            raise Refine(d)
        t = int(polynomial_value(quotient, self.remainder) * d) % d
        return polynomial_sum(quotient, (Fraction(-t, d),)), t, d, rest, below

    def floor(self, a: Quotient) -> Quotient:
        """The whole part, or one less."""
        part, t, d, rest, below = self.parted(a)
        if rest:
            above, below = (
                polynomial_sum(polynomial_multiple(below, t), polynomial_multiple(rest, d)),
                polynomial_multiple(below, d),
            )  # t/d + r/b in one
            if self.sign(above) < 0:
                self.sign(polynomial_sum(below, above))  # the fraction tends to 0, so it is above -1 from some n on
                return polynomial_sum(part, (-1,)), ONE
            self.sign(polynomial_sum(below, polynomial_multiple(above, -1)))  # and below 1
        return part, ONE

    def larger(self, one: Quotient, other: Quotient) -> Quotient:
        """The larger of two quotients."""
        above, below = quotient_sum(one, negative_quotient(other))
        return one if self.sign(above) * self.sign(below) >= 0 else other

    def whole(self, a: Quotient) -> Coefficients | None:
        """The quotient as a polynomial with whole values; None where it is not whole for any n from ``start`` on."""
        part, t, d, rest, below = self.parted(a)
        if rest:
            self.sign(
                polynomial_sum(below, polynomial_multiple(rest, -d * self.sign(rest)))
            )  # |r/b| < 1/d from some n on, and not 0
            return None
        return None if t else part


class Unreadable(LetterError):
    """A size that is not a quotient of polynomials on any progression."""


# ---------------------------------------------------------------- arithmetic
def quotient_sum(a: Quotient, b: Quotient) -> Quotient:
    """The sum of two quotients."""
    if a[1] == b[1]:
        return polynomial_sum(a[0], b[0]), a[1]
    return polynomial_sum(polynomial_product(a[0], b[1]), polynomial_product(b[0], a[1])), polynomial_product(a[1], b[1])


def quotient_product(a: Quotient, b: Quotient) -> Quotient:
    """The product of two quotients."""
    return polynomial_product(a[0], b[0]), polynomial_product(a[1], b[1])


def negative_quotient(a: Quotient) -> Quotient:
    """The negative of a quotient."""
    return polynomial_multiple(a[0], -1), a[1]


def quotient_power(a: Quotient, exponent: int) -> Quotient:
    """A whole power of a quotient."""
    if exponent < 0:
        if not a[0]:
            raise Unreadable("cannot solve: a size divides by zero")
        a = a[1], a[0]
    return reduce(quotient_product, [a] * abs(exponent), (ONE, ONE))
