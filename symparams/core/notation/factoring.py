"""The factors of a count. SymPy finds them, in a time that grows fast with the letters; most sums of many letters need no search."""

from __future__ import annotations

from math import gcd, lcm

from ..._startup.limits import WORK_OF_FACTORING
from ...errors import LimitError
from ..polynomial import Polynomial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

    from ..algebra import Expr
    from ..terms import Monomial


def factored_polynomial(polynomial: Polynomial) -> Expr:
    """A polynomial factored. Raises :class:`LimitError` where the search would take too long."""
    from ..algebra import factor, in_front

    letters = {name for monomial in polynomial.terms for name, _ in monomial}
    if len(polynomial.terms) * len(letters) ** 2 <= WORK_OF_FACTORING:
        return factor(polynomial.expression())
    number, front = common_number(polynomial), common_monomial(polynomial)
    rest = Polynomial({over(monomial, front): c * (1 / number) for monomial, c in polynomial.terms.items()}, polynomial.atoms)
    if len(rest.terms) > 1 and not has_lone_letter(rest):
        raise LimitError(
            f"the factors of a sum of {len(rest.terms)} terms in {len(letters)} letters take too long to find; "
            "use the form 'written', 'collected' or 'expanded'"
        )
    content = Polynomial({front: number}, polynomial.atoms)
    return in_front(content.expression(), rest.expression())


def common_number(polynomial: Polynomial) -> Fraction:
    """The largest number that divides all coefficients."""
    from fractions import Fraction

    coefficients = [Fraction(each) for each in polynomial.terms.values()]
    above, below = gcd(*(each.numerator for each in coefficients)), lcm(*(each.denominator for each in coefficients))
    return Fraction(above, below)


def common_monomial(polynomial: Polynomial) -> Monomial:
    """The letters that all terms share, above the fraction bar or all below it, each with the power nearest to 0."""
    first, *others = map(dict, polynomial.terms)
    found: dict[str, int] = {}
    for name, power in first.items():
        powers = [power, *(other.get(name, 0) for other in others)]
        if all(each > 0 for each in powers) or all(each < 0 for each in powers):
            found[name] = min(powers, key=abs)
    return tuple(sorted(found.items()))


def common_letters(polynomial: Polynomial) -> Monomial:
    """The letters that all terms share, without floors and other pieces."""
    from ..algebra import view

    return tuple((name, power) for name, power in common_monomial(polynomial) if view(polynomial.atoms[name])[0] == "symbol")


def over(monomial: Monomial, front: Monomial) -> Monomial:
    """A monomial divided by another."""
    powers = dict(monomial)
    for name, power in front:
        powers[name] = powers.get(name, 0) - power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def has_lone_letter(polynomial: Polynomial) -> bool:
    """Whether some letter occurs in one term only, and there alone to the first power: then a sum whose terms share nothing
    has no factors. For if p = A*x + B had two, x would be in one of them, and the other would divide the product A, and so
    be a product of letters that all terms share.
    """
    seen: dict[str, list[int]] = {}
    for monomial in polynomial.terms:
        for name, power in monomial:
            seen.setdefault(name, []).append(power)
    return any(powers == [1] for powers in seen.values())
