"""Letters for numbers: which sizes of a config become which letter, and where each is.

A place is a layer's path, an argument and, where it has several sizes, an index: ``encoder/conv.kernel_size[0]``.
A number becomes its letter wherever an argument is a size by nature, which a framework's reader says; any other whole
number, such as a stride, becomes one where its place is named.
"""

from __future__ import annotations

from ..errors import LetterError, brief, listed, nearest
from .sizes import size, symbol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    IsSize: TypeAlias = Callable[[str], bool]

MOST_SHOWN = 12


class Letters:
    """The whole numbers of a model by their places, and the letters that replace some of them.

    ``chosen`` has the letter of a place; without it, the places are only collected.
    """

    def __init__(self, chosen: Mapping[str, Any] | None = None) -> None:
        self.chosen = chosen or {}
        self.places: dict[str, int] = {}

    def put(self, path: str, argument: str, value: Any) -> Any:
        """An argument of a layer, with letters for the numbers that have one."""
        return self._put(f"{path}.{argument}", value)

    def _put(self, place: str, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._put(f"{place}[{number}]", each) for number, each in enumerate(value))
        if type(value) is not int:
            return value
        self.places[place] = value
        return self.chosen.get(place, value)


def chosen_places(letters: Mapping[Any, Any], places: Mapping[str, int], is_size: IsSize) -> tuple[dict[str, Any], dict[str, int]]:
    """The symbol of each place, and the number of each letter. ``is_size`` says whether a place holds a size.

    Raises :class:`LetterError` for a letter that is unused, and for a place that does not exist or is ambiguous.
    """
    if not hasattr(letters, "items"):
        raise LetterError(f"letters are given by name, as in letters={{'n': 300}}, not {brief(letters)}")
    of_place: dict[str, Any] = {}
    values: dict[str, int] = {}
    by_number: dict[int, str] = {}
    made: dict[str, Any] = {}
    for key, where in letters.items():
        name = key if isinstance(key, str) else getattr(key, "name", None)
        if not isinstance(name, str):
            raise LetterError(f"a letter is a name or a symbol, not {brief(key)}")
        if name in made:
            raise LetterError(f"{name} is given twice")
        made[name] = symbol(name) if isinstance(key, str) else key
        if isinstance(where, str | list | tuple):
            named = [where] if isinstance(where, str) else where
            found = [place for each in named for place in places_called(name, each, places, is_size)]
            for place in found:
                if place in of_place:
                    raise LetterError(f"{of_place[place]} and {name} are both given for {place}")
                of_place[place] = made[name]
            numbers = {places[place] for place in found}
            if len(numbers) != 1:
                raise LetterError(f"{name} must be one number, not {listed(sorted(numbers)) or 'none'} ({listed(found)})")
            values[name] = numbers.pop()
            size(values[name], f"{name} at {found[0]}")
        else:
            number = size(where, f"letters: {name}")
            if not isinstance(number, int):
                raise LetterError(f"letters: {name} is a number such as 300 or a place such as 'lstm.units', not {brief(where)}")
            if number in by_number:
                raise LetterError(
                    f"{by_number[number]} and {name} are both {number}: say which is where, as in letters={{{name!r}: 'lstm.units'}}"
                )
            by_number[number] = name
            values[name] = number
    used = set(map(str, of_place.values()))
    for place, number in places.items():
        if number in by_number and place not in of_place and is_size(place):
            of_place[place] = made[by_number[number]]
            used.add(by_number[number])
    for name in made:
        if name not in used:
            raise LetterError(
                f"letter {name} is unused: no size in the model is {values[name]}; its sizes are {sizes_shown(places, is_size)}"
            )
    return {place: of_place[place] for place in places if place in of_place}, values


def places_called(letter: str, wanted: Any, places: Mapping[str, int], is_size: IsSize) -> list[str]:
    """The places that a name means: ``lstm.units`` is in the layer called lstm, wherever that is."""
    layer, dot, argument = wanted.rpartition(".") if isinstance(wanted, str) else ("", "", "")
    if not dot or not layer:
        raise LetterError(f"{letter}: a place is a layer and an argument, such as 'lstm.units', not {brief(wanted)}")
    owners: dict[str, list[str]] = {}
    for place in places:
        path, _, its = place.rpartition(".")
        owner = within(path, layer)
        if owner is not None and (its == argument or its.startswith(f"{argument}[")):
            owners.setdefault(owner, []).append(place)
    if not owners:
        raise LetterError(
            f"{letter}: no size at {wanted!r}{nearest(wanted, places) or f'; the sizes are {sizes_shown(places, is_size)}'}"
        )
    if len(owners) > 1:
        raise LetterError(f"{letter}: {wanted!r} could be in {listed(owners)}: write the longer name")
    return next(iter(owners.values()))


def within(path: str, layer: str) -> str | None:
    """The path of ``layer`` when it is a path's end, or a layer around it."""
    padded = f"/{path}/"
    at = padded.find(f"/{layer}/")
    return padded[1 : at + 1 + len(layer)] if at >= 0 else None


def sizes_shown(places: Mapping[str, int], is_size: IsSize) -> str:
    """The sizes that a model has, the first of them with their places."""
    first = [f"{number} at {place}" for place, number in places.items() if is_size(place)]
    return (
        listed(first[:MOST_SHOWN]) + (f" and {len(first) - MOST_SHOWN} more" if len(first) > MOST_SHOWN else "")
        if first
        else "none"
    )
