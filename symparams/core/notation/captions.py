r"""Captions: mathematics between dollars, ``\cite`` and ``\ref`` stay LaTeX after a check; everything else is escaped."""

from __future__ import annotations

from ...errors import LetterError
from .escaping import prose
from .letter_names import checked_latex

REFERENCES = ("cite", "citep", "citet", "ref", "cref", "eqref")
RELATIONS = ("=", "<", ">", "/", r"\times", r"\cdot", r"\leq", r"\geq", r"\approx", r"\to")
IN_A_KEY = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:_.,-+/ ")


def caption_text(caption: str) -> str:
    r"""A caption as LaTeX: ``Cells of $n$ units \cite{lstm}`` is kept, and what is neither mathematics nor a reference is escaped.

    >>> print(caption_text(r"Cells of $n_{h}$ units & more \cite{lstm} \input{x}"))
    Cells of $n_{h}$ units \& more \cite{lstm} \textbackslash{}input\{x\}
    """
    made, rest = "", caption
    while rest:
        piece = mathematics_at(rest) or reference_at(rest)
        if piece:
            made, rest = made + piece, rest[len(piece) :]
            continue
        stop = min((place for mark in ("$", "\\") if (place := rest.find(mark, 1)) > 0), default=len(rest))
        made, rest = made + prose(rest[:stop]), rest[stop:]
    return made


def mathematics_at(text: str) -> str:
    """The formula that a text begins with, dollars included; an empty string if there is none, or one that is not allowed."""
    inside, dollar, _ = text[1:].partition("$")
    if not (text.startswith("$") and dollar and inside):
        return ""
    try:
        checked_latex("a caption", without_relations(inside), one=False)
    except LetterError:
        return ""
    return f"${inside}$"


def without_relations(tex: str) -> str:
    """A formula with a plus in place of each relation and operator, which the check of letters does not know."""
    for sign in RELATIONS:
        before, *others = tex.split(sign)
        tex = before + "".join((sign if sign[0] == "\\" and other[:1].isalpha() else "+") + other for other in others)
    return tex


def reference_at(text: str) -> str:
    """The reference that a text begins with; an empty string if there is none."""
    command, brace, rest = text[1:].partition("{")
    key, closing, _ = rest.partition("}")
    is_one = text.startswith("\\") and brace and closing and command.rstrip("*") in REFERENCES and key and set(key) <= IN_A_KEY
    return rf"\{command}{{{key}}}" if is_one else ""
