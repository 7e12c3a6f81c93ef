"""A condition on the sizes of a grid: ``"d % h == 0"``, ``"2*d <= f <= 4*d and h != 3"``, ``divides(h, d)``, a relation of SymPy.

A parser by hand, for whole numbers, letters, ``+ - * // % **``, comparisons, ``and`` and brackets: nothing of a text is ever run
but the arithmetic that was read from it, under names of our own.
"""

from __future__ import annotations

import ast

from ..._startup.boundary import entrance
from ..._startup.limits import CONDITION_BITS, CONDITION_EXPONENT, CONDITION_NESTING, CONDITION_TEXT
from ...errors import LetterError, SettingError, TextError, brief
from ..arrays.steps import Reading, Steps
from ..compiling import letters_as_arguments
from .directions import directions_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Never, TypeAlias

    from ..arrays.bounds import Interval

    Given: TypeAlias = "str | Condition | Iterable[str | Condition]"

COMPARISONS: Mapping[str, type[ast.cmpop]] = {
    "==": ast.Eq,
    "!=": ast.NotEq,
    "<=": ast.LtE,
    ">=": ast.GtE,
    "<": ast.Lt,
    ">": ast.Gt,
}
SIGNS = ("**", "//", *COMPARISONS, *"+-*%()/,")


class Comparison:
    """``left < right``: its letters, and whether it holds for whole numbers, or at which places of arrays."""

    def __init__(self, text: str, left: ast.expr, operator: str, right: ast.expr) -> None:
        self.text, self.left, self.operator, self.right = text, left, operator, right
        self.letters = tuple(sorted({node.id for side in (left, right) for node in ast.walk(side) if isinstance(node, ast.Name)}))

    def function(self, letters: Sequence[str]) -> Callable[..., bool]:
        """Whether it holds, as a function of whole numbers for these letters, in this order."""
        names = dict(zip(letters, letters_as_arguments(len(letters)), strict=True))
        test = ast.Compare(renamed(self.left, names), [COMPARISONS[self.operator]()], [renamed(self.right, names)])
        arguments = ast.arguments([], [ast.arg(name) for name in names.values()], None, [], [], None, [])
        code = ast.Expression(ast.Lambda(arguments, test))
        made: Callable[..., bool] = eval(compile(ast.fix_missing_locations(code), "<symparams>", "eval"))
        return made

    def difference(self, letters: Sequence[str]) -> Steps:
        """The steps of left - right, for arrays of these letters."""
        names = dict(zip(letters, letters_as_arguments(len(letters)), strict=True))
        read = Reading(list(names.values()))
        place = read.value(ast.BinOp(renamed(self.left, names), ast.Sub(), renamed(self.right, names)))
        return Steps(letters=tuple(letters), steps=tuple(read.steps), answer=place, least=(), equal=())

    def moves_with(self, letter: str, intervals: Mapping[str, Interval]) -> bool:
        """Whether left - right only rises or only falls with a letter, so that an inequality changes at most once."""
        found = directions_of(self.difference(self.letters), [intervals[name] for name in self.letters])
        return found[self.letters.index(letter)] is not None

    def one_sided(self) -> list[Comparison]:
        """``f == 4*d`` as ``f <= 4*d`` and ``f >= 4*d``, each of which is found by bisection; anything else as it is."""
        if self.operator != "==" or self.divisibility() is not None:
            return [self]
        return [Comparison(self.text, self.left, operator, self.right) for operator in ("<=", ">=")]

    def divisibility(self) -> tuple[str, str] | None:
        """``(h, d)`` for ``d % h == 0``, a letter or a number that has to divide a letter."""
        match self.left, self.operator, self.right:
            case ast.BinOp(left=ast.Name(id=whole), op=ast.Mod(), right=ast.Name() | ast.Constant() as by), "==", ast.Constant(
                value=0
            ):
                return ast.unparse(by), whole
        return None


