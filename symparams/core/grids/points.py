"""The points of a grid: a formula, the sizes along each axis, the numbers of all other letters, conditions and limits."""

from __future__ import annotations

from math import prod

from ..._startup.boundary import guard
from ..._startup.once import cached_property
from ...errors import LetterError, SettingError, brief, listed
from ..number_texts import is_short_number, number_of_text
from ..polynomial import partly_evaluated
from ..sizes import letter_name
from .axes import axis_of
from .conditions import check_letters, conditions_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol

    from ..arrays.steps import Steps
    from ..polynomial import Polynomial
    from .axes import Axis

    class Formula(Protocol):
        """The part of a formula that is counted on a grid."""

        own_sizes: Mapping[str, int]

        def least_size(self, letter: str) -> int: ...
        @property
        def letters(self) -> tuple[str, ...]: ...
        @property
        def polynomial(self) -> Polynomial: ...
        @property
        def symbols(self) -> Mapping[str, Any]: ...
        @property
        def idle_letters(self) -> Any: ...
        @property
        def plans(self) -> Any: ...
        def doubtful_sizes_in(self, letters: Any) -> Mapping[Any, int]: ...
        @property
        def all_symbols(self) -> Mapping[str, Any]: ...
        @property
        def has_own_way(self) -> bool: ...
        def at(self, values: Mapping[Any, Any], /) -> Any: ...
        def latex(self) -> str: ...
        def _name_of_any(self, letter: object) -> str: ...
        def given(self, values: Mapping[Any, Any], /) -> Formula: ...
        def compiled(self, *letters: str) -> Callable[..., int]: ...
        def steps_with(self, letters: Any, numbers: Mapping[str, int]) -> Steps | None: ...
        def checked_values(self, values: Any, named: Mapping[str, Any]) -> dict[str, Any]: ...


@guard
class Points:
    """The points of a grid of sizes that fulfil conditions, and the count at each. Nothing is computed before it is asked for."""

    def __init__(
        self,
        formula: Formula,
        axes: Mapping[Any, object],
        where: object = None,
        at_most: object = None,
        at_least: object = None,
    ) -> None:
        sizes = {letter_name(letter): values for letter, values in axes.items()}
        own = {name: size for name, size in formula.own_sizes.items() if name not in sizes}
        self.conditions = conditions_of(where)
        used = {name for condition in self.conditions for name in condition.letters} - formula.all_symbols.keys()
        needed = dict.fromkeys((name for name in sizes if name not in used), 1)
        if formula.has_own_way:  # it checks its values itself, point by point
            given = {**own, **{formula._name_of_any(name): values for name, values in sizes.items() if name in needed}}
        else:
            given = formula.checked_values({**own, **needed}, {})
        if "count" in {**given, **sizes}:
            raise LetterError("a letter called count would have the name of the count in the rows of a grid; rename it")
        every = {
            name: axis_of(values, name, formula.least_size(name) if name in formula.all_symbols else 1)
            for name, values in sizes.items()
        }
        self.formula = formula
        self.axes: dict[str, Axis] = {name: axis for name, axis in every.items() if not is_number(sizes[name])}
        self.numbers = {**own, **{name: axis[0] for name, axis in every.items() if is_number(sizes[name])}}
        if not self.axes:
            raise SettingError(f"grid needs a range or a list of sizes for some letter, such as {listed(formula.letters)}")
        check_letters(self.conditions, self.axes)
        self.high, self.low = limit(at_most, "at_most"), limit(at_least, "at_least")

    # ------------------------------------------------------------ its points
    @property
    def letters(self) -> tuple[str, ...]:
        """The letters along its axes."""
        return tuple(self.axes)

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of sizes along each axis."""
        return tuple(len(axis) for axis in self.axes.values())

    @property
    def size(self) -> int:
        """The number of points, before any condition."""
        return prod(self.shape)

    def __repr__(self) -> str:
        sides = ", ".join(f"{name}: {brief(axis)}" for name, axis in self.axes.items())
        return f"<Grid of {self.size:,} points of {self.formula}, {sides}>"

    def __getstate__(self) -> dict[str, object]:
        """All but what is computed once, such as the compiled count: it is computed again where it is needed."""
        its = type(self)
        return {name: value for name, value in vars(self).items() if not isinstance(getattr(its, name, None), cached_property)}

    @cached_property
    def function(self) -> Callable[..., int]:
        """The count as a function of the letters of the axes."""
        if self.formula.has_own_way:
            return lambda *sizes: self.formula.at({**self.numbers, **dict(zip(self.letters, sizes, strict=True))})
        left = self.formula.given(self.numbers) if self.numbers else self.formula
        if any(
            name in self.formula.all_symbols and name not in left.letters for name in self.letters
        ):  # it cancels, but has to be a size
            return lambda *sizes: self.formula.at({**self.numbers, **dict(zip(self.letters, sizes, strict=True))})
        places = [place for place, name in enumerate(self.letters) if name in left.letters]
        try:
            counted = left.compiled(*left.letters) if left.letters else None
        except LetterError:
            return lambda *sizes: left.at({self.letters[place]: sizes[place] for place in places})
        names = [self.letters[place] for place in places]
        if counted is None:
            number = left.at({})
            return lambda *_: number
        counted = left.compiled(*names)
        if len(places) == len(self.letters):
            return counted
        return lambda *sizes: counted(*[sizes[place] for place in places])

    @cached_property
    def polynomial(self) -> Polynomial:
        """The count with the numbers of all letters but those along the axes."""
        return partly_evaluated(self.formula.polynomial, self.numbers)[0]

    @cached_property
    def leaves_out(self) -> bool:
        """Whether some points may be left out, or the count is not a polynomial with whole coefficients."""
        limits = bool(self.conditions) or self.low is not None or self.high is not None
        if limits or self.formula.has_own_way or self.formula.doubtful_sizes_in(set(self.formula.all_symbols.values())):
            return True
        plain = all(
            coefficient.denominator == 1 and all(name in self.axes and power > 0 for name, power in monomial)
            for monomial, coefficient in self.polynomial.terms.items()
        )
        return not plain


def is_number(values: object) -> bool:
    """Whether one size is given for a letter, and no axis."""
    return isinstance(values, int) or is_short_number(values) or not hasattr(values, "__iter__")


def limit(value: object, of: str) -> int | None:
    """A limit on counts, as a whole number or a text such as ``"1B"``."""
    if value is None:
        return None
    found = number_of_text(value, of) if isinstance(value, str) else value
    if isinstance(found, bool) or not hasattr(type(found), "__index__"):
        raise SettingError(f"{of} must be a whole number, such as 10**9 or '1B', not {brief(value)}")
    return int(found)  # type: ignore[call-overload,no-any-return]
