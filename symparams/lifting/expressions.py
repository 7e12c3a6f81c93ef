"""What a tagged number remembers: an exact sum of products of letters, and of pieces such as ``d // 16``.

Sums and products are multiplied out at once, so two ways to compute one size are one expression. All else (a quotient
rounded down, a maximum, a number rounded to a float) is a *piece*: one factor, known by its own text.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256

from ..core.products import monomial_product, times
from ..core.terms import ONE, plus

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..core.terms import Monomial, Number, Terms

LONGEST = 40_000  # characters that a size is written with; one made of more is forgotten, and its axis fitted
LONGEST_NAME = 500  # characters of a piece's text; a longer one is known by a digest of it


class Piece:
    """One factor: a letter, an index of a loop, or a function of expressions. The same text is the same piece.

    ``length`` has the characters that it is written with, those of the pieces in it too.
    """

    __slots__ = ("arguments", "function", "length", "text", "whole")

    def __init__(self, text: str, function: str, arguments: tuple[Expression, ...] = (), whole: bool = True) -> None:
        self.text, self.function, self.arguments, self.whole = text, function, arguments, whole
        self.length = sum(each.length for each in arguments) if arguments else len(text)


PIECES: dict[str, Piece] = {}


def piece(text: str, function: str, arguments: tuple[Expression, ...] = (), whole: bool = True) -> Expression:
    """The expression that is one piece."""
    known = PIECES.get(text)
    if known is None or known.function != function:
        PIECES[text] = Piece(text, function, arguments, whole)
    return Expression({((text, 1),): 1})


def called(function: str, *arguments: Expression, whole: bool = True) -> Expression:
    """The piece that is a function of expressions."""
    text = f"{function}({', '.join(map(str, arguments))})"
    if len(text) > LONGEST_NAME:
        text = f"{function}({sha256(text.encode()).hexdigest()})"
    return piece(text, function, arguments, whole)


def letter(name: str, whole: bool = True) -> Expression:
    """A letter: of a size, or where it is not ``whole``, of a multiplier."""
    return piece(name, "letter" if whole else "multiplier", (), whole)


class Expression:
    """An exact value: terms, each a coefficient times powers of pieces."""

    __slots__ = ("_hash", "_text", "terms")

    def __init__(self, terms: Mapping[Monomial, Number]) -> None:
        self.terms: Terms = {monomial: number(c) for monomial, c in terms.items() if c}
        self._hash: int | None = None
        self._text: str | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self.terms == other.terms

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self.terms.items()))
        return self._hash

    def __add__(self, other: Expression) -> Expression:
        return Expression(plus((self.terms, other.terms)))

    def __sub__(self, other: Expression) -> Expression:
        return self + other.scaled(-1)

    def __mul__(self, other: Expression) -> Expression:
        return Expression(times(self.terms, other.terms))

    def scaled(self, factor: Number) -> Expression:
        return Expression({monomial: factor * c for monomial, c in self.terms.items()})

    def __str__(self) -> str:
        if self._text is None:
            self._text = " + ".join(sorted(term(monomial, c) for monomial, c in self.terms.items())) or "0"
        return self._text

    __repr__ = __str__

    # ------------------------------------------------------------ what it is made of
    @property
    def constant(self) -> Number | None:
        """The number it is, or None."""
        if not self.terms:
            return 0
        return self.terms.get(ONE) if len(self.terms) == 1 else None

    @property
    def pieces(self) -> list[Piece]:
        """The pieces of its terms, each once."""
        return [PIECES[name] for name in dict.fromkeys(name for monomial in self.terms for name, _ in monomial)]

    @property
    def single(self) -> Piece | None:
        """The one piece that it is."""
        ((monomial, coefficient),) = self.terms.items() if len(self.terms) == 1 else [(ONE, 0)]
        return PIECES[monomial[0][0]] if coefficient == 1 and len(monomial) == 1 and monomial[0][1] == 1 else None

    @property
    def whole(self) -> bool:
        """Whether it is a whole number whatever its letters are."""
        return all(c.denominator == 1 for c in self.terms.values()) and all(
            power > 0 and PIECES[name].whole for monomial in self.terms for name, power in monomial
        )

    @property
    def length(self) -> int:
        """The characters that it is written with, roughly."""
        return sum(PIECES[name].length + 4 for monomial in self.terms for name, _ in monomial)

    def letters(self) -> set[str]:
        """The letters in it, however deep."""
        return {each.text for each in self.everything() if each.function in ("letter", "multiplier")}

    def everything(self) -> Iterable[Piece]:
        """Every piece in it, those inside pieces too."""
        seen: dict[str, Piece] = {}
        todo = self.pieces
        while todo:
            each = todo.pop()
            if each.text not in seen:
                seen[each.text] = each
                todo += [inner for argument in each.arguments for inner in argument.pieces]
        return seen.values()

    # ------------------------------------------------------------ numbers for letters
    def at(self, point: Mapping[str, Number]) -> Number:
        """The exact number at a point."""
        total: Number = 0
        for monomial, coefficient in self.terms.items():
            product: Number = coefficient
            for name, power in monomial:
                product = product * point[name] ** power if power > 0 else product / Fraction(point[name]) ** -power
            total += product
        return number(total)


def term(monomial: Monomial, coefficient: Number) -> str:
    """A term as text, which says all that it is."""
    factors = [f"({name})**{power}" if power != 1 else name if name.isidentifier() else f"({name})" for name, power in monomial]
    return "*".join([*([str(coefficient)] if coefficient != 1 or not factors else []), *factors])


def number(value: Number) -> Number:
    """A fraction as an int where it is one."""
    return value.numerator if value.denominator == 1 else value


def constant(value: Number) -> Expression:
    return Expression({ONE: value} if value else {})


ZERO, UNIT = constant(0), constant(1)


def raised(base: Expression, power: int) -> Expression:
    """A whole power; a negative one of a single term, or of a sum, which is a piece then."""
    if power < 0:
        if len(base.terms) != 1:
            return raised(called("reciprocal", base, whole=False), -power)
        ((monomial, c),) = base.terms.items()
        base = Expression({tuple((name, -exponent) for name, exponent in monomial): Fraction(1) / c})
    result = UNIT
    for _ in range(abs(power)):
        result = result * base
    return result


def divided(above: Expression, below: Expression) -> Expression:
    """The exact quotient, not rounded."""
    return above * raised(below, -1)


def without(monomial: Monomial, divisor: Monomial) -> Monomial:
    """A monomial divided by another."""
    return monomial_product(monomial, tuple((name, -power) for name, power in divisor))
