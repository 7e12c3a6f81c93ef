r"""A formula read from its text in Python or LaTeX: ``4*(n*m + n**2 + n)``, ``4(nm + n^2 + n)``, ``4 \times [n(m+1)+n^2]``.

The parser is our own, for numbers, letters, ``+ - * / ^`` and brackets: no part of the text is ever run.
"""

from __future__ import annotations

from fractions import Fraction

from ..._startup.limits import FORMULA_TEXT, NESTING
from ...core.notation.forms import Add, Letter, Mul, Number, Pow
from ...core.terms import exact
from ...errors import TextError, brief
from .tokens import Token, tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from ...core.notation.forms import Notation

CLOSING = {"(": ")", "[": "]", "{": "}"}
WRAPPED = (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"))
FUNCTIONS = frozenset(
    "floor ceil ceiling trunc sqrt cbrt log ln exp pow mod min max sum prod abs int float round len range mean std var sin cos tan "
    "cot sec csc sinh cosh tanh coth arcsin arccos arctan asin acos atan sigmoid softmax relu gelu silu erf sign comb binom "
    "factorial gcd lcm".split()
)
UNITS = ("K", "M", "B", "G", "T", "KB", "MB", "GB")
MINUS = Number(-1)


class FormulaParser:
    """One formula being read. The names in ``products`` are letters side by side: ``nm`` is n times m."""

    def __init__(self, text: str, products: Collection[str] = ()) -> None:
        self.text, self.products = text, products
        self.words = tokens(text)
        self.next, self.depth = 0, 0

    def formula(self) -> Notation:
        """The whole text as one sum."""
        if not self.words:
            raise TextError("the formula is empty: write it as Python or LaTeX, such as 4*(n*m + n**2 + n)")
        found = self.sum()
        if self.next < len(self.words):
            raise self.unexpected()
        return found

    # ------------------------------------------------------------ the grammar
    def sum(self) -> Notation:
        """A sum of products."""
        terms = [self.product(self.sign())]
        while self.kind in ("+", "-"):
            terms.append(self.product(self.sign()))
        return terms[0] if len(terms) == 1 else Add(tuple(terms))

    def sign(self) -> bool:
        """Whether the signs that come next make a term negative."""
        negative = False
        while self.kind in ("+", "-"):
            negative ^= self.taken().kind == "-"
        return negative

    def product(self, negative: bool) -> Notation:
        """A product of powers."""
        factors: list[Notation] = [MINUS] if negative else []
        factors += self.power()
        below = False
        while True:
            if self.kind in ("*", "/"):
                below = self.taken().kind == "/"
                signs: list[Notation] = [MINUS] if self.sign() else []
                factors += [*signs, *map(self.under, self.power())] if below else [*signs, *self.power()]
            elif self.kind in ("number", "name", "fraction", "(", "[", "{"):
                if below:
                    raise TextError(f"a/bc is ambiguous, (a/b)*c or a/(b*c): add brackets in {brief(self.text)}")
                factors += self.power()
            else:
                return factors[0] if len(factors) == 1 else Mul(tuple(factors))

    def under(self, divisor: Notation) -> Notation:
        """One over a divisor."""
        if divisor == Number(0):
            raise TextError(f"the formula divides by zero: {brief(self.text)}")
        return (
            Number(exact(1, divisor.value))
            if isinstance(divisor, Number) and isinstance(divisor.value, int)
            else Pow(divisor, MINUS)
        )

    def power(self) -> list[Notation]:
        """A factor, or the letters of a name that are factors; an exponent belongs to the last of them."""
        factors = self.atom()
        if self.kind == "^":
            self.taken()
            factors[-1] = Pow(factors[-1], self.exponent())
            if self.kind == "^":
                raise TextError(f"a power of a power needs brackets: {brief(self.text)}")
        return factors

    def exponent(self) -> Notation:
        """A whole exponent."""
        negative = self.sign()
        (found,) = self.atom()[:1]
        if not isinstance(found, Number) or not isinstance(found.value, int):
            raise TextError(f"an exponent must be a whole number, as in n^2: {brief(self.text)}")
        return Number(-found.value) if negative else found

    def atom(self) -> list[Notation]:
        """A number, a fraction, a group in brackets, or the letters of a name."""
        word = self.taken()
        if word.kind == "number":
            value = Fraction(word.text)
            return [Number(exact(value.numerator, value.denominator))]
        if word.kind == "name":
            return self.letters(word)
        if word.kind == "fraction":
            above, below = self.group(self.taken("{")), self.group(self.taken("{"))
            return [Mul((above, self.under(below)))]
        if word.kind in CLOSING:
            return [self.group(word)]
        self.next -= 1
        raise self.unexpected()

    def group(self, opening: Token) -> Notation:
        """The sum up to the closing bracket."""
        self.depth += 1
        if self.depth > NESTING:
            raise TextError(f"the formula is nested more than {NESTING} levels deep: {brief(self.text)}")
        found = self.sum()
        self.taken(CLOSING[opening.kind])
        self.depth -= 1
        return found

    def letters(self, word: Token) -> list[Notation]:
        """A name with its subscript: ``d_{model}`` is ``d_model``."""
        if word.text.lower() in FUNCTIONS and self.kind in CLOSING:
            raise TextError(f"a formula may not have functions such as {word.text}(...): {brief(self.text)}")
        names = list(word.text) if word.text in self.products else [word.text]
        if self.kind == "_":
            self.taken()
            below = [self.taken()]
            if below[0].kind == "{":
                while self.kind in ("name", "number"):
                    below.append(self.taken())
                self.taken("}")
            parts = [token.text for token in below if token.kind in ("name", "number")]
            if not parts:
                raise self.unexpected()
            names[-1] = "_".join([names[-1], *parts])
        return [Letter(name) for name in names]

    # ------------------------------------------------------------ the words
    @property
    def kind(self) -> str:
        """The kind of the next word; an empty string at the end."""
        return self.words[self.next].kind if self.next < len(self.words) else ""

    def taken(self, wanted: str = "") -> Token:
        """The next word. Raises :class:`TextError` where it is not of the kind that is wanted."""
        if self.next >= len(self.words) or (wanted and self.kind != wanted):
            raise self.unexpected(wanted)
        self.next += 1
        return self.words[self.next - 1]

    def unexpected(self, wanted: str = "") -> TextError:
        """The error for the next word, or for the end of the text."""
        missing = f", where {wanted!r} should be" if wanted else ""
        if self.next >= len(self.words):
            return TextError(f"the formula ends too early{missing}: {brief(self.text)}")
        word = self.words[self.next]
        return TextError(f"unexpected {word.text!r} at character {word.at + 1}{missing}: {brief(self.text)}")


def formula_text(text: object) -> str:
    """The formula in a text, without the name before it and the number after it."""
    return formula_and_claim(text)[0]


def formula_and_claim(text: object) -> tuple[str, int | None]:
    """The formula in a text, without dollar signs around it, and its claimed value: ``P = 4n(m+n) = 4457472``."""
    if not isinstance(text, str):
        raise TextError(f"a formula must be a string, such as '4*(n*m + n**2 + n)', not {brief(text)}")
    if len(text) > FORMULA_TEXT:
        raise TextError(f"the formula has {len(text)} characters; at most {FORMULA_TEXT} are read")
    found = text.strip().rstrip(".,;")
    for left, right in WRAPPED:
        if found.startswith(left) and found.endswith(right) and len(found) > len(left) + len(right):
            found = found[len(left) : -len(right)].strip()
    sides = [side.strip() for side in found.split("=")]
    if len(sides) > 1 and is_only(sides[0], "name"):
        del sides[0]
    claimed = int(tokens(sides.pop())[0].text) if len(sides) > 1 and is_only(sides[-1], "number") else None
    if len(sides) > 1:
        raise TextError(f"give one formula; only a name and = may come before it, and = and a whole number after it: {brief(text)}")
    return sides[0], claimed


def unit_of_rounded(text: str) -> str:
    """The unit of a rounded number, ``124M``, which is no formula; an empty string for any other text."""
    words = tokens(text)
    kinds = [word.kind for word in words]
    return words[1].text if kinds == ["number", "name"] and words[1].text in UNITS else ""


def is_only(side: str, kind: str) -> bool:
    """Whether a side of an equation is a single name, or a single whole number."""
    words = tokens(side)
    return len(words) == 1 and words[0].kind == kind and "." not in words[0].text


def parsed_formula(text: str, products: Collection[str] = ()) -> Notation:
    """The notation of a formula's text, not simplified.

    >>> from symparams.core.notation.text import plain
    >>> plain(parsed_formula(r"4 \\times [n(m+1)+n^2]"))
    '4*(n*(m + 1) + n**2)'
    >>> plain(parsed_formula("12Ld^2", products={"Ld"}))
    '12*L*d**2'
    """
    return FormulaParser(text, products).formula()


def possible_products(text: str) -> list[str]:
    """The names that could be several letters side by side: ``nm``, ``Ld``."""
    names = (word.text for word in tokens(text) if word.kind == "name" and not is_spelled_out(word, text))
    return sorted({name for name in names if 2 <= len(name) <= 4 and name.isalpha() and name.lower() not in FUNCTIONS})


def is_spelled_out(word: Token, text: str) -> bool:
    r"""Whether a name is marked as a single one: ``\text{in}``, a Greek letter."""
    return word.at < len(text) and text[word.at] == "\\"
