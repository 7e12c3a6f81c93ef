"""What a legal config fulfils, in words: ``hidden_size 100 is not a multiple of num_attention_heads 12``."""

from __future__ import annotations

from ..errors import brief
from .expressions import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .expressions import Expression, Tree

NOT = {"==": "is not", "!=": "is", "<": "is not less than", "<=": "is more than", ">": "is not more than", ">=": "is less than"}


PLAIN = frozenset(("field", "constant", "len"))  # what is told in a word; of all else the numbers are


def broken_guard(guard: Expression, fields: Mapping[str, Any]) -> str:
    """Why a config breaks a guard."""

    def shown(tree: Tree) -> str:
        return f"{tree[1]} {brief(fields.get(tree[1]))}" if tree[0] == "field" else written(tree)

    match guard.tree:
        case ("==", ("%", whole, by), ("constant", 0)) | ("not", ("%", whole, by)):
            return f"{shown(whole)} is not a multiple of {shown(by)}"
        case (relation, one, other) if relation in NOT and {one[0], other[0]} <= PLAIN:
            return f"{shown(one)} {NOT[relation]} {shown(other)}"
        case ("or", ("field", other), ("not", ("field", field))):
            return f"{field} needs {other}, which is {brief(fields.get(other))}"
    values = ", ".join(f"{name} is {brief(fields.get(name))}" for name in sorted(guard.fields_read))
    return f"it needs {guard.text}, but {values}"