def renamed(tree: ast.expr, names: Mapping[str, str]) -> ast.expr:
    """The arithmetic with other names."""
    if isinstance(tree, ast.Name):
        return ast.Name(names[tree.id], ast.Load())
    if isinstance(tree, ast.BinOp):
        return ast.BinOp(renamed(tree.left, names), tree.op, renamed(tree.right, names))
    return ast.UnaryOp(tree.op, renamed(tree.operand, names)) if isinstance(tree, ast.UnaryOp) else tree


class Condition:
    """Comparisons that all have to hold."""

    def __init__(self, comparisons: Sequence[Comparison]) -> None:
        self.comparisons = tuple(comparisons)

    def __repr__(self) -> str:
        return f"Condition({' and '.join(each.text for each in self.comparisons)!r})"

    def __and__(self, other: Condition) -> Condition:
        return Condition((*self.comparisons, *other.comparisons))

    def __bool__(self) -> bool:
        raise SettingError("a condition on sizes is neither true nor false by itself: give several as a list, where=[...]")


@entrance
def divides(divisor: object, whole: object) -> Condition:
    """The condition that one size divides another: ``formula.grid(d=..., h=..., where=divides("h", "d"))``.

    Each is a letter, a whole number, or an expression such as ``"2*h"``; for symbols of SymPy, ``d % h == 0`` is False at once.

    >>> divides("h", "d")
    Condition('d % h == 0')
    """
    below, above = (str(side) for side in (divisor, whole))
    bracketed = [side if side.isidentifier() or side.isdigit() else f"({side})" for side in (above, below)]
    return condition_of(f"{bracketed[0]} % {bracketed[1]} == 0")


def conditions_of(given: object) -> list[Comparison]:
    """The comparisons of a condition, or of several in a list."""
    each = given if isinstance(given, list | tuple) else [] if given is None else [given]
    return [comparison for one in each for comparison in condition_of(one).comparisons]


def condition_of(given: object) -> Condition:
    """The condition that a text, a relation of SymPy or a condition is. Raises :class:`SettingError` for anything else."""
    if isinstance(given, Condition):
        return given
    if isinstance(given, str):
        return Condition(Parser(given).condition())
    if isinstance(given, bool) or type(given).__name__ in ("BooleanTrue", "BooleanFalse"):
        raise SettingError(
            f"where: a condition that is {given} before any size is known; for symbols, d % h == 0 is decided by Python at once: "
            'write it as a text, "d % h == 0", or as divides("h", "d")'
        )
    operator, sides = getattr(given, "rel_op", None), (getattr(given, "lhs", None), getattr(given, "rhs", None))
    if isinstance(operator, str) and operator in COMPARISONS:
        return Condition(Parser(f"{sides[0]} {operator} {sides[1]}").condition())
    raise SettingError(f'where takes conditions such as "d % h == 0", divides("h", "d") or a relation of SymPy, not {brief(given)}')


