"""The notation of a formula, before it is typeset: numbers, letters, sums, products, powers, calls.

A form is a function from a count to notation (``written``, ``expanded``, ``factored``); a printer is a function from
notation to text. SymPy rewrites ``4*(m*n + n)`` as it is made, so ``written`` reads our own tree.
"""

from __future__ import annotations

from math import prod

from ...errors import never
from ..frozen import Frozen
from ..terms import exact, magnitude
from ..tree import Sum, Tied, Times, Weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypeAlias, TypeVar

    from ..algebra import Expr
    from ..polynomial import Polynomial
    from ..sizes import Dim, Shape
    from ..terms import Number as Rational
    from ..tree import Node

    T = TypeVar("T")


class Number(Frozen):
    value: Rational


class Letter(Frozen):
    name: str


class Add(Frozen):
    terms: tuple[Notation, ...]


class Mul(Frozen):
    factors: tuple[Notation, ...]


class Pow(Frozen):
    base: Notation
    exponent: Notation


class Call(Frozen):
    arguments: tuple[Notation, ...]
    function: str


class Braced(Frozen):
    """A part with a name: ``caption`` is set below it, where the output has room for captions."""

    inside: Notation
    caption: str


if TYPE_CHECKING:
    Notation: TypeAlias = Number | Letter | Add | Mul | Pow | Call | Braced

ZERO, UNIT = Number(0), Number(1)


# ---------------------------------------------------------------- the forms
def written(node: Node) -> Notation:
    """As in the paper: the tree as it was declared, the number of copies in front of each repeated part."""
    match node:
        case Weight(shape=shape):
            return product(axes(shape))
        case Tied():
            return ZERO
        case Sum(parts=parts):
            return summed(written(part) for part in parts)
        case Times(part=part, copies=copies):
            return product((of_size(copies), written(part)))
        case _:
            never(node)


def axes(shape: Shape) -> list[Notation]:
    """The axes of a weight; equal numbers are a power, ``16**2``, since n by n is n squared in a paper."""
    numbers = occurrences(size for size in shape if isinstance(size, int))
    powers = [power(Number(size), Number(many)) for size, many in numbers.items() if size != 1]
    return [*powers, *(of_size(size) for size in shape if not isinstance(size, int))]


def expanded(polynomial: Polynomial) -> Notation:
    """Multiplied out: highest degree first, then by name."""

    def letter(name: str) -> Notation:
        atom = polynomial.atoms.get(name)
        return Letter(name) if atom is None or (str(atom) == name and name.isidentifier()) else of_size(atom)

    return summed(
        product([Number(coefficient), *(power(letter(name), Number(exponent)) for name, exponent in monomial)])
        for monomial, coefficient in polynomial.ordered()
    )


def factored(polynomial: Polynomial) -> Notation:
    """Factored by SymPy: ``4*n*(m + n + 1)``."""
    from ..algebra import factor

    constant = polynomial.constant()
    return Number(constant) if constant is not None else of_size(factor(polynomial.expression()))


def of_size(size: Dim | Expr) -> Notation:
    """A size or any SymPy expression."""
    if isinstance(size, int):
        return Number(size)
    from ..algebra import view

    kind, parts = view(size)
    return _of_view(kind, parts)


def _of_view(kind: str, parts: tuple[Any, ...]) -> Notation:
    match kind:
        case "number":
            return Number(exact(*parts))
        case "symbol":
            return Letter(parts[0])
        case "add":
            return summed(of_size(part) for part in parts)
        case "mul":
            return product(of_size(part) for part in parts)
        case "pow":
            return power(of_size(parts[0]), of_size(parts[1]))
        case "double" | "decimal":  # that a float is rounded is not written
            return of_size(parts[0])
        case _:
            return Call(tuple(of_size(part) for part in parts), kind)


