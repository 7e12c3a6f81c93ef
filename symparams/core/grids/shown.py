r"""A grid for a person to read: as text, and as LaTeX that a notebook draws.

The counts are shown where all points are few. Of a large grid nothing is computed: its axes are shown, and what can be asked.
"""

from __future__ import annotations

from itertools import islice

from ...errors import several
from ..notation.escaping import condition, text
from ..notation.letters import latex_of_letter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Protocol

    from .axes import Axis
    from .conditions import Comparison
    from .points import Formula

    class Grid(Protocol):
        """The part of a grid that is shown."""

        @property
        def formula(self) -> Formula: ...
        @property
        def axes(self) -> dict[str, Axis]: ...
        @property
        def numbers(self) -> Mapping[str, int]: ...
        @property
        def conditions(self) -> list[Comparison]: ...
        @property
        def low(self) -> int | None: ...
        @property
        def high(self) -> int | None: ...

        @property
        def letters(self) -> tuple[str, ...]: ...
        @property
        def size(self) -> int: ...
        def number(self) -> int: ...
        def __iter__(self) -> Iterator[dict[str, int]]: ...


FEW = 400  # points, all of which are counted to be shown
ROWS = 12  # of the points that are shown
ENDS = 4  # sizes at the beginning of a list that is not shown whole
ASK = "not counted yet: ask .number(), .largest(), .smallest() or .nearest(...), or go through the points in a loop"


def grid_as_text(grid: Grid) -> str:
    """The formula, the axes, the conditions, and the first counts or what to ask."""
    sizes = [f"  {name} = {sizes_in_words(axis)}" for name, axis in all_axes(grid)]
    limits = [f"  where {each}" for each in conditions_in_words(grid)]
    head = [f"{grid.formula} at {several(f'{grid.size:,}', 'point')}", *sizes, *limits]
    if grid.size > FEW:
        return "\n".join([*head, ASK])
    points, rest = first_points(grid)
    rows = [(*grid.letters, "parameters"), *([f"{number:,}" for number in point.values()] for point in points)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join([*head, *(["", *lines] if points else []), *rest])


def grid_as_latex(grid: Grid) -> str:
    r"""The same as a notebook draws it: ``$\begin{array}{rr} ... \end{array}$``."""
    formula = grid.formula.latex()
    letters = [latex_of_letter(name) for name in grid.letters]
    sizes = [f"{latex_of_letter(name)} = {sizes_in_latex(axis)}" for name, axis in all_axes(grid)]
    limits = [rf"\text{{where {condition(each)}}}" for each in conditions_in_words(grid)]
    points, rest = first_points(grid) if grid.size <= FEW else ([], [ASK])
    rows = [" & ".join(f"{number:,}".replace(",", "{,}") for number in point.values()) for point in points]
    head = [" & ".join([*letters, rf"\text{{parameters}} = {formula}"]) + r" \\ \hline"]
    counts = [rf"\begin{{array}}{{{'r' * len(letters)}|r}} {' '.join(head)} {lines_of(rows)} \end{{array}}"]
    shown = [*sizes, *limits, *(counts if points else [formula]), *map(text, rest)]
    return rf"$\displaystyle \begin{{array}}{{l}} {lines_of(shown)} \end{{array}}$"


def lines_of(rows: Sequence[str]) -> str:
    return r" \\ ".join(rows)


def all_axes(grid: Grid) -> Iterator[tuple[str, Axis]]:
    """The letters with their sizes, those that have one size too."""
    yield from grid.axes.items()
    yield from ((name, (number,)) for name, number in grid.numbers.items())


def sizes_in_words(axis: Axis) -> str:
    """``1, 2, 3, ..., 1,000 (1,000 sizes)``, a short list whole."""
    if not axis:
        return "no size"
    whole = len(axis) <= ENDS + 2
    first = [f"{size:,}" for size in (axis if whole else axis[: ENDS - 1])]
    return ", ".join(first) if whole else f"{', '.join(first)}, ..., {axis[-1]:,} ({len(axis):,} sizes)"


def sizes_in_latex(axis: Axis) -> str:
    r"""``1,\, 2,\, \ldots,\, 1000``."""
    if not axis:
        return text("no size")
    whole = len(axis) <= ENDS + 2
    sizes = [f"{size:,}".replace(",", "{,}") for size in (axis if whole else (*axis[: ENDS - 1], axis[-1]))]
    return r",\, ".join(sizes if whole else [*sizes[:-1], r"\ldots", sizes[-1]])


def conditions_in_words(grid: Grid) -> list[str]:
    """The conditions, and the limits of the count."""
    limits = [("parameters >= ", grid.low), ("parameters <= ", grid.high)]
    return [*(each.text for each in grid.conditions), *(f"{words}{limit:,}" for words, limit in limits if limit is not None)]


def first_points(grid: Grid) -> tuple[list[dict[str, int]], list[str]]:
    """The first points of a small grid, and how many there are if they are not all."""
    points = list(islice(grid, ROWS))
    number = len(points) if len(points) < ROWS else grid.number()
    if number == grid.size and number <= ROWS:
        return points, []
    shown = f", the first {len(points)} of which are shown" if number > len(points) else ""
    return points, [f"{several(number, 'point')} of {grid.size}{shown}"]
