"""Loops that were walked, by where they are in the code."""

from __future__ import annotations

from ..core.frozen import Frozen
from .expressions import Expression
from .writing import text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .evaluating import Point


class Loop(Frozen):
    """A ``range`` that was walked, by where it is in the code; its index is ``index`` in conditions."""

    index: str
    start: Expression
    stop: Expression
    step: Expression

    def values(self, point: Point) -> Sequence[int]:
        return range(int(self.start.at(point)), int(self.stop.at(point)), int(self.step.at(point)))

    @property
    def turns(self) -> range | None:
        """The indices, where they do not depend on letters."""
        bounds = [each.constant for each in (self.start, self.stop, self.step)]
        return None if None in bounds else range(*(int(each) for each in bounds if each is not None))

    def words(self) -> str:
        bounds = [text(each) for each in (self.start, self.stop, self.step)]
        shown = bounds if bounds[2] != "1" else bounds[:2]
        return f"range({', '.join(shown[1:] if len(shown) == 2 and shown[0] == '0' else shown)})"
