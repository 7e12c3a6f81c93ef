"""A formula multiplied out, up to the size of a formula written by hand."""

from __future__ import annotations

from functools import reduce

from ..._startup.limits import BITS_OF_A_COEFFICIENT, EXPONENT, TERMS_OF_A_FORMULA
from ...core.notation.forms import Add, Braced, Call, Letter, Mul, Number, Pow
from ...core.products import monomial_product, times
from ...core.terms import ONE, UNIT, exact, plus
from ...errors import TextError, never

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.notation.forms import Notation
    from ...core.terms import Monomial, Terms
    from ...core.terms import Number as Rational


def expand(notation: Notation) -> Terms:
    """The terms of a formula. Raises :class:`TextError` where there are too many, or it divides by a sum."""
    match notation:
        case Number(value=value):
            return {ONE: value} if value else {}
        case Letter(name=name):
            return {((name, 1),): 1}
        case Braced(inside=inside):
            return expand(inside)
        case Add(terms=parts):
            return without_zeros(plus(map(expand, parts)))
        case Mul(factors=parts):
            return reduce(terms_product, map(expand, parts), UNIT)
        case Pow(base=base, exponent=Number(value=int() as exponent)):
            return terms_power(expand(base), exponent)
        case Pow() | Call():
            raise TextError("a formula may have only whole exponents, and no functions")
        case _:
            never(notation)


def terms_product(one: Terms, other: Terms) -> Terms:
    """The product of two sums of terms. Raises :class:`TextError` where it is too large."""
    if len(one) * len(other) > TERMS_OF_A_FORMULA**2 // 10:
        raise too_large_error()
    product = without_zeros(times(one, other))
    if len(product) > TERMS_OF_A_FORMULA:
        raise too_large_error()
    if any(bit_length(c) > BITS_OF_A_COEFFICIENT for c in product.values()):
        raise TextError(f"the formula is too large when multiplied out: a number in it has more than {BITS_OF_A_COEFFICIENT} bits")
    return product


def terms_power(base: Terms, exponent: int) -> Terms:
    """A whole power; only a single term may have a negative one."""
    if abs(exponent) > EXPONENT:
        raise TextError(f"an exponent must be at most {EXPONENT}, not {exponent}")
    if exponent < 0:
        if not base:
            raise TextError("the formula divides by zero")
        if len(base) > 1:
            raise TextError("a formula may divide by numbers, letters and their products, but not by a sum")
        ((monomial, c),) = base.items()
        base = {tuple((name, -power) for name, power in monomial): exact(c.denominator, c.numerator)}
    return reduce(terms_product, [base] * abs(exponent), UNIT)


def without_zeros(terms: Terms) -> Terms:
    """The terms whose coefficient is not 0."""
    return {monomial: c for monomial, c in terms.items() if c}


def bit_length(number: Rational) -> int:
    """The length of a number in bits, or of the longer part of a fraction."""
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def too_large_error() -> TextError:
    """The error for a formula with too many terms."""
    return TextError(f"the formula is too large when multiplied out; at most {TERMS_OF_A_FORMULA} terms are supported")


def terms_with_values(terms: Terms, values: Mapping[str, Terms]) -> Terms:
    """The terms with some letters replaced by other letters, numbers, or products of them."""
    found: dict[Monomial, Rational] = {}
    for monomial, coefficient in terms.items():
        sums: Terms = UNIT
        kept: Monomial = ()
        for name, power in monomial:
            value = values.get(name)
            if value is None:
                kept = monomial_product(kept, ((name, power),))
            elif len(value) == 1 and power > 0:  # nearly always: a letter, or a number
                ((inside, factor),) = value.items()
                kept = monomial_product(kept, tuple((letter, exponent * power) for letter, exponent in inside))
                coefficient *= factor**power  # noqa: PLW2901
            else:
                sums = times(sums, terms_power(value, power))
        for product, c in times(sums, {kept: coefficient}).items():
            found[product] = found.get(product, 0) + c
    return without_zeros(found)
