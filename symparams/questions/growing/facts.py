"""The parts of a count as JSON."""

from __future__ import annotations

from ..solving.ranges import number_text
from .wording import limit_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from ...core.algebra import Expr
    from ...core.formula import Formula
    from ...tables.answer import Facts


def part_facts(name: str, formula: Formula, shares: Mapping[int, Fraction], limits: Mapping[str, Expr]) -> Facts:
    """One part, its exact shares at sizes as text, ``300/401``, and the limit of its share."""
    at = {number_text(size): str(share) for size, share in shares.items()}
    end = {"limit": limit_text(limits[name])} if limits else {}
    return {"part": name, "formula": formula.text(), "shares": at, **end}
