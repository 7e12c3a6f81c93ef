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
ARRAY = re.compile(r"([A-Za-z_]\w*):\s?(?:[a-z]+\d*(?:_\w+)?)\[([\d, ]*)(\]|…)")
OUTPUT = re.compile(r"[a-z]+\d+\[([\d, ]*)\]")
COUNT = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(?= \(|\s*$)")
TOTAL = re.compile(r"Total Parameters: *([\d,]+)|\btotal[ _]\w*param\w*\b[^\d\n]{0,9}([\d,]+)", re.IGNORECASE)
PARAMETERS = re.compile(r"params?$")  # the head of a column with parameters: of haiku, of linen, of nnx and its LoRAParam
OTHER_COLUMNS = frozenset(
    ("path", "module", "type", "inputs", "outputs", "input", "output", "config", "param count", "param bytes", "flops", "vjp_flops")
)


class ArrayRow(Frozen):
    """One module: its path, its class, its output, its arrays, and the number in the cell, which may include modules inside it."""

    path: str
    class_name: str
    output: Shape | None
    arrays: dict[str, Shape]
    others: dict[str, Shape]  # arrays of other collections, such as moving statistics
    said: int | None
    cut: bool  # whether the shape of an array was too long for its cell


class ArrayTable(Frozen):
    """The rows of one table, and its total, which may be that of all collections."""

    rows: list[ArrayRow]
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
    cells_of_rows = [cells_of(names, block) for block in blocks if block]
    rows = [array_row(cells) for cells in cells_of_rows if not is_total(cells)]
    below = [count for cells in cells_of_rows if is_total(cells) and (count := count_in(cells)) is not None]
    said = next((match[1] or match[2] for line in lines[head:end] if (match := TOTAL.search(line))), None)
    return ArrayTable(rows, below[0] if below else None if said is None else int(said.replace(",", "")), head)


def cells_of(names: Sequence[str], block: Sequence[Sequence[str]]) -> dict[str, str]:
    """The cells of a row by the heads of their columns, each of several lines."""
    return {name: "\n".join(line[place] for line in block) for place, name in enumerate(names)}


def is_total(cells: dict[str, str]) -> bool:
    """Whether a row has the totals of the columns."""
    return any(text.strip().lower() == "total" for text in cells.values())


def count_in(cells: dict[str, str]) -> int | None:
    """The number of parameters that a row says."""
    texts = [cells["param count"]] if "param count" in cells else [text for name, text in cells.items() if PARAMETERS.search(name)]
    counts = [found[-1] for text in texts if (found := COUNT.findall(text))]
    return sum(int(count.replace(",", "")) for count in counts) if counts else None


def array_row(cells: dict[str, str]) -> ArrayRow:
    """One row."""
    path = " ".join((cells["path"] if "path" in cells else cells.get("module", "")).split())
    class_name = cells.get("module", cells.get("type", "")).split("\n")[0].strip()
    if "path" not in cells:  # haiku: mlp/~/linear_0 (Linear)
        path, _, class_name = path.partition(" (")
        class_name = class_name.partition(")")[0]
    held = [text for name, text in cells.items() if PARAMETERS.search(name)]
    others = [text for name, text in cells.items() if not PARAMETERS.search(name) and name not in OTHER_COLUMNS]
    outputs = OUTPUT.findall(cells.get("outputs") or cells.get("output") or "")
    return ArrayRow(
        path, class_name, axes_of(outputs[-1]) if outputs else None,
        {name: shape for text in held for name, shape in arrays_in(text).items()},
        {name: shape for text in others for name, shape in arrays_in(text).items()},
        count_in(cells),
        any("…" in text for text in held),
    )  # fmt: skip


def arrays_in(text: str) -> dict[str, Shape]:
    """The arrays in a cell that are whole: ``kernel: float32[32,10]``."""
    return {name: axes_of(axes) for name, axes, end in ARRAY.findall(text) if end == "]"}


def axes_of(text: str) -> tuple[int, ...]:
    """The axes of an array."""
    return tuple(int(axis) for axis in text.split(",") if axis.strip())
