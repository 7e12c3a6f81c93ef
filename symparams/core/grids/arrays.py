"""The counts of a grid as arrays: of NumPy's, whole or block by block, or of dask's."""

from __future__ import annotations

from ...errors import SettingError
from ..arrays.evaluating import PointwiseCount
from ..arrays.kinds import dtype_name, is_numpy
from ..progress import Progress
from .blocks import Selection, columns_at
from .split import Split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..arrays.kinds import Array
    from .axes import Axis
    from .blocks import Columns
    from .points import Points

POINTS = 1 << 18  # of a block


def sizes_of(axis: Axis) -> Array:
    """The sizes along an axis as an array."""
    import numpy as np

    if isinstance(axis, range) and all(-(1 << 62) < end < 1 << 62 for end in (axis.start, axis.stop)):
        return np.arange(axis.start, axis.stop, axis.step, dtype="int64")
    return np.array(axis, dtype=object if any(each >= 1 << 63 for each in axis) else "int64")


def pointwise(grid: Points) -> PointwiseCount:
    """The count as a function of arrays of the letters along the axes."""
    own = [name for name in grid.letters if name in grid.formula.all_symbols]
    return PointwiseCount(grid.formula, tuple(own), grid.numbers)


class OfAllLetters:
    """The count as a function of columns of all letters, of which it takes its own."""

    def __init__(self, count: PointwiseCount, letters: Sequence[str]) -> None:
        self.count, self.places = count, [letters.index(name) for name in count.letters]

    def __call__(self, *columns: Array) -> Array:
        return self.count(*(columns[place] for place in self.places))


def selection(grid: Points) -> Selection:
    """Which points of a grid are wanted, and the counts at them."""
    own = OfAllLetters(pointwise(grid), grid.letters)
    return Selection(grid.letters, own, grid.conditions, grid.low, grid.high)


def blocks_of(grid: Points, points: int | None = None) -> Iterator[tuple[Array, Columns, Array]]:
    """The places of the wanted points, the sizes of each letter at them, and their counts, block by block."""
    if grid.size >= 1 << 63:
        raise SettingError(f"a grid of {grid.size:,} points is not gone through; ask it for number(), largest() or nearest(count)")
    points = points or POINTS
    chosen = selection(grid).chosen
    arrays = {name: None if isinstance(axis, range) else sizes_of(axis) for name, axis in grid.axes.items()}
    progress = Progress()
    for start in range(0, grid.size, points):
        columns = columns_at(grid.axes, arrays, start, min(start + points, grid.size))
        places, counts = chosen(columns)
        yield places + start, {name: column[places] for name, column in columns.items()}, counts
        progress.say(f"grid: {start:,} of {grid.size:,} points")
    progress.done()


def array_of(grid: Points, out: Array | None = None) -> Array:
    """All counts, in the shape of the grid; where points are left out, a masked array."""
    import numpy as np

    if out is not None and (
        not is_numpy(out) or (out.shape, dtype_name(out)) != (grid.shape, "int64") or not out.flags.c_contiguous
    ):
        raise SettingError(f"out must be a NumPy array of int64 in C order with the shape {grid.shape}")
    if not grid.size:
        return np.zeros(grid.shape, dtype="int64") if out is None else out
    if not grid.leaves_out:
        split = Split(grid.polynomial, grid.axes, {name: sizes_of(axis) for name, axis in grid.axes.items()})
        if split.fits():
            return split.counts(out)
    if out is not None:
        raise SettingError("out takes no points that are left out and no counts beyond 64 bits; array() without it gives them")
    counts, mask = np.zeros(grid.size, dtype="int64"), np.ones(grid.size, dtype=bool)
    for places, _, found in blocks_of(grid):
        if found.dtype == object and counts.dtype != object:
            counts = counts.astype(object)
        counts[places], mask[places] = found, False
    shaped = counts.reshape(grid.shape)
    return np.ma.masked_array(shaped, mask.reshape(grid.shape)) if mask.any() else shaped
