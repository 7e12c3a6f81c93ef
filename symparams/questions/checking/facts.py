"""What JSON says of a check."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.terms import Number
    from .answer import Check


def facts(check: Check) -> dict[str, object]:
    """The answer as JSON: a number that is no whole one is a text, ``1/2``."""
    return {
        "formula": check.formula,
        "model": check.model.title,
        "agrees": check.agrees,
        "letters": check.letters,
        "rows": [
            {
                "verdict": row.verdict,
                "term": row.term,
                "yours": number(row.yours),
                "its": number(row.its),
                "owners": row.owners,
            }
            for row in check.rows
        ],
        "sentences": check.sentences,
        "yours": number(check.value),
        "count": number(check.count),
    }


def number(value: Number | None) -> int | str | None:
    return value if value is None or isinstance(value, int) else str(value)
