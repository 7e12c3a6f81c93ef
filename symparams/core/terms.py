"""The terms of a count: ``{monomial: coefficient}``, and the letters that its monomials name.

A monomial is a sorted tuple of ``(letter, exponent)``; the empty one is 1.
"""

from __future__ import annotations

from ..errors import LetterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction
    from typing import TypeAlias

    from .algebra import Expr

    Monomial: TypeAlias = tuple[tuple[str, int], ...]
    Number: TypeAlias = int | Fraction
    Terms: TypeAlias = Mapping[Monomial, Number]

ONE: Monomial = ()
UNIT: Terms = {ONE: 1}


def degree(monomial: Monomial) -> int:
    return sum(power for _, power in monomial)


def spelled_letters(monomial: Monomial) -> tuple[str, ...]:
    """The letters of a monomial one by one, ``n**2`` as ``n, n``: the sort key of terms of one degree."""
    return tuple(name for name, power in monomial for _ in range(abs(power)))


def plus(parts: Iterable[Terms]) -> Terms:
    """The sum of several sums of terms."""
    terms: dict[Monomial, Number] = {}
    for part in parts:
        for monomial, coefficient in part.items():
            terms[monomial] = terms.get(monomial, 0) + coefficient
    return terms


def gathered_letters(*sets: Mapping[str, Expr]) -> Mapping[str, Expr]:
    """The letters of all sets."""
    atoms: dict[str, Expr] = {}
    for each in sets:
        add_letters(atoms, each)
    return atoms


def add_letters(ours: dict[str, Expr], its: Mapping[str, Expr]) -> None:
    """Adds letters to ours."""
    for name, atom in its.items():
        add_letter(ours, name, atom)


def add_letter(atoms: dict[str, Expr], name: str, atom: Expr) -> None:
    """Adds a letter; one name for two different symbols is an error, since they would never cancel."""
    known = atoms.setdefault(name, atom)
    if known is not atom and known != atom:
        raise LetterError(
            f"two different symbols are both called {name}: they differ in their assumptions and would never "
            f"cancel; make every {name} with symparams.symbols({name!r}), or give one of them another name"
        )


# ---------------------------------------------------------------- coefficients
def quotient(numerator: int, denominator: int) -> Number:
    if denominator == 1:
        return numerator
    from fractions import Fraction

    return Fraction(numerator, denominator)


def magnitude(number: Number) -> Number:
    """The number without its sign."""
    return -number if number < 0 else number


def exact(numerator: int, denominator: int) -> Number:
    """``numerator / denominator``, as an int if it is one."""
    return numerator // denominator if numerator % denominator == 0 else quotient(numerator, denominator)
