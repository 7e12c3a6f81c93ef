"""Counts as polynomials: ``{monomial: coefficient}``, since SymPy would build and sort an expression per tensor.

A piece that is not a polynomial (a ``floor``, a ``Max``) is a letter named by its own text, and ``atoms`` has its meaning.
Equal shapes are counted first, so a total costs one product per *distinct* shape.
"""

from __future__ import annotations

from math import prod

from ..errors import never
from .terms import ONE, UNIT, degree, gathered_letters, plus, quotient, spelled_letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .algebra import Expr
    from .sizes import Dim, Shape
    from .terms import Monomial, Number
    from .tree import Node


class Polynomial:
    """An exact sum of monomials with integer or rational coefficients, and the meaning of its letters."""

    __slots__ = ("atoms", "terms")

    def __init__(self, terms: Mapping[Monomial, Number], atoms: Mapping[str, Expr] | None = None) -> None:
        self.terms = {monomial: coefficient for monomial, coefficient in terms.items() if coefficient}
        self.atoms = atoms or {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __add__(self, other: Polynomial) -> Polynomial:
        return Polynomial(plus((self.terms, other.terms)), gathered_letters(self.atoms, other.atoms))

    def __sub__(self, other: Polynomial) -> Polynomial:
        difference = self + other.scaled(-1)
        return Polynomial({}, difference.atoms) if difference.has_rounded_sizes and difference.vanishes else difference

    @property
    def has_rounded_sizes(self) -> bool:
        """Whether it has floors or ceilings, which may be equal though they are written differently."""
        return any("floor" in name or "ceiling" in name for monomial in self.terms for name, _ in monomial)

    @property
    def vanishes(self) -> bool:
        """Whether it is 0 for all values of its letters: ``ceiling(H/2) - floor((H - 1)/2) - 1``."""
        from .algebra import vanishes
        from .work import within_limits

        return vanishes(within_limits(self.expression()))

    def scaled(self, factor: Number) -> Polynomial:
        return Polynomial({monomial: factor * c for monomial, c in self.terms.items()}, self.atoms)

    def ordered(self) -> list[tuple[Monomial, Number]]:
        """The terms, highest degree first, then by name: the same under every hash seed."""
        return sorted(self.terms.items(), key=lambda term: (-degree(term[0]), spelled_letters(term[0])))

    def constant(self) -> Number | None:
        """The value of a polynomial without letters, or None if letters remain."""
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


# ---------------------------------------------------------------- from sizes
def of_size(size: Dim) -> Polynomial:
    """A size multiplied out: an int, a symbol, or any expression of symbols."""
    return polynomial_of_counts({(size,): 1})


def polynomial_of_node(node: Node) -> Polynomial:
    """The count of a tree. Copies are one more axis of every tensor inside, and tied weights do not count."""
    from .tree import Sum, Tied, Times, Weight

    shapes: dict[Shape, int] = {}
    stack: list[tuple[Node, Shape]] = [(node, ())]
    while stack:
        here, copies = stack.pop()
        match here:
            case Weight(shape=shape):
                whole = copies + shape
                shapes[whole] = shapes.get(whole, 0) + 1
            case Sum(parts=parts):
                stack.extend((part, copies) for part in parts)
            case Times(part=part, copies=number):
                stack.append((part, (*copies, number) if number != 1 else copies))
            case Tied():
                pass
            case _:
                never(here)
    return polynomial_of_counts(shapes)


def polynomial_of_shapes(shapes: Iterable[Shape]) -> Polynomial:
    """The total of many tensors, given by their shapes."""
    from collections import Counter  # not at the top: importing it takes a tenth of a start

    return polynomial_of_counts(Counter(shapes))


def polynomial_of_counts(shapes: Mapping[Shape, int]) -> Polynomial:
    """The total of ``{shape: number of tensors}``."""
    terms: dict[Monomial, Number] = {}
    sizes = None
    for shape, many in shapes.items():
        number, product = many, UNIT
        for size in shape:
            if type(size) is int:
                number *= size
            else:
                if sizes is None:  # plain numbers are counted without importing the products of letters
                    from .products import Sizes

                    sizes = Sizes()
                product = sizes.times(product, sizes[size])
        for monomial, coefficient in product.items():
            terms[monomial] = terms.get(monomial, 0) + number * coefficient
    return Polynomial(terms, None if sizes is None else sizes.atoms)


# ---------------------------------------------------------------- at a point
def evaluated(polynomial: Polynomial, values: Mapping[str, int]) -> Number:
    """The exact number for whole values of every letter."""
    total: Number = 0
    for monomial, coefficient in polynomial.terms.items():
        above = prod(values[name] ** power for name, power in monomial if power > 0)
        below = prod(values[name] ** -power for name, power in monomial if power < 0)
        total += coefficient * (above if below == 1 else quotient(above, below))
    return total.numerator if total.denominator == 1 else total


def partly_evaluated(polynomial: Polynomial, values: Mapping[str, int]) -> tuple[Polynomial, bool]:
    """The polynomial with numbers for some letters, and whether it has pieces, which keep their letters."""
    terms: dict[Monomial, Number] = {}
    for monomial, coefficient in polynomial.terms.items():
        rest = tuple((name, power) for name, power in monomial if name not in values)
        known = evaluated(Polynomial({tuple(each for each in monomial if each not in rest): coefficient}), values)
        terms[rest] = terms.get(rest, 0) + known
    left = Polynomial(terms, polynomial.atoms)
    pieces = any(polynomial.atoms[name].free_symbols != {polynomial.atoms[name]} for monomial in left.terms for name, _ in monomial)
    return left, pieces
