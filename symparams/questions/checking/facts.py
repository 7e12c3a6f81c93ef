"""The terms of a check as JSON."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.terms import Number
    from ...tables.answer import Facts
    from .rows import TermRow


def term_facts(row: TermRow) -> Facts:
    """One term."""
    return {
        "verdict": row.verdict,
        "term": row.term,
        "yours": number_fact(row.yours),
        "its": number_fact(row.its),
        "owners": row.owners,
    }


def number_fact(value: Number | None) -> int | str | None:
    """A whole number as a number, any other as a string."""
    return value if value is None or isinstance(value, int) else str(value)
