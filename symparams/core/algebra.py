"""The part of SymPy that the library uses, with types. Imported when the first symbol is made, and never before.

SymPy 1.14 has no type information, so this is the one file in which its names are untyped.
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

import sympy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    Scalar: TypeAlias = "int | Expr"

    class Relation:
        """``n > 4``: true, false, or undecided while ``n`` is a letter; the truth of an undecided one is an error."""

        def __bool__(self) -> bool: ...

    class Expr:
        """A SymPy expression, with the attributes that this library uses."""

        args: tuple[Expr, ...]
        free_symbols: set[Symbol]
        atoms: Any
        is_number: bool
        is_integer: bool | None
        is_positive: bool | None
        is_negative: bool | None
        is_nonnegative: bool | None

        def __eq__(self, other: object) -> bool: ...
        def __hash__(self) -> int: ...
        def __add__(self, other: Scalar) -> Expr: ...
        def __radd__(self, other: Scalar) -> Expr: ...
        def __sub__(self, other: Scalar) -> Expr: ...
        def __rsub__(self, other: Scalar) -> Expr: ...
        def __mul__(self, other: Scalar) -> Expr: ...
        def __rmul__(self, other: Scalar) -> Expr: ...
        def __truediv__(self, other: Scalar) -> Expr: ...
        def __rtruediv__(self, other: Scalar) -> Expr: ...
        def __pow__(self, other: Scalar) -> Expr: ...
        def __neg__(self) -> Expr: ...
        def __lt__(self, other: Scalar) -> Relation: ...
        def __le__(self, other: Scalar) -> Relation: ...
        def __gt__(self, other: Scalar) -> Relation: ...
        def __ge__(self, other: Scalar) -> Relation: ...
        def has(self, *kinds: type) -> bool: ...
        def xreplace(self, rule: Mapping[Symbol, Scalar]) -> Expr: ...
        def diff(self, letter: Expr) -> Expr: ...

    class Symbol(Expr):
        name: str

else:
    Expr, Symbol = sympy.Expr, sympy.Symbol


@cache
def symbol(name: str) -> Symbol:
    made: Symbol = sympy.Symbol(name, integer=True, positive=True)
    return made


def is_expression(value: object) -> bool:
    """Whether a value is a SymPy expression that can be a number. A function is none, though SymPy derives its class from Expr."""
    return isinstance(value, sympy.Expr) and not isinstance(value, sympy.Lambda)


def number(value: object) -> int | None:
    """The int that an expression is, or None when it is not a whole number."""
    return int(value) if isinstance(value, sympy.Integer) else None


def exact(value: object) -> int | Fraction | None:
    """The exact number that a size without letters is, or None."""
    if isinstance(value, int | Fraction):
        return value
    return Fraction(int(value.p), int(value.q)) if isinstance(value, sympy.Rational) else None


def is_inexact(value: Expr) -> bool:
    """Whether a float in an expression makes it inexact; NaN and infinities, which are not numbers, count as inexact."""
    return value.has(sympy.Float, sympy.nan, sympy.zoo, sympy.oo)


def floor(value: Expr) -> Expr:
    done: Expr = sympy.floor(value)
    return done


def divided_and_rounded(value: Expr) -> dict[str, str]:
    """The letters that are divided and rounded in a size, each with its divisor: ``floor(d/8)`` has d by 8, ``floor(d/h)`` d by h."""
    found = [sympy.fraction(sympy.together(piece.args[0])) for piece in value.atoms(sympy.floor, sympy.ceiling)]
    simple = [(above, below) for above, below in found if below.is_Symbol or below.is_Integer]
    return {above.name: str(below) for above, below in sorted(simple, key=str) if above.is_Symbol}


def without_rounding_down(value: Expr) -> Expr:
    """A sum that is at most the value: nothing that is subtracted in it is rounded down."""
    terms = (term.as_coeff_Mul() for term in sympy.Add.make_args(value))
    least: Expr = sympy.Add(
        *(number * (size.args[0] if number < 0 and isinstance(size, sympy.floor) else size) for number, size in terms)
    )
    return least


def ceiling(value: Expr) -> Expr:
    done: Expr = sympy.ceiling(value)
    return done


class next_power_of_two(sympy.Function):  # type: ignore[misc]
    """The least power of two that is at least a positive whole number."""

    is_integer = is_positive = True

    @classmethod
    def eval(cls, value: object) -> Expr | None:
        if isinstance(value, sympy.Integer) and value > 0:
            return rational(1 << (int(value) - 1).bit_length())
        return None


def power_of_two(value: Scalar) -> Expr:
    done: Expr = next_power_of_two(value)
    return done


def maximum(one: Scalar, other: Scalar) -> Expr:
    done: Expr = sympy.Max(one, other)
    return done


def whole_quotient(whole: Scalar, by: Scalar) -> Scalar | None:
    """The quotient if its denominator cancels, an int or an expression; None otherwise."""
    if isinstance(by, sympy.Symbol) and whole != 0 and by not in getattr(whole, "free_symbols", ()):
        return None  # seen at once, where a search takes SymPy most of a millisecond
    done: Expr = sympy.sympify(whole) / by
    if sympy.fraction(sympy.together(done))[1] != 1:
        done = sympy.cancel(done)  # only now: it multiplies out factors that could stay
    if sympy.fraction(sympy.together(done))[1] != 1:
        return None
    found = number(done)
    return done if found is None else found


MOST_REMAINDERS = 4096


def vanishes(value: Scalar) -> bool:
    """Whether an expression is zero for all values of its letters: multiplied out, or where it has floors and ceilings, for each
    remainder of its letters.

    >>> n = symbol("n")
    >>> vanishes(ceiling(n / 2) - floor((n - 1) / 2) - 1), vanishes(ceiling(n / 2) - floor(n / 2))
    (True, False)
    """
    done = sympy.expand(value)
    if done == 0 or not done.has(sympy.floor, sympy.ceiling):
        return bool(done == 0)
    rounded = done.atoms(sympy.floor, sympy.ceiling)
    letters = sorted(set().union(*(each.free_symbols for each in rounded)), key=str)
    divisor = math.lcm(*map(divisor_of, rounded))
    if divisor ** len(letters) > MOST_REMAINDERS:
        return False
    for remainders in itertools.product(range(divisor), repeat=len(letters)):
        rule = {
            letter: divisor * sympy.Dummy(f"q_{place}", integer=True) + remainders[place] for place, letter in enumerate(letters)
        }
        if sympy.expand(done.xreplace(rule).doit()) != 0:
            return False
    return True


def divisor_of(rounded: Expr) -> int:
    """The number whose remainders decide a floor or a ceiling: its denominators, times those of what is rounded inside it."""
    inner = rounded.args[0].atoms(sympy.floor, sympy.ceiling)
    own = rounded.args[0].xreplace({each: sympy.Dummy() for each in inner}).atoms(sympy.Rational)
    return math.lcm(*(int(number.q) for number in own)) * math.lcm(*map(divisor_of, inner))


def factor(value: Expr) -> Expr:
    done: Expr = sympy.factor(value)
    return done


def exchanged(value: Expr, rule: Mapping[Expr, Expr]) -> Expr:
    """An expression with others in place of parts of it, also of parts of its products: ``d*g/h`` with e for ``d/h`` is ``e*g``."""
    done: Expr = value.subs(list(rule.items()))  # type: ignore[attr-defined]
    return done


def in_front(content: Expr, rest: Expr) -> Expr:
    """A product that is not multiplied out: ``2*(m + n)``, which SymPy would write as ``2*m + 2*n``."""
    done: Expr = sympy.Mul(content, rest, evaluate=False) if content != 1 else rest
    return done


def factors_of(value: Expr) -> list[Expr]:
    """The factors of a product, in SymPy's order."""
    return [*sympy.Mul.make_args(value)]


