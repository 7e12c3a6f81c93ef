"""The functions that builders compute sizes with: each made in its simplest form, and computed as Python computes it."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from math import ceil, floor, gcd, lcm, log, log2, log10, sqrt

from ..core.terms import ONE
from .expressions import PIECES, ZERO, Expression, called, constant, divided, raised

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..core.terms import Monomial, Number

MOST_UNDER = 1000  # in a fraction that a float is written for
EXACT = 2**30  # floats of these have no more digits than a double holds, even when two are multiplied


# ---------------------------------------------------------------- floats
def real(value: float) -> Expression:
    """A float that a builder wrote: its exact value where that is short, else a piece, such as 0.9, that is what it is as a double."""
    over, under = value.as_integer_ratio()
    if under <= EXACT and abs(over) <= EXACT * EXACT:
        return constant(Fraction(over, under))
    plain = Fraction(value).limit_denominator(MOST_UNDER)  # the 8/3 of ``8/3*d``
    return called("decimal", constant(plain if float(plain) == value else Fraction(repr(value))), whole=False)


def double(value: Expression) -> Expression:
    """The nearest float, as Python rounds after each operation; the value itself where it is surely a float already."""
    if value.constant is not None:
        return constant(Fraction(float(value.constant)))
    return value if is_double(value) else called("double", value, whole=False)


def is_double(value: Expression) -> bool:
    """Whether a value is surely a float already: few digits times whole numbers, or one float times a power of two.

    Sizes are taken to be below ``2**53`` throughout; no tensor is larger.
    """
    if len(value.terms) == 1:
        ((monomial, c),) = value.terms.items()
        if len(monomial) == 1 and monomial[0][1] == 1 and is_power_of_two(c):
            its = PIECES[monomial[0][0]]
            return its.whole or its.function not in ("reciprocal", "power")
    return all(
        is_power_of_two(c.denominator) and c.denominator <= EXACT and abs(c.numerator) <= EXACT for c in value.terms.values()
    ) and all(power > 0 and PIECES[name].whole for monomial in value.terms for name, power in monomial)


def is_power_of_two(value: Number) -> bool:
    over, under = abs(value.numerator), value.denominator
    return over & (over - 1) == 0 and under & (under - 1) == 0


# ---------------------------------------------------------------- rounded quotients
def floored(above: Expression, below: Expression) -> Expression:
    """``above // below``, with what divides taken out: ``(4*d + 3) // d`` is ``4 + 3 // d``."""
    return rounded("floor", above, below)


def ceiled(above: Expression, below: Expression) -> Expression:
    """The quotient rounded up."""
    return rounded("ceil", above, below)


def rounded(function: str, above: Expression, below: Expression) -> Expression:
    if above.constant is not None and below.constant:
        return constant(VALUES[function](above.constant, below.constant))
    its = above.single
    if its is not None and its.function == function and below.whole:  # a quotient of a quotient, both rounded one way
        return rounded(function, its.arguments[0], its.arguments[1] * below)
    outside, rest = taken_out(above, below) if above.whole and below.whole else (ZERO, above)
    if not rest.terms or (below.constant == 1 and rest.whole):
        return outside + rest
    if all(c < 0 for c in rest.terms.values()):
        return outside - rounded("ceil" if function == "floor" else "floor", rest.scaled(-1), below)
    if above.whole and below.whole:
        beyond = -1 if function == "floor" else 1
        if rest.terms.get(ONE) == beyond and len(rest.terms) > 1:  # (d - 1) // m + 1 is ceil(d / m)
            other = rounded("ceil" if function == "floor" else "floor", rest - constant(beyond), below)
            return outside + other + constant(beyond)
        common = gcd(*(int(c) for c in (*rest.terms.values(), *below.terms.values())))
        rest, below = rest.scaled(Fraction(1, common)), below.scaled(Fraction(1, common))
    return outside + called(function, rest, below)


def taken_out(above: Expression, below: Expression) -> tuple[Expression, Expression]:
    """The terms that are whole multiples of a divisor of one term, divided by it; and the others."""
    if len(below.terms) != 1:
        return (constant(1), ZERO) if above == below else (ZERO, above)
    ((divisor, c),) = below.terms.items()
    inside: dict[Monomial, Number] = {}
    outside: dict[Monomial, Number] = {}
    for monomial, coefficient in above.terms.items():
        powers = dict(monomial)
        if coefficient % c or any(powers.get(name, 0) < power for name, power in divisor):
            inside[monomial] = coefficient
        else:
            quotient = {name: power - dict(divisor).get(name, 0) for name, power in powers.items()}
            outside[tuple(sorted((name, power) for name, power in quotient.items() if power))] = coefficient // c
    return Expression(outside), Expression(inside)


def truncated(value: Expression) -> Expression:
    """``int(value)`` of a value that is not negative."""
    return floored(*as_quotient(value))


def rounded_up(value: Expression) -> Expression:
    """``math.ceil(value)``."""
    return ceiled(*as_quotient(value))


def as_quotient(value: Expression) -> tuple[Expression, Expression]:
    """What is divided by what, both whole where a float is a quotient of whole numbers: below ``2**53`` its floor is exact."""
    its = value.single
    inside = its.arguments[0] if its is not None and its.function == "double" else value
    if all(each.whole for each in inside.pieces):
        lowest: dict[str, int] = {}
        for monomial in inside.terms:
            for name, power in monomial:
                lowest[name] = min(lowest.get(name, 0), power)
        scale = lcm(*(c.denominator for c in inside.terms.values()))
        if scale <= EXACT:
            below = Expression({tuple(sorted((name, -power) for name, power in lowest.items() if power)): scale})
            return inside * below, below
    if len(inside.terms) == 1:  # c*a/b where b is a sum
        ((monomial, c),) = inside.terms.items()
        sums = [name for name, power in monomial if power == 1 and PIECES[name].function == "reciprocal"]
        if len(sums) == 1 and c.denominator <= EXACT:
            below = PIECES[sums[0]].arguments[0]
            above = Expression({tuple(factor for factor in monomial if factor[0] != sums[0]): c.numerator})
            if above.whole and below.whole:
                return above, below.scaled(c.denominator)
    return value, constant(1)


