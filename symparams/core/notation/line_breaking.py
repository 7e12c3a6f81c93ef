"""A long sum on several lines: broken between its terms, and inside a term only where the term alone is too wide."""

from __future__ import annotations

from itertools import pairwise

from ...errors import SettingError, brief, either, never
from .forms import Add, Braced, Call, Letter, Mul, Number, Pow, is_numeric
from .latex import TALL, Typesetter, sign_and_term
from .signs import fraction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from .forms import Notation

    Item: TypeAlias = tuple[str, float, list[str]]  # a term: its sign, its width, and its lines, usually one

LEAST = 10  # characters in a line
LINES = {"column": 38, "page": 60}  # of a two-column article and of one with a single column, beside the number of a formula
SMALL = 0.7  # the width of a character in an index or a caption, relative to a letter
SIGN, DOT = 3, 1.5  # a sign and a dot, with the space around them


def checked_width(width: object, environment: str | None = None) -> int | None:
    """The width of a line in characters: in an environment that of a page, and without one None, where lines are not broken."""
    if width is None:
        return LINES["page"] if environment else None
    if isinstance(width, str) and width in LINES:
        return LINES[width]
    if type(width) is int and width >= LEAST:
        return width
    raise SettingError(
        f"width must be {either(LINES)}, or the number of characters in a line, a whole number of at least {LEAST}, "
        f"not {brief(width)}"
    )


def lines_of(notation: Notation, its: Typesetter, width: int | None = None) -> list[str]:
    """The notation in lines of about that many characters; each but the first begins with its sign, or within a parenthesis."""
    if width is None:
        return [its.tex(notation)]
    terms = notation.terms if isinstance(notation, Add) else (notation,)

    def items() -> Iterator[Item]:
        for sign, term in map(sign_and_term, terms):
            for inner_sign, part in pieces_of(sign, term, its, width):
                size = printed_width(part, its)
                yield inner_sign, size, (broken_product(part, its, width) if size > width else []) or [its.term(inner_sign, part)]

    return filled_lines(items(), width)


def pieces_of(sign: str, term: Notation, its: Typesetter, width: int) -> Iterator[tuple[str, Notation]]:
    """A term; one with a name, if it is too wide, as its parts, of which the first has the name: no brace goes over two lines."""
    if not isinstance(term, Braced) or sign == "-" or printed_width(term, its) <= width:
        yield sign, term
    elif isinstance(opened := without_brace(term), Add):
        for part in opened.terms:
            yield from pieces_of(*sign_and_term(part), its, width)
    else:
        first, *factors = opened.factors if isinstance(opened, Mul) else (opened,)
        if isinstance(first, Braced) and factors:
            yield sign, Mul((Braced(first.inside, f"{term.caption}: {first.caption}"), *factors))
        else:
            yield sign, term


def without_brace(part: Notation) -> Notation:
    """A sum with a name as a sum whose first term has the name; anything else as it is."""
    if isinstance(part, Braced):
        inside = without_brace(part.inside)
        if isinstance(inside, Add):
            first, *others = inside.terms
            caption = f"{part.caption}: {first.caption}" if isinstance(first, Braced) else f"{part.caption} ..."
            return Add((Braced(first.inside if isinstance(first, Braced) else first, caption), *others))
        return inside
    return part.factors[0] if isinstance(part, Mul) and len(part.factors) == 1 else part


def has_names(part: Notation) -> bool:
    """Whether parts of a notation have names."""
    parts = part.terms if isinstance(part, Add) else part.factors if isinstance(part, Mul) else ()
    return isinstance(part, Braced) or any(map(has_names, parts))


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
    inside = without_brace(term.factors[-1]) if isinstance(term, Mul) else None
    if not isinstance(term, Mul) or not isinstance(inside, Add) or fraction(term.factors)[1]:
        return []
    front = term.factors[:-1]
    room = width - round(sum(printed_width(factor, its) for factor in front)) - 2
    first, *rest = lines_of(inside, its, max(room, LEAST))
    left, right = TALL
    if not rest:
        return []
    *middle, end = rest
    return [f"{its.side_by_side(front)} {left}{first}", *(rf"\quad {line}" for line in middle), rf"\quad {end}{right}"]


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
            return max(side_width(above, its), side_width(below, its)) + parentheses
        case Pow(base=base, exponent=exponent):
            return printed_width(base, its) + SMALL * printed_width(exponent, its) + (0 if isinstance(base, Letter) else 2)
        case Call(arguments=arguments, function=function):
            return sizes(arguments, 2) + 2 + len(function)
        case Braced(inside=inside, caption=caption):
            return max(printed_width(inside, its), SMALL * len(caption))
        case _:
            never(part)


def side_width(factors: Sequence[Notation], its: Typesetter) -> float:
    """The width of factors beside each other, with a dot between two numbers."""
    numbers = sum(1 for before, after in pairwise(factors) if is_numeric(before) and is_numeric(after))
    return sum(printed_width(factor, its) for factor in factors) + DOT * numbers + 0.2 * len(factors)


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
