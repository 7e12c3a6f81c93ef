"""A long sum on several lines: broken between its terms, and inside a term only where the term alone is too wide."""

from __future__ import annotations

from ...errors import SettingError, brief, never
from .forms import Add, Braced, Call, Letter, Mul, Number, Pow
from .latex import TALL, Typesetter, sign_and_term
from .signs import fraction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from .forms import Notation

    Item: TypeAlias = tuple[str, float, list[str]]  # a term: its sign, its width, and its lines, usually one

LEAST = 10  # characters in a line
SMALL = 0.7  # the width of a character in an index or a caption, relative to a letter
SIGN = 3  # a sign and the space around it


def checked_width(width: object) -> int | None:
    """The width of a line in characters, or None where lines are not broken."""
    if width is None or (type(width) is int and width >= LEAST):
        return width
    raise SettingError(f"width must be the number of characters in a line, a whole number of at least {LEAST}, not {brief(width)}")


def lines_of(notation: Notation, its: Typesetter, width: int | None = None) -> list[str]:
    """The notation in lines of about that many characters; each but the first begins with its sign, or within a parenthesis."""
    if width is None:
        return [its.tex(notation)]
    terms = notation.terms if isinstance(notation, Add) else (notation,)

    def items() -> Iterator[Item]:
        for sign, term in map(sign_and_term, terms):
            size = printed_width(term, its)
            yield sign, size, (broken_product(term, its, width) if size > width else []) or [its.term(sign, term)]

    return filled_lines(items(), width)


def filled_lines(items: Iterable[Item], width: int) -> list[str]:
    """The terms of a sum in lines, each filled with as many terms as fit."""
    lines, used = [""], 0.0
    for sign, size, own in items:
        lead = "" if sign == "+" and lines == [""] else f"{sign} "
        if used and used + SIGN + size > width:
            lines.append("")
            used = 0
        start = lines[-1] + (" " if lines[-1] else "{} " if lead and len(lines) > 1 else "") + lead
        lines[-1:] = [start + own[0], *own[1:]]
        used = width if len(own) > 1 else used + SIGN + size  # nothing more fits after a parenthesis of several lines
    return lines


def broken_product(term: Notation, its: Typesetter, width: int) -> list[str]:
    """The lines of a product with a sum, broken inside the sum; an empty list for anything else."""
    if not isinstance(term, Mul) or not isinstance(term.factors[-1], Add) or fraction(term.factors)[1]:
        return []
    front, inside = term.factors[:-1], term.factors[-1]
    room = width - round(sum(printed_width(factor, its) for factor in front)) - 2
    first, *rest = lines_of(inside, its, max(room, LEAST))
    left, right = TALL
    if not rest:
        return []
    *middle, last = rest
    return [f"{its.side_by_side(front)} {left}{first}", *(rf"\quad {line}" for line in middle), rf"\quad {last}{right}"]


def printed_width(part: Notation, its: Typesetter) -> float:
    """The approximate printed width of a notation, in characters."""

    def sizes(parts: Sequence[Notation], between: float = 0) -> float:
        return sum(printed_width(each, its) for each in parts) + between * (len(parts) - 1)

    match part:
        case Number(value=value):
            return max(len(str(value.numerator)), len(str(value.denominator)))
        case Letter(name=name):
            return width_of_latex(its.names[name])
        case Add(terms=terms):
            return sizes(terms, SIGN)
        case Mul(factors=factors):
            above, below = fraction(factors)
            parentheses = sum(2 for factor in factors if isinstance(factor, Add))
            return max(sizes(above, 0.5), sizes(below, 0.5)) + parentheses
        case Pow(base=base, exponent=exponent):
            return printed_width(base, its) + SMALL * printed_width(exponent, its) + (0 if isinstance(base, Letter) else 2)
        case Call(arguments=arguments, function=function):
            return sizes(arguments, 2) + 2 + len(function)
        case Braced(inside=inside, caption=caption):
            return max(printed_width(inside, its), SMALL * len(caption))
        case _:
            never(part)


def width_of_latex(tex: str) -> float:
    r"""The approximate printed width of a letter's LaTeX: 1 for a command such as ``\beta``, 0 for ``\text``, less for an index."""
    size, scale, place = 0.0, 1.0, 0
    while place < len(tex):
        character = tex[place]
        place += 1
        if character == "\\":
            start = place
            while place < len(tex) and tex[place].isalpha():
                place += 1
            size += scale if tex[place : place + 1] != "{" or start == place else 0
        elif character in "_^":
            scale = SMALL
        elif character not in "{} ":
            size += scale
    return size
