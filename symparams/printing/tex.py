r"""Notation as LaTeX: ``4 \left(m n + n^{2} + n\right)``. Needs amsmath, for ``\text``.

A name is data: whatever stands in it is escaped, so no name can be a command.
"""

from __future__ import annotations

from ..errors import LetterError, never
from ..notation import Add, Call, Letter, Mul, Number, Pow, is_numeric, letters_of
from .signs import fraction, negated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..notation import Notation

GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi "
    "varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell".split()
)
ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\symbol{34}", "`": r"\textasciigrave{}", "'": "'",
}  # fmt: skip


def typeset(notation: Notation, names: Mapping[str, str] | None = None) -> str:
    """The notation as LaTeX for math mode; ``names`` says how letters are written."""
    names = apart(letters_of(notation), names or {})

    def factor(part: Notation, tight: bool = False) -> str:
        loose = isinstance(part, Add) or (tight and isinstance(part, Mul | Pow))
        loose = loose or (isinstance(part, Number) and (part.value < 0 or (tight and part.value.denominator != 1)))
        return rf"\left({tex(part)}\right)" if loose else tex(part)

    def side_by_side(factors: Iterable[Notation]) -> str:
        """Factors in a row; a dot where two numbers meet, or a word meets anything but a parenthesis."""
        result, last = "", ""
        for part in factors:
            written = factor(part)
            kind = (
                "number"
                if is_numeric(part)
                else "word"
                if written.startswith(r"\text{")
                else "("
                if isinstance(part, Add)
                else "letter"
            )
            dotted = (last, kind) == ("number", "number") or ("word" in (last, kind) and kind != "(" and last != "number")
            result += (r" \cdot " if dotted else " ") + written if result else written
            last = kind
        return result

    def alone(factors: Sequence[Notation]) -> str:
        return tex(factors[0]) if len(factors) == 1 else side_by_side(factors)

    def tex(part: Notation) -> str:
        match part:
            case Number(value=value):
                return str(value) if value.denominator == 1 else rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
            case Letter(name=name):
                return names[name]
            case Add(terms=terms):
                first, *rest = terms
                result = tex(first)
                for term in rest:
                    positive = negated(term)
                    result += f" - {tex(positive)}" if positive else f" + {tex(term)}"
                return result
            case Mul(factors=factors):
                positive = negated(part)
                if positive:
                    return "- " + factor(positive)
                above, below = fraction(factors)
                return rf"\frac{{{alone(above)}}}{{{alone(below)}}}" if below else side_by_side(above)
            case Pow(base=base, exponent=exponent):
                stem = factor(base, tight=True)
                if isinstance(base, Letter) and "^" in stem:  # a letter such as d^{\prime} has its superscript already
                    stem = rf"\left({stem}\right)"
                return f"{stem}^{{{tex(exponent)}}}"
            case Call(arguments=(inside,), function="floor"):
                return rf"\left\lfloor {tex(inside)} \right\rfloor"
            case Call(arguments=(inside,), function="ceiling"):
                return rf"\left\lceil {tex(inside)} \right\rceil"
            case Call(arguments=arguments, function=function):
                return rf"\operatorname{{{escaped(function)}}}\left({', '.join(map(tex, arguments))}\right)"
            case _:
                never(part)

    return tex(notation)


def apart(letters: set[str], names: Mapping[str, str]) -> dict[str, str]:
    r"""The LaTeX of each letter. Two that would look the same, ``n1`` and ``n_1``, are written out instead."""
    looks = {name: names.get(name) or letter(name) for name in letters}
    seen = list(looks.values())
    for name in letters & names.keys():
        if seen.count(looks[name]) > 1:
            raise LetterError(
                f"{name} written {looks[name]} would look like another letter: the letters are {', '.join(sorted(letters))}"
            )
    return {name: tex if name in names or seen.count(tex) == 1 else rf"\text{{{escaped(name)}}}" for name, tex in looks.items()}


def letter(name: str) -> str:
    r"""A letter's own LaTeX: ``n``, ``\beta``, ``n_{1}``, ``d_{\text{model}}``, ``\text{bias sets}``."""
    head, _, tail = name.partition("_")
    stem = head.rstrip("0123456789")
    if stem and stem != head and not tail:
        head, tail = stem, head[len(stem) :]
    if _is_letter(head) and tail:
        return f"{_symbol(head)}_{{{tail if tail.isascii() and tail.isalnum() and (len(tail) == 1 or tail.isdigit()) else text(tail)}}}"
    return _symbol(name) if _is_letter(name) else text(name)


def _is_letter(name: str) -> bool:
    return name in GREEK or (len(name) == 1 and name.isascii() and name.isalpha())


def _symbol(name: str) -> str:
    return "\\" + name if name in GREEK else name


def text(name: str) -> str:
    words = name.replace("_", " ")
    return rf"\text{{{escaped(words if words.strip() else name)}}}"


def escaped(name: str) -> str:
    """A name as LaTeX prints it, character by character; what plain LaTeX has no glyph for becomes its number."""
    return "".join(_glyph(character) for character in name)


def _glyph(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    return character if " " <= character <= "~" else f"[U+{ord(character):04X}]"
