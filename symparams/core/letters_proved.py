"""The same model in letters, proved at its own sizes by putting the numbers back; what that leaves open is said in words."""

from __future__ import annotations

from ..errors import LetterError, SymparamsError, listed, several
from .formula import Values
from .letters_assumed import assumptions
from .letters_for_numbers import BLOCKS, chosen_places
from .letters_proposed import Proposals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol, TypeVar

    from .assumptions import Assumption
    from .formula import Formula
    from .letters_for_numbers import Chosen, KindOf, Letters
    from .sizes import Dim
    from .tree import Node

    class Read(Protocol):
        """A model as a reader gives it."""

        name: str
        values: Any
        replaced: dict[str, str]
        assumed: list[Assumption]

        @property
        def built(self) -> bool: ...
        @property
        def node(self) -> Node: ...
        @property
        def layers(self) -> list[Any]: ...
        @property
        def count(self) -> Formula: ...
        @property
        def trainable_count(self) -> Formula: ...

    M = TypeVar("M", bound=Read)


def in_letters(in_numbers: M, letters: object, collected: Letters, kind_of: KindOf, read: Callable[[dict[str, Dim]], M]) -> M:
    """The model read once more with letters for its numbers.

    Raises :class:`LetterError` when the letters do not fit together, or the formula does not give the model's number.
    """
    if letters == "auto":
        return in_proposed_letters(in_numbers, collected, kind_of, read)
    chosen = chosen_places(letters, collected, kind_of)
    model = lettered(in_numbers, chosen, collected, kind_of, read)
    if model.built:
        model.assumed = assumptions(model.node, chosen, collected.places, kind_of)
    return model


def in_proposed_letters(in_numbers: M, collected: Letters, kind_of: KindOf, read: Callable[[dict[str, Dim]], M]) -> M:
    """The model in letters that its numbers propose. Those that do not fit together are left out, the last one first."""
    proposed = Proposals(collected.places, kind_of, {place for place, (_, times) in collected.follows.items() if times > 1})
    while True:
        try:
            model = in_letters(in_numbers, proposed.letters, collected, kind_of, read)
        except LetterError:
            if not proposed.letters:
                raise
            proposed.leave_out()
            continue
        if model.built:
            model.assumed = [*proposed.assumed, *model.assumed]
        return model


def lettered(in_numbers: M, chosen: Chosen, collected: Letters, kind_of: KindOf, read: Callable[[dict[str, Dim]], M]) -> M:
    """The model with the chosen letters, proved at its own sizes."""
    values, places = chosen.values, chosen.places
    apart = {place: size for place, size in places.items() if kind_of(place, collected.places) != BLOCKS}
    model = tried(read, apart, values)
    if in_numbers.built:
        prove(in_numbers, model, values)
    if len(apart) < len(places):  # equal blocks become one, whose copies a letter counts
        model = tried(read, places, values)
        prove_total(in_numbers, model, values)
    model.values = Values(values)
    model.replaced = {place: str(letter) for place, letter in places.items()}
    return model


def tried(read: Callable[[dict[str, Dim]], M], places: dict[str, Dim], values: Mapping[str, int]) -> M:
    """The model in letters. Raises :class:`LetterError` where a layer refuses them."""
    try:
        return read(places)
    except SymparamsError as error:
        raise LetterError(
            f"the letters {listed(values)} do not fit together: {error}; give the place of each, as in letters={{'n': 'lstm.units'}}"
        ) from None


def prove(in_numbers: Read, model: Read, values: Mapping[str, int]) -> None:
    """Every layer's formula, and the model's, gives the number back when the letters are numbers again."""
    for mine, its in zip(innermost(model), innermost(in_numbers), strict=True):
        same(mine.count, int(its.count), values, mine.name)
    prove_total(in_numbers, model, values)


def prove_total(in_numbers: Read, model: Read, values: Mapping[str, int]) -> None:
    """The formula of the whole model gives its number back, and that of its trainable part does."""
    same(model.count, int(in_numbers.count), values, model.name)
    same(model.trainable_count, int(in_numbers.trainable_count), values, f"the trainable part of {model.name}")


def innermost(model: Read) -> list[Any]:
    """The layers of a model; of nested layers, those that have parameters themselves."""
    return getattr(model, "innermost", None) or model.layers


def same(formula: Formula, number: int, values: Mapping[str, int], name: str) -> None:
    found = formula.at(Values(values))
    if found != number:
        raise LetterError(f"{name} has {several(number, 'parameter')}, and {formula} gives {found}: give the place of each letter")
