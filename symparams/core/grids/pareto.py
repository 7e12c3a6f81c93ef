"""The Pareto front of a grid: the points to which no other is better in one number without being worse in another."""

from __future__ import annotations

from ..sizes import letter_name
from .arrays import blocks_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Protocol

    from ..arrays.kinds import Array
    from .points import Points

    class Quantity(Protocol):
        """Another formula in the same letters."""

        @property
        def letters(self) -> tuple[str, ...]: ...
        def at(self, values: Mapping[Any, Any], /) -> Any: ...


def front_of(grid: Points, others: Mapping[str, Quantity], largest: bool) -> list[dict[str, int]]:
    """The front, from the first number's best to its worst. It goes through the grid block by block, and keeps the front alone."""
    import numpy as np

    names = (*grid.letters, "count", *others)
    front = np.empty((0, len(names)), dtype=object)
    for _, columns, counts in blocks_of(grid):
        if not len(counts):
            continue
        known = {**grid.numbers, **columns}
        values = [
            np.broadcast_to(other.at({name: known[name] for name in needed(other, known)}), counts.shape)
            for other in others.values()
        ]
        columns_of_block = [*columns.values(), counts, *values]
        kept = best([-counts.astype(object) if largest else counts, *values])
        block = np.stack([np.asarray(column, dtype=object)[kept] for column in columns_of_block], axis=1)
        front = np.concatenate([front, block])
        sign = -1 if largest else 1
        numbers = [front[:, len(grid.letters)] * sign, *(front[:, place] for place in range(len(grid.letters) + 1, len(names)))]
        front = front[best(numbers)]
    return [dict(zip(names, map(int, row), strict=True)) for row in front.tolist()]


def needed(other: Quantity, known: Mapping[str, Any]) -> list[str]:
    """The letters of a formula that are known; it says itself which are missing."""
    return [letter_name(name) for name in other.letters if name in known]


def best(numbers: Sequence[Array]) -> list[int]:
    """The places of the rows to which none is better, where less is better; of equal ones the first."""
    import numpy as np

    order = np.lexsort(
        [np.asarray(column, dtype=object).astype(object) if column.dtype == object else column for column in reversed(numbers)]
    )
    rows = list(zip(*(column.tolist() for column in numbers), strict=True))
    kept: list[int] = []
    if len(numbers) == 2:
        least = None
        for place in order.tolist():
            if least is None or rows[place][1] < least:
                kept.append(place)
                least = rows[place][1]
        return kept
    for place in order.tolist():
        if not any(all(a <= b for a, b in zip(rows[other], rows[place], strict=True)) for other in kept):
            kept.append(place)
    return kept
