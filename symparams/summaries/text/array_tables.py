"""The tables of JAX's libraries, ``tabulate`` of flax and of haiku, which list the arrays of each module in a cell."""

from __future__ import annotations

import re

from ...core.frozen import Frozen
from .boxed_columns import is_ruler

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cells import Shape

BARS = str.maketrans("│┃║", "|||")
HEAD = re.compile(r"\|\s*(?:path|module)\s*\|", re.IGNORECASE)
ARRAY = re.compile(r"([A-Za-z_]\w*): ?(?:[a-z]+\d*(?:_\w+)?)\[([\d, ]*)\]")
OUTPUT = re.compile(r"[a-z]+\d+\[([\d, ]*)\]")
COUNT = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(?= \(|\s*$)")
TOTAL = re.compile(r"Total Parameters: *([\d,]+)|\btotal[ _]\w*param\w*\b[^\d\n]{0,9}([\d,]+)", re.IGNORECASE)
TRAINED = re.compile(r"params|param", re.IGNORECASE)


class ArrayRow(Frozen):
    """One module: its path, its class, its output, its arrays, and the number in the cell, which may include modules inside it."""

    path: str
    class_name: str
    output: Shape | None
    arrays: dict[str, Shape]
    others: dict[str, Shape]  # arrays of other collections, such as moving statistics
    said: int | None


class ArrayTable(Frozen):
    """The rows of one table, whether their numbers include the modules inside, and the total below."""

    rows: list[ArrayRow]
    nested: bool
    total: int | None
    place: int


def array_tables(lines: Sequence[str]) -> list[ArrayTable]:
    """The tables of a text."""
    plain = [line.translate(BARS) for line in lines]
    heads = [place for place, line in enumerate(plain) if HEAD.search(line) and "param" in line.lower()]
    ends = [*heads[1:], len(plain)]
    return [array_table(plain, head, end) for head, end in zip(heads, ends, strict=False)]


def array_table(lines: Sequence[str], head: int, end: int) -> ArrayTable:
    """The table below one head."""
    names = [cell.strip().lower() for cell in lines[head].split("|")[1:-1]]
    blocks: list[list[list[str]]] = [[]]
    for line in lines[head + 1 : end]:
        if is_ruler(line):
            blocks.append([])
            continue
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == len(names):
            blocks[-1].append(cells)
    rows = [row for block in blocks if block and (row := array_row(names, block)) is not None]
    said = next((match[1] or match[2] for line in lines[head:end] if (match := TOTAL.search(line))), None)
    return ArrayTable(rows, "param count" in names, None if said is None else int(said.replace(",", "")), head)


def array_row(names: Sequence[str], block: Sequence[Sequence[str]]) -> ArrayRow | None:
    """One row, whose cells have several lines; None for the row of the totals."""
    cells = {name: "\n".join(line[place] for line in block) for place, name in enumerate(names)}
    path = " ".join((cells["path"] if "path" in cells else cells.get("module", "")).split())
    if path.lower() == "total" or any(line[-1].strip().lower() == "total" or "Total" in line for line in block):
        return None
    class_name = cells.get("module", "").split("\n")[0].strip()
    if "path" not in cells:  # haiku: mlp/~/linear_0 (Linear)
        path, _, class_name = path.partition(" (")
        class_name = class_name.partition(")")[0]
    held = {name: text for name, text in cells.items() if name in ("params", "module params")}
    others = {name: text for name, text in cells.items() if name not in held and name not in OTHER_COLUMNS}
    counts = COUNT.findall(cells.get("param count") or cells.get("params", ""))
    outputs = OUTPUT.findall(cells.get("outputs") or cells.get("output") or "")
    return ArrayRow(
        path, class_name, axes_of(outputs[-1]) if outputs else None,
        {name: shape for text in held.values() for name, shape in arrays_in(text).items()},
        {name: shape for text in others.values() for name, shape in arrays_in(text).items()},
        int(counts[-1].replace(",", "")) if counts else None,
    )  # fmt: skip


OTHER_COLUMNS = (
    "path",
    "module",
    "inputs",
    "outputs",
    "input",
    "output",
    "config",
    "param count",
    "param bytes",
    "flops",
    "vjp_flops",
)


def arrays_in(text: str) -> dict[str, Shape]:
    """The arrays in a cell: ``kernel: float32[32,10]``."""
    return {name: axes_of(axes) for name, axes in ARRAY.findall(text)}


def axes_of(text: str) -> tuple[int, ...]:
    """The axes of an array."""
    return tuple(int(axis) for axis in text.split(",") if axis.strip())
