"""``refused.txt``: every type and class that has no table, each with the reason; with the tables, it has every type of the release."""

from __future__ import annotations

import os
import re

from .table_files import file_of, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REFUSED = "refused.txt"
LONGEST_REASON = 160
NO_CLASS = "none of its classes can be built by itself"
NOT_TRIED = "it was not tried"


def note_refused(folder: str, model_type: str, told: bool, refused: Mapping[str, str]) -> None:
    """The list with this type's lines anew."""
    kept = [line for line in lines_in(folder) if re.split(r"[ |]", line)[0] != model_type]
    if not told:
        kept.append(f"{model_type} | {one_line(next(iter(refused.values()), NO_CLASS))}")
    else:
        kept += [f"{model_type} {name} | {one_line(reason)}" for name, reason in refused.items()]
    write_list(folder, kept)


def completed(folder: str, every: Iterable[str], release: str) -> None:
    """The list with a line for each type that has neither a table nor one, and a first line that says how many there are."""
    types = [*every]
    tables = {name for name in types if os.path.exists(os.path.join(folder, file_of(name)))}
    found = [line for line in lines_in(folder) if not line.startswith("#")]
    listed = {line.partition(" | ")[0] for line in found}
    found += [f"{name} | {NOT_TRIED}" for name in types if name not in tables and name not in listed]
    without = len(types) - len(tables)
    write_list(folder, [f"# transformers {release}: {len(types)} types, {len(tables)} with a table, {without} without one", *found])


def lines_in(folder: str) -> list[str]:
    path = os.path.join(folder, REFUSED)
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def write_list(folder: str, lines: Iterable[str]) -> None:
    write(os.path.join(folder, REFUSED), "".join(f"{line}\n" for line in sorted(lines)))


def one_line(reason: str) -> str:
    """A reason without the paths of a machine, cut where it is too long."""
    words = " ".join(reason.split()).encode("ascii", "replace").decode()
    words = re.sub(r"(/[\w.+-]+){2,}", "...", words)
    return words if len(words) <= LONGEST_REASON else f"{words[: LONGEST_REASON - 3]}..."
