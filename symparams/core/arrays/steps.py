"""A count as steps of arithmetic, each on letters and earlier steps: data that can be run on any arrays, bounded and sent elsewhere."""

from __future__ import annotations

import ast

from ...errors import LetterError
from ..compiling import Writer, letters_as_arguments
from ..frozen import Frozen
from ..polynomial import of_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from ..algebra import Expr
    from ..polynomial import Polynomial

    Step: TypeAlias = tuple[str, int, int]  # an operation and the places of its operands; of a number, the number

ADD, SUBTRACT, MULTIPLY, QUOTIENT, LARGER, SMALLER, POWER_OF_TWO, NUMBER = "+ - * // max min power_of_two number".split()
OPERATIONS: Mapping[type[ast.operator], str] = {ast.Add: ADD, ast.Sub: SUBTRACT, ast.Mult: MULTIPLY, ast.FloorDiv: QUOTIENT}


class Steps(Frozen):
    """The letters have the first places, then each step has one. ``answer`` is the place of the count.

    ``least`` has the least value that the letter or step at a place may have, ``equal`` pairs of places that must be equal, since
    otherwise a quotient leaves a remainder.
    """

    letters: tuple[str, ...]
    steps: tuple[Step, ...]
    answer: int
    least: tuple[tuple[int, int], ...]
    equal: tuple[tuple[int, int], ...]


def steps_of(
    polynomial: Polynomial, letters: Mapping[str, Expr], doubtful: Mapping[Expr, int | None], least: Mapping[str, int]
) -> Steps:
    """The steps of a count, and of the sizes that are not sizes for all values of their letters.

    Raises :class:`LetterError` for a piece that is no such arithmetic, such as a logarithm.
    """
    names = list(letters)
    read = Reading(letters_as_arguments(len(names)))
    writer = Writer({letter: ((argument, 1),) for letter, argument in zip(letters.values(), read.places, strict=True)})
    for size, lowest in doubtful.items():
        value = writer.whole(*writer.fraction(of_size(size)))
        if lowest is None:
            writer.step(value)  # it must be whole, and may be any number
        else:
            writer.refuse(ast.Compare(value, [ast.Lt()], [ast.Constant(lowest)]))
    answer = writer.step(writer.whole(*writer.fraction(polynomial)))
    for statement in writer.steps:
        read.statement(statement)
    own = tuple((place, least.get(name, 0)) for place, name in enumerate(names))
    return Steps(
        letters=tuple(names),
        steps=tuple(read.steps),
        answer=read.places[answer],
        least=(*own, *read.least),
        equal=tuple(read.equal),
    )


class Reading:
    """Reads the statements of a compiled count as steps; equal steps are taken once."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self.places = {argument: place for place, argument in enumerate(arguments)}
        self.first = len(arguments)
        self.steps: list[Step] = []
        self.known: dict[Step, int] = {}
        self.least: list[tuple[int, int]] = []
        self.equal: list[tuple[int, int]] = []

    def statement(self, statement: ast.stmt) -> None:
        """A value that gets a name, or a condition under which the sizes are refused."""
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.places[name] = self.value(value)
            case ast.If(test=ast.Compare(left=value, ops=[ast.Lt()], comparators=[ast.Constant(value=int(lowest))])):
                self.least.append((self.value(value), lowest))
            case ast.If(test=ast.Compare(left=one, ops=[ast.NotEq()], comparators=[other])):
                self.equal.append((self.value(one), self.value(other)))
            case _:
                raise LetterError(f"cannot compute {ast.unparse(statement)} with arrays")

    def value(self, value: ast.expr) -> int:
        """The place of a value."""
        match value:
            case ast.Name(id=name):
                return self.places[name]
            case ast.Constant(value=int(number)):
                return self.step(NUMBER, number, 0)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.step(SUBTRACT, self.step(NUMBER, 0, 0), self.value(operand))
            case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int(power))):
                return self.power(self.value(left), power)
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                whole, by = self.value(left), self.value(right)
                return self.step(SUBTRACT, whole, self.step(MULTIPLY, self.step(QUOTIENT, whole, by), by))
            case ast.BinOp(left=left, op=operator, right=right):
                return self.step(OPERATIONS[type(operator)], self.value(left), self.value(right))
            case ast.Call(func=ast.Name(id=function), args=[one]):
                return self.step(function, self.value(one), 0)
            case ast.Call(func=ast.Name(id=function), args=[one, other]):
                return self.step(function, self.value(one), self.value(other))
            case _:
                raise LetterError(f"cannot compute {ast.unparse(value)} with arrays")

    def power(self, base: int, power: int) -> int:
        """A power by squaring."""
        if power == 1:
            return base
        half = self.power(base, power // 2)
        square = self.step(MULTIPLY, half, half)
        return self.step(MULTIPLY, square, base) if power % 2 else square

    def step(self, operation: str, one: int, other: int) -> int:
        """The place of a step."""
        key = operation, one, other
        if key not in self.known:
            self.known[key] = self.first + len(self.steps)
            self.steps.append(key)
        return self.known[key]
