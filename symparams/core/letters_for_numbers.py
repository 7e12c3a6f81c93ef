"""Letters for numbers: which sizes of a config become which letter, and where each is.

A place is a layer's path, an argument and, where it has several sizes, an index: ``encoder/conv.kernel_size[0]``.
A number becomes its letter by its value wherever the argument is a size by nature, which a framework's reader says. A window,
a stride, a number of groups or of heads may well be the same number by coincidence, so it becomes one where its place is named.
"""

from __future__ import annotations

from ..errors import LetterError, brief, listed, nearest
from .frozen import Frozen
from .letters_given import given_in, values_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from typing import TypeAlias, TypeVar

    from .letters_given import Given
    from .sizes import Dim

    Value = TypeVar("Value")
    Places: TypeAlias = Mapping[str, int]
    KindOf: TypeAlias = Callable[[str, Places], str]  # the kind of the number at a place

MOST_SHOWN = 12
LEAST_RELATED = 16  # for a smaller letter, many a size is a multiple by chance
MOST_UNLIKE = 4  # blocks at the front of a list that may be unlike the others
# The kinds of numbers. A letter is put for a size by its value, for a number of rows only where no size has that value, and
# for any other kind only where its place is named.
SIZE, OUTPUTS, CLASSES, ROWS, LENGTH, BLOCKS, WINDOW, GROUPS, HEADS, LAYERS, OTHER = (
    "a size",
    "a number of outputs",
    "a number of classes",
    "a number of rows of a table",
    "a length of the input",
    "a number of equal blocks",
    "a window",
    "a number of groups",
    "a number of heads",
    "a number of layers",
    "not a size",
)
SHOWN = (SIZE, OUTPUTS, CLASSES, ROWS, LENGTH)
COUNTED = ("blocks", "repeats")  # the arguments of a list that are numbers of equal blocks
# The names that our layers have for the arguments of frameworks.
OF_PAPERS = {
    "words": ("num_embeddings", "input_dim"),
    "width": ("embedding_dim", "output_dim", "embed_dim"),
    "inputs": ("in_features", "in_channels", "input_size"),
    "units": ("out_features", "hidden_size"),
    "filters": ("out_channels",),
    "heads": ("num_heads", "num_query_heads"),
}
# Letters that the field gives to the rows of a table, to a number of classes and to a number of blocks, in lower case.
OF_ROWS = frozenset("v vocab vocab_size vocabulary num_embeddings t n_positions max_len max_positions".split())
OF_CLASSES = frozenset("k c classes n_classes num_classes num_labels labels".split())
OF_BLOCKS = frozenset("l depth layers num_layers n_layers n_layer num_blocks n_blocks".split())


class Letters:
    """The whole numbers of a model by their places, and the letters that replace some of them.

    ``chosen`` has the letter of a place; without it, the places are only collected. ``follows`` has the places that must have
    the size of another, whatever it is, or so many times that size: the groups of a depthwise convolution, the width of a head
    that is tied to a table, the three matrices of an attention in one.
    """

    def __init__(self, chosen: Mapping[str, Dim] | None = None) -> None:
        self.chosen = chosen or {}
        self.places: dict[str, int] = {}
        self.follows: dict[str, tuple[str, int]] = {}
        # Where a framework numbers its layers, so that their names say nothing: every layer's path and class, in order, and for
        # a layer in the second of several equal blocks or a later one, that of the first block.
        self.layers: list[tuple[str, str]] = []
        self.alike: dict[str, str] = {}

    def put(self, path: str, argument: str, value: Value) -> Value:
        """An argument of a layer, with letters for the numbers that have one."""
        return self._put(f"{path}.{argument}", value)  # type: ignore[return-value]  # a letter takes the place of a number

    def _put(self, place: str, value: object) -> object:
        if isinstance(value, tuple):
            return tuple(self._put(f"{place}[{number}]", each) for number, each in enumerate(value))
        if type(value) is not int:
            return value
        self.places[place] = value
        return self.chosen.get(place, value)

    def follow(self, place: str, other: str, times: int = 1) -> None:
        """Says that the size at a place is that of another one, or so many times it; the numbers are so already."""
        self.follows[place] = other, times


class Chosen(Frozen):
    """The letter of each place, the number of each letter, and what their numbers alone did not settle."""

    places: dict[str, Dim]
    values: dict[str, int]
    given: tuple[Given, ...]
    passed: dict[str, str]  # by place, a letter of the same number that was not put there
    by_value: frozenset[str]  # the places that have a letter for their number alone
    followed: dict[str, str]  # the places that have the letter of another


