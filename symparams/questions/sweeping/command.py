"""``symparams sweep``: a count over a grid of sizes, as a table, as CSV, or as the one point that was asked for."""

from __future__ import annotations

from ...errors import ArgumentError, TextError
from ..command import SWITCH, THING, Command
from ..values import axis_in, name_and_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ...core.algebra import Symbol
    from ...core.grids.grid import Grid
    from ..command import CommandLine

CHOICES = ("largest", "smallest", "nearest")
LINES = 1_000  # rows of CSV that are written at once


def run(asked: CommandLine) -> int:
    """Exit status 1 when there is no point."""
    from .question import sweep

    if asked.csv:
        chosen = [name for name in CHOICES if getattr(asked, name)]
        if chosen:
            raise ArgumentError(f"sweep takes one of --{chosen[0]} and --csv")
        return write_csv(asked, grid_of(asked))
    one: dict[str, Any] = {name: getattr(asked, name) for name in CHOICES}
    answer = sweep(asked.thing_of(asked.model), axes_of(asked), **limits_of(asked), **one)
    asked.give(answer, model=asked.model)
    return 0 if answer else 1


def axes_of(asked: CommandLine) -> dict[str | Symbol, object]:
    """The sizes of each letter on a command line."""
    axes: dict[str | Symbol, object] = {}
    for text in asked.sizes:
        name, value = name_and_value(text, "NAME=SIZES")
        if name in axes:
            raise TextError(f"{name} is given twice")
        axes[name] = axis_in(value, name)
    return axes


def limits_of(asked: CommandLine) -> dict[str, Any]:
    return {"where": list(asked.where), "at_most": asked.at_most, "at_least": asked.at_least}


def grid_of(asked: CommandLine) -> Grid:
    """The grid that a command line asks for."""
    from ..countable_subjects import formula_of

    return formula_of(asked.thing_of(asked.model), "sweep").grid(axes_of(asked), **limits_of(asked))


def write_csv(asked: CommandLine, grid: Grid) -> int:
    """The points as CSV, line by line, into a file or to standard output."""
    number = 0
    lines = csv_lines(grid)
    if asked.csv == "-":
        for text in in_batches(lines):
            asked.say(text)
            number += text.count("\n") + 1
    else:
        try:
            with open(asked.csv, "w", encoding="utf-8", newline="") as file:
                for text in in_batches(lines):
                    file.write(f"{text}\n")
                    number += text.count("\n") + 1
        except OSError as error:
            raise TextError(f"cannot write {asked.csv}: {error.strerror}") from None
    if number == 1 and (why := grid.refused()):
        asked.notes.append(f"no point is left, as at {why}")
    return 0 if number > 1 else 1


def csv_lines(grid: Grid) -> Iterator[str]:
    """The head, and a line for each point."""
    yield ",".join((*grid.letters, "count"))
    for point in grid:
        yield ",".join(map(str, point.values()))


def in_batches(lines: Iterator[str]) -> Iterator[str]:
    """Lines, many in one text."""
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == LINES:
            yield "\n".join(batch)
            batch = []
    if batch:
        yield "\n".join(batch)


COMMAND = Command(
    name="sweep",
    help="the count at all sizes of a grid, as a table or as CSV; under a budget, the largest, or the nearest to a number",
    options={
        "model": {"metavar": "MODEL", "help": THING},
        "sizes": {
            "metavar": "NAME=SIZES",
            "nargs": "*",
            "default": [],
            "help": "sizes for letters: n=300, n=64,128,256, n=1..96, n=64..1024+64 (steps of 64), n=16..1024*2 (doubled)",
        },
        "--where": {
            "metavar": "CONDITION",
            "action": "append",
            "default": [],
            "help": 'a condition on sizes, such as "d %% h == 0"; may be given several times',
        },
        "--at-most": {
            "dest": "at_most",
            "metavar": "N",
            "default": None,
            "help": "only counts of at most N, such as 1000000000 or 1B",
        },
        "--at-least": {"dest": "at_least", "metavar": "N", "default": None, "help": "only counts of at least N"},
        "--largest": {**SWITCH, "help": "the point with the largest count"},
        "--smallest": {**SWITCH, "help": "the point with the smallest count"},
        "--nearest": {"metavar": "N", "default": None, "help": "the point whose count is nearest to N"},
        "--csv": {"metavar": "FILE", "default": None, "help": "write all points as CSV, line by line; - for standard output"},
    },
    run=run,
)