def remainder(above: Expression, below: Expression) -> Expression:
    """``above % below``."""
    if above.constant is not None and below.constant:
        return constant(above.constant % below.constant)
    if above.whole and below.whole:
        _, above = taken_out(above, below)
    return called("mod", above, below, whole=above.whole and below.whole) if above.terms else ZERO


# ---------------------------------------------------------------- the others
def largest(*values: Expression) -> Expression:
    return extreme("max", max, values)


def smallest(*values: Expression) -> Expression:
    return extreme("min", min, values)


def extreme(name: str, of: Callable[[list[Number]], Number], values: tuple[Expression, ...]) -> Expression:
    numbers = [value.constant for value in values if value.constant is not None]
    others = sorted({value for value in values if value.constant is None}, key=str)
    if numbers:
        others.insert(0, constant(of(numbers)))
    return others[0] if len(others) == 1 else called(name, *others, whole=all(value.whole for value in others))


def half_even(value: Expression) -> Expression:
    """``round(value)``: to the nearest whole number, and halfway to the even one."""
    if value.whole:
        return value
    return called("round", value) if value.constant is None else constant(round(value.constant))


def power(base: Expression, exponent: Expression) -> Expression:
    its = exponent.constant
    if (its is not None and its.denominator != 1) or (its is None and not exponent.whole):
        return real_power(base, exponent)
    if isinstance(its, int) and 0 <= its <= 16:
        return raised(base, its)
    if base.constant is not None and its is not None:
        return constant(raised_number(base.constant, its))
    apart = exponent.terms.get(ONE, 0)
    if base.constant and isinstance(apart, int) and apart:  # 2**(i + 1) is 2*2**i
        return power(base, exponent - constant(apart)).scaled(raised_number(base.constant, apart))
    return called("power", base, exponent, whole=base.whole and exponent.whole)


def real_power(base: Expression, exponent: Expression) -> Expression:
    """A power that is no whole number, as the double that Python gives."""
    if base.constant is not None and exponent.constant is not None:
        return constant(double_power(base.constant, exponent.constant))
    return called("real_power", base, exponent, whole=False)


def double_power(base: Number, exponent: Number) -> Number:
    if base < 0:
        raise ArithmeticError
    return Fraction(float(base) ** float(exponent))


def raised_number(base: Number, exponent: Number) -> Number:
    """An exact power; only a whole one is exact."""
    if exponent.denominator != 1:
        raise ArithmeticError
    return Fraction(base) ** int(exponent)


def chosen(test: Expression, yes: Expression, no: Expression) -> Expression:
    """``yes if test < 0 else no``."""
    if test.constant is not None:
        return yes if test.constant < 0 else no
    return yes if yes == no else called("where", test, yes, no, whole=yes.whole and no.whole)


def chosen_equal(test: Expression, yes: Expression, no: Expression) -> Expression:
    """``yes if test == 0 else no``."""
    if test.constant is not None:
        return yes if test.constant == 0 else no
    if yes - no in (test, test.scaled(-1)):  # 16 if d == 16 else d
        return no
    return yes if yes == no else called("where_zero", test, yes, no, whole=yes.whole and no.whole)


ROOTS = {"sqrt": sqrt, "log2": log2, "log": log, "log10": log10}


def rooted(name: str, value: Expression) -> Expression:
    """A root or a logarithm, as the double that ``math`` gives."""
    its = value.constant
    if its is not None:
        return constant(Fraction(ROOTS[name](its)))
    return called(name, value, whole=False)


def decimal(value: Expression) -> Expression:
    return called("decimal", value, whole=False)


FUNCTIONS: dict[str, Callable[..., Expression]] = {
    "floor": floored,
    "ceil": ceiled,
    "mod": remainder,
    "max": largest,
    "min": smallest,
    "round": half_even,
    "double": double,
    "decimal": decimal,
    "power": power,
    "real_power": real_power,
    "reciprocal": lambda below: divided(constant(1), below),
    "where": chosen,
    "where_zero": chosen_equal,
    **{name: partial(rooted, name) for name in ROOTS},
}


def root_of(function: Callable[[Number], float], value: Number) -> Number:
    """The double; of a number that has none, an ArithmeticError as for a quotient."""
    try:
        return Fraction(function(value))
    except ValueError:
        raise ArithmeticError from None


VALUES: dict[str, Callable[..., Number]] = {
    "floor": lambda above, below: floor(above // below if isinstance(above, int) else Fraction(above) / below),
    "ceil": lambda above, below: -(-above // below) if isinstance(above, int) else ceil(Fraction(above) / below),
    "mod": lambda above, below: above % below,
    "max": max,
    "min": min,
    "round": round,
    "double": lambda value: Fraction(float(value)),
    "decimal": lambda value: Fraction(float(value)),
    "power": raised_number,
    "real_power": double_power,
    "reciprocal": lambda below: Fraction(1) / below,
    "where": lambda test, yes, no: yes if test < 0 else no,
    "where_zero": lambda test, yes, no: yes if test == 0 else no,
    **{name: partial(root_of, function) for name, function in ROOTS.items()},
}
