r"""Notation as LaTeX: ``4 \left(m n + n^{2} + n\right)``. Needs amsmath, for ``\text``.

A name is data: whatever stands in it is escaped, so no name can be a command. Letters that a user gives as LaTeX
pass a list of allowed commands first.
"""

from __future__ import annotations

from ..errors import LetterError, nearest, never
from ..notation import Add, Call, Letter, Mul, Number, Pow
from .signs import fraction, negated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..notation import Notation

GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi "
    "varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell".split()
)
TAKE_AN_ARGUMENT = frozenset("text mathrm mathbf mathit mathsf mathtt mathcal mathbb operatorname hat tilde bar".split())
COMMANDS = GREEK | TAKE_AN_ARGUMENT | {"prime", "star"}
ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "'": "'",
}  # fmt: skip


def typeset(notation: Notation, names: Mapping[str, str] | None = None) -> str:
    """The notation as LaTeX for math mode; ``names`` says how letters are written."""
    names = apart(letters_of(notation), names or {})

    def factor(part: Notation, tight: bool = False) -> str:
        loose = isinstance(part, Add) or (tight and isinstance(part, Mul | Pow))
        loose = loose or (isinstance(part, Number) and (part.value < 0 or (tight and part.value.denominator != 1)))
        return rf"\left({tex(part)}\right)" if loose else tex(part)

    def side_by_side(factors: Iterable[Notation]) -> str:
        result, after_number = "", False
        for part in factors:
            begins_with_number = isinstance(part, Number) or (isinstance(part, Pow) and isinstance(part.base, Number))
            result += (r" \cdot " if after_number and begins_with_number else " " if result else "") + factor(part)
            after_number = begins_with_number
        return result

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
                return rf"\frac{{{side_by_side(above)}}}{{{side_by_side(below)}}}" if below else side_by_side(above)
            case Pow(base=base, exponent=exponent):
                stem = factor(base, tight=True)
                stem = f"{{{stem}}}" if isinstance(base, Letter) and "^" in stem else stem  # d^{\prime} squared
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


def letters_of(notation: Notation) -> set[str]:
    """The names of all letters in it."""
    match notation:
        case Letter(name=name):
            return {name}
        case Number():
            return set()
        case Add(terms=parts) | Mul(factors=parts) | Call(arguments=parts):
            return set[str]().union(*map(letters_of, parts))
        case Pow(base=base, exponent=exponent):
            return letters_of(base) | letters_of(exponent)
        case _:
            never(notation)


def apart(letters: set[str], names: Mapping[str, str]) -> dict[str, str]:
    r"""The LaTeX of each letter. Two that would look the same, ``n1`` and ``n_1``, are written out instead."""
    looks = {name: names.get(name) or letter(name) for name in letters}
    seen = list(looks.values())
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


def checked_names(names: Mapping[object, str] | None, letters: Iterable[str]) -> dict[str, str]:
    """A user's own LaTeX for letters, keyed by name, with each letter known and each command allowed."""
    known = set(letters)
    result = {}
    for key, tex in (names or {}).items():
        name = str(key)
        if name not in known:
            raise LetterError(
                f"no letter {name} to rename; the letters are {', '.join(sorted(known)) or 'none'}{nearest(name, known)}"
            )
        result[name] = _checked(name, tex)
    return result


def _checked(name: str, tex: object) -> str:
    """The LaTeX of a letter as a user gives it: letters, digits, allowed commands, and scripts that TeX can set."""
    if not isinstance(tex, str) or not tex.strip():
        raise LetterError(f"the LaTeX for {name} must be a text such as r'd_{{\\text{{model}}}}', not {tex!r}")
    tokens = _tokens(name, tex)
    position = 0

    def group(closing: str) -> None:
        """What stands up to a closing brace, or to the end: parts, each with one subscript and one superscript at most."""
        nonlocal position
        scripts: set[str] | None = None  # None before the first part, where there is nothing to put a script on
        while position < len(tokens) and tokens[position] != "}":
            token = tokens[position]
            position += 1
            if token in ("_", "^"):
                below = tokens[position] if position < len(tokens) else ""
                if scripts is None or token in scripts or not (below[:1].isalnum() or below[:1] in ("{", "\\", "*", "+", "-")):
                    raise LetterError(f"the LaTeX for {name} has a {token} with nothing to stand on: {tex!r}")
                scripts.add(token)
                part()
            else:
                position -= 1
                part()
                scripts = set()
        if (tokens[position] if position < len(tokens) else "") != closing:
            raise LetterError(f"the LaTeX for {name} has braces that do not close: {tex!r}")

    def part() -> None:
        """One token, or a group; a command takes the groups behind it."""
        nonlocal position
        token = tokens[position]
        position += 1
        if token == "{":
            group("}")
            position += 1
        if token[1:] in TAKE_AN_ARGUMENT and tokens[position : position + 1] != ["{"]:
            raise LetterError(f"the LaTeX for {name} has {token} without its braces: {tex!r}")
        while token.startswith("\\") and position < len(tokens) and tokens[position] == "{":
            position += 1
            group("}")
            position += 1

    group("")
    return tex


def _tokens(name: str, tex: str) -> list[str]:
    """Its characters and commands, each of them allowed."""
    tokens: list[str] = []
    position = 0
    while position < len(tex):
        start = position
        position += 1
        if tex[start] == "\\":
            while position < len(tex) and tex[position].isalpha():
                position += 1
            if tex[start + 1 : position] not in COMMANDS:
                raise LetterError(
                    f"the LaTeX for {name} may not use {tex[start : max(position, start + 2)]}: allowed are letters, digits, _ ^ {{ }} "
                    r"and \text, \mathrm, \mathbf, \hat, Greek letters ..."
                )
        elif not (tex[start].isascii() and (tex[start].isalnum() or tex[start] in "{}_^ ,.+-*()")):
            raise LetterError(f"the LaTeX for {name} may not have {tex[start]!r}: {tex!r}")
        if tex[start:position] != " ":
            tokens.append(tex[start:position])
    return tokens
