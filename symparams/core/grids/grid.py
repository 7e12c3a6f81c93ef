"""``formula.grid(L=range(1, 97), d=[768, 1024])``: the counts over a grid of sizes, and answers about it."""

from __future__ import annotations

from itertools import islice, product

from ..._startup.boundary import guard
from ..._startup.once import cached_property
from ...errors import SettingError, SymparamsError
from ..optional_libraries import library
from .arrays import array_of, blocks_of
from .axes import ascending
from .pareto import front_of
from .points import Points, limit
from .search import Search
from .shown import grid_as_latex, grid_as_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ..arrays.kinds import Array
    from .search import Sizes


LOOKED_AT = 1000  # points, for one that is refused


@guard
class Grid(Points):
    """The points of a grid of sizes that fulfil conditions, and the counts at them. Nothing is computed before it is asked for.

    Points at which some size is not a size, such as a width that its heads do not divide, are not in the grid.

    >>> from symparams import symbols
    >>> from symparams.layers import LSTM
    >>> grid = LSTM.symbolic().count.grid(m=range(1, 1001), n=range(1, 10**9), at_most=10**9)
    >>> grid.number()
    15562776
    >>> grid.largest()
    {'m': 374, 'n': 15625, 'count': 1000000000}
    """

    def searching(self, in_order: bool = False) -> Search:
        """What answers the questions."""
        axes = {name: ascending(axis) for name, axis in self.axes.items()}
        steps = None if self.formula.has_own_way else self.formula.steps_with(self.letters, self.numbers)
        steps = steps if steps is not None and steps.letters == self.letters else None
        return Search(axes, self.function, steps, self.conditions, self.low, self.high, in_order)

    @cached_property
    def search(self) -> Search:
        """The search that is fastest."""
        return self.searching()

    def __str__(self) -> str:
        """The formula, the axes and the conditions, and the first counts of a small grid; of a large one nothing is computed."""
        return grid_as_text(self)

    def _repr_latex_(self) -> str:
        return grid_as_latex(self)

    # ------------------------------------------------------------ questions, most points of which are never visited
    def number(self) -> int:
        """How many points fulfil the conditions and have a count within the limits."""
        if not self.leaves_out:
            return self.size
        return self.search.number() if all(self.shape) else 0

    def refused(self) -> str:
        """Why the count refuses a point that no condition excludes, among the first thousand; empty where it refuses none of them."""
        wanted = [condition.function(self.letters) for condition in self.conditions]
        for sizes in islice(product(*self.axes.values()), LOOKED_AT if self.leaves_out else 0):
            if not all(holds(*sizes) for holds in wanted):
                continue
            try:
                self.formula.at({**self.numbers, **dict(zip(self.letters, sizes, strict=True))})
            except SymparamsError as error:
                return f"{', '.join(f'{name} = {size:,}' for name, size in zip(self.letters, sizes, strict=True))}: {error}"
        return ""

    def __iter__(self) -> Iterator[Sizes]:
        """These points in ascending order, each as its sizes and its ``count``; only one is in memory at a time."""
        return self.searching(in_order=True).points() if all(self.shape) else iter(())

    def largest(self) -> Sizes | None:
        """The point with the largest count; None where there is no point."""
        return self.search.largest() if all(self.shape) else None

    def smallest(self) -> Sizes | None:
        """The point with the smallest count."""
        return self.search.smallest() if all(self.shape) else None

    def nearest(self, count: int | str) -> Sizes | None:
        """The point whose count is nearest to a number."""
        target = limit(count, "nearest")
        if target is None:
            raise SettingError("nearest takes a number of parameters, such as 10**9 or '1B', not None")
        return self.search.nearest(target) if all(self.shape) else None

    def pareto(self, *, largest: bool = True, **others: Any) -> list[Sizes]:
        """The points to which no other is better: with the largest count (or the smallest) and the least of some other formulas.

        ``grid.pareto(cache=model.kv_cache())`` has the most parameters for each size of the cache. It goes through the grid, block
        by block.
        """
        if not others or {"count", *self.letters} & others.keys():
            raise SettingError("pareto takes other formulas by names of their own, such as cache=model.kv_cache()")
        return front_of(self, others, largest)

    # ------------------------------------------------------------ all points
    def array(self, out: Array | None = None) -> Array:
        """All counts as an array of NumPy's in the shape of the grid, masked where points are left out.

        64 bits where they suffice, which bounds prove, and Python's integers beyond. ``out`` is an array of 64 bits and this shape
        that they are written into, which saves the time for new memory; it is refused where they do not fit or points are left out.
        """
        library("numpy")
        return array_of(self, out)

    def dask(self, chunks: Any = "auto") -> Any:
        """The counts as an array of dask's, computed chunk by chunk when it is asked for; masked where points are left out."""
        from .lazy import dask_array

        library("dask.array")
        return dask_array(self, chunks)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        found = self.array()
        return found if dtype is None else found.astype(dtype)

    def blocks(self, points: int = 1 << 18) -> Iterator[tuple[dict[str, Array], Array]]:
        """The sizes of each letter and the counts, as arrays of so many points at most, one block after another."""
        library("numpy")
        return ((columns, counts) for _, columns, counts in blocks_of(self, points) if len(counts))

    def columns(self) -> dict[str, Array]:
        """All points as columns: the sizes of each letter, and the ``count``."""
        import numpy as np

        found = list(self.blocks())
        if not found:
            return {name: np.empty(0, dtype="int64") for name in (*self.letters, "count")}
        letters = {name: np.concatenate([columns[name] for columns, _ in found]) for name in self.letters}
        return {**letters, "count": np.concatenate([counts for _, counts in found])}

    def to_pandas(self) -> Any:
        """All points as a data frame of pandas, a row each."""
        return library("pandas").DataFrame(self.columns())

    def to_polars(self) -> Any:
        """All points as a data frame of polars, a row each; numbers beyond 64 bits are Python's integers."""
        polars = library("polars")
        return polars.DataFrame(
            [
                polars.Series(name, column.tolist(), dtype=polars.Object) if column.dtype == object else polars.Series(name, column)
                for name, column in self.columns().items()
            ]
        )
