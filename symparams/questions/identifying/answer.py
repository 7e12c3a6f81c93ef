"""The layers and sizes that give a number, the likeliest first."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...errors import SettingError, several
from ...tables.layout import aligned_table, markdown_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...core.formula import Formula
    from .search import Sizes

TOLD = 10  # readings that are printed
HEAD = ("layer", "sizes", "parameters")


class Reading(Frozen):
    """One layer and sizes that give the number: ``name`` as a framework writes it, its ``sizes``, its ``formula`` in letters.

    ``points`` say how likely it is, fewest first; how the points are given is told at the top of ``identifying/ranking.py``.
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
    def row(self) -> tuple[str, str, str]:
        """The line that is printed of it."""
        return self.name, ", ".join(f"{name}={its}" for name, its in self.sizes.items()), self.formula.text()

    def __str__(self) -> str:
        name, sizes, formula = self.row
        return f"{name} with {sizes}: {formula}"


class Identified:
    """What :func:`identify` found: a collection of its ``readings``, best first. ``print`` it for the first ten and what was searched.

    ``total`` tells how many there are; the best thousand are kept.
    """

    def __init__(self, number: int, readings: tuple[Reading, ...], total: int, searched: str) -> None:
        self.number, self.readings, self.total, self.searched = number, readings, total, searched

    @property
    def best(self) -> Reading:
        """The likeliest reading. Raises :class:`SettingError` where there is none."""
        if not self.readings:
            raise SettingError(str(self))
        return self.readings[0]

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)

    def __len__(self) -> int:
        return len(self.readings)

    def __bool__(self) -> bool:
        return bool(self.readings)

    def __str__(self) -> str:
        if not self.readings:
            return f"{several(self.number, 'parameter')}: no layer and no sizes\n{self.searched}"
        many = f"{self.total} readings, the likeliest first" if self.total > 1 else "the only reading"
        if self.total > TOLD:
            many = f"the likeliest {TOLD} of {self.total} readings"
        table = aligned_table(HEAD, [reading.row for reading in self.readings[:TOLD]])
        return f"{several(self.number, 'parameter')}: {many}\n{table}\n{self.searched}"

    def __repr__(self) -> str:
        return f"<Identified {self.number}: {self.readings[0] if self.readings else 'nothing'}, {several(self.total, 'reading')}>"

    def markdown(self) -> str:
        """The readings as a Markdown table."""
        return markdown_table(HEAD, [reading.row for reading in self.readings[:TOLD]])

    def _repr_markdown_(self) -> str:
        return self.markdown()
