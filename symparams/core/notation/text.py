"""Notation as Python code: ``4*(m*n + n**2 + n)``."""

from __future__ import annotations

from ...errors import never
from ..sizes import digits
from .forms import Add, Braced, Call, Letter, Mul, Number, Pow, of_size
from .signs import fraction, negated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..algebra import Expr
    from ..sizes import Dim
    from .forms import Notation


def size_text(size: Dim | Expr) -> str:
    """A size as text."""
    return plain(of_size(size))


def plain(notation: Notation) -> str:
    match notation:
        case Number(value=value):
            return digits(value)
        case Letter(name=name):
            return name
        case Add(terms=terms):
            first, *rest = terms
            parts = [plain(first)]
            for term in rest:
                positive = negated(term)
                parts.append(f" - {_factor(positive)}" if positive else f" + {plain(term)}")
            return "".join(parts)
        case Mul(factors=factors):
            positive = negated(notation)
            if positive:
                return "-" + _factor(positive)
            above, below = fraction(factors)
            over = "*".join(map(_factor, above)) or "1"
            under = "*".join(map(_factor, below))
            return f"{over}/({under})" if len(below) > 1 else f"{over}/{under}" if below else over
        case Pow(exponent=Number(value=value)) if value < 0:
            return plain(Mul((notation,)))
        case Pow(base=base, exponent=exponent):
            return f"{_factor(base, tight=True)}**{_factor(exponent, tight=True)}"
        case Call(arguments=arguments, function=function):
            return f"{function}({', '.join(map(plain, arguments))})"
        case Braced(inside=inside):
            return plain(inside)
        case _:
            never(notation)


def _factor(notation: Notation, tight: bool = False) -> str:
    """A factor, in parentheses where it would fall apart."""
    notation = notation.inside if isinstance(notation, Braced) else notation
    loose = isinstance(notation, Add) or (tight and isinstance(notation, Mul | Pow))
    loose = loose or (isinstance(notation, Number) and (notation.value < 0 or notation.value.denominator != 1))
    return f"({plain(notation)})" if loose else plain(notation)
