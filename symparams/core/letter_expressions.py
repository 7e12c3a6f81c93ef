"""A key of ``letters=``: a letter, or an expression of letters such as ``3*d``, ``T + 2`` or ``d/h``.

A parser by hand, on numbers, letters, ``+ - * / **`` and brackets: nothing of the text is ever run.
"""

from __future__ import annotations

from .._startup.limits import LETTER_EXPONENT, LETTER_NESTING, LETTER_TEXT
from ..errors import LetterError, brief
from .sizes import symbol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Never

    from .algebra import Expr
    from .sizes import Dim

SIGNS = ("**", "+", "-", "*", "/", "(", ")")


def expression_of(text: str) -> Dim:
    """The expression in a text. Raises :class:`LetterError` for anything else.

    >>> expression_of("2*(d + 1)")
    2*d + 2
    """
    return Parser(text).whole()


class Parser:
    """One text being read."""

    def __init__(self, text: str) -> None:
        self.text = text
        if len(text) > LETTER_TEXT:
            raise LetterError(f"{brief(text)} has more than {LETTER_TEXT} characters, too many for the key of a letter")
        self.words = self.split(text)
        self.depth = 0

    def split(self, text: str) -> list[str]:
        """The words, the last one first."""
        found: list[str] = []
        at = 0
        while at < len(text):
            end = at + 1
            if text[at].isspace():
                at += 1
                continue
            if text[at].isalnum() or text[at] == "_":
                while end < len(text) and (text[end].isalnum() or text[end] == "_"):
                    end += 1
            elif text.startswith("**", at):
                end += 1
            elif text[at] not in SIGNS:
                self.refuse()
            found.append(text[at:end])
            at = end
        return found[::-1]

    def refuse(self) -> Never:
        raise LetterError(
            f"{brief(self.text)} is not a valid name for a letter, nor an expression of letters: write d_model, 3*d or T + 2"
        )

    # ------------------------------------------------------------ the grammar
    def whole(self) -> Dim:
        made = self.sum()
        if self.words:
            self.refuse()
        return made

    def sum(self) -> Dim:
        made = -self.product() if self.take("-") else self.product()
        while self.words and self.words[-1] in ("+", "-"):
            made = made + self.product() if self.take("+") else made - self.product(self.words.pop())
        return made

    def product(self, _: str = "") -> Dim:
        made = self.power()
        while self.words and self.words[-1] in ("*", "/"):
            made = made * self.power() if self.take("*") else self.quotient(made, self.power(self.words.pop()))
        return made

    def quotient(self, whole: Dim, by: Dim) -> Dim:
        from .algebra import rational

        if by == 0:
            self.refuse()
        made: Expr = (rational(whole) if isinstance(whole, int) else whole) / by
        return made

    def power(self, _: str = "") -> Dim:
        base = self.atom()
        if not self.take("**"):
            return base
        exponent = self.words.pop() if self.words else ""
        if not (exponent.isascii() and exponent.isdigit()) or len(exponent) > 2 or int(exponent) > LETTER_EXPONENT:
            self.refuse()
        return base ** int(exponent)

    def atom(self) -> Dim:
        if self.take("("):
            self.depth += 1
            if self.depth > LETTER_NESTING:
                self.refuse()
            made = self.sum()
            if not self.take(")"):
                self.refuse()
            return made
        word = self.words.pop() if self.words else ""
        if word.isascii() and word.isdigit():
            return int(word)
        if not word.isidentifier():
            self.refuse()
        return symbol(word)

    def take(self, word: str) -> bool:
        """Whether that is the next word; it is passed over."""
        if self.words and self.words[-1] == word:
            self.words.pop()
            return True
        return False
