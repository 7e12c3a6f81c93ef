"""The notation of a formula, before it is typeset: numbers, letters, sums, products, powers, calls.

A form is a function from a count to notation (``written``, ``expanded``, ``factored``); a printer is a function from
notation to text. SymPy rewrites ``4*(m*n + n)`` as it is made, so ``written`` reads our own tree.
"""

from __future__ import annotations

from math import prod

from ...errors import never
from ..equal_blocks import folded
from ..frozen import Frozen
from ..terms import degree, exact, magnitude
from ..tree import FactoredWeight, Sum, Tied, Times, Weight
from .equal_parts import OF_LAYERS, form_key, is_one_layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias, TypeVar

    from ..algebra import Expr
    from ..polynomial import Polynomial
    from ..sizes import Dim, Shape
    from ..terms import Monomial
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
    Term: TypeAlias = tuple[Notation, tuple[str, ...]]  # a term of a sum, and the names of its weights

ZERO, UNIT = Number(0), Number(1)


# ---------------------------------------------------------------- the forms
def written(node: Node) -> Notation:
    """As in the paper: the tree as it was declared, the number of copies in front of each repeated part."""
    return added(written_terms(node))


def written_terms(node: Node) -> list[Term]:
    """The terms of a node as it was declared, each with the names of its weights.

    Equal terms of one layer are one with a number in front, and so are terms of different layers for weights of the same name;
    an attention's 4*d**2 and a dense layer's stay apart. Equal parts beside each other are one part with a number in front.
    """
    match node:
        case Weight(name=name):
            return [(product(axes(node)), (name,))]
        case Tied():
            return []
        case Sum(parts=parts) if is_one_layer(node):
            terms = [term for part in parts for term in written_terms(part)]
            return terms_of_a_layer(terms)
        case Sum(parts=parts):
            counted = [part for part in parts if form_key(part) is not None]
            return [term for many, block in folded(counted, key_to_fold) for term in repeated(many, block[: len(block) // many])]
        case Times(part=part, copies=copies, per=per):
            return times_terms(of_size(copies), written_terms(part), cancels=per not in OF_LAYERS)
        case _:
            never(node)


def terms_of_a_layer(terms: list[Term]) -> list[Term]:
    """The terms of one layer, equal ones as one with a number in front, unless they are numbers."""
    names: dict[Notation, tuple[str, ...]] = {}
    many = occurrences(notation for notation, _ in terms)
    for notation, own in terms:
        names[notation] = (*names.get(notation, ()), *own)
    made: list[Term] = []
    for notation, own in terms:
        if not letters_of(notation):
            made.append((notation, own))
        elif number := many.pop(notation, 0):
            made.append((notation if number == 1 else product(cancelled_once(Number(number), notation)), names[notation]))
    return made


def key_to_fold(part: Node) -> object:
    """What parts beside each other must have in common to be folded; a weight alone is never folded."""
    return form_key(part) if isinstance(part, Sum) else id(part)


def repeated(many: int, block: Sequence[Node]) -> list[Term]:
    """The terms of a block that is there many times."""
    terms = [term for part in block for term in written_terms(part)]
    return terms if many == 1 else times_terms(Number(many), terms)


def times_terms(copies: Notation, terms: list[Term], cancels: bool = False) -> list[Term]:
    """A number of copies of some terms, as one term; none if there is nothing to repeat."""
    if copies == UNIT:
        return terms
    inside = added(terms)
    made = product(cancelled_once(copies, inside) if cancels else (copies, inside))
    names = tuple(name for _, own in terms for name in own)
    return [] if made == ZERO else [(made, names)]


def added(terms: list[Term]) -> Notation:
    """The sum of terms; equal ones for weights of the same names are one with a number in front, unless they are numbers."""
    many = occurrences(terms)
    kept: list[Notation] = []
    for term in terms:
        if not letters_of(term[0]):
            kept.append(term[0])
        elif number := many.pop(term, 0):
            kept.append(term[0] if number == 1 else product(cancelled_once(Number(number), term[0])))
    return joined(kept)


def axes(weight: Weight) -> list[Notation]:
    """The axes of a weight, the numbers first. Equal ones stay apart, since each has a meaning of its own: a window, channels.

    The one exception is a recurrence, whose state is read and written: n by n is n squared in a paper.
    """
    factors = weight.factors if isinstance(weight, FactoredWeight) else weight.shape
    groups = [each if isinstance(each, tuple) else (each,) for each in factors]
    numbers = [size for group in groups if is_in_numbers(group) for size in group if isinstance(size, int) and size != 1]
    letters = cancelled([of_size(size) for group in groups if not is_in_numbers(group) for size in group])
    if weight.name == "recurrent_kernel" and len(numbers) > 1 and weight.shape[-1] == weight.shape[-2]:
        return [*map(Number, numbers[:-2]), Pow(Number(numbers[-1]), Number(2)), *letters]
    return [*map(Number, numbers), *letters]


def is_in_numbers(sizes: Shape) -> bool:
    """Whether no size has a letter."""
    return all(isinstance(size, int) for size in sizes)


def expanded(polynomial: Polynomial) -> Notation:
    """Multiplied out: highest degree first, then by name."""
    return summed(terms_of(positive_in_front(polynomial.ordered()), polynomial.atoms))


def positive_in_front(terms: list[tuple[Monomial, Rational]]) -> list[tuple[Monomial, Rational]]:
    """Terms by degree, the first of which has no minus sign if any of the highest degree has none."""
    if not terms or terms[0][1] >= 0:
        return terms
    highest = degree(terms[0][0])
    first = next((term for term in terms if degree(term[0]) == highest and term[1] > 0), terms[0])
    return [first, *(term for term in terms if term is not first)]


def terms_of(terms: Iterable[tuple[Monomial, Rational]], atoms: Mapping[str, Expr]) -> Iterator[Notation]:
    """Monomials with their coefficients as notation."""

    def letter(name: str) -> Notation:
        atom = atoms.get(name)
        return Letter(name) if atom is None or (str(atom) == name and name.isidentifier()) else of_size(atom)

    for monomial, coefficient in terms:
        yield product([Number(coefficient), *(power(letter(name), Number(exponent)) for name, exponent in monomial)])


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
            return joined(positive_first(parts_of(summed(of_size(part) for part in parts))))
        case "mul":
            return product(without_outer_minus([of_size(part) for part in parts]))
        case "pow" | "real_power":
            return power(of_size(parts[0]), of_size(parts[1]))
        case "double" | "decimal":  # that a float is rounded is not written
            return of_size(parts[0])
        case "floor" | "ceiling":
            return Call((quotient_notation(parts[0]),), kind)
        case _:
            return Call(tuple(of_size(part) for part in parts), kind)


def positive_first(terms: list[Notation]) -> list[Notation]:
    """The terms of a size, the first without a minus sign if any has none: ``h - a + 1``, where SymPy has ``-a + h + 1``."""
    if not is_negative(terms[0]):
        return terms
    positive = [term for term in terms if not is_negative(term)]
    first = next((term for term in positive if not is_numeric(term)), positive[0] if positive else terms[0])
    return [first, *(term for term in terms if term is not first)]


def without_outer_minus(factors: list[Notation]) -> list[Notation]:
    """The factors of a product whose minus sign is inside a difference: ``n*(h - a)``, where SymPy has ``-n*(a - h)``."""
    minus = next((each for each in factors if isinstance(each, Number) and each.value < 0), None)
    mixed = next((each for each in factors if isinstance(each, Add) and any(map(is_negative, each.terms))), None)
    if minus is None or mixed is None:
        return factors
    turned = joined(positive_first([product((Number(-1), term)) for term in mixed.terms]))
    return [Number(-minus.value) if each is minus else turned if each is mixed else each for each in factors]


def quotient_notation(size: Expr) -> Notation:
    """A quotient as its authors write it, ``(H - 3)/2``, where SymPy has ``H/2 - 3/2``."""
    from ..algebra import quotient_sides

    above, below = quotient_sides(size)
    return of_size(above) if below == 1 else product((Number(exact(1, below)), of_size(above)))


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
    return joined(kept)


def joined(terms: list[Notation]) -> Notation:
    """Terms as a sum, without nesting."""
    flat = [each for term in terms for each in (term.terms if isinstance(term, Add) else (term,)) if each != ZERO]
    return flat[0] if len(flat) == 1 else Add(tuple(flat)) if flat else ZERO


def parts_of(notation: Notation) -> list[Notation]:
    """The terms of a sum; anything else is one."""
    return [*notation.terms] if isinstance(notation, Add) else [notation]


def is_negative(term: Notation) -> bool:
    """Whether a term has a minus sign."""
    first = term.factors[0] if isinstance(term, Mul) else term
    return isinstance(first, Number) and first.value < 0


def product(factors: Iterable[Notation]) -> Notation:
    """A product without nesting or ones, numbers in front, equal factors as a power. Fractions are one, which cancels nothing."""
    flat = factors_of(factors)
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


def factors_of(parts: Iterable[Notation]) -> list[Notation]:
    """The factors of a product, without nesting."""
    return [factor for part in parts for factor in (part.factors if isinstance(part, Mul) else (part,))]


def cancelled(sizes: Sequence[Notation]) -> list[Notation]:
    """Sizes with letters, whose numbers cancel: 2*d by f/2 are d*f. The window of a convolution is not among them."""
    factors = factors_of(sizes)
    numbers = [each.value for each in factors if isinstance(each, Number)]
    if not any(number.denominator != 1 for number in numbers):
        return [*sizes]
    return [Number(exact(*fraction_of(numbers))), *(each for each in factors if not isinstance(each, Number))]


def cancelled_once(copies: Notation, part: Notation) -> list[Notation]:
    """A number of copies and what is repeated, whose fraction it cancels: 2 groups of c/2 by f/2 are c*f/2.

    Other numbers stay: 6 groups of 3*3*(c/6)*(c/6) are 3*3*c**2/6, since a window of 3 is not half of the groups.
    """
    factors = factors_of([part])
    broken = [each for each in factors if isinstance(each, Number) and each.value.denominator != 1]
    if not isinstance(copies, Number) or not broken:
        return [copies, part]
    return [Number(exact(*fraction_of([copies.value, *(each.value for each in broken)]))), *(x for x in factors if x not in broken)]


def fraction_of(numbers: Iterable[Rational]) -> tuple[int, int]:
    """The product of numbers, as numerator and denominator."""
    numbers = [*numbers]
    return prod(each.numerator for each in numbers), prod(each.denominator for each in numbers)


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
    sizes = [factor for factor in with_one_fraction(sizes) if factor != UNIT]
    if not negative:
        return sizes
    first = sizes[0] if sizes else None
    return [Number(-first.value), *sizes[1:]] if isinstance(first, Number) else [Number(-1), *sizes]


def with_one_fraction(factors: list[Notation]) -> list[Notation]:
    """The numbers of a product, all fractions as one."""
    fractions = [factor.value for factor in factors if isinstance(factor, Number) and factor.value.denominator != 1]
    if not fractions:
        return factors
    whole = [factor for factor in factors if not isinstance(factor, Number) or factor.value.denominator == 1]
    rest = Number(exact(*fraction_of(fractions)))
    return [*whole, rest] if rest.value.denominator != 1 else [rest, *whole]


def whole_power(factor: Notation) -> tuple[Notation, int]:
    """Base and exponent of an integer power; anything else is its own base."""
    if isinstance(factor, Pow) and isinstance(factor.exponent, Number) and isinstance(factor.exponent.value, int):
        return factor.base, factor.exponent.value
    return factor, 1


def power(base: Notation, exponent: Notation) -> Notation:
    return base if exponent == UNIT else Pow(base, exponent)