def chosen_places(letters: object, collected: Letters, kind_of: KindOf) -> Chosen:
    """The letter of each place. Raises :class:`LetterError` for one that is unused, and for a place that is not there, or ambiguous."""
    places = collected.places
    given = given_in(letters, lambda name, where: places_called(name, where, places, kind_of), places)
    values = values_of(given)
    named = {place: each.size for each in given for place in each.places}
    same = {place for place, (_, times) in collected.follows.items() if times == 1}
    free = {place: number for place, number in places.items() if place not in named and place not in same}
    by_value, passed = by_number([each for each in given if not each.places], free, places, kind_of)
    chosen = named | {place: size_at(place, places[place], each) for place, each in by_value.items()}
    followed = {place: its for place, its in collected.follows.items() if place not in chosen and its[0] in chosen}
    chosen |= {place: times * chosen[other] for place, (other, times) in followed.items()}
    check_used(given, {*by_value.values()}, places, kind_of)
    return Chosen(
        places={place: chosen[place] for place in places if place in chosen},
        values=values,
        given=tuple(given),
        passed={place: name for place, name in passed.items() if place not in chosen},
        by_value=frozenset(by_value),
        followed={place: other for place, (other, _) in followed.items()},
    )


def by_number(given: list[Given], free: Places, places: Places, kind_of: KindOf) -> tuple[dict[str, Given], dict[str, str]]:
    """The places that get a letter for their number, and those of its number that do not, with its name."""
    found: dict[str, Given] = {}
    passed: dict[str, str] = {}
    numbers: dict[int, list[Given]] = {}
    for each in given:
        numbers.setdefault(each.number, []).append(each)
    for number, those in numbers.items():
        kinds: dict[str, list[str]] = {}
        for place, its_number in free.items():
            if its_number == number:
                kinds.setdefault(kind_of(place, places), []).append(place)
        taken = shared_out(those, kinds)
        for kind, those_places in kinds.items():
            owner = taken.get(kind)
            for place in those_places:
                if owner is not None:
                    found[place] = owner
                else:
                    passed[place] = those[0].name
    for each in given:
        if each.name.lower() in OF_BLOCKS and each not in found.values():
            found |= {place: each for place in free if after_first(place, free[place], each.number)}
    return found, passed


def after_first(place: str, number: int, length: int) -> bool:
    """Whether a place is the number of equal blocks behind the first few of a list of that length."""
    front, _, start = place.rpartition("[")
    return (
        front.endswith(".blocks")
        and start[:-1].isdigit()
        and 0 < int(start[:-1]) <= MOST_UNLIKE
        and int(start[:-1]) + number == length
    )


def size_at(place: str, number: int, each: Given) -> Dim:
    """The letter at a place, less the blocks that come before the equal ones."""
    front, _, start = place.rpartition("[")
    return each.size - int(start[:-1]) if front.endswith(".blocks") and number != each.number else each.size


def shared_out(those: list[Given], kinds: Collection[str]) -> dict[str, Given]:
    """Which letter of a number has which kinds of places, of those that there are.

    The outputs of a layer are as wide as other widths, where there are any, and as a table has rows otherwise: the classes of a
    language model are its words. One letter has the first of these groups, unless its name says another.
    """
    first: list[tuple[str, ...]] = [(SIZE, OUTPUTS), (ROWS, CLASSES)] if SIZE in kinds else [(ROWS, OUTPUTS, CLASSES)]
    if len(those) > 1 and any(each.name.lower() in OF_CLASSES for each in those):
        first = [(SIZE, OUTPUTS), (ROWS,), (CLASSES,)]
    counted = BLOCKS if BLOCKS in kinds else LAYERS
    groups: list[tuple[str, ...]] = [*first, (LENGTH,), (counted,)]
    groups = [group for group in groups if any(kind in kinds for kind in group)]
    taken: dict[tuple[str, ...], Given] = {}
    for group in groups:
        usual = OF_BLOCKS if counted in group else OF_ROWS if ROWS in group else OF_CLASSES if CLASSES in group else ()
        named = [each for each in those if each.name.lower() in usual]
        both(named)
        if named:
            taken[group] = named[0]
    rest = [each for each in those if each not in taken.values()]
    both(rest)
    taken |= dict(zip([group for group in groups if group not in taken and LAYERS not in group], rest, strict=False))
    return {kind: each for group, each in taken.items() for kind in group}


def both(those: list[Given]) -> None:
    """Refuses two letters that could be the same places."""
    if len(those) > 1:
        first, second = those[0], those[1]
        raise LetterError(
            f"{first.name} and {second.name} are both {first.number}: say which is where, as in "
            f"letters={{{second.name!r}: 'lstm.units'}}"
        )


