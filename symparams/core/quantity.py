"""A quantity beside the count, such as bytes: its tree may have fractions, as of two weights in a byte."""

from __future__ import annotations

from ..errors import LetterError, listed
from .collected import CollectedFormula
from .sizes import letter_name
from .tree import substituted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .algebra import Expr, Symbol
    from .formula import Formula
    from .sizes import ByLetter, Dim
    from .tree import Node


class Quantity(CollectedFormula):
    """A formula whose whole has to be a whole number, and not each of its sizes.

    ``others`` are letters of its model that it may be given and does not need, ``premise`` is a count with the conditions of
    the model.
    """

    def __init__(self, node: Node, others: Iterable[str] = (), premise: Formula | None = None) -> None:
        super().__init__(node)
        self.others, self.premise = frozenset(others), premise

    @property
    def holds_given(self) -> Sequence[str]:
        """The conditions under which it holds, where the model has any."""
        return () if self.premise is None else self.premise.holds_given

    @property
    def idle_letters(self) -> frozenset[str]:
        """The letters of its model that it does not need."""
        return self.others - self.symbols.keys()

    @property
    def has_own_way(self) -> bool:
        """Whether the conditions of its model are to be checked."""
        return self.premise is not None

    def doubtful_sizes_in(self, letters: Iterable[Symbol]) -> dict[Expr, int]:  # noqa: ARG002
        """None: a size of it may be a fraction."""
        return {}

    def _at(self, values: ByLetter[int] | None, named: Mapping[str, int]) -> int:
        """The exact number for whole values of every letter."""
        idle = self.idle_letters
        needed = {key: value for key, value in (values or {}).items() if letter_name(key) not in idle}
        given = self._numbers(
            needed if values is None or hasattr(values, "items") else values,
            {name: value for name, value in named.items() if name not in idle},
        )
        missing = [name for name in self.letters if name not in given]
        if missing:
            raise LetterError(f"cannot evaluate: no size for {listed(missing)}")
        number = self._put_in(given).polynomial.constant()
        if number is None or number.denominator != 1:
            raise LetterError(f"{self} is {number} at these sizes, not a whole number: some size does not divide evenly")
        if self.premise is not None:
            self.premise.check_conditions({**{letter_name(key): value for key, value in (values or {}).items()}, **named})
        return int(number)

    def _put_in(self, given: Mapping[str, Dim]) -> Quantity:
        if not given:
            return self
        rule = {self.symbols[name]: value for name, value in given.items()}

        def put(old: Dim) -> Dim:
            if isinstance(old, int):
                return old
            from .algebra import number

            new = old.xreplace(rule)
            whole = number(new)
            return new if whole is None else whole

        return Quantity(substituted(self.node, axis=put, copies=put), self.others, self.premise)
