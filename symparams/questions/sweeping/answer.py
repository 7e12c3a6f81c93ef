"""The answer of ``symparams sweep``: the first points of a grid, and how many there are."""

from __future__ import annotations

from itertools import islice

from ...errors import several
from ...tables.answer import Answer, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.grids.grid import Grid
    from ...tables.answer import Facts
    from ...tables.writers import Block

SHOWN = 20  # points that are printed


class Sweep(Answer):
    """Points of a grid: the first of all, or the one that was asked for."""

    def __init__(self, grid: Grid, points: Sequence[dict[str, int]] | None = None) -> None:
        self.grid = grid
        self.number = grid.number() if points is None else len(points)
        self.points = list(islice(grid, SHOWN) if points is None else points)
        self.refused = grid.refused() if points is None and self.number < grid.size else ""

    def __bool__(self) -> bool:
        return bool(self.number)

    def __repr__(self) -> str:
        return f"<Sweep of {several(self.number, 'point')} of {self.grid.formula}>"

    def facts(self) -> Facts:
        """The number of points, and those that are shown."""
        return {"formula": str(self.grid.formula), "points": self.number, "shown": self.points, "refused": self.refused}

    def table(self) -> Table:
        """The points, a row each."""
        return Table({**{name: name for name in self.grid.letters}, "count": "parameters"}, self.points)

    def content(self) -> Sequence[Block]:
        """The points, and how many more there are."""
        return [*([self.table()] if self.points else []), *self.rest_in_words()]

    def explain(self) -> str:
        """The same as text."""
        return "\n".join([*([str(self.table())] if self.points else []), *self.rest_in_words()])

    def rest_in_words(self) -> list[str]:
        """The number of all points, of which the first are shown, and why one is left out that no condition excludes."""
        more = f", the first {len(self.points)} of which are shown" if self.number > len(self.points) else ""
        number = several(f"{self.number:,}", "point")
        left_out = [f"left out where the sizes do not fit, as at {self.refused}"] if self.refused else []
        return [f"{number} of {self.grid.size:,}{more}", *left_out]
