"""The same model in letters, proved by putting the numbers back."""

from __future__ import annotations

from ..errors import LetterError, SymparamsError, listed, several
from .formula import Values
from .letters_for_numbers import chosen_places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol, TypeVar

    from .formula import Formula
    from .letters_for_numbers import IsSize

    class Read(Protocol):
        """A model as a reader gives it."""

        name: str
        values: Any
        replaced: dict[str, str]

        @property
        def built(self) -> bool: ...
        @property
        def layers(self) -> list[Any]: ...
        @property
        def count(self) -> Formula: ...
        @property
        def trainable_count(self) -> Formula: ...

    M = TypeVar("M", bound=Read)


def in_letters(
    in_numbers: M, letters: Mapping[Any, Any], places: Mapping[str, int], is_size: IsSize, read: Callable[[dict[str, Any]], M]
) -> M:
    """The model read once more with letters for its numbers.

    Raises :class:`LetterError` when the letters do not fit together, or the formula does not give the model's number.
    """
    chosen, values = chosen_places(letters, places, is_size)
    try:
        model = read(chosen)
    except SymparamsError as error:
        raise LetterError(
            f"the letters {listed(values)} do not fit together: {error}; give the place of each, as in letters={{'n': 'lstm.units'}}"
        ) from None
    if in_numbers.built:
        prove(in_numbers, model, values)
    model.values = Values(values)
    model.replaced = {place: str(letter) for place, letter in chosen.items()}
    return model


def prove(in_numbers: Read, model: Read, values: Mapping[str, int]) -> None:
    """Every layer's formula, and the model's, gives the number back when the letters are numbers again."""
    for mine, its in zip(innermost(model), innermost(in_numbers), strict=True):
        same(mine.count, int(its.count), values, mine.name)
    same(model.count, int(in_numbers.count), values, model.name)
    same(model.trainable_count, int(in_numbers.trainable_count), values, f"the trainable part of {model.name}")


def innermost(model: Read) -> list[Any]:
    """The layers of a model; of nested layers, those that have parameters themselves."""
    return getattr(model, "innermost", None) or model.layers


def same(formula: Formula, number: int, values: Mapping[str, int], name: str) -> None:
    found = formula.at(Values(values))
    if found != number:
        raise LetterError(f"{name} has {several(number, 'parameter')}, and {formula} gives {found}: give the place of each letter")
