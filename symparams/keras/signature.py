"""The signatures of Keras's classes.

``signatures/*.txt`` has a line for each exported class as each version declares it (Keras 3.15, tf_keras 2.21 and its
``tf.compat.v1``). They are taken from the releases; nothing is typed by hand.
"""

from __future__ import annotations

import os

from .._startup.once import cache
from ..core.signatures import REQUIRED, Arguments, argument_texts, bound_arguments, default_value

TYPE_CHECKING = False

__all__ = ["REQUIRED", "Arguments", "bound_arguments", "exported_name", "parameters", "real_name", "signatures"]


@cache
def signatures(version: str) -> dict[str, str]:
    """The signature of every class of a version, by name; an alias is ``=`` and the class's own name."""
    path = os.path.join(os.path.dirname(__file__), "signatures", f"{version}.txt")
    with open(path, encoding="utf-8") as lines:
        found = {}
        for line in lines:
            name, opening, rest = line.rstrip().partition("(")
            alias, _, own_name = name.partition(" = ")
            found[alias] = rest[:-1] if opening else f"= {own_name}"
        return found


def exported_name(name: str) -> str:
    """The name under which Keras exports a class, which differs for one class from the name in summaries and files."""
    return {"GroupedQueryAttention": "GroupQueryAttention"}.get(name, name)


@cache
def real_name(version: str, name: str) -> str | None:
    """The class behind a name in a version, aliases resolved; None if the version lacks the name."""
    signature = signatures(version).get(name)
    return signature[2:] if signature is not None and signature.startswith("= ") else name if signature is not None else None


@cache
def parameters(version: str, name: str) -> dict[str, object]:
    """``"units, use_bias=True"`` as ``{"units": REQUIRED, "use_bias": True}``."""
    return {argument: default_value(text) if text else REQUIRED for argument, text in argument_texts(signatures(version)[name])}
