"""A table that was saved as CSV, as the table between bars that it was: ``0,dense (Dense),"(None, 64)",1024``."""

from __future__ import annotations

import csv
import re

from .marked_lines import without_marks
from .names import known_classes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SEPARATORS = (",", ";", "\t")
LONGEST = 2_000  # characters of a line that is looked at
HEADS = {  # of columns, in small letters and without spaces or marks
    "layer": re.compile(r"layer(?:type)?|(?:layer|module)?name|layers?|module"),
    "class": re.compile(r"(?:layer|module)?(?:type|class)(?:name)?"),
    "output": re.compile(r"(?:out(?:put)?)?shapes?|output(?:size|shape)?"),
    "params": re.compile(r"(?:n|num|number|no)?(?:of)?param(?:s|eters?)?(?:count|num)?"),
}
TORCH = frozenset(("Linear", "Conv1d", "Conv2d", "Conv3d", "BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "ReLU"))  # not of Keras
IN_ONE = "layertype"  # a column of names with their classes
TOTAL = re.compile(r"\W*(total|trainable|non[- ]trainable)(?: (?:params|parameters))?\W*", re.IGNORECASE)


def with_bars(lines: list[str]) -> list[str]:
    """The lines, with tables of CSV between bars."""
    if not any("param" in line.casefold() and any(each in line for each in SEPARATORS) for line in lines):
        return lines
    found: list[str] = []
    table = CsvTable("", ",", [""])
    for line, bare in zip(lines, without_marks(lines), strict=True):
        plain = line if line.startswith('"') else bare  # which may be the first quote of a cell, and not a mark
        head = head_of(plain)
        if head is not None:
            found += table.lines()
            table = CsvTable(line, *head)
        elif not table.takes(plain) and (plain.strip() or not table.rows):  # pandas on Windows leaves every other line empty
            found += [*table.lines(), line]
            table = CsvTable("", ",", [""])
    return [*found, *table.lines()]


class CsvTable:
    """The head of a table, and the rows below it as far as they were read."""

    def __init__(self, head: str, separator: str, columns: list[str]) -> None:
        self.head, self.separator, self.columns = head, separator, columns
        self.rows: list[dict[str, str]] = []

    def takes(self, line: str) -> bool:
        """Whether a line is the next row."""
        cells = cells_of(line, self.separator)
        if len(cells) != len(self.columns) or len(cells) < 2:
            return False
        self.rows.append(dict(zip(self.columns, cells, strict=True)) | {"total": total_in(cells)})
        return True

    def lines(self) -> list[str]:
        """The table between bars; a head alone is another text."""
        return between_bars(self.rows) if self.rows else [self.head] if self.head else []


def between_bars(rows: Sequence[dict[str, str]]) -> list[str]:
    """A table, in the form of torchinfo where its classes are those of PyTorch."""
    classes = {row.get("class", "") for row in rows if not row["total"]}
    is_torch = "" not in classes and all(each in TORCH or each not in known_classes() for each in classes) and bool(classes & TORCH)
    head = ("Layer (type:depth-idx)" if is_torch else "Layer (type)", "Output Shape", "Param #")
    lines = [bars(head), bars(["---"] * len(head))]
    for place, row in enumerate(rows, 1):
        name, kind, number = row["layer"], row.get("class", ""), re.sub(r"(?<=\d)\.0$", "", row["params"])  # pandas: 1024.0
        named = f"├─{kind} ({name}): 1-{place}" if is_torch else f"{name} ({kind})" if kind else name
        lines.append(f"{row['total']}: {number}" if row["total"] else bars([named, row.get("output", ""), number]))
    return ["", *lines, ""]


def head_of(line: str) -> tuple[str, list[str]] | None:
    """The separator and the kinds of the columns in a line that is a head; a table without classes is another kind of text."""
    for separator in SEPARATORS:
        names = [re.sub(r"[\W_\d]", "", cell).casefold() for cell in cells_of(line, separator)]
        kinds = [next((kind for kind, head in HEADS.items() if head.fullmatch(name)), "") for name in names]
        has_classes = "class" in kinds or IN_ONE in names
        if has_classes and {"layer", "params"} <= {*kinds} and all(kinds.count(kind) <= 1 for kind in HEADS):
            return separator, kinds
    return None


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of a line, whose first quote may have been taken for a mark; empty where it has no separator."""
    if separator not in line or len(line) > LONGEST:
        return []
    try:
        return [cell.strip(' "') for cell in next(csv.reader([line], delimiter=separator, skipinitialspace=True))]
    except csv.Error:
        return []


def total_in(cells: Sequence[str]) -> str:
    """``Total params`` for a row that is a total; empty for a layer."""
    total = next((match for cell in cells if (match := TOTAL.fullmatch(cell))), None)
    return "" if total is None else f"{total[1].capitalize().replace(' ', '-')} params"


def bars(cells: Sequence[str]) -> str:
    """A line of cells between bars."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
