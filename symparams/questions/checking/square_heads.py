"""Heads of attention that are counted as square matrices, heads * width**2: each reads the width of the model, not its own."""

from __future__ import annotations

from itertools import product
from math import prod

from ...core.notation.forms import Add, Braced, Letter, Mul, Number, Pow
from ...core.notation.text import plain
from .text_meanings import is_size_mark, marked_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import TypeAlias

    from ...core.notation.forms import Notation

    Factor: TypeAlias = tuple[str, int]  # a number or a letter of a term, as it is written, and its value

WIDTHS = frozenset(("inputs", "width"))  # the fields that are the width of a model, and those that a head may have
HEADS = frozenset(("heads", "key_width", "value_width"))
FEWEST = 5  # heads where it is unknown how many there are: 4*d**2 are the four matrices of attention, 3*d**2 three
NARROWEST = 8  # a head that is counted so


def square_heads(
    notation: Notation, numbers: Mapping[str, int], fields: Mapping[int, Collection[str]], right: set[object]
) -> list[str]:
    """A sentence about the first term of a formula that has the heads once and the width of a head twice, where both together are the
    width of the model, and neither is a size of anything else; ``numbers`` has the numbers of letters, ``fields`` what each size of
    the model is, and ``right`` the values of terms that are right."""
    known = {number for number, its in fields.items() if "heads" in its}
    for term in terms_of(notation):
        factors = list(factors_of(term, numbers))
        if prod(value for _, value in factors) in right:
            continue
        for (heads, many), (width, size) in product(dict.fromkeys(factors), repeat=2):
            is_heads = many in known if known else many >= FEWEST
            twice = factors.count((width, size)) == 2 and heads != width and is_heads and size >= NARROWEST
            if twice and WIDTHS.intersection(fields.get(many * size, ())) and HEADS.issuperset(fields.get(size, ())):
                each = f"each of {heads} heads with {width} features reads {width} features"
                return [f"In {written(factors)}, {each}; in fact it reads all {many * size}."]
    return []


def terms_of(notation: Notation) -> Iterator[Notation]:
    """The products in a formula that have no sum in them."""
    match notation:
        case Add(terms=parts):
            for part in parts:
                yield from terms_of(part)
        case Braced(inside=inside):
            yield from terms_of(inside)
        case Mul(factors=parts) if any(isinstance(part, Add) for part in parts):
            for part in parts:
                yield from terms_of(part)
        case Mul():
            yield notation


def factors_of(notation: Notation, numbers: Mapping[str, int]) -> Iterator[Factor]:
    """The numbers and letters of a product, each as often as it is a factor."""
    match notation:
        case Number(value=int() as value):
            yield str(value), value
        case Letter(name=name):
            text = str(marked_size(name)) if is_size_mark(name) else name
            yield text, marked_size(name) if is_size_mark(name) else numbers.get(name, 0)
        case Pow(base=base, exponent=Number(value=int() as times)) if times > 0:
            for factor in factors_of(base, numbers):
                yield from [factor] * times
        case Mul(factors=parts):
            for part in parts:
                yield from factors_of(part, numbers)
        case _:
            yield plain(notation), 0


def written(factors: list[Factor]) -> str:
    """A product as text."""
    return "*".join(text for text, _ in factors)
