"""The counts of a grid as an array of dask's, chunk by chunk, on one machine or on many."""

from __future__ import annotations

from ..arrays.bounds import bounds_of, fit
from .arrays import selection, sizes_of
from .split import Split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..arrays.kinds import Array
    from ..polynomial import Polynomial
    from .axes import Axis
    from .blocks import Selection
    from .points import Points


def dask_array(grid: Points, chunks: Any) -> Any:
    """The counts, lazily. The type is known at once: 64 bits where bounds prove that they suffice, objects otherwise."""
    import dask.array
    from dask.array.core import normalize_chunks

    kind = "int64" if fits(grid) else "object"
    size = "object" if kind == "object" else "int64"
    parts = normalize_chunks(chunks, shape=grid.shape, dtype="int64")
    axes = [along(axis, part, size) for axis, part in zip(grid.axes.values(), parts, strict=True)]
    number = len(axes)
    spread = [axis[tuple(slice(None) if at == place else None for at in range(number))] for place, axis in enumerate(axes)]
    import numpy as np

    of_chunk = Chunk(selection(grid), kind, grid.leaves_out, grid.polynomial)
    empty = np.empty((0,) * number, dtype=kind)
    meta = np.ma.masked_array(empty) if grid.leaves_out else empty
    return dask.array.map_blocks(of_chunk, *spread, dtype=kind, meta=meta, chunks=parts)


def along(axis: Axis, chunks: Any, kind: str) -> Any:
    """The sizes along an axis, those of a range made chunk by chunk."""
    import dask.array

    if isinstance(axis, range):
        made = dask.array.arange(axis.start, axis.stop, axis.step, chunks=(chunks,), dtype="int64")
        return made.astype(object) if kind == "object" else made
    return dask.array.from_array(sizes_of(axis).astype(kind), chunks=(chunks,))


def fits(grid: Points) -> bool:
    """Whether every step of the count fits into 64 bits at all points."""
    steps = None if grid.formula.has_own_way else grid.formula.steps_with(grid.letters, grid.numbers)
    if steps is None:
        return False
    ends = {
        name: (min(axis), max(axis)) if not isinstance(axis, range) else sorted((axis[0], axis[-1]))
        for name, axis in grid.axes.items()
    }
    known = {**{name: (size, size) for name, size in grid.numbers.items()}, **ends}
    return fit(bounds_of(steps, [(known[name][0], known[name][1]) for name in steps.letters]), 64)


class Chunk:
    """The counts of one chunk, from its sizes along each axis."""

    def __init__(self, selection: Selection, kind: str, leaves_out: bool, polynomial: Polynomial) -> None:
        self.selection, self.kind, self.leaves_out, self.polynomial = selection, kind, leaves_out, polynomial

    def __call__(self, *sizes: Array) -> Array:
        import numpy as np

        if not self.leaves_out:
            counts = self.filled(sizes)
            return self.selection.count(*sizes).astype(self.kind, copy=False) if counts is None else counts
        wide = np.broadcast_arrays(*sizes)
        places, counts = self.selection.chosen(
            {name: each.reshape(-1) for name, each in zip(self.selection.letters, wide, strict=True)}
        )
        found, mask = np.zeros(wide[0].size, dtype=self.kind), np.ones(wide[0].size, dtype=bool)
        found[places], mask[places] = counts, False
        return np.ma.masked_array(found.reshape(wide[0].shape), mask.reshape(wide[0].shape))

    def filled(self, sizes: Sequence[Array]) -> Array | None:
        """The counts of a whole chunk in 64 bits, which need no columns of sizes."""
        if self.kind == "object" or not all(each.size for each in sizes):
            return None
        along = {name: each.reshape(-1) for name, each in zip(self.selection.letters, sizes, strict=True)}
        split = Split(self.polynomial, {name: each.tolist() for name, each in along.items()}, along)
        return split.counts() if split.fits() else None
