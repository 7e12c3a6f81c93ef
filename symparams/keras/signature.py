"""Keras's own signatures, and the binding of a call to one.

``signatures/*.txt`` has a line per exported class as each version declares it (Keras 3.15, tf_keras 2.21 and its
``tf.compat.v1``): facts, taken from the releases, of which nothing is typed by hand.
"""

from __future__ import annotations

import os
from functools import cache

from ..errors import ArgumentError, listed, nearest
from ..syntax import ast, parsed

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


@cache
def signatures(version: str) -> dict[str, str]:
    """The signature of every class of a version, by name; an alias has the class's own name after ``=``."""
    path = os.path.join(os.path.dirname(__file__), "signatures", f"{version}.txt")
    with open(path, encoding="utf-8") as lines:
        found = {}
        for line in lines:
            name, opening, rest = line.rstrip().partition("(")
            alias, _, its = name.partition(" = ")
            found[alias] = rest[:-1] if opening else f"= {its}"
        return found


@cache
def real_name(version: str, name: str) -> str | None:
    """The class that a name means in a version, through its aliases; None when the version has no such name."""
    signature = signatures(version).get(name)
    return signature[2:] if signature is not None and signature.startswith("= ") else name if signature is not None else None


@cache
def parameters(version: str, name: str) -> dict[str, Any]:
    """``"units, use_bias=True"`` as ``{"units": REQUIRED, "use_bias": True}``."""
    tree = parsed(f"lambda {signatures(version)[name]}: None")
    assert isinstance(tree, ast.Lambda)
    names = [argument.arg for argument in tree.args.args]
    values = [literal(default) for default in tree.args.defaults]
    found: dict[str, Any] = dict.fromkeys(names, REQUIRED)
    found.update(zip(names[len(names) - len(values) :], values, strict=True))
    return found


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
    """The arguments of one call, as Keras would understand it; ``common`` are those that every layer takes."""
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
