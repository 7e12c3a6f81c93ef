"""Divisions that leave no rest in any legal config."""

from __future__ import annotations

from .expressions import replaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .builds import Build
    from .expressions import Expression


def divisions(builds: Sequence[Build]) -> dict[Expression, set[bool]]:
    """Divisions of one field by another whose rest was compared with 0, and how these came out."""
    sides: dict[Expression, set[bool]] = {}
    for each in builds:
        for comparison, outcome in [*each.config_comparisons, *((its, outcome) for its, outcome, _ in each.comparisons)]:
            left = comparison[1]
            if comparison[0] in ("==", "!=") and comparison[2] == 0 and is_of_fields(left):
                sides.setdefault(left, set()).add(outcome is (comparison[0] == "=="))
    return sides


def is_of_fields(left: Expression) -> bool:
    """Whether it is the rest of one field divided by another."""
    fields = isinstance(left, tuple) and left[0] == "%" and all(isinstance(side, tuple) and side[0] == "field" for side in left[1:])
    return bool(fields and left[1] != left[2])


def divided_out(axis: Expression, guards: Sequence[Expression]) -> Expression:
    """``h*(d // h)`` as ``d`` where every legal ``d`` is a multiple of ``h``."""

    def rule(part: Any) -> Expression:
        if part[0] == "*":
            for one, other in ((part[1], part[2]), (part[2], part[1])):
                inner = other[1] if isinstance(other, tuple) and other[0] == "int" else other
                kinds = ("//", "/") if inner is not other else ("//",)
                if isinstance(inner, tuple) and inner[0] in kinds and inner[2] == one and ("%", inner[1], one) in guards:
                    return inner[1]
        return None

    return replaced(axis, rule)
