"""Counts as polynomials: ``{monomial: coefficient}``, where SymPy would build and sort an expression per tensor.

A monomial is a sorted tuple of ``(letter, exponent)``; the empty one is 1. What is no polynomial (a ``floor``, a
``Max``) stands in it as one letter named by its own text, and ``atoms`` knows what that letter is.
Equal shapes are counted first, so a total costs one product per *distinct* shape.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from math import prod

from .errors import LetterError, never

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction
    from typing import Any, TypeAlias

    from .algebra import Expr
    from .dims import Dim, Shape
    from .tree import Node

    Monomial: TypeAlias = tuple[tuple[str, int], ...]
    Number: TypeAlias = int | Fraction
    Terms: TypeAlias = Mapping[Monomial, Number]

LARGEST_POWER = 64  # a power of a sum is multiplied out up to here; beyond, it stays one piece
ONE: Monomial = ()


class Polynomial:
    """An exact sum of monomials with whole or rational coefficients, and what its letters are."""

    __slots__ = ("atoms", "terms")

    def __init__(self, terms: Mapping[Monomial, Number], atoms: Mapping[str, Expr] | None = None) -> None:
        self.terms = {monomial: coefficient for monomial, coefficient in terms.items() if coefficient}
        self.atoms = atoms or {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __add__(self, other: Polynomial) -> Polynomial:
        return _summed((self, other))

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + other.scaled(-1)

    def __mul__(self, other: Polynomial) -> Polynomial:
        return _multiplied((self, other))

    def scaled(self, factor: Number) -> Polynomial:
        return Polynomial({monomial: factor * c for monomial, c in self.terms.items()}, self.atoms)

    def ordered(self) -> list[tuple[Monomial, Number]]:
        """The terms, highest degree first, then by name: the same under every hash seed."""
        return sorted(self.terms.items(), key=lambda term: (-degree(term[0]), spelled(term[0])))

    def constant(self) -> Number | None:
        """The number it is, or None when letters remain."""
        if not self.terms:
            return 0
        return self.terms.get(ONE) if len(self.terms) == 1 else None

    def expression(self) -> Expr:
        """The same as a SymPy expression, multiplied out."""
        from .algebra import product, rational, symbol, total

        def number(value: Number) -> Expr:
            return rational(value.numerator, value.denominator)

        atoms = self.atoms
        return total(
            product(
                [
                    number(coefficient),
                    *(atoms.get(name) or symbol(name) if power == 1 else atoms[name] ** power for name, power in monomial),
                ]
            )
            for monomial, coefficient in self.terms.items()
        )


def degree(monomial: Monomial) -> int:
    return sum(power for _, power in monomial)


def spelled(monomial: Monomial) -> tuple[str, ...]:
    """Its letters one by one, ``n**2`` as ``n, n``: what terms of one degree are sorted by."""
    return tuple(name for name, power in monomial for _ in range(abs(power)))


@lru_cache(maxsize=1 << 16)
def monomial_product(a: Monomial, b: Monomial) -> Monomial:
    if not a or not b:
        return a or b
    powers = dict(a)
    for name, power in b:
        powers[name] = powers.get(name, 0) + power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def times(ours: Terms, its: Terms) -> Terms:
    """Each term of ours times each of its."""
    terms: dict[Monomial, Number] = {}
    for a, x in ours.items():
        for b, y in its.items():
            both = monomial_product(a, b)
            terms[both] = terms.get(both, 0) + x * y
    return terms


def gather(ours: dict[str, Expr], its: Mapping[str, Expr]) -> None:
    """Adds letters to ours; one name for two different symbols is an error, since they would never cancel."""
    for name, atom in its.items():
        known = ours.setdefault(name, atom)
        if known is not atom and known != atom:
            raise LetterError(
                f"two different symbols are both called {name}: they differ in their assumptions and would never "
                f"cancel; make every {name} with symparams.symbols({name!r}), or give one of them another name"
            )


# ---------------------------------------------------------------- from sizes
@lru_cache(maxsize=1 << 14)
def of_size(size: Dim) -> Polynomial:
    """A size multiplied out: an int, a symbol, or any expression of symbols."""
    if isinstance(size, int):
        return Polynomial({ONE: size})
    from .algebra import view

    return _read(size, view)


def _read(size: Expr, view: Callable[..., Any]) -> Polynomial:
    kind, parts = view(size, ordered=False)
    if kind == "symbol":
        return Polynomial({((parts[0], 1),): 1}, {parts[0]: size})
    if kind == "number":
        return Polynomial({ONE: _rational(*parts)})
    if kind == "add":
        return _summed([_read(part, view) for part in parts])
    if kind == "mul":
        return _multiplied([_read(part, view) for part in parts])
    if kind == "pow":
        power = _power(*parts)
        if power is not None:
            return power
    return _one_piece(size)


def of_node(node: Node) -> Polynomial:
    """The count of a tree. Copies are one more axis of every tensor inside, and tied weights count nothing."""
    from .tree import Sum, Tied, Times, Weight

    shapes: Counter[Shape] = Counter()
    stack: list[tuple[Node, Shape]] = [(node, ())]
    while stack:
        here, copies = stack.pop()
        match here:
            case Weight(shape=shape):
                shapes[copies + shape] += 1
            case Sum(parts=parts):
                stack.extend((part, copies) for part in parts)
            case Times(part=part, copies=number):
                stack.append((part, (*copies, number) if number != 1 else copies))
            case Tied():
                pass
            case _:
                never(here)
    return of_counted(shapes)


def of_shapes(shapes: Iterable[Shape]) -> Polynomial:
    """The total of many tensors, given by their shapes."""
    return of_counted(Counter(shapes))


def of_counted(shapes: Mapping[Shape, int]) -> Polynomial:
    """The total of ``{shape: how many of it}``."""
    terms: dict[Monomial, Number] = {}
    atoms: dict[str, Expr] = {}
    factors: dict[Dim, Terms] = {}
    for shape, many in shapes.items():
        product: Terms = {ONE: many}
        number = 1
        for size in shape:
            if type(size) is int:
                number *= size
                continue
            factor = factors.get(size)
            if factor is None:
                whole = of_size(size)
                gather(atoms, whole.atoms)
                factor = factors[size] = whole.terms
            product = times(product, factor)
        for monomial, coefficient in product.items():
            terms[monomial] = terms.get(monomial, 0) + number * coefficient
    return Polynomial(terms, atoms)


# ---------------------------------------------------------------- pieces
def _rational(numerator: int, denominator: int) -> Number:
    if denominator == 1:
        return numerator
    from fractions import Fraction

    return Fraction(numerator, denominator)


def _summed(parts: Iterable[Polynomial]) -> Polynomial:
    terms: dict[Monomial, Number] = {}
    atoms: dict[str, Expr] = {}
    for part in parts:
        gather(atoms, part.atoms)
        for monomial, coefficient in part.terms.items():
            terms[monomial] = terms.get(monomial, 0) + coefficient
    return Polynomial(terms, atoms)


def _multiplied(parts: Iterable[Polynomial]) -> Polynomial:
    terms: Terms = {ONE: 1}
    atoms: dict[str, Expr] = {}
    for part in parts:
        gather(atoms, part.atoms)
        terms = times(terms, part.terms)
    return Polynomial(terms, atoms)


def _power(base: Any, exponent: Any) -> Polynomial | None:
    """A whole power; a negative one of a single term divides exactly, anything else stays one piece."""
    from .algebra import number

    power, inside = number(exponent), of_size(base)
    if power is None or abs(power) > LARGEST_POWER or (power < 0 and len(inside.terms) != 1):
        return None
    if power < 0:
        ((monomial, coefficient),) = inside.terms.items()
        inverse = {tuple((name, -exp) for name, exp in monomial): _rational(coefficient.denominator, coefficient.numerator)}
        inside = Polynomial(inverse, inside.atoms)
    return _multiplied([inside] * abs(power))


def _one_piece(size: Expr) -> Polynomial:
    """``floor((h - a)/s)`` is no polynomial: it is one letter, named by its own text."""
    name = str(size)
    return Polynomial({((name, 1),): 1}, {name: size, **{letter.name: letter for letter in size.free_symbols}})


def magnitude(number: Number) -> Number:
    """The number without its sign."""
    return -number if number < 0 else number


def exact(numerator: int, denominator: int) -> Number:
    """``numerator / denominator`` as an int where it is one."""
    return numerator // denominator if numerator % denominator == 0 else _rational(numerator, denominator)


def evaluated(polynomial: Polynomial, values: Mapping[str, int]) -> Number:
    """The exact number at whole values of every letter."""
    total: Number = 0
    for monomial, coefficient in polynomial.terms.items():
        above = prod(values[name] ** power for name, power in monomial if power > 0)
        below = prod(values[name] ** -power for name, power in monomial if power < 0)
        total += coefficient * (above if below == 1 else _rational(above, below))
    return total.numerator if total.denominator == 1 else total
