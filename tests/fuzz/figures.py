"""The figures of all sessions of fuzzing, added up in a file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).parents[2] / "docs" / "fuzzing.csv"
KINDS = {"more than 2 s": "Over 2 s", "more than 512 MB": "Over 512 MB", "acted": "Acted"}
FOREIGN = "Foreign errors"
HEAD = ("Entrance", "Cases", "Minutes of the processor", *KINDS.values(), FOREIGN)


class Figures:
    """Cases, seconds and faults of each entrance."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: dict[str, dict[str, float]] = {}
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                self.rows = {row.pop(HEAD[0]): {name: float(value) for name, value in row.items()} for row in csv.DictReader(file)}

    def cases(self, entrance: str) -> int:
        return int(self.rows.get(entrance, {}).get("Cases", 0))

    def add(self, entrance: str, counts: dict[str, int]) -> None:
        """Adds what a session counted, and writes the file."""
        row = self.rows.setdefault(entrance, dict.fromkeys(HEAD[1:], 0))
        for column, number in columns_of(counts):
            row[column] += number
        with self.path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEAD)
            writer.writerows([name, *(written(row[column]) for column in HEAD[1:])] for name, row in self.rows.items())


def columns_of(counts: dict[str, int]) -> Iterator[tuple[str, float]]:
    for kind, number in counts.items():
        if kind == "cases":
            yield "Cases", number
        elif kind == "milliseconds":  # on a busy machine, a turn has less than a second of the processor
            yield "Minutes of the processor", number / 60_000
        else:
            yield KINDS.get(kind, FOREIGN), number


def written(number: float) -> str:
    return str(round(number, 1)).removesuffix(".0")