class Parser:
    """One text being read."""

    def __init__(self, text: str) -> None:
        self.text, self.depth = text, 0
        if len(text) > CONDITION_TEXT:
            raise TextError(f"a condition may have at most {CONDITION_TEXT} characters, not {len(text)}")
        self.words = self.split(text)[::-1]

    def refuse(self, why: str = "") -> Never:
        raise TextError(
            f"{brief(self.text)} is not a condition on sizes{why}: write comparisons of whole numbers, such as d % h == 0 or "
            "2*d <= f <= 4*d, joined by and"
        )

    def split(self, text: str) -> list[str]:
        """The words in order."""
        found: list[str] = []
        at = 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            end = at + 1
            if text[at].isalnum() or text[at] == "_":
                while end < len(text) and (text[end].isalnum() or text[end] == "_"):
                    end += 1
            else:
                sign = next((sign for sign in SIGNS if text.startswith(sign, at)), None)
                if sign is None:
                    self.refuse(f", since {text[at]!r} is no sign of arithmetic")
                end = at + len(sign)
            found.append(text[at:end])
            at = end
        return found

    def take(self, *words: str) -> str | None:
        """The next word, if it is one of these."""
        return self.words.pop() if self.words and self.words[-1] in words else None

    def need(self, word: str) -> None:
        if self.take(word) is None:
            self.refuse(f", since {word!r} is missing")

    # ------------------------------------------------------------ the grammar
    def condition(self) -> list[Comparison]:
        """Chains of comparisons."""
        found = self.chain()
        while self.take("and"):
            found += self.chain()
        if self.words:
            self.refuse(f", since {self.words[-1]!r} is not expected there")
        return found

    def chain(self) -> list[Comparison]:
        """``a <= b < c`` as two comparisons."""
        sides, found = [self.sum()], []
        while operator := self.take(*COMPARISONS):
            sides.append(self.sum())
            if max(map(bits_of, sides)) > CONDITION_BITS:
                self.refuse(f", since it calculates numbers of more than {CONDITION_BITS:,} bits")
            text = f"{ast.unparse(sides[-2])} {operator} {ast.unparse(sides[-1])}"
            found.append(Comparison(text, sides[-2], operator, sides[-1]))
        if not found:
            self.refuse(", since it compares nothing")
        return found

    def sum(self) -> ast.expr:
        made = ast.UnaryOp(ast.USub(), self.product()) if self.take("-") else self.product()
        while sign := self.take("+", "-"):
            made = ast.BinOp(made, ast.Add() if sign == "+" else ast.Sub(), self.product())
        return made

    def product(self) -> ast.expr:
        made = self.power()
        while sign := self.take("*", "//", "%", "/"):
            if sign == "/":
                self.refuse(", since a / b need not be whole; write a // b, or a % b == 0")
            operator = {"*": ast.Mult(), "//": ast.FloorDiv(), "%": ast.Mod()}[sign]
            made = ast.BinOp(made, operator, self.power())
        return made

    def power(self) -> ast.expr:
        base = self.atom()
        if not self.take("**"):
            return base
        exponent = self.words.pop() if self.words else ""
        if not (exponent.isascii() and exponent.isdigit() and len(exponent) < 3) or not 1 <= int(exponent) <= CONDITION_EXPONENT:
            self.refuse(f", since an exponent is a number from 1 to {CONDITION_EXPONENT}")
        return ast.BinOp(base, ast.Pow(), ast.Constant(int(exponent)))

    def atom(self) -> ast.expr:
        if self.take("("):
            return self.inside()
        word = self.words.pop() if self.words else ""
        number = word.replace("_", "")
        if number.isascii() and number.isdigit():
            return ast.Constant(int(number))
        if word in ("and", "or", "not") or not word.isidentifier():
            self.refuse(f", since {word!r} is no letter and no whole number" if word else "")
        if word == "Mod" and self.take("("):  # as SymPy writes it
            above = self.inside(",")
            return ast.BinOp(above, ast.Mod(), self.inside())
        return ast.Name(word, ast.Load())

    def inside(self, end: str = ")") -> ast.expr:
        """A sum up to a closing bracket."""
        self.depth += 1
        if self.depth > CONDITION_NESTING:
            self.refuse(f", since its brackets are more than {CONDITION_NESTING} deep")
        made = self.sum()
        self.need(end)
        self.depth -= 1
        return made


def bits_of(node: ast.AST) -> int:
    """The most bits that the value of an expression can have, where each letter has those of a machine's number."""
    match node:
        case ast.Constant(value=int() as number):
            return number.bit_length()
        case ast.UnaryOp(operand=inside):
            return bits_of(inside)
        case ast.BinOp(left=base, op=ast.Pow(), right=ast.Constant(value=int() as exponent)):
            return bits_of(base) * exponent
        case ast.BinOp(left=left, op=operator, right=right):
            both = bits_of(left), bits_of(right)
            return sum(both) if isinstance(operator, ast.Mult) else max(both) + 1
    return 64


def check_letters(conditions: Iterable[Comparison], letters: Iterable[str]) -> None:
    """Refuses a condition on a letter that the grid has not."""
    known = set(letters)
    for condition in conditions:
        for name in condition.letters:
            if name not in known:
                raise LetterError(
                    f"where: no letter {name} in this grid, which {condition.text!r} needs; add {name}=... to the grid"
                )
