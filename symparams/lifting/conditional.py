"""A count that holds under conditions: at sizes where one does not hold, it refuses."""

from __future__ import annotations

from .._startup.once import cached_property
from ..core.formula import Formula
from ..core.sizes import symbol
from ..errors import SizeError, listed
from .evaluating import Point

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from ..core.algebra import Symbol
    from ..core.sizes import ByLetter, Dim
    from ..core.tree import Node
    from .conditions import Condition, Legal


class ConditionalFormula(Formula):
    """A formula with the conditions of its source. Letters of the conditions that the count has not are at ``start``."""

    def __init__(
        self,
        node: Node,
        conditions: Sequence[Condition | Legal],
        start: Mapping[str, int | Fraction],
        filled: Mapping[str, Dim] = {},
        signed: bool = False,
        others: Sequence[ConditionalFormula] = (),
    ) -> None:
        super().__init__(node, signed)
        self.conditions, self.start, self.filled = conditions, start, dict(filled)
        self.others = others  # those that it is composed with, each with conditions of its own

    @property
    def holds_given(self) -> tuple[str, ...]:
        """The comparisons of the builder's code that have to come out as they did."""
        own = map(str, self.conditions)
        return tuple(dict.fromkeys([*own, *(each for other in self.others for each in other.holds_given)]))

    @cached_property
    def all_symbols(self) -> dict[str, Symbol]:
        """Its letters, and those that only its conditions have."""
        others = {name: letter for other in self.others for name, letter in other.all_symbols.items()}
        conditions = {
            name: symbol(name) if isinstance(value, int) else letter_of_multiplier(name) for name, value in self.start.items()
        }
        return others | conditions | super().all_symbols

    def _of(self, node: Node, signed: bool, other: object = None) -> Formula:
        others = [*self.others, other] if isinstance(other, ConditionalFormula) else self.others
        return ConditionalFormula(node, self.conditions, self.start, self.filled, signed, others)

    def _at(self, values: ByLetter[int] | None, named: Mapping[str, int]) -> int:
        """The exact number. Raises :class:`SizeError` at sizes where a condition does not hold."""
        number = super()._at(values, named)
        self.check_conditions(self._numbers(values, named))
        return number

    def _put_in(self, given: Mapping[str, Dim]) -> Formula:
        inside = super()._put_in(given)
        others = [other.filled_in(given) for other in self.others]
        return ConditionalFormula(inside.node, self.conditions, self.start, {**self.filled, **given}, self.signed, others)

    def filled_in(self, given: Mapping[str, Dim]) -> ConditionalFormula:
        """The same, with more numbers for its conditions."""
        others = [other.filled_in(given) for other in self.others]
        return ConditionalFormula(self.node, self.conditions, self.start, {**self.filled, **given}, self.signed, others)

    def check_conditions(self, given: Mapping[str, Dim]) -> None:
        """Refuses sizes at which a condition does not hold."""
        from ..core.algebra import exact

        known = {name: exact(value) for name, value in {**self.start, **self.filled, **given}.items()}
        point = Point({name: value for name, value in known.items() if value is not None})
        broken = [str(condition) for condition in self.conditions if not condition.holds(point)]
        if broken:
            raise SizeError(f"this count holds given {listed(broken)}, which is not so at these sizes")
        for other in self.others:
            other.check_conditions(given)


def letter_of_multiplier(name: str) -> Symbol:
    """The letter of a factor that need not be whole."""
    from ..core.float_arithmetic import multiplier

    [letter] = multiplier(name).free_symbols
    return letter
