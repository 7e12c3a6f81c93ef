"""The answer of ``identify``: the layers and sizes that give a number, the likeliest first."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...errors import SettingError, several
from ...tables.answer import Answer, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.formula import Formula
    from ...tables.answer import Facts
    from ...tables.writers import Block
    from .search import Sizes

TOLD = 10  # readings that are printed
HEADS = {"layer": "layer", "sizes": "sizes", "formula": "parameters"}


class LayerReading(Frozen):
    """One layer with sizes that give the number: ``name`` as a framework writes it, its ``sizes``, its ``formula`` in letters.

    ``points`` rank the readings, the fewest first; the top of ``identifying/ranking.py`` explains them.
    """

    points: int
    name: str
    sizes: Sizes
    formula: Formula
    letters: dict[str, int]

    @property
    def count(self) -> int:
        """The count at these sizes: the number that was asked about."""
        return self.formula.at(self.letters)

    @property
    def cells(self) -> dict[str, object]:
        """The reading as a row of a table."""
        sizes = ", ".join(f"{name}={size}" for name, size in self.sizes.items())
        return {"layer": self.name, "sizes": sizes, "formula": self.formula}

    def facts(self) -> Facts:
        """The reading as JSON."""
        sizes = {name: list(size) if isinstance(size, tuple) else size for name, size in self.sizes.items()}
        return {"layer": self.name, "sizes": sizes, "formula": self.formula.text(), "points": self.points}

    def __str__(self) -> str:
        return f"{self.name} with {self.cells['sizes']}: {self.formula.text()}"


class Identified(Answer):
    """The answer of :func:`identify`: a collection of ``readings``, best first. ``print`` it for the first ten and the search.

    ``total`` is the number of all readings; the best thousand are kept.
    """

    def __init__(self, number: int, readings: tuple[LayerReading, ...], total: int, searched: str) -> None:
        self.number, self.readings, self.total, self.searched = number, readings, total, searched

    @property
    def best(self) -> LayerReading:
        """The likeliest reading. Raises :class:`SettingError` where there is none."""
        if not self.readings:
            raise SettingError(str(self))
        return self.readings[0]

    def __iter__(self) -> Iterator[LayerReading]:
        return iter(self.readings)

    def __len__(self) -> int:
        return len(self.readings)

    def __bool__(self) -> bool:
        return bool(self.readings)

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """The readings that are kept, and the description of the search."""
        readings = [reading.facts() for reading in self.readings]
        return {"number": self.number, "total": self.total, "readings": readings, "searched": self.searched.splitlines()}

    def table(self) -> Table:
        """The likeliest readings."""
        return Table(HEADS, [reading.cells for reading in self.readings[:TOLD]], boxed=False)

    def content(self) -> Sequence[Block]:
        """The number of readings, the likeliest of them, and the description of the search."""
        count = several(self.number, "parameter")
        if not self.readings:
            return [f"{count}: no layer has that many", *self.searched.splitlines()]
        found = f"{self.total} readings, the likeliest first" if self.total > 1 else "the only reading"
        if self.total > TOLD:
            found = f"the likeliest {TOLD} of {self.total} readings"
        return [f"{count}: {found}", self.table(), *self.searched.splitlines()]

    def __repr__(self) -> str:
        return f"<Identified {self.number}: {self.readings[0] if self.readings else 'nothing'}, {several(self.total, 'reading')}>"
