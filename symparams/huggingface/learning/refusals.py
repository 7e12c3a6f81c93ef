"""Why a class is not told."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from .table import Table


class Refused(Exception):
    """Why a class is not told."""


class Disagrees(Exception):
    """A class told already is not what it is within another at these configs."""

    def __init__(self, table: Table, given: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(f"{table.name} is told otherwise")
        self.table, self.given = table, given
