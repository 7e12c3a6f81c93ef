"""The lines of a file: those of its head by their first word, and those of its classes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("alias ", "default ", "optional ", "instead ", "refuse ", "flat ", "guard ", "derive ", "class ")  # in the order of a file


def first_class(lines: Sequence[str]) -> int:
    return next(number for number, line in enumerate(lines) if line.startswith("class "))


def after(kind: str) -> tuple[str, ...]:
    """The kinds of lines that come after one."""
    return KINDS[KINDS.index(kind) + 1 :]


def with_lines(lines: list[str], added: Sequence[str], begin: str) -> list[str]:
    """The lines with more of one kind among those of it, in order; older defaults stay behind the others."""
    if not added:
        return lines
    places = [number for number, line in enumerate(lines) if line.startswith(begin) and " before " not in line]
    first = places[0] if places else next(number for number, line in enumerate(lines) if line.startswith(after(begin)) or not line)
    end = places[-1] + 1 if places else first
    return [*lines[:first], *sorted([*lines[first:end], *added]), *lines[end:]]
