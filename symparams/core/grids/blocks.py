"""The points of a grid with their counts as arrays, block by block, in memory that does not grow with the grid."""

from __future__ import annotations

from ...errors import SizeError
from ..arrays.kinds import is_array
from ..arrays.running import run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from ..arrays.kinds import Array
    from .axes import Axis
    from .conditions import Comparison

    Columns: TypeAlias = dict[str, Array]

COMPARED = {"==": "__eq__", "!=": "__ne__", "<=": "__le__", ">=": "__ge__", "<": "__lt__", ">": "__gt__"}


class Selection:
    """Which points are wanted, and the counts at them; it can be sent to another process."""

    def __init__(
        self,
        letters: Sequence[str],
        count: Callable[..., Array],
        conditions: Sequence[Comparison],
        low: int | None,
        high: int | None,
    ) -> None:
        self.letters, self.count = tuple(letters), count
        self.conditions, self.low, self.high = conditions, low, high
        self.steps = [condition.difference(condition.letters) for condition in conditions]

    def chosen(self, columns: Columns) -> tuple[Array, Array]:
        """Where the points of some columns are wanted, and the counts at those that are."""
        import numpy as np

        length = len(columns[self.letters[0]])
        places = np.arange(length)
        for condition, steps in zip(self.conditions, self.steps, strict=True):
            difference = run(steps, [columns[name][places] for name in condition.letters])
            kept = getattr(difference, COMPARED[condition.operator])(0)
            places = places[kept.astype(bool)] if is_array(kept) else places[: len(places) if kept else 0]
        values = [columns[name][places] for name in self.letters]
        try:
            counts = self.count(*values) if len(places) else np.empty(0, dtype="int64")
        except SizeError:
            places, counts = self.one_by_one(places, values)
        for limit, test in ((self.low, "__ge__"), (self.high, "__le__")):
            if limit is not None:
                kept = within(counts, test, limit)
                places, counts = places[kept], counts[kept]
        return places, counts

    def one_by_one(self, places: Array, values: Sequence[Array]) -> tuple[Array, Array]:
        """The same, where some sizes are not sizes: each point by itself."""
        import numpy as np

        kept: list[int] = []
        counts: list[int] = []
        for number, place in enumerate(places.tolist()):
            try:
                counts += self.count(*(each[number : number + 1] for each in values)).tolist()
            except SizeError:
                continue
            kept.append(place)
        kind = "int64" if all(-(1 << 63) <= count < 1 << 63 for count in counts) else object
        return np.array(kept, dtype="int64"), np.array(counts, dtype=kind)


def within(counts: Array, test: str, limit: int) -> Array:
    """Where counts are within a limit, which may be beyond 64 bits."""
    if -(1 << 63) <= limit < 1 << 63:
        return getattr(counts, test)(limit).astype(bool)
    return getattr(counts.astype(object), test)(limit).astype(bool)


def along(axis: Axis, array: Array | None, places: Array) -> Array:
    """The sizes at some places of an axis; those of a range are computed, and not kept."""
    if array is None:
        assert isinstance(axis, range)
        return axis.start + axis.step * places
    return array[places]


def columns_at(axes: Mapping[str, Axis], arrays: Mapping[str, Array | None], start: int, stop: int) -> Columns:
    """The sizes of each letter at the points from ``start`` to ``stop``, in the order of the grid."""
    import numpy as np

    shape = tuple(len(axis) for axis in axes.values())
    places = np.unravel_index(np.arange(start, stop), shape)
    return {name: along(axis, arrays[name], at) for (name, axis), at in zip(axes.items(), places, strict=True)}
