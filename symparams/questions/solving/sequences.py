"""A count as a sequence over one letter: polynomials on arithmetic progressions, exactly.

``floor(n/2)`` is not a polynomial, but it is one for even n and another one for odd n. Every floor, ceiling, remainder,
maximum or quotient of polynomials is a polynomial for each remainder of n modulo some number, from some n on; the finitely
many n before that are counted one by one. So every n is covered: on the progressions, the monotonic runs of
:mod:`.univariate` decide, and the listed numbers are looked up. An n with an invalid size (an ``n - 5`` below 1, an ``n/2``
that leaves a remainder) is in neither.
"""

from __future__ import annotations

from functools import reduce
from math import lcm

from ...core.polynomial import of_size
from ...errors import LetterError, SizeError
from .rational import QuotientReader, Refine, Unreadable, quotient_sum
from .univariate import (
    not_negative_stretches,
    polynomial_multiple,
    polynomial_on_progression,
    polynomial_sum,
    polynomial_value,
    trimmed_polynomial,
    whole_multiple,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ...core.formula import Formula
    from ...core.sizes import Dim
    from ...core.terms import Number
    from ..countable_subjects import Signed
    from .allowed_sizes import AllowedSizes
    from .open_letter import Sizes
    from .rational import Quotient
    from .univariate import Coefficients

FINEST = 10_000  # remainders modulo one number
LONGEST = 100_000  # numbers that are counted one by one


class Branch:
    """A polynomial in q on ``n = step*q + start``, with q from ``first`` to ``last`` (None for no end)."""

    __slots__ = ("first", "last", "polynomial", "start", "step")

    def __init__(self, step: int, start: int, first: int, last: int | None, polynomial: Coefficients) -> None:
        self.step, self.start, self.first, self.last, self.polynomial = step, start, first, last, polynomial

    def n(self, q: int) -> int:
        """The number at an index of the progression."""
        return self.step * q + self.start


class Counts:
    """The count at every allowed n: on its branches, and the listed ones.

    ``partial`` is true where some n are impossible, because they make a size invalid.
    """

    def __init__(self, branches: list[Branch], listed: Mapping[int, int], partial: bool = False) -> None:
        self.branches, self.listed, self.partial = branches, listed, partial

    def at(self, n: int) -> int | None:
        """The count at a number; None where the number is impossible or not allowed."""
        for branch in self.branches:
            q, rest = divmod(n - branch.start, branch.step)
            if not rest and branch.first <= q and (branch.last is None or q <= branch.last):
                return int(polynomial_value(branch.polynomial, q))
        return self.listed.get(n)


def counts_of_letter(
    formulas: Sequence[Signed], values: Sequence[Sizes], letter: str, allowed: AllowedSizes, single: list[int] | None
) -> Counts:
    """The sum of the formulas, each with its sign, at every allowed size; exact for formulas of any kind."""
    if single is None:
        polynomial: Coefficients = ()
        for (sign, formula), sizes in zip(formulas, values, strict=True):
            coefficients = polynomial_coefficients(formula, letter, sizes)
            if coefficients is None:
                break
            polynomial = (
                coefficients
                if sign == 1 and not polynomial
                else polynomial_sum(polynomial, polynomial_multiple(coefficients, sign))
            )
        else:
            return counts_of_polynomial(polynomial, allowed)
    alone = [(sign, formula.given(sizes)) for (sign, formula), sizes in zip(formulas, values, strict=True)]
    if single is None:
        try:
            return counts_by_remainders(alone, letter, allowed)
        except Unreadable:
            if allowed.last is None or (allowed.last - allowed.first) // allowed.step >= LONGEST:
                raise
            single = list(range(allowed.first, allowed.last + 1, allowed.step))
    return Counts([], counts_one_by_one(alone, letter, single))


def polynomial_coefficients(formula: Formula, letter: str, given: Mapping[str, Dim]) -> Coefficients | None:
    """The coefficients of a count that is a polynomial in the letter at the given sizes of all others; None for other counts."""
    if formula.doubtful_sizes:
        return None
    coefficients: list[Number] = [0]
    for monomial, coefficient in formula.polynomial.terms.items():
        place = 0
        for name, exponent in monomial:
            if exponent < 0:
                return None
            if name == letter:
                place = exponent
            else:
                size = given.get(name)
                if type(size) is not int:
                    return None
                coefficient *= size**exponent  # noqa: PLW2901
        if place >= len(coefficients):
            coefficients += [0] * (place + 1 - len(coefficients))
        coefficients[place] += coefficient
    if {*map(type, coefficients)} != {int}:
        return None  # a count with fractions need not be whole everywhere
    return tuple(coefficients) if coefficients[-1] else trimmed_polynomial(coefficients)


def counts_of_polynomial(polynomial: Coefficients, allowed: AllowedSizes) -> Counts:
    """A polynomial with whole coefficients over the allowed numbers."""
    step, start = allowed.step, allowed.start
    return Counts(
        [branch_between(polynomial_on_progression(polynomial, step, start), step, start, allowed.first, allowed.last)], {}
    )


def branch_between(polynomial: Coefficients, step: int, start: int, first: int, last: int | None) -> Branch:
    """The part of a progression between two numbers."""
    return Branch(step, start, -((start - first) // step), None if last is None else (last - start) // step, polynomial)


# ---------------------------------------------------------------- with floors and quotients
def counts_by_remainders(formulas: Iterable[Signed], letter: str, allowed: AllowedSizes) -> Counts:
    """The sum of some counts in one letter, each with its sign."""
    formulas = list(formulas)
    modulus = allowed.step
    while True:
        if modulus // allowed.step > FINEST:
            raise Unreadable(
                f"cannot solve for {letter}: its remainders modulo {modulus} are too many to try one by one; "
                f"limit the sizes, as in among=range(1, 1001)"
            )
        try:
            return _counts_modulo(formulas, letter, modulus, allowed)
        except Refine as wanted:
            modulus = lcm(modulus, wanted.modulus)


def _counts_modulo(formulas: list[Signed], letter: str, modulus: int, allowed: AllowedSizes) -> Counts:
    branches: list[Branch] = []
    one_by_one: list[int] = []
    refuses = False
    for remainder in range(allowed.start, modulus, allowed.step):
        reader = QuotientReader(letter, modulus, remainder)
        conditions = _conditions(reader, formulas)
        polynomial = (
            None
            if conditions is None
            else reader.whole(reduce(quotient_sum, (_signed_quotient(reader, *pair) for pair in formulas)))
        )
        start = max(reader.start, allowed.first)
        before = range(allowed.first + (remainder - allowed.first) % modulus, min(start, _end(allowed)), modulus)
        if len(before) + len(one_by_one) > LONGEST:
            raise Unreadable(
                f"cannot solve for {letter}: the count becomes regular only from {letter} = {start} on; "
                f"limit the sizes, as in among=range(1, 1001)"
            )
        one_by_one += before
        if polynomial is None or conditions is None:
            refuses = True
            continue
        stretches = list(_stretches_fulfilling(conditions, start, allowed.last))
        refuses = refuses or stretches != [(start, allowed.last)]
        for first, last in stretches:
            new = branch_between(polynomial_on_progression(polynomial, modulus, remainder), modulus, remainder, first, last)
            if new.last is None or new.first <= new.last:
                branches.append(new)
    listed = counts_one_by_one(formulas, letter, sorted(one_by_one))
    return Counts(branches, listed, refuses or len(listed) < len(one_by_one))


def _end(allowed: AllowedSizes) -> int:
    from sys import maxsize

    return maxsize if allowed.last is None else allowed.last + 1


def _signed_quotient(reader: QuotientReader, sign: int, formula: Formula) -> Quotient:
    above, below = reader.count(formula.polynomial)
    return tuple(sign * coefficient for coefficient in above), below


def _conditions(reader: QuotientReader, formulas: list[Signed]) -> list[Coefficients] | None:
    """The polynomials that must be at least 0 for every size to be valid; None where some size is never whole."""
    conditions: list[Coefficients] = []
    for _, formula in formulas:
        for size, least in formula.doubtful_sizes.items():
            polynomial = reader.whole(reader.count(of_size(size)))
            if polynomial is None:
                return None
            if not formula.signed:
                conditions.append(polynomial_sum(polynomial, (-least,)))
    return conditions


def _stretches_fulfilling(conditions: list[Coefficients], first: int, last: int | None) -> Iterator[tuple[int, int | None]]:
    """The stretches of numbers on which all conditions hold."""
    if not conditions:
        if last is None or first <= last:
            yield first, last
        return
    for start, end in not_negative_stretches(whole_multiple(conditions[0]), first, last):
        yield from _stretches_fulfilling(conditions[1:], start, end)


def counts_one_by_one(formulas: Iterable[Signed], letter: str, numbers: Iterable[int]) -> dict[int, int]:
    """The counts at some numbers, one by one; impossible numbers are left out."""
    functions = [(sign, function_of(formula, letter)) for sign, formula in formulas]
    found: dict[int, int] = {}
    for n in numbers:
        try:
            found[n] = sum(sign * function(n) for sign, function in functions)
        except (SizeError, LetterError):  # all letters have sizes, so a size must be invalid
            continue
    return found


def function_of(formula: Formula, letter: str) -> Callable[[int], int]:
    """A count as a function of its one letter."""
    if letter not in formula.letters:
        number = int(formula)
        return lambda n: number
    try:
        return formula.compiled(letter)
    except LetterError:  # some piece cannot be compiled
        return lambda n: formula.at({letter: n})