# ---------------------------------------------------------------- sums and products without repetition
def occurrences(things: Iterable[T]) -> dict[T, int]:
    """How often each item occurs, in the order of first occurrence."""
    found: dict[T, int] = {}
    for each in things:
        found[each] = found.get(each, 0) + 1
    return found


def summed(terms: Iterable[Notation]) -> Notation:
    """A sum without nesting, zeros or the same term twice: ``n + n`` is ``2*n``.

    Terms of plain numbers stay apart: in ``10 + 10**2 + 10`` one 10 is the kernel and another the bias.
    """
    flat = [each for term in terms for each in (term.terms if isinstance(term, Add) else (term,)) if each != ZERO]
    many, kept = occurrences(flat), []
    for each in flat:
        if not letters_of(each):
            kept.append(each)
        elif each in many:
            number = many.pop(each)
            kept.append(each if number == 1 else product((Number(number), each)))
    return kept[0] if len(kept) == 1 else Add(tuple(kept)) if kept else ZERO


def product(factors: Iterable[Notation]) -> Notation:
    """A product without nesting or ones, numbers in front, equal factors as a power."""
    flat: list[Notation] = []
    for factor in factors:
        flat.extend(factor.factors if isinstance(factor, Mul) else (factor,))
    if ZERO in flat:
        return ZERO
    numbers = signed_first([factor for factor in flat if is_numeric(factor)])
    powers: dict[Notation, int] = {}
    for factor in flat:
        if not is_numeric(factor):
            base, exponent = whole_power(factor)
            powers[base] = powers.get(base, 0) + exponent
    kept = (*numbers, *(power(base, Number(exponent)) for base, exponent in powers.items() if exponent))
    return kept[0] if len(kept) == 1 else Mul(kept) if kept else UNIT


def letters_of(notation: Notation) -> set[str]:
    """The names of all letters in a notation."""
    match notation:
        case Letter(name=name):
            return {name}
        case Number():
            return set()
        case Add(terms=parts) | Mul(factors=parts) | Call(arguments=parts):
            return set[str]().union(*map(letters_of, parts))
        case Pow(base=base, exponent=exponent):
            return letters_of(base) | letters_of(exponent)
        case Braced(inside=inside):
            return letters_of(inside)
        case _:
            never(notation)


def is_numeric(factor: Notation) -> bool:
    """Whether a factor is a number, or a power of one."""
    return isinstance(factor, Number) or (isinstance(factor, Pow) and isinstance(factor.base, Number))


def signed_first(factors: list[Notation]) -> list[Notation]:
    """The numbers of a product without ones, with at most one minus sign, in front."""
    negative = sum(isinstance(factor, Number) and factor.value < 0 for factor in factors) % 2 == 1
    sizes = [Number(magnitude(factor.value)) if isinstance(factor, Number) else factor for factor in factors]
    sizes = [factor for factor in without_cancelling(sizes) if factor != UNIT]
    if not negative:
        return sizes
    first = sizes[0] if sizes else None
    return [Number(-first.value), *sizes[1:]] if isinstance(first, Number) else [Number(-1), *sizes]


def without_cancelling(factors: list[Notation]) -> list[Notation]:
    """The numbers of a product unchanged, or if one is a fraction, multiplied: 2 groups of c/2 by f/2 are c*f/2."""
    plain = [factor.value for factor in factors if isinstance(factor, Number)]
    if all(value.denominator == 1 for value in plain):
        return factors
    over, under = (prod(getattr(value, part) for value in plain) for part in ("numerator", "denominator"))
    return [Number(exact(over, under)), *(factor for factor in factors if not isinstance(factor, Number))]


def whole_power(factor: Notation) -> tuple[Notation, int]:
    """Base and exponent of an integer power; anything else is its own base."""
    if isinstance(factor, Pow) and isinstance(factor.exponent, Number) and isinstance(factor.exponent.value, int):
        return factor.base, factor.exponent.value
    return factor, 1


def power(base: Notation, exponent: Notation) -> Notation:
    return base if exponent == UNIT else Pow(base, exponent)
