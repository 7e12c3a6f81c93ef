r"""Letters as a user writes them in LaTeX, ``{n: r"d_{\text{model}}"}``: parsed, and allowed token by token.

What is allowed only prints, and TeX can set it: no other command, no script without a base, no unbalanced brace.
"""

from __future__ import annotations

from ..._startup.limits import NESTING
from ...errors import LetterError, brief, letters_known, nearest
from .letters import GREEK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..sizes import ByLetter

TAKE_AN_ARGUMENT = frozenset("text mathrm mathbf mathit mathsf mathtt mathcal operatorname hat tilde bar".split())
COMMANDS = GREEK | TAKE_AN_ARGUMENT | {"prime", "star", "lvert", "rvert"}


def checked_names(names: ByLetter[str] | None, letters: Iterable[str]) -> dict[str, str]:
    """A user's own LaTeX for letters, by name, after checking that each letter is known and each command allowed."""
    if names is not None and not hasattr(names, "items"):
        raise LetterError(
            f"names takes the LaTeX of letters by name, such as {{'n': r'n_{{\\text{{units}}}}'}}, not {brief(names)}"
        )
    known = set(letters)
    result = {}
    for key, tex in (names or {}).items():
        name = str(key)
        if name not in known:
            raise LetterError(f"no letter {name} to rename; {letters_known(sorted(known))}{nearest(name, known)}")
        result[name] = checked_latex(name, tex)
    return result


def checked_latex(name: str, tex: object, one: bool = True) -> str:
    """The LaTeX of a letter as a user gives it: letters, digits, allowed commands, and scripts that TeX can set.

    It is ``one`` letter, no sum or product, unless a whole formula is checked.
    """
    if not isinstance(tex, str) or not tex.strip():
        raise LetterError(f"the LaTeX for {name} must be a string such as r'd_{{\\text{{model}}}}', not {brief(tex)}")
    tokens = _tokens(name, tex)
    if tokens.count("{") > NESTING:
        raise LetterError(f"the LaTeX for {name} has more than {NESTING} braces: {brief(tex)}")
    position = 0

    def group(closing: str, plain: bool = False) -> None:
        """The parts up to a closing brace or the end, each with at most one subscript and one superscript.

        A ``plain`` group is read together with what is around the letter, where a sum would be another formula: ``m a-b``.
        """
        nonlocal position
        if tokens[position : position + 1] in ([], ["}"]):
            raise LetterError(f"the LaTeX for {name} prints nothing in its braces: {tex!r}")
        scripts: set[str] | None = None  # None before the first part, where a script has no base
        while position < len(tokens) and tokens[position] != "}":
            token = tokens[position]
            position += 1
            if token in ("_", "^"):
                below = tokens[position] if position < len(tokens) else ""
                if scripts is None or token in scripts or not (below[:1].isalnum() or below[:1] in ("{", "\\", "*", "+", "-")):
                    raise LetterError(f"the LaTeX for {name} has a {token} with nothing before it: {tex!r}")
                scripts.add(token)
                part()
            else:
                position -= 1
                if plain and token in ("+", "-", "*"):
                    raise LetterError(
                        f"the LaTeX for {name} must be one letter, not a sum or product: {tex!r}; write an index, n_{{a-b}}"
                    )
                part(plain)
                scripts = set()
        if (tokens[position] if position < len(tokens) else "") != closing:
            raise LetterError(f"the LaTeX for {name} has unbalanced braces: {tex!r}")

    def part(plain: bool = False) -> None:
        """One token, or a group; a command takes the groups after it."""
        nonlocal position
        token = tokens[position]
        position += 1
        if token == "{":
            group("}", plain)
            position += 1
        if token[1:] in TAKE_AN_ARGUMENT and tokens[position : position + 1] != ["{"]:
            raise LetterError(f"the LaTeX for {name} has {token} without braces: {tex!r}")
        words = tokens[position + 1 : tokens.index("}", position)] if token == r"\text" and "}" in tokens[position:] else []
        if any(word in "_^{" or word.startswith("\\") for word in words):
            raise LetterError(f"the LaTeX for {name} has something other than words in \\text: {tex!r}")
        while token.startswith("\\") and position < len(tokens) and tokens[position] == "{":
            position += 1
            group("}")
            position += 1

    group("", plain=one)
    return tex


def _tokens(name: str, tex: str) -> list[str]:
    """The characters and commands, each of them allowed."""
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
        elif not (tex[start].isascii() and (tex[start].isalnum() or tex[start] in "{}_^ ,.+-*()|")):
            raise LetterError(f"the LaTeX for {name} may not contain {tex[start]!r}: {tex!r}")
        if tex[start:position] != " ":
            tokens.append(tex[start:position])
    return tokens