def check_used(given: list[Given], by_value: set[Given], places: Places, kind_of: KindOf) -> None:
    """Refuses a letter that is nowhere in the model, with a way to put it where its number is."""
    used = {letter for each in given if each.places or each in by_value for letter in each.letters}
    for each in given:
        if each.places or each in by_value or (each.is_letter and each.name in used):
            continue
        same = [place for place, number in places.items() if number == each.number]
        if same:
            raise LetterError(
                f"letter {each.name} is unused: {each.number} is {kind_of(same[0], places)} at {listed(same[:3])}, which is never "
                f"a letter by its value alone: name its place, as in letters={{{each.name!r}: {same[0].partition('[')[0]!r}}}"
            )
        counted = [f"{number} at {place}" for place, number in places.items() if kind_of(place, places) == BLOCKS]
        if each.name.lower() in OF_BLOCKS and counted:
            raise LetterError(
                f"letter {each.name} is unused: the numbers of equal blocks are {listed(counted[:MOST_SHOWN])}, not {each.number}"
            )
        related = key_shown(each, places, kind_of)
        raise LetterError(
            f"letter {each.name} is unused: no size in the model is {each.number}; {related}its sizes are {sizes_shown(places, kind_of)}"
        )


def key_shown(each: Given, places: Places, kind_of: KindOf) -> str:
    """A key to give where a size is the letter and a few more, or so many times it: ``514 is T + 2, as in letters={'T + 2': 514}; ``"""
    from .letter_relations import relation

    if not each.is_letter or each.number < LEAST_RELATED:
        return ""
    numbers = dict.fromkeys(number for place, number in places.items() if kind_of(place, places) in SHOWN)
    keys = {number: relation(number, {each.name: each.number}) or "/" for number in numbers}
    close = sorted((number for number, key in keys.items() if "/" not in key), key=lambda number: abs(number - each.number))
    return f"{close[0]} is {keys[close[0]]}, as in letters={{{keys[close[0]]!r}: {close[0]}}}; " if close else ""


# ---------------------------------------------------------------- places by name
def places_called(letter: str, wanted: object, places: Places, kind_of: KindOf) -> list[str]:
    """The places that a name means: ``lstm.units`` is in the layer called lstm, wherever that is."""
    layer, dot, argument = wanted.rpartition(".") if isinstance(wanted, str) else ("", "", "")
    for counted in (each for each in COUNTED if isinstance(wanted, str) and owners_of(wanted.replace(".", "/"), each, places)):
        layer, dot, argument = str(wanted).replace(".", "/"), ".", counted
        break
    if not dot or not layer:
        raise LetterError(f"{letter}: a place is a layer and an argument, such as 'lstm.units', not {brief(wanted)}")
    owners = next(filter(None, (owners_of(layer, each, places) for each in (argument, *OF_PAPERS.get(argument, ())))), {})
    if not owners:
        raise LetterError(
            f"{letter}: no size at {wanted!r}{nearest(wanted, places) or f'; the sizes are {sizes_shown(places, kind_of)}'}"
        )
    if len(owners) > 1:
        raise LetterError(f"{letter}: {wanted!r} could be in {listed(owners)}: write the longer name")
    return next(iter(owners.values()))


def owners_of(layer: str, argument: str, places: Places) -> dict[str, list[str]]:
    """The places of an argument, by the path of each layer that a name means."""
    owners: dict[str, list[str]] = {}
    for place in places:
        path, _, its = place.rpartition(".")
        if its != argument and not its.startswith(f"{argument}["):
            continue
        owner = within(path, layer) if argument not in COUNTED else path if f"/{path}".endswith(f"/{layer}") else None
        if owner is not None:
            owners.setdefault(owner, []).append(place)
    return owners


def within(path: str, layer: str) -> str | None:
    """The path of ``layer`` when it is a path's end, or a layer around it."""
    padded = f"/{path}/"
    at = padded.find(f"/{layer}/")
    return padded[1 : at + 1 + len(layer)] if at >= 0 else None


def sizes_shown(places: Places, kind_of: KindOf) -> str:
    """The sizes that a model has, the first of them with their places."""
    distinct: dict[int, str] = {}
    for place, number in places.items():
        if number > 1 and kind_of(place, places) in SHOWN:
            distinct.setdefault(number, place)
    first = [f"{number} at {place}" for number, place in distinct.items()]
    return (
        listed(first[:MOST_SHOWN]) + (f" and {len(first) - MOST_SHOWN} more" if len(first) > MOST_SHOWN else "")
        if first
        else "none"
    )
