"""Variants of a model as a table: a row for each, with its closed form."""

from __future__ import annotations

from ..core.formula import Formula, Values
from ..core.sizes import letter_name
from .answer import Table
from .cells import Count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ..core.sizes import ByLetter

HEADS = {"variant": "Variant", "formula": "Formula", "count": "Parameters", "difference": "Difference"}


def sizes_of_letters(counts: Collection[Formula], at: ByLetter[int] | None) -> Values:
    """The sizes of letters by name. Raises :class:`LetterError` for a letter that no count has."""
    sizes = Values({letter_name(key): size for key, size in (at or {}).items()})
    known = {name for count in counts for name in count.all_symbols}
    for name in sizes:
        if name not in known:
            next(iter(counts)).at(dict(sizes))  # raises an error that names the letter, and the known ones
    return sizes


def closed_form_table(counts: Mapping[str, Formula], sizes: Values) -> Table:
    """A row for each variant: its closed form, its count where all letters have sizes, and its difference from the first."""
    first = next(iter(counts.values()))
    numbers = are_all_given(counts.values(), sizes)
    rows: list[dict[str, object]] = []
    for name, count in counts.items():
        row: dict[str, object] = {"variant": name, "formula": count if numbers else count.given(sizes)}
        if numbers:
            row |= {"count": count.at(sizes), "difference": count.at(sizes) - first.at(sizes) or None}
        else:
            gap = (count.given(sizes) - first.given(sizes)).polynomial
            row["difference"] = Count(gap) if gap.terms else None
        rows.append(row)
    used = {key for row in rows for key in row}
    return Table({key: head for key, head in HEADS.items() if key in used}, rows)


def are_all_given(counts: Collection[Formula], sizes: Values) -> bool:
    """Whether every letter has a size."""
    return not any(set(count.letters) - set(sizes) for count in counts)
