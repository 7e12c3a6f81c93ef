"""The possible meanings of a formula's text: ``nm`` as a name or as n times m, 256 as a number or as the units."""

from __future__ import annotations

from itertools import product

from ...core.notation.forms import Add, Letter, Mul, Number, Pow, letters_of
from .parsing import parsed_formula, possible_products

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ...core.notation.forms import Notation
    from .letters_told import Told

FEW_RUNS, FEW_NUMBERS = 3, 3
SMALL = 16  # up to here a number may be a size or a factor; a larger one that is a size is read as that size


def possible_notations(text: str, known: Collection[str], told: Told) -> Iterator[Notation]:
    """The formula with each unknown name as a name or as a product; as names first where it is written like Python. A name with
    letters that are told is a product if these are nowhere else."""
    unknown = [name for name in possible_products(text) if name not in known and name not in told.meanings]
    alone = letters_of(parsed_formula(text))
    split = {name for name in unknown if set(name) & (told.meanings.keys() - alone)}
    unknown = [name for name in unknown if name not in split]
    whole_first = "*" in text
    if len(unknown) > FEW_RUNS:
        choices = [(), tuple(unknown)]
    else:
        choices = [
            tuple(name for name, apart in zip(unknown, each, strict=True) if apart)
            for each in product((False, True), repeat=len(unknown))
        ]
    for products in choices if whole_first else reversed(choices):
        yield parsed_formula(text, {*products, *split})


def notations_with_sizes(notation: Notation, sizes: Collection[int]) -> Iterator[Notation]:
    """The formula with the letter ``#256`` for a 256 that is a size of the model. In a formula without letters, a small number
    is tried as a size before it is tried as a mere factor; in one with letters, after."""
    first, second = (False, True) if letters_of(notation) else (True, False)
    small = [number for number in whole_numbers(notation) if number in sizes and 1 < number <= SMALL]
    if len(small) <= FEW_NUMBERS:
        choices: Iterator[tuple[bool, ...]] = product((first, second), repeat=len(small))
    else:
        choices = iter([(first,) * len(small), (second,) * len(small)])
    for choice in choices:
        remaining = list(choice)
        yield with_marks(notation, sizes, remaining)


def size_mark(size: int) -> str:
    """The letter that replaces a number that is a size."""
    return f"#{size}"


def marked_size(name: str) -> int:
    """The size that such a letter replaces."""
    return int(name[1:])


def is_size_mark(name: str) -> bool:
    """Whether a letter replaces a number of the formula."""
    return name.startswith("#")


def without_marks(notation: Notation) -> Notation:
    """The formula with its numbers restored."""
    match notation:
        case Letter(name=name) if is_size_mark(name):
            return Number(marked_size(name))
        case Add(terms=parts):
            return Add(tuple(map(without_marks, parts)))
        case Mul(factors=parts):
            return Mul(tuple(map(without_marks, parts)))
        case Pow(base=base, exponent=exponent):
            return Pow(without_marks(base), exponent)
    return notation


def whole_numbers(notation: Notation) -> Iterator[int]:
    """The whole numbers of a formula, in order, without exponents."""
    match notation:
        case Number(value=int() as value):
            yield value
        case Add(terms=parts) | Mul(factors=parts):
            for part in parts:
                yield from whole_numbers(part)
        case Pow(base=base):
            yield from whole_numbers(base)


def with_marks(notation: Notation, sizes: Collection[int], small: list[bool]) -> Notation:
    """The formula with marks for its sizes; ``small`` has the choices for small numbers, which are used up."""
    match notation:
        case Number(value=int() as value) if value in sizes and value > 1 and (value > SMALL or small.pop(0)):
            return Letter(size_mark(value))
        case Add(terms=parts):
            return Add(tuple(with_marks(part, sizes, small) for part in parts))
        case Mul(factors=parts):
            return Mul(tuple(with_marks(part, sizes, small) for part in parts))
        case Pow(base=base, exponent=exponent):
            return Pow(with_marks(base, sizes, small), exponent)
    return notation
