"""The possible sizes of one letter where the count is linear in the other.

A count A(x)*y + B(x) is N only where A(x) divides N - B(x). With A = a*x + c, it also divides a**k * B(-c/a) - a**k * B(x)
(k the degree of B), and so it divides the *number* a**k * (N - B(-c/a)): for every x, a*x + c is one of its divisors.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from .allowed_sizes import HARDEST
from .univariate import trimmed_polynomial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.terms import Monomial


class DivisorSizes:
    """The ``sizes`` of x for which ``slope*x + offset`` divides ``number``, in order."""

    def __init__(self, slope: int, offset: int, number: int) -> None:
        self.slope, self.offset, self.number = slope, offset, number
        from ...core.algebra import divisors

        found = (divmod(divisor - offset, slope) for divisor in divisors(number))
        self.sizes = [x for x, rest in found if x >= 1 and not rest]

    def text(self, letter: str) -> str:
        """``2*d + 1 divides 264967``."""
        times = letter if self.slope == 1 else f"{self.slope}*{letter}"
        return f"{times}{f' + {self.offset}' if self.offset else ''} divides {self.number}"


def divisor_sizes(terms: Mapping[Monomial, int], outer: str, inner: str, number: int) -> DivisorSizes | None:
    """The possible sizes of ``outer``; None where divisibility does not limit them.

    The terms are those of a polynomial in the two letters whose coefficients are whole and not negative.
    """
    above: dict[int, int] = {}
    rest: dict[int, int] = {}
    for monomial, coefficient in terms.items():
        powers = dict(monomial)
        if powers.get(inner, 0) > 1:
            return None
        side = above if inner in powers else rest
        side[powers.get(outer, 0)] = coefficient
    if max(above, default=0) != 1:
        return None
    slope, offset = above[1], above.get(0, 0)
    common = gcd(slope, offset)
    slope, offset = slope // common, offset // common
    polynomial = trimmed_polynomial([rest.get(power, 0) for power in range(max(rest, default=0) + 1)])
    degree = max(len(polynomial) - 1, 0)
    root = Fraction(-offset, slope)
    at_root = sum(coefficient * root**power for power, coefficient in enumerate(polynomial))
    multiple = abs(slope**degree * (number - at_root))
    assert multiple.denominator == 1
    if not 0 < multiple <= HARDEST:
        return None
    return DivisorSizes(slope, offset, int(multiple))
