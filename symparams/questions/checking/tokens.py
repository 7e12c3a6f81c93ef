"""The words of a pasted formula, in Python or LaTeX."""

# ruff: noqa: RUF001  (these signs are what people paste)
from __future__ import annotations

import re

from ..._startup.limits import DIGITS_IN_FORMULA
from ...core.frozen import Frozen
from ...errors import TextError, brief

SIGNS = {"**": "^", "·": "*", "×": "*", "⋅": "*", "∗": "*", "−": "-", "–": "-", "÷": "/"}
COMMANDS = {r"\times": "*", r"\cdot": "*", r"\ast": "*", r"\div": "/", r"\{": "{", r"\}": "}"}
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
KINDS = re.compile(
    r"""
    (?P<float>\d+(?:\.\d+)?[eE][-+]?\d)
    |(?P<space>(?:\s|~|&|\\[,;:!>\ ]|\\(?:quad|qquad|left|right|limits|displaystyle|[bB]igg?[lrm]?)(?![A-Za-z]))+)
    |(?P<number>\d+(?:_\d+)*(?:(?:,|\{,\})\d{3}(?!\d))*(?:\.\d+)?)
    |(?P<fraction>\\[dtc]?frac(?![A-Za-z]))
    |(?P<name>\\(?:text|textit|textrm|textbf|mathrm|mathit|mathbf|mathsf|operatorname)\s*\{[^{}]*\}
        |[^\W\d_][^\W_]*(?:_+[^\W_]+)*)
    |(?P<sign>\*\*|\\(?:times|cdot|ast|div)(?![A-Za-z])|\\[{}]|[-+*/^_()\[\]{}·×⋅∗−–÷])
    |(?P<greek>\\[A-Za-z]+)
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
PHRASE = re.compile(r"\b[A-Za-z]{2,}(?:\s+[A-Za-z]{2,})+")
OF_A_PHRASE = {"of", "the", "per"}
GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi rho sigma tau phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega ell".split()
)


class Token(Frozen):
    """One word: ``kind`` is ``number``, ``name``, ``fraction``, or the sign itself; ``at`` is its place in the text."""

    at: int
    kind: str
    text: str


def tokens(text: str) -> list[Token]:
    """The words of a formula. Raises :class:`TextError` for a character or a number that is not allowed."""
    found = []
    for match in KINDS.finditer(with_powers(text)):
        kind, word = match.lastgroup or "", match.group()
        match kind:
            case "space":
                continue
            case "number":
                found.append(Token(match.start(), kind, digits_of_number(word)))
            case "name":
                found.append(Token(match.start(), kind, formula_letter(word)))
            case "sign":
                sign = SIGNS.get(word) or COMMANDS.get(word) or word
                found.append(Token(match.start(), sign, word))
            case "greek" if word[1:] in GREEK:
                found.append(Token(match.start(), "name", word[1:]))
            case "fraction":
                found.append(Token(match.start(), kind, word))
            case "float":
                raise TextError(f"the numbers of a formula must be exact: write them out, without {word!r}: {brief(text)}")
            case _:
                raise TextError(
                    f"{word!r} is not allowed in a formula; use numbers, letters, + - * / ^, brackets, \\frac, \\times or \\cdot: {brief(text)}"
                )
    return found


def with_powers(text: str) -> str:
    """``n²`` as ``n^2``, ``W₁`` as ``W_1``, and ``number of filters`` as one name."""
    raised = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda power: "^" + power.group().translate(SUPERSCRIPTS), text)
    lowered = re.sub("[₀₁₂₃₄₅₆₇₈₉]+", lambda below: "_" + below.group().translate(SUBSCRIPTS), raised)
    return PHRASE.sub(lambda phrase: one_name(phrase.group()), lowered)


def one_name(phrase: str) -> str:
    """Words side by side as one name, if they are a phrase and not a product."""
    return re.sub(r"\s+", "_", phrase) if OF_A_PHRASE & set(phrase.split()) else phrase


def digits_of_number(word: str) -> str:
    """A number without separators of thousands."""
    plain = re.sub(r"[_,{}]", "", word)
    if len(plain) > DIGITS_IN_FORMULA:
        raise TextError(f"a number in a formula may have at most {DIGITS_IN_FORMULA} digits, not {len(plain)}")
    return plain


def formula_letter(word: str) -> str:
    r"""``\text{feed forward}`` as ``feed_forward``."""
    inside = word.partition("{")[2].removesuffix("}") if word.startswith("\\") else word
    joined = "_".join(re.findall(r"[^\W_]+", inside))
    if not joined.isidentifier() or len(joined) > 100:
        raise TextError(f"{brief(inside)} is not a valid name for a letter")
    return joined
