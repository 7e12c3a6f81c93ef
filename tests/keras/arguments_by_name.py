"""The same call with its arguments by their names, as the signatures of Keras have them."""

from __future__ import annotations

import ast

from symparams.core.signatures import argument_texts
from symparams.keras.namespaces.exported import exported_names


def by_name(call: str) -> str:
    """``mean(x, 1)`` is ``mean(x=x, axis=1)``; a call with arguments of any number stays as it is."""
    node = ast.parse(call, mode="eval").body
    assert isinstance(node, ast.Call)
    name = ast.unparse(node.func)
    exported = exported_names("v3")
    found = exported.get(f"ops.{name}") or exported[f"ops.{name.rpartition('.')[2]}"]
    known = [argument for argument, _ in argument_texts(found.signature)]
    if any("*" in argument for argument in known) or not found.signature:
        return call
    named = [ast.keyword(argument, value) for argument, value in zip(known, node.args, strict=False)]
    return ast.unparse(ast.Call(node.func, [], [*named, *node.keywords]))
