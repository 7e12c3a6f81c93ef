"""A test of the reading of a formula: at exact points, its terms must have the value of the formula as it is written."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from ...core.notation.forms import Add, Letter, Mul, Number, Pow, letters_of
from ...core.polynomial import Polynomial, evaluated
from ...errors import LetterError
from .model_forms import letter_terms, letters_in_terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.notation.forms import Notation
    from .reading import FormulaReading

PRIMES = (101, 103, 107, 109, 113, 127, 131, 137, 139, 149)
POINTS = 2


def prove_reading(notation: Notation, reading: FormulaReading) -> None:
    """Raises :class:`LetterError` where the terms of a reading are not those of the formula."""
    letters = {name: letter_terms(name) for name in letters_of(notation)} | dict(reading.written)
    names = sorted({name for terms in letters.values() for name in letters_in_terms(terms)})
    for shift in range(POINTS):
        point = {name: PRIMES[(place + shift) % len(PRIMES)] + place for place, name in enumerate(names)}
        theirs = {name: evaluated(Polynomial(terms), point) for name, terms in letters.items()}
        if value_of_notation(notation, theirs) != evaluated(Polynomial(reading.yours), point):
            raise LetterError("the formula could not be read exactly: say what its letters mean with letters={...}")


def value_of_notation(notation: Notation, values: Mapping[str, int | Fraction]) -> int | Fraction:
    """The value of a formula at these values of its letters, calculated as it is written, not multiplied out."""
    match notation:
        case Number(value=value):
            return value
        case Letter(name=name):
            return values[name]
        case Add(terms=parts):
            return sum(value_of_notation(part, values) for part in parts)
        case Mul(factors=parts):
            return prod(value_of_notation(part, values) for part in parts)
        case Pow(base=base, exponent=Number(value=int() as exponent)):
            return Fraction(value_of_notation(base, values)) ** exponent
    raise AssertionError(f"no such notation in a formula: {notation!r}")
