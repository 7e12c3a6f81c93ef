"""``symparams summary``: a pasted table from a file or standard input."""

from __future__ import annotations

import sys

from .._startup.limits import PASTED_TEXT
from ..errors import TextError
from .reading import from_summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .table import SummaryTable
    from .tables import SummaryTables

MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # PowerShell writes UTF-16


def summary_file(path: str, input_shape: str = "") -> SummaryTable | SummaryTables:
    """The tables in a file; ``-`` is standard input. ``input_shape`` is ``64,15``, without the batch axis."""
    return from_summary(text_of_file(path), shape_in_text(input_shape))


def text_of_file(path: str) -> str:
    """The text of a file, in the encoding of any editor or shell."""
    try:
        if path == "-" and sys.stdin is None:
            raise TextError("cannot read standard input: it is closed")
        if path == "-":
            data = sys.stdin.buffer.read(4 * PASTED_TEXT + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(4 * PASTED_TEXT + 1)
    except TextError:
        raise
    except (OSError, ValueError) as error:
        raise TextError(f"cannot read {path!r}: {getattr(error, 'strerror', None) or error}") from None
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "utf-8")
    return data.decode(encoding, errors="replace")


def shape_in_text(text: str) -> list[int | None] | None:
    """``64,15`` or ``None,15`` as a shape; None for an empty text."""
    if not text.strip("()[] "):
        return None
    found: list[int | None] = []
    for word in text.strip("()[] ").rstrip(",").split(","):
        axis = word.strip()
        if axis not in ("None", "?") and not (axis.isascii() and axis.isdecimal()):
            raise TextError(f"{text!r} is not a shape: write it like 64,15 or None,15, without the batch axis")
        found.append(int(axis) if axis.isdecimal() else None)
    return found
