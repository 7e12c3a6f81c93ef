"""A framework's own signatures, as text, and the binding of a call to one."""

from __future__ import annotations

from .errors import ArgumentError, SettingError, listed, nearest
from .syntax import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

REQUIRED = object()


class Arguments(dict[str, "Any"]):
    """The arguments of a layer by name: ``a.units``."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def literal(node: ast.expr) -> Any:
    """A default as Python writes it: a number, a text, a tuple or list of them."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Tuple(elts=elements):
            return tuple(map(literal, elements))
        case ast.List(elts=elements):
            return list(map(literal, elements))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -literal(operand)
    raise ArgumentError(f"no default: {node!r}")


def bind(
    owner: str, known: Mapping[str, Any], args: tuple[Any, ...], kwargs: Mapping[str, Any], common: Mapping[str, Any]
) -> Arguments:
    """The arguments of one call, as the framework would understand it; ``common`` are taken by name alone."""
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


def switch(value: Any, of: str) -> bool:
    """An argument that is on or off. A misspelt ``false`` is no truth."""
    if (
        value is None
        or (isinstance(value, int) and value in (0, 1))
        or (type(value).__module__ == "numpy" and str(value) in ("True", "False"))
    ):
        return bool(value)
    raise SettingError(f"{of} must be True or False, not {value!r}{nearest(str(value), ('True', 'False'))}")
