"""Notation with numbers in place of its letters, without calculating further: ``4*(15*16 + 16**2 + 16)``."""

from __future__ import annotations

from ...errors import never
from .forms import Add, Braced, Call, Letter, Mul, Number, Pow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .forms import Notation


def substituted(notation: Notation, values: Mapping[str, int]) -> Notation:
    """The same sums and products, with a number for each letter that has one, and without the names of its terms."""

    def put(part: Notation) -> Notation:
        match part:
            case Number():
                return part
            case Letter(name=name):
                return Number(values[name]) if name in values else part
            case Add(terms=terms):
                return Add(tuple(map(put, terms)))
            case Mul(factors=factors):
                return Mul(tuple(map(put, factors)))
            case Pow(base=base, exponent=exponent):
                return Pow(put(base), put(exponent))
            case Call(arguments=arguments, function=function):
                return Call(tuple(map(put, arguments)), function)
            case Braced(inside=inside):
                return put(inside)
            case _:
                never(part)

    return put(notation)
