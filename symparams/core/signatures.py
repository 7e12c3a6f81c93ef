"""Signatures of a framework as text, and the binding of a call to one."""

from __future__ import annotations

from ..errors import ArgumentError, SettingError, brief, listed, nearest
from .marker import Marker

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Mapping
    from typing import Any

REQUIRED = Marker("REQUIRED", __name__)


class Arguments(dict[str, "Any"]):
    """The arguments of a layer by name: ``a.units``."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


WORDS = {"None": None, "True": True, "False": False}


def argument_texts(signature: str) -> Iterator[tuple[str, str]]:
    """The name and the default of each argument, ``"units, strides=(1, 1)"``; an empty string for a missing default."""
    start = depth = 0
    quoted = False
    for place, character in enumerate(signature + ","):
        quoted ^= character == "'"
        depth += 0 if quoted else (character in "([") - (character in ")]")
        if character == "," and depth == 0 and place > start and not quoted:
            name, _, default = signature[start:place].partition("=")
            yield name.strip(), default.strip()
            start = place + 1


def default_value(text: str) -> Any:
    """A default value from its text. Plain values are read directly: Python's parser takes as long to import as a small model."""
    if text in WORDS:
        return WORDS[text]
    if text.isdecimal():
        return int(text)
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    if text[0] == text[-1] == "'" and text.count("'") == 2 and "\\" not in text:
        return text[1:-1]
    from .._startup.python_syntax import parsed

    return literal_value(parsed(text))


def literal_value(node: ast.expr) -> Any:
    """The value of a Python literal: a number, a string, a tuple or list of them."""
    from .._startup.python_syntax import ast

    match node:
        case ast.Constant(value=value):
            return value
        case ast.Tuple(elts=elements):
            return tuple(map(literal_value, elements))
        case ast.List(elts=elements):
            return list(map(literal_value, elements))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -literal_value(operand)
    raise ArgumentError(f"not a default value: {node!r}")


def bound_arguments(
    owner: str, known: Mapping[str, Any], args: tuple[Any, ...], kwargs: Mapping[str, Any], common: Mapping[str, Any]
) -> Arguments:
    """The arguments of one call, bound as the framework binds them; the ``common`` ones are keyword-only."""
    if len(args) > len(known):
        raise ArgumentError(f"{owner} takes {len(known)} arguments by position, not {len(args)}")
    bound = Arguments(zip(known, args, strict=False))
    for name, value in kwargs.items():
        if name in bound:
            raise ArgumentError(f"{owner}: {name} is given twice")
        if name not in known and name not in common:
            raise ArgumentError(
                f"{owner} has no argument {name!r}{nearest(name, known) or '; it takes ' + (listed(known) or 'none of its own')}"
            )
        bound[name] = value
    missing = [name for name, default in known.items() if default is REQUIRED and name not in bound]
    if missing:
        raise ArgumentError(f"{owner} needs {listed(missing)}")
    return Arguments({**common, **known, **bound})


def on_or_off(value: Any, of: str) -> bool:
    """An argument that is on or off; a misspelt ``false`` is refused, not taken as true."""
    if (
        value is None
        or (isinstance(value, int) and value in (0, 1))
        or (type(value).__module__ == "numpy" and str(value) in ("True", "False"))
    ):
        return bool(value)
    raise SettingError(f"{of} must be True or False, not {brief(value)}{nearest(brief(value), ('True', 'False'))}")
