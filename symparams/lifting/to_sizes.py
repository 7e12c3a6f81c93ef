"""Expressions as sizes: an int, or SymPy's expression of the same letters."""

from __future__ import annotations

from functools import cache, reduce

from ..core import sizes
from .expressions import PIECES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.algebra import Expr
    from ..core.sizes import Dim
    from ..core.terms import Number
    from .expressions import Expression, Piece


class ToSizes:
    """Makes sizes of expressions. ``zeros`` are letters that may be 0, which SymPy takes for positive."""

    def __init__(self, zeros: frozenset[str] = frozenset()) -> None:
        self.zeros = zeros
        self.made: dict[str, Dim] = {}

    def size(self, expression: Expression) -> Dim:
        its = expression.constant
        if isinstance(its, int):
            return its
        from ..core.algebra import number, product, total

        terms = [
            product([rational(c), *(self.piece(PIECES[name]) ** power for name, power in monomial)])
            for monomial, c in expression.terms.items()
        ]
        made = total(terms)
        whole = number(made)
        return made if whole is None else whole

    def piece(self, its: Piece) -> Dim:
        if its.text not in self.made:
            self.made[its.text] = self._piece(its)
        return self.made[its.text]

    def _piece(self, its: Piece) -> Dim:
        from ..core import float_arithmetic as floats

        inside = [self.size(argument) for argument in its.arguments]
        match its.function:
            case "letter":
                return sizes.symbol(its.text)
            case "multiplier":
                return floats.multiplier(its.text)
            case "hole":
                return sizes.symbol("ijklmnpq"[int(its.text[1:-1])])
            case "floor":
                return floats.floor(*inside)
            case "ceil":
                return floats.ceiling(*inside)
            case "mod":
                return floats.remainder(*inside)
            case "max" | "min":
                return self.extreme(its, inside)
            case "power":
                return floats.power(*inside)
            case "reciprocal":
                return rational(1) / inside[0]
            case "where":
                return floats.called("if_negative", *inside)
            case "where_zero":
                return floats.called("if_zero", *inside)
            case "round":
                return floats.called("half_even", *inside)
            case _:
                return floats.called(its.function, *inside)

    def extreme(self, its: Piece, inside: Sequence[Dim]) -> Dim:
        """A maximum or minimum: SymPy's, but where a letter in it may be 0, a choice that stays one until it is known."""
        from ..core import float_arithmetic as floats

        larger = its.function == "max"
        if self.zeros & {name for argument in its.arguments for name in argument.letters()}:
            return reduce(lambda a, b: floats.called("if_negative", a - b, *((b, a) if larger else (a, b))), inside)
        return reduce(sizes.larger if larger else floats.minimum, inside)


@cache
def rational(value: Number) -> Expr:
    from ..core.algebra import rational

    return rational(value.numerator, value.denominator)
