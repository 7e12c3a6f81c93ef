"""What builders do to sizes that is no polynomial, as functions of SymPy: rounding to a float, halfway to even, a choice.

A multiplier such as ``alpha = 0.35`` is an exact fraction here, and ``32*alpha + 4`` is rounded to a float where Python rounds it.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import sympy

if TYPE_CHECKING:
    from .algebra import Expr, Scalar


class decimal(sympy.Function):  # type: ignore[misc]
    """A float that code wrote as ``0.9``: the nearest double to that, which is not 9/10."""

    is_real = is_positive = True

    def _eval_evalf(self, prec: int) -> Any:
        return rational(nearest_double(self.args[0]))._eval_evalf(prec)  # type: ignore[attr-defined]


class double(sympy.Function):  # type: ignore[misc]
    """The nearest double."""

    is_real = True

    @classmethod
    def eval(cls, value: Any) -> Expr | None:
        exact = fraction(value)
        return None if exact is None else rational(Fraction(float(exact)))

    def _eval_is_positive(self) -> bool | None:
        positive: bool | None = self.args[0].is_positive
        return positive


class half_even(sympy.Function):  # type: ignore[misc]
    """The nearest whole number, and halfway between two the even one."""

    is_integer = True

    @classmethod
    def eval(cls, value: Any) -> Expr | None:
        exact = fraction(value)
        return None if exact is None else rational(Fraction(round(exact)))


class if_negative(sympy.Function):  # type: ignore[misc]
    """``if_negative(test, yes, no)``: ``yes`` where the test is below 0."""

    is_real = True

    @classmethod
    def eval(cls, test: Any, yes: Any, no: Any) -> Expr | None:
        exact = fraction(test)
        chosen: Expr = yes if exact is not None and exact < 0 else no
        return None if exact is None else chosen


class if_zero(sympy.Function):  # type: ignore[misc]
    """``if_zero(test, yes, no)``: ``yes`` where the test is 0."""

    is_real = True

    @classmethod
    def eval(cls, test: Any, yes: Any, no: Any) -> Expr | None:
        exact = fraction(test)
        chosen: Expr = yes if exact == 0 else no
        return None if exact is None else chosen


class Root(sympy.Function):  # type: ignore[misc]
    """A root or a logarithm, as the nearest double, which is what ``math`` gives."""

    is_real = True
    python: Any

    @classmethod
    def eval(cls, value: Any) -> Expr | None:
        exact = fraction(value)
        return None if exact is None or exact <= 0 else rational(Fraction(cls.python(exact)))


class sqrt(Root):
    """``math.sqrt``."""

    is_nonnegative = True
    python = staticmethod(math.sqrt)


class log2(Root):
    """``math.log2``."""

    python = staticmethod(math.log2)


class log(Root):
    """``math.log``."""

    python = staticmethod(math.log)


class log10(Root):
    """``math.log10``."""

    python = staticmethod(math.log10)


class real_power(sympy.Function):  # type: ignore[misc]
    """A power that is no whole number, as the nearest double."""

    is_real = is_nonnegative = True

    @classmethod
    def eval(cls, base: Any, exponent: Any) -> Expr | None:
        numbers = fraction(base), fraction(exponent)
        if numbers[0] is None or numbers[1] is None or numbers[0] < 0:
            return None
        return rational(Fraction(float(numbers[0]) ** float(numbers[1])))


def fraction(value: Any) -> Fraction | None:
    """The number that an expression without letters is, decimals being doubles; None where there are letters."""
    if value.free_symbols:
        return None
    plain = value.replace(decimal, lambda its: rational(nearest_double(its)))
    return Fraction(int(plain.p), int(plain.q)) if isinstance(plain, sympy.Rational) else None


def nearest_double(value: Any) -> Fraction:
    return Fraction(float(Fraction(int(value.p), int(value.q))))


def rational(value: Fraction) -> Expr:
    done: Expr = sympy.Rational(value.numerator, value.denominator)
    return done


def called(function: str, *arguments: Scalar) -> Expr:
    """One of these functions, by its name."""
    done: Expr = FUNCTIONS[function](*arguments)
    return done


def multiplier(name: str) -> Expr:
    """The symbol of a letter that is no whole number."""
    done: Expr = sympy.Symbol(name, positive=True)
    return done


def floor(whole: Scalar, by: Scalar) -> Expr:
    """A quotient rounded down, where neither need be a whole number."""
    done: Expr = sympy.floor(sympy.sympify(whole) / by)
    return done


def ceiling(whole: Scalar, by: Scalar) -> Expr:
    done: Expr = sympy.ceiling(sympy.sympify(whole) / by)
    return done


def power(base: Scalar, exponent: Scalar) -> Expr:
    done: Expr = sympy.Pow(base, exponent)
    return done


def remainder(whole: Scalar, by: Scalar) -> Expr:
    done: Expr = whole - by * sympy.floor(sympy.sympify(whole) / by)
    return done


def minimum(one: Scalar, other: Scalar) -> Expr:
    done: Expr = sympy.Min(one, other)
    return done


FUNCTIONS = {each.__name__: each for each in (decimal, double, half_even, if_negative, if_zero, real_power, sqrt, log2, log, log10)}
