"""A reading of a model's count as JSON."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...tables.answer import Facts


def reading_facts(count: int, switches: Sequence[str], sentences: Sequence[str], formulas: Sequence[str]) -> Facts:
    """A count, and the steps that lead to it."""
    steps = zip(switches, sentences, formulas, strict=True)
    return {"count": count, "steps": [{"switch": switch, "says": says, "formula": formula} for switch, says, formula in steps]}
