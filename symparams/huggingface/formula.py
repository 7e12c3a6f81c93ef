"""The count of a configured model: at its own sizes it is a sum over the table, at others a formula that the table confirms."""

from __future__ import annotations

from .._startup.once import cached_property
from ..core.collected import CollectedFormula
from ..core.polynomial import polynomial_of_node
from ..core.quantity import Quantity
from ..core.sizes import letter_name
from ..errors import SizeError
from .elsewhere import number_elsewhere
from .multiples import multiple_wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..core.model import Countable
    from ..core.sizes import ByLetter
    from ..core.tree import Node
    from .configured import Configured


class ConfiguredFormula(CollectedFormula):
    """A count of a configured model, whose tree is made when it is first needed."""

    def __init__(self, model: Configured, which: str) -> None:
        self.model, self.which, self.signed = model, which, False

    @cached_property
    def node(self) -> Node:  # type: ignore[override]
        return self.model.tree(self.which)

    @property
    def own_sizes(self) -> Mapping[str, int]:  # type: ignore[override]
        values = self.model.values
        return {} if self.model.in_numbers else {name: values[name] for name in self.letters if name in values}

    @cached_property
    def _axes(self) -> set[str]:
        """The letters that are sizes of tensors; one that the config sets to 0, such as a width that is added, may be 0 again."""
        return {name for name in super()._axes if self.model.values.get(name) != 0}

    def multiple_of(self, letter: str, sizes: Mapping[str, int]) -> int:
        """What the class wants a letter to be a multiple of, such as its number of heads."""
        return multiple_wanted(self.model, letter, sizes)

    def _meant(self, name: object) -> str:
        """Its letter for a field of the config, or the nearest letter."""
        letters = [letter for letter, field in self.model.letters.items() if field == name]
        return f"; {name} is {letters[0]} here" if letters else super()._meant(name)

    def _at(self, values: ByLetter[int] | None, named: Mapping[str, int]) -> int:
        """The exact number. With the values of the model it is summed up without letters, and so without SymPy.

        Raises :class:`SizeError` at sizes where the config would be refused, or would have other kinds of layers.
        """
        if values is not None and not named and not self.model.open and values == self.model.values:
            return self.model.number(self.which)
        values, idle = self._needed(values)
        given = {**idle, **self._numbers(values, named)}
        found = number_elsewhere(self.model, self.which, given) if {*self.letters} <= {*given} else None
        number = super()._at(values, named)
        if found is not None and found != number:
            raise SizeError(
                f"this count is {number} at these sizes, but {self.model.class_name} has {found} there: "
                "it is made in another way, so read the config of these sizes"
            )
        return number

    def _needed(self, values: ByLetter[int] | None) -> tuple[ByLetter[int] | None, dict[str, int]]:
        """The values of its letters, and those of other letters of the model, such as heads that cancel, which are only checked."""
        if values is None or not hasattr(values, "items"):
            return values, {}
        own = self.model.letters.keys() - self.symbols.keys()
        by_name = {key: letter_name(key) for key, _ in values.items()}
        idle = {by_name[key]: value for key, value in values.items() if by_name[key] in own}
        return {key: value for key, value in values.items() if by_name[key] not in own}, idle

    def __int__(self) -> int:
        return self.model.number(self.which) if self.model.in_numbers else super().__int__()


class ConfiguredQuantity(Quantity):
    """A quantity of a configured model: at its own sizes it is a sum of numbers, and its tree in letters is made when it is needed."""

    def __init__(self, model: Countable, numbers: Countable, made: Callable[[Countable], Node]) -> None:
        self.model, self.made, self.signed, self.premise = model, made, False, None
        self.number = polynomial_of_node(made(numbers)).constant()  # what is wrong is said now

    @cached_property
    def node(self) -> Node:  # type: ignore[override]
        return self.made(self.model)

    def __getstate__(self) -> dict[str, object]:
        """With the tree, and without the function that makes it, which cannot be pickled."""
        return {**super().__getstate__(), "node": self.node, "made": None}

    @property
    def own_sizes(self) -> Mapping[str, int]:  # type: ignore[override]
        values = self.model.letter_values()
        return {name: values[name] for name in self.letters if name in values}

    @property
    def others(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset(self.model.letter_values())

    def _at(self, values: ByLetter[int] | None, named: Mapping[str, int]) -> int:
        """The exact number. With the values of the model no letters are needed, and so no SymPy."""
        own = values is not None and not named and values == self.model.letter_values()
        if own and self.number is not None and self.number.denominator == 1:
            return int(self.number)
        return super()._at(values, named)
