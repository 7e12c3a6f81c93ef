"""What a notebook and a terminal show as a table."""

from __future__ import annotations

from ..errors import ShapeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .table import Table


class Shown:
    """What a notebook and a terminal show as a table."""

    def _as_table(self) -> Table:
        raise NotImplementedError

    def _repr_html_(self) -> str | None:
        try:
            return self._as_table().html()
        except ShapeError:  # a model that does not know its input has nothing to show yet
            return None

    def __rich_console__(self, console: Any, options: Any) -> Iterator[Any]:
        from .outputs import rich_table

        try:
            yield rich_table(self._as_table())
        except ShapeError:
            yield repr(self)
