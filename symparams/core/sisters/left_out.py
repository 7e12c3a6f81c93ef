"""The count without some tensors: the embeddings, the head, the biases, or a part of the model by its name."""

from __future__ import annotations

from ...errors import SettingError, nearest
from ..tree import Sum, copied
from .roles import named_tensors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..tree import Node
    from .roles import Named

ROLES: dict[str, Callable[[Named], bool]] = {
    "embeddings": lambda named: named.is_embedding,
    "head": lambda named: named.is_head,
    "experts": lambda named: named.is_expert,
    "biases": lambda named: named.is_bias,
    "norms": lambda named: "norm" in named.module.lower() or named.module.lower().startswith("ln_"),
}


def without(node: Node, *parts: str) -> Node:
    """The count without tensors of these roles, or below modules of these names."""
    tensors = [each for each in named_tensors(node) if not each.is_tied]
    steps = {step for each in tensors for step in each.steps[:-1] if step != "*"}
    for part in parts:
        if part not in ROLES and part not in steps:
            raise SettingError(
                f"no part {part!r}{nearest(part, [*ROLES, *steps])}; use {', '.join(ROLES)}, or the name of a module"
            )
    kept = (each for each in tensors if not any(is_in(each, part) for part in parts))
    return Sum(tuple(copied(each.leaf, each.around) for each in kept))


def is_in(named: Named, part: str) -> bool:
    return ROLES[part](named) if part in ROLES else part in named.steps[:-1]
