"""A count that holds under conditions: at sizes where one does not hold, it refuses."""

from __future__ import annotations

from ..core.formula import Formula
from ..errors import SizeError, listed
from .evaluating import Point

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.sizes import ByLetter, Dim
    from ..core.tree import Node
    from .conditions import Condition, Legal


class ConditionalFormula(Formula):
    """A formula with the conditions of its source. Letters of the conditions that the count has not are at ``start``."""

    def __init__(
        self, node: Node, conditions: Sequence[Condition | Legal], start: Mapping[str, int], filled: Mapping[str, Dim] = {}
    ) -> None:
        super().__init__(node)
        self.conditions, self.start, self.filled = conditions, start, dict(filled)

    @property
    def holds_given(self) -> tuple[str, ...]:
        """The comparisons of the builder's code that have to come out as they did."""
        return tuple(dict.fromkeys(map(str, self.conditions)))

    def at(self, values: ByLetter[int] | None = None, /, **named: int) -> int:
        """The exact number. Raises :class:`SizeError` at sizes where a condition does not hold."""
        number = super().at(values, **named)
        self._check(self._values(values, named))
        return number

    def _put_in(self, given: Mapping[str, Dim]) -> Formula:
        inside = super()._put_in(given)
        return ConditionalFormula(inside.node, self.conditions, self.start, {**self.filled, **given})

    def _check(self, given: Mapping[str, Dim]) -> None:
        from ..core.algebra import exact

        known = {name: exact(value) for name, value in {**self.start, **self.filled, **given}.items()}
        point = Point({name: value for name, value in known.items() if value is not None})
        broken = [str(condition) for condition in self.conditions if not condition.holds(point)]
        if broken:
            raise SizeError(f"this count holds given {listed(broken)}, which is not so at these sizes")
