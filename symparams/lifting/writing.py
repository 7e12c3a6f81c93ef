"""Expressions and conditions in words that a reader of the builder knows: ``d % h == 0``, ``max(8, 32*alpha + 4)``."""

from __future__ import annotations

from ..core.terms import magnitude
from .expressions import PIECES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.terms import Monomial, Number
    from .expressions import Expression, Piece

INDICES = "ijklmnpq"


def text(expression: Expression) -> str:
    """An expression as Python writes it, without that floats are rounded, and where a loop is."""
    terms = sorted(expression.terms.items(), key=lambda term: (-sum(abs(power) for _, power in term[0]), term[0]))
    written = ""
    for monomial, coefficient in terms:
        one = product(monomial, magnitude(coefficient))
        written += (" - " if coefficient < 0 else " + ") + one if written else ("-" if coefficient < 0 else "") + one
    return written or "0"


def product(monomial: Monomial, coefficient: Number) -> str:
    above = [factor(name, power) for name, power in monomial if power > 0]
    below = [factor(name, -power) for name, power in monomial if power < 0]
    if coefficient.numerator != 1 or not above:
        above.insert(0, str(coefficient.numerator))
    if coefficient.denominator != 1:
        below.insert(0, str(coefficient.denominator))
    under = "*".join(below)
    return "*".join(above) + (f"/({under})" if len(below) > 1 else f"/{under}" if below else "")


def factor(name: str, power: int) -> str:
    inside = piece_text(PIECES[name])
    inside = bracketed(inside)
    return inside if power == 1 else f"{inside}**{power}"


def closed(words: str) -> bool:
    """Whether a text is one call, such as ``max(8, d)``."""
    head, bracket, rest = words.partition("(")
    if not bracket or not head.isidentifier():
        return False
    depth = 1
    for place, character in enumerate(rest):
        depth += (character == "(") - (character == ")")
        if not depth:
            return place == len(rest) - 1
    return False


def piece_text(its: Piece) -> str:
    """A piece as a reader of the code knows it."""
    inside = [text(argument) for argument in its.arguments]
    match its.function:
        case "double":
            return bracketed(inside[0]) if any(sign in inside[0] for sign in "+-/ ") else inside[0]
        case "decimal":
            return str(float(its.arguments[0].constant or 0))
        case "floor":
            return f"int({bare(inside[0])})" if inside[1] == "1" else f"{bracketed(inside[0])} // {bracketed(inside[1])}"
        case "ceil":
            return f"ceil({bare(inside[0])})" if inside[1] == "1" else f"ceil({bracketed(inside[0])}/{bracketed(inside[1])})"
        case "mod":
            return f"{bracketed(inside[0])} % {bracketed(inside[1])}"
        case "power" | "real_power":
            return f"{bracketed(inside[0])}**{bracketed(inside[1])}"
        case "reciprocal":
            return f"1/{bracketed(inside[0])}"
        case "where":
            return f"({inside[1]} if {inside[0]} < 0 else {inside[2]})"
        case "where_zero":
            return f"({inside[1]} if {inside[0]} == 0 else {inside[2]})"
        case "index":
            return its.text.partition("@")[0]
        case "hole":
            return INDICES[int(its.text[1:-1])]
        case "letter" | "multiplier":
            return its.text
        case _:
            return f"{its.function}({', '.join(inside)})"


def bracketed(words: str) -> str:
    plain = words.replace("_", "").replace(".", "").isalnum() or closed(words) or bare(words) != words
    return words if plain else f"({words})"


def tuple_text(shape: Iterable[object]) -> str:
    """A shape as Python writes a tuple."""
    axes = [str(axis) for axis in shape]
    return f"({', '.join(axes)}{',' if len(axes) == 1 else ''})"


def bare(words: str) -> str:
    """A text without brackets around all of it."""
    return words[1:-1] if words[:1] == "(" and closed(f"f{words}") else words