def quotient_sides(value: Expr) -> tuple[Expr, int]:
    """A sum over one whole denominator: ``H/2 - 3/2`` is ``H - 3`` over 2."""
    above, below = sympy.fraction(sympy.together(value))
    return (above, int(below)) if isinstance(below, sympy.Integer) else (value, 1)


def cancelled(value: Expr) -> Expr:
    """A quotient without the factors that its two sides share."""
    done: Expr = sympy.cancel(value)
    return done


def divisors(value: int) -> list[int]:
    done: list[int] = sympy.divisors(value)
    return done


def total(terms: Iterable[Scalar]) -> Expr:
    """All terms added at once: one by one takes SymPy time quadratic in their number."""
    done: Expr = sympy.Add(*terms)
    return done


def product(factors: Iterable[Scalar]) -> Expr:
    done: Expr = sympy.Mul(*factors)
    return done


def rational(numerator: int, denominator: int = 1) -> Expr:
    done: Expr = sympy.Rational(numerator, denominator)
    return done


def number_that_is_no_fraction(value: Expr) -> object:
    """A number in an expression that is neither whole nor a fraction, such as infinity, pi or 0.5; None where there is none."""
    numbers = (each for each in value.atoms() if not isinstance(each, (sympy.Symbol, sympy.Rational)))
    return next((each for each in numbers if isinstance(each, sympy.Expr)), None)


def is_letter(value: Scalar) -> bool:
    """Whether an expression is one letter and nothing else."""
    return isinstance(value, sympy.Symbol)


def view(value: Scalar, ordered: bool = True) -> tuple[str, tuple[Any, ...]]:
    """The operation and the operands of an expression: ``("add", terms)``, ``("symbol", (name,))``, ``("floor", (inside,))`` ...

    Terms and factors come in the order SymPy prints them, unless the order does not matter: sorting takes a while.
    """
    if isinstance(value, int):
        return "number", (value, 1)
    if isinstance(value, sympy.Rational):
        return "number", (int(value.p), int(value.q))
    if isinstance(value, sympy.Symbol):
        return "symbol", (value.name,)
    if isinstance(value, sympy.Add):
        return "add", value.as_ordered_terms() if ordered else value.args
    if isinstance(value, sympy.Mul):
        return "mul", value.as_ordered_factors() if ordered else value.args
    if isinstance(value, sympy.Pow):
        return "pow", value.args
    return type(value).__name__, value.args
