"""The numbers of rows that people give a table of words instead of its own."""

from __future__ import annotations

LEAST_WORDS = 1000  # rows of a table that is one of words
PADDED_TO = (64, 128, 8, 256, 1024)  # the commonest first


def other_vocabularies(rows: int) -> dict[str, int]:
    """The usual other numbers of rows of a table of words, each with a clause that says it."""
    if rows < LEAST_WORDS:
        return {}
    found = {
        f"the vocabulary has {rows + 1} rows, as with one more token": rows + 1,
        f"the vocabulary has {rows - 1} rows, as without the token for padding": rows - 1,
    }
    for multiple in PADDED_TO:
        padded = -rows % multiple
        if padded and rows + padded not in found.values():
            found[f"the vocabulary is padded from {rows} to {rows + padded} rows, a multiple of {multiple}"] = rows + padded
    return found
