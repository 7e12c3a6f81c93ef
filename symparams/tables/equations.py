"""Equations of letters and numbers inside a sentence, such as ``P(371) = 997248 <= 1000000``, found and typeset."""

from __future__ import annotations

import re

from ..core.notation.forms import Number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.notation.latex import Typesetter

OPERATORS = {"**": "^", "<=": r" \le ", ">=": r" \ge ", "!=": r" \ne ", "==": " = ", "%": r" \bmod ", "*": " "}
NAME, NUMBER, OPERATOR = r"[^\W\d]\w*", r"\d+", r"\*\*|<=|>=|!=|==|[-+*/%=<>]"
CALL = rf"{NAME}\((?:-?{NUMBER}|{NAME})\)"
OPERAND = rf"(?:{CALL}|-?{NUMBER}|{NAME})"
JOINED = rf"(?: (?:{OPERATOR}) |\*\*|[*/])"
EQUATION = re.compile(rf"(?<![\w.])(?:{OPERAND}(?:{JOINED}{OPERAND})+(?!\(|\.?\w)|{CALL}|{NUMBER}(?!\.?\w))")
TOKEN = re.compile(rf"{NAME}|{NUMBER}|{OPERATOR}|[()]")


def pieces_of(sentence: str) -> Iterator[tuple[bool, str]]:
    """A sentence in pieces, each with whether it is an equation or a number; no letter alone, which may be a word."""
    end = 0
    for found in EQUATION.finditer(sentence):
        yield False, sentence[end : found.start()]
        yield True, found[0]
        end = found.end()
    yield False, sentence[end:]


def names_in(sentence: str) -> set[str]:
    """The letters in the equations of a sentence."""
    return {name for is_equation, piece in pieces_of(sentence) if is_equation for name in re.findall(NAME, piece)}


def equation_tex(equation: str, its: Typesetter) -> str:
    """The LaTeX of an equation, its letters and numbers written as in the formulas around it."""
    tokens = TOKEN.findall(equation)
    made = []
    for before, token in zip(["", *tokens], tokens, strict=False):
        if token.isdecimal():
            number = its.tex(Number(int(token)))
            made.append({"*": rf"\cdot {number}", "**": f"{{{number}}}"}.get(before, number))
        elif token.isidentifier():
            made.append(its.names[token])
        else:
            made.append(OPERATORS.get(token, token if token in "()" else f" {token} "))
    return "".join(made)
