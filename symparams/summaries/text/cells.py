"""The contents of a table's cells: names, classes, shapes, numbers, connections."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Shape: TypeAlias = tuple[int | None, ...]
    Shapes: TypeAlias = Shape | list[Shape] | None

CUT = "…"
NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.0+(?!\d))?")  # Keras 2.0 printed some totals as 959,238.0
PARAMS = re.compile(r"\(?(\d{1,3}(?:,\d{3})+|\d+)\)?(?: *\((?:unbuilt|unused)\))?")
FALSE_COUNT = re.compile(r"(?=.*\d)[\w.,+-]{1,40}")
INNERMOST = re.compile(r"[(\[]([^()\[\]]*)([)\]]?)")
AXES = re.compile(r"(?:None|-?\d+L?)(?: *, *(?:None|-?\d+L?))* *,?")  # Python 2 wrote 76L for some numbers
WITH_CROSSES = re.compile(r"\d{1,9}(?:x\d{1,9})*")  # MXNet: 64x112x112
UNFINISHED = re.compile(r"\[[^\[\]]{0,9}…")  # the rest of the numbers after a name, where they were cut off
CONNECTION = re.compile(r"([^\s\[\],'\"]+)(?:\[(\d+)\](?:\[(\d+)\])?)?")


def params_of(text: str) -> int | None:
    """The number in ``1,234``, ``1234`` or ``(1,234)``; None for a missing number, or one that was cut or not built yet."""
    text = text.strip()
    if not PARAMS.fullmatch(text) or "unbuilt" in text or "unused" in text:
        return None
    return int(text.strip("()").replace(",", ""))


def is_params(text: str) -> bool:
    """Whether a text may be a cell of the column of numbers, in the first line of a row."""
    text = text.strip()
    return bool(PARAMS.fullmatch(text)) or text in ("--", "(recursive)", "?", "multiple", "(--)")


def is_no_count(text: str) -> bool:
    """Whether a text is a number that cannot be a count: ``-129``, ``1.28e+06``, ``12x0000``."""
    text = text.strip()
    return bool(FALSE_COUNT.fullmatch(text)) and not is_params(text)


def shapes_in_cell(text: str) -> list[Shape]:
    """All complete shapes in a cell, by their innermost brackets: ``[(None, 16), (None, 16)]`` has two."""
    found: list[Shape] = []
    for inside, closed in INNERMOST.findall(text):
        if closed and not inside.strip() and not found:
            found.append(())
        if closed and AXES.fullmatch(inside.strip()):
            found.append(tuple(axis_size(size) for size in inside.split(",") if size.strip()))
    return found


def axis_size(text: str) -> int | None:
    """The size of one axis; PyTorch tools write -1 for the batch."""
    return None if text.strip() in ("None", "-1") else int(text.strip().removesuffix("L"))


def output_of(text: str) -> Shapes:
    """The shape in a cell, or a list of shapes; None for a cell without a shape, or one that was cut."""
    text = text.strip()
    if WITH_CROSSES.fullmatch(text):
        return tuple(map(int, text.split("x")))
    found = shapes_in_cell(text)
    if not found or not is_balanced(text) or CUT in text:
        return None
    return found[0] if len(found) == 1 else found


def is_balanced(text: str) -> bool:
    """Whether every bracket is closed."""
    return all(text.count(opening) == text.count(closing) for opening, closing in ("()", "[]", "{}"))


def switch_of(text: str) -> bool | None:
    """A cell of the column Trainable: ``Y``, ``N``, ``True``, ``False``; ``-`` for a layer without weights."""
    return {"y": True, "true": True, "yes": True, "n": False, "false": False, "no": False}.get(text.strip().lower())


def connections_of(text: str) -> list[tuple[str, int | None, bool]]:
    """The layers that a row reads, ``lstm[0][1], lstm_…``: each name, the index of its output, and whether the name was cut."""
    found = []
    for name, _, tensor in CONNECTION.findall(UNFINISHED.sub(" ", text)):
        if name.strip("-?") and name != CUT:
            found.append((name.rstrip(CUT), int(tensor) if tensor else None, name.endswith(CUT)))
    return found
