"""Expressions over a config's fields as tuples, evaluated and written exactly as Python computes them.

``("field", "hidden_size")``, ``("index", 0)`` of the first block that a row is in, ``("turn", where, number)`` of a loop in the
code, ``("at", list, index)``, ``("len", list)``, ``("if", test, yes, no)``, ``(operation, left, right)`` and ``(function, *arguments)``; all else is a constant.
Unlike sums of products they keep how the code spells a size, and round floats where the code does.
"""

from __future__ import annotations

import math
import operator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    Expression: TypeAlias = Any  # a tuple as above, or a constant: int, float, str, bool, None

OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "/": operator.truediv,
    "%": operator.mod,
    "**": operator.pow,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda item, items: item in items,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "int": int,
    "ceil": math.ceil,
    "floor": math.floor,
    "round": round,
    "max": max,
    "min": min,
    "len": len,
    "neg": operator.neg,
    "truth": bool,
    "none": lambda value: value is None,
}
STRENGTH = {
    "==": 0,
    "!=": 0,
    "<": 0,
    "<=": 0,
    ">": 0,
    ">=": 0,
    "in": 0,
    "+": 1,
    "-": 1,
    "*": 2,
    "//": 2,
    "/": 2,
    "%": 2,
    "neg": 3,
    "**": 4,
}
COMMUTES = {"+", "*"}
LETTERS = "ijkl"


def value(expression: Expression, fields: Mapping[str, Any], indices: Sequence[int] = ()) -> Any:
    """What an expression is at a config; a field that is not there is None."""
    if not isinstance(expression, tuple):
        return expression
    kind = expression[0]
    if kind == "field":
        return fields.get(expression[1])
    if kind == "index":
        return indices[expression[1]]
    if kind == "turn":
        return expression[2]
    if kind == "at":
        return value(expression[1], fields, indices)[value(expression[2], fields, indices)]
    if kind == "if":
        return value(expression[2 if value(expression[1], fields, indices) else 3], fields, indices)
    inside = [value(each, fields, indices) for each in expression[1:]]
    return OPERATIONS[kind](*inside) if kind in OPERATIONS else FUNCTIONS[kind](*inside)


def replaced(expression: Expression, rule: Callable[[tuple[Any, ...]], Expression]) -> Expression:
    """The expression with what ``rule`` gives for its parts; a part for which it gives None is kept."""
    if not isinstance(expression, tuple):
        return expression
    found = rule(expression)
    if found is not None:
        return found
    if expression[0] in ("field", "index", "turn"):
        return expression
    return (expression[0], *(replaced(each, rule) for each in expression[1:]))


def parts(expression: Expression) -> Iterator[tuple[Any, ...]]:
    """Every part that is not a constant, itself first."""
    if isinstance(expression, tuple):
        yield expression
        if expression[0] not in ("field", "index", "turn"):
            for each in expression[1:]:
                yield from parts(each)


def fields_of(expression: Expression) -> set[str]:
    return {part[1] for part in parts(expression) if part[0] == "field"}


def is_number(expression: Expression) -> bool:
    return type(expression) in (int, float)


def simplified(expression: Expression) -> Expression:
    """The same with constants computed, and without what does nothing."""
    if not isinstance(expression, tuple) or expression[0] in ("field", "index", "turn"):
        return expression
    kind, *inside = (expression[0], *(simplified(each) for each in expression[1:]))
    if kind in OPERATIONS and all(is_number(each) for each in inside):
        try:
            return OPERATIONS[kind](*inside)
        except ArithmeticError:
            return (kind, *inside)
    if kind in ("+", "-", "*", "//") and len(inside) == 2:
        return shortened(kind, *inside)
    if (
        kind in ("int", "ceil", "floor", "round")
        and isinstance(inside[0], tuple)
        and inside[0][0] in ("int", "ceil", "floor", "len")
    ):
        return inside[0]
    return (kind, *inside)


def shortened(kind: str, left: Expression, right: Expression) -> Expression:
    """A sum or a product without a neutral part; ``a + 1 - 2`` is ``a - 1``."""
    unit = 1 if kind in ("*", "//") else 0
    if right is unit or (type(right) is int and right == unit):
        return left
    if kind in COMMUTES and type(left) is int and left == unit:
        return right
    if kind in ("+", "-") and type(right) is int and isinstance(left, tuple) and left[0] in ("+", "-") and type(left[2]) is int:
        total = (left[2] if left[0] == "+" else -left[2]) + (right if kind == "+" else -right)
        return shortened("+", left[1], total) if total >= 0 else ("-", left[1], -total)
    if kind == "+" and type(right) is int and right < 0:
        return ("-", left, -right)
    if kind == "//" and left == right:
        return 1
    return (kind, left, right)


def text(expression: Expression, outer: int = 0) -> str:
    """An expression as Python writes it."""
    if not isinstance(expression, tuple):
        return constant_text(expression)
    kind = expression[0]
    if kind == "field":
        return str(expression[1])
    if kind == "index":
        return LETTERS[expression[1]]
    if kind == "turn":
        return str(expression[2])
    if kind == "at":
        return f"{text(expression[1], 9)}[{text(expression[2])}]"
    if kind == "truth":
        return text(expression[1], outer)
    if kind == "none":
        return f"{text(expression[1], 1)} is None"
    if kind == "neg":
        return bracketed("-" + text(expression[1], 3), outer > 1)
    if kind == "if":
        return f"({text(expression[2])} if {text(expression[1])} else {text(expression[3])})"
    if kind in FUNCTIONS:
        return f"{kind}({', '.join(text(each) for each in expression[1:])})"
    strength = STRENGTH[kind]
    left, right = expression[1:]
    associative = kind == "+" or (kind == "*" and isinstance(right, tuple) and right[0] == "*")
    shown = [text(left, strength + (kind == "**" or not strength)), text(right, strength + (not associative))]
    return bracketed(
        (kind if strength > 3 else f"{'' if kind == '*' else ' '}{kind}{'' if kind == '*' else ' '}").join(shown), strength < outer
    )


def constant_text(constant: object) -> str:
    return repr(str(constant)) if isinstance(constant, str) else repr(constant)


def bracketed(words: str, needed: bool) -> str:
    return f"({words})" if needed else words
