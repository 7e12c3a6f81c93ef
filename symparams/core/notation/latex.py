r"""Notation as LaTeX: ``4 \left(m n + n^{2} + n\right)``. Needs amsmath, and siunitx if numbers are ``num``."""

from __future__ import annotations

from ...errors import SettingError, brief, either, nearest, never
from ..sizes import digits
from .escaping import escaped, text
from .forms import Add, Braced, Call, Letter, Mul, Number, Pow, is_numeric, letters_of
from .letters import distinct_latex
from .signs import fraction, negated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .forms import Notation

# The styles of a whole number: 1442400, 1,442,400, or the style that siunitx is set to. A small number looks the same in all.
NUMBERS: dict[str, Callable[[int], str]] = {
    "plain": str,
    "commas": lambda number: f"{number:,}".replace(",", "{,}"),
    "num": lambda number: rf"\num{{{number}}}" if abs(number) >= 1000 else str(number),
}

LOGARITHMS = {"log": r"\ln", "log2": r"\log_{2}", "log10": r"\log_{10}"}
GROWING = r"\left(", r"\right)"
TALL = (
    r"\bigl(",
    r"\bigr)",
)  # around terms with names below them, or a sum that continues on the next line, which would stretch \left(


def number_style(name: str) -> Callable[[int], str]:
    """The function that writes numbers in a style. Raises :class:`SettingError` for an unknown style."""
    if name not in NUMBERS:
        raise SettingError(f"unknown number style {brief(name)}; use {either(NUMBERS)}{nearest(name, NUMBERS)}")
    return NUMBERS[name]


class Typesetter:
    """A writer of notation with consistent letters and numbers."""

    def __init__(self, letters: set[str], names: Mapping[str, str] | None = None, numbers: str = "plain") -> None:
        self.names = distinct_latex(letters, names or {})
        self.whole = number_style(numbers)

    def tex(self, part: Notation) -> str:
        """The notation as LaTeX for math mode."""
        match part:
            case Number(value=value):
                digits(value)  # refuses a number that is too long to print, in every style
                over, under = self.whole(value.numerator), self.whole(value.denominator)
                return over if value.denominator == 1 else rf"\frac{{{over}}}{{{under}}}"
            case Letter(name=name):
                return self.names[name]
            case Add(terms=terms):
                first, *rest = terms
                return self.tex(first) + "".join(f" {sign} {self.term(sign, term)}" for sign, term in map(sign_and_term, rest))
            case Mul(factors=factors):
                positive = negated(part)
                if positive:
                    return "- " + self.factor(positive)
                above, below = fraction(factors)
                return rf"\frac{{{self.alone(above)}}}{{{self.alone(below)}}}" if below else self.side_by_side(above)
            case Pow(exponent=Number(value=value)) if value < 0:
                return self.tex(Mul((part,)))
            case Pow(base=base, exponent=exponent):
                stem = self.factor(base, tight=True)
                if isinstance(base, Letter) and "^" in stem:  # a letter such as d^{\prime} has its superscript already
                    stem = rf"\left({stem}\right)"
                return f"{stem}^{{{self.tex(exponent)}}}"
            case Call(arguments=(inside,), function="floor"):
                return rf"\left\lfloor {self.tex(inside)} \right\rfloor"
            case Call(arguments=(inside,), function="ceiling"):
                return rf"\left\lceil {self.tex(inside)} \right\rceil"
            case Call(arguments=(inside,), function="sqrt"):
                return rf"\sqrt{{{self.tex(inside)}}}"
            case Call(arguments=(inside,), function="log" | "log2" | "log10" as function):
                return rf"{LOGARITHMS[function]}\left({self.tex(inside)}\right)"
            case Call(arguments=arguments, function=function):
                return rf"\operatorname{{{escaped(function)}}}\left({', '.join(map(self.tex, arguments))}\right)"
            case Braced(inside=inside, caption=caption):
                return rf"\underbrace{{{self.tex(inside)}}}_{{{text(caption)}}}"
            case _:
                never(part)

    def term(self, sign: str, part: Notation) -> str:
        """A term after its sign; a sum that is subtracted is in parentheses."""
        return self.factor(part) if sign == "-" else self.tex(part)

    def factor(self, part: Notation, tight: bool = False) -> str:
        """A factor, in parentheses where it would fall apart."""
        inside = part.inside if isinstance(part, Braced) else part
        loose = isinstance(inside, Add) or (tight and isinstance(part, Mul | Pow))
        loose = loose or (isinstance(part, Number) and (part.value < 0 or (tight and part.value.denominator != 1)))
        if not loose:
            return self.tex(part)
        left, right = TALL if isinstance(inside, Add) and any(isinstance(term, Braced) for term in inside.terms) else GROWING
        return f"{left}{self.tex(part)}{right}"

    def side_by_side(self, factors: Iterable[Notation]) -> str:
        """Factors in a row; a dot where two numbers meet, or a word or a brace meets anything but a parenthesis."""
        result, last = "", ""
        for part in factors:
            written = self.factor(part)
            kind = _kind(part, written)
            dotted = (last, kind) == ("number", "number") or (
                kind != "(" and ("brace" in (last, kind) or ("word" in (last, kind) and last != "number"))
            )
            result += (r" \cdot " if dotted else " ") + written if result else written
            last = kind
        return result

    def alone(self, factors: Sequence[Notation]) -> str:
        """One side of a fraction bar."""
        return self.tex(factors[0]) if len(factors) == 1 else self.side_by_side(factors)


def _kind(part: Notation, written: str) -> str:
    """The kind of a factor, which decides how it is set beside its neighbours."""
    if isinstance(part, Braced):
        return "(" if isinstance(part.inside, Add) or is_group(part.inside) else "brace"
    if is_numeric(part):
        return "number"
    return "word" if written.startswith(r"\text{") else "(" if isinstance(part, Add) else "letter"


def is_group(part: Notation) -> bool:
    """Whether a notation is a sum in parentheses, kept apart from the terms beside it."""
    return isinstance(part, Mul) and len(part.factors) == 1


def sign_and_term(term: Notation) -> tuple[str, Notation]:
    """The sign of a term in a sum, and the term without it."""
    positive = negated(term)
    return ("-", positive) if positive else ("+", term)


def typeset(notation: Notation, names: Mapping[str, str] | None = None, numbers: str = "plain") -> str:
    """The notation as LaTeX for math mode; ``names`` and ``numbers`` choose how letters and numbers are written."""
    return Typesetter(letters_of(notation), names, numbers).tex(notation)
