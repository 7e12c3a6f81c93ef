"""Parts whose sub-config may be of any type: what the library builds of it alone."""

from __future__ import annotations

from .builds import build
from .classes import class_with_role

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .builds import Build
    from .table import Table

ALONE: dict[str, dict[str, Any]] = {}


class Part:
    """A part whose type is free: what the library builds of its sub-config alone, in place of a table."""

    name = ""

    def __init__(self, sub: str, what: str) -> None:
        self.sub, self.what = sub, what
        self.now: Any = None

    def fields(self) -> set[str]:
        return set()

    def alone(self, its: Any, name: str) -> dict[str, Any]:
        kind, given = its
        key = f"{kind.__name__} {name} {sorted(given.items(), key=str)}"
        if key not in ALONE:
            made = build(kind, given, name, tags=False)
            ALONE[key] = {path: (shape, trained, made.ties.get(path)) for path, (shape, _, trained) in made.tensors.items()}
        return ALONE[key]

    def tensors(self, _: Mapping[str, Any]) -> dict[str, Any]:
        its = self.now.inner[self.sub]
        return self.alone(its, class_with_role(self.what, its[0]))


def set_now(table: Table, each: Build) -> None:
    """Says which build the parts of free type are asked about."""
    for _, part in table.uses:
        if isinstance(part, Part):
            part.now = each
        else:
            set_now(part, each)


def path_in(path: str, names: set[str]) -> bool:
    return any(name.startswith(path + ".") for name in names)
