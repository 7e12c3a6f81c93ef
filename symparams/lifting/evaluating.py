"""Expressions at a point, and with pieces replaced."""

from __future__ import annotations

from ..core.terms import plus
from .expressions import PIECES, Expression, number, raised
from .functions import FUNCTIONS, VALUES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from ..core.terms import Number
    from .expressions import Piece

    Rule: TypeAlias = Callable[[Piece], Expression | None]


class Point(dict[str, "Number"]):
    """The numbers of letters, and of the pieces that were computed with them."""

    def __missing__(self, name: str) -> Number:
        its = PIECES[name]
        if its.function not in VALUES:
            raise KeyError(name)
        value = self[name] = number(VALUES[its.function](*(argument.at(self) for argument in its.arguments)))
        return value


def rebuilt(expression: Expression, rule: Rule) -> Expression:
    """The same with pieces replaced: ``rule`` gives what comes for a piece, or None where it stays."""
    return replaced(expression, rule, {})


def replaced(expression: Expression, rule: Rule, known: dict[str, Expression | None]) -> Expression:
    """The same, with what is known of pieces: one of a helper's may be in another many times."""
    for each in expression.pieces:
        if each.text not in known:
            known[each.text] = in_place_of(each, rule, known)
    new = {each.text: its for each in expression.pieces if (its := known[each.text]) is not None}
    if not new:
        return expression
    parts = []
    for monomial, coefficient in expression.terms.items():
        product = Expression({tuple(factor for factor in monomial if factor[0] not in new): coefficient})
        for name, power in monomial:
            if name in new:
                product = product * raised(new[name], power)
        parts.append(product.terms)
    return Expression(plus(parts))


def in_place_of(its: Piece, rule: Rule, known: dict[str, Expression | None]) -> Expression | None:
    """What comes for a piece, or None where it stays."""
    found = rule(its)
    if found is not None or not its.arguments:
        return found
    inside = tuple(replaced(argument, rule, known) for argument in its.arguments)
    return FUNCTIONS[its.function](*inside) if inside != its.arguments else None
