"""What the numbers of one model do not settle, in words: which of its numbers stayed, and which letter was put by its value alone."""

from __future__ import annotations

from math import prod

from ..errors import listed, several
from .equal_blocks import some
from .letter_relations import relation
from .letters_for_numbers import BLOCKS, GROUPS, LAYERS, OTHER
from .sizes import is_symbolic
from .tree import Weight, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .letters_for_numbers import Chosen, KindOf, Places
    from .sizes import Dim
    from .tree import Node

MOST_NUMBERS = 60  # sentences about numbers that stay; the others are counted


def assumptions(node: Node, chosen: Chosen, places: Places, kind_of: KindOf) -> list[str]:
    """What a formula takes for granted, a sentence each: the numbers that nearly are a letter's first."""
    return [
        *same_numbers(chosen),
        *other_kinds(chosen, places, kind_of),
        *followers(chosen),
        *staying(node, chosen, places, kind_of),
    ]


def same_numbers(chosen: Chosen) -> Iterator[str]:
    """The letters that were put in several places because the numbers are equal."""
    numbers: dict[int, list[str]] = {}
    for each in chosen.given:
        if not each.places:
            numbers.setdefault(each.number, []).append(each.name)
    for number, names in numbers.items():
        if len(names) > 1:
            yield f"{listed(names)} are all {number}: they are told apart by the kind of place"
    counted: dict[str, list[str]] = {}
    for place in chosen.by_value:
        counted.setdefault(str(chosen.places[place]), []).append(place)
    for each in chosen.given:
        its = counted.get(str(each.size), [])
        if len(its) > 1:
            yield f"every {each.number} is taken for {each.name}, in {len(its)} places: equal numbers may be different sizes"


def other_kinds(chosen: Chosen, places: Places, kind_of: KindOf) -> Iterator[str]:
    """The numbers that are a letter's, and of a kind that is not taken for it."""
    groups: dict[tuple[str, str, int], list[str]] = {}
    for place, name in chosen.passed.items():
        if kind_of(place, places) == OTHER:  # such as a stride, which no weight has the size of
            continue
        groups.setdefault((kind_of(place, places), name, places[place]), []).append(place)
    for (kind, name, number), those in groups.items():
        yield (
            f"{number} stays a number in {several(len(those), 'place')} ({some(those)}), being {kind}: "
            f"name the place if it is {name}"
        )


def followers(chosen: Chosen) -> Iterator[str]:
    """The numbers that have a letter since another number has it."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for place, other in chosen.followed.items():
        arguments = place.rpartition(".")[2].partition("[")[0], other.rpartition(".")[2].partition("[")[0]
        groups.setdefault((*arguments, str(chosen.places[place])), []).append(place)
    for (argument, other, size), those in groups.items():
        yield f"{argument} follows {other} in {several(len(those), 'place')} ({some(those)}): it is taken for {size}"


def staying(node: Node, chosen: Chosen, places: Places, kind_of: KindOf) -> Iterator[str]:
    """The numbers that the formula still has, with the letter that they are a multiple of."""
    found = numbers_in(node, {each.size for each in chosen.given})
    repeated: dict[tuple[str, int], list[str]] = {}
    for place, number in places.items():
        if number == 1 or place in chosen.places or place in chosen.passed:
            continue
        kind = kind_of(place, places)
        if kind == GROUPS:
            found.setdefault(number, []).append(place)
        elif kind in (BLOCKS, LAYERS):
            repeated.setdefault((kind, number), []).append(place)
    values = of_sizes(chosen, places, kind_of)
    letters = {its: name for name, its in values.items()}
    related = {number: letters.get(number) or relation(number, values) for number in found}
    ordered = sorted(found, key=lambda number: (related[number] is None, -len(found[number]), -number))
    for number in ordered[:MOST_NUMBERS]:
        yield staying_in_words(number, [*dict.fromkeys(found[number])], related[number], chosen.values)
    for (kind, number), those in repeated.items():
        yield f"{number} stays a number in {several(len(those), 'place')} ({some(those)}), being {kind}"
    if len(ordered) > MOST_NUMBERS:
        yield f"{len(ordered) - MOST_NUMBERS} other numbers stay numbers"


def of_sizes(chosen: Chosen, places: Places, kind_of: KindOf) -> dict[str, int]:
    """The letters and their numbers, without those that only count blocks: no size grows with them."""
    counting = {its for place, its in chosen.places.items() if kind_of(place, places) in (BLOCKS, LAYERS)}
    sizes = {its for place, its in chosen.places.items() if kind_of(place, places) not in (BLOCKS, LAYERS)}
    names = [{letter.name for its in those if is_symbolic(its) for letter in its.free_symbols} for those in (counting, sizes)]
    return {name: number for name, number in chosen.values.items() if name not in names[0] - names[1]}


def staying_in_words(number: int, those: list[str], its: str | None, values: Mapping[str, int]) -> str:
    """``2304 = 3*768 stays a number in 12 places (...): give "3*d" if it grows with d``."""
    where = f"{several(len(those), 'place')} ({some(those, 3)})"
    if its is None:
        return f"{number} stays a number in {where}"
    if its in values:
        return f"{number} stays a number in {where}, although it is the number of {its}"
    used = [name for name in values if name in names_in(its)]
    shown = "".join(str(values[word]) if word in values else word for word in words_in(its))
    return f'{number} = {shown} stays a number in {where}: give "{its}" if it grows with {" and ".join(used)}'


def words_in(text: str) -> list[str]:
    """The names in an expression, and what is between them."""
    words: list[str] = []
    for each in text:
        if (words and each.isidentifier() and words[-1].isidentifier()) or (
            words and each.isdigit() and words[-1][0].isidentifier()
        ):
            words[-1] += each
        else:
            words.append(each)
    return words


def names_in(text: str) -> set[str]:
    return {word for word in words_in(text) if word.isidentifier()}


# ---------------------------------------------------------------- the numbers of a tree
def numbers_in(node: Node, given: set[Dim]) -> dict[int, list[str]]:
    """The numbers above 1 that are sizes of weights, alone or in an expression that is not one of those given, by the paths."""
    found: dict[int, list[str]] = {}
    inside: dict[Dim, list[int]] = {}
    for path, leaf, around in leaves(node):
        if not isinstance(leaf, Weight) or any(copies.copies == 0 for copies in around):
            continue
        below = prod(below_the_line(axis) for axis in leaf.shape)
        for axis in leaf.shape:
            if axis not in inside:
                inside[axis] = [] if axis in given else [*numbers_of(axis)]
            for number in inside[axis]:
                if number != axis or below % number:  # the heads of (d, h, d/h) cancel, and are in no count
                    found.setdefault(number, []).append(path)
    return found


def below_the_line(axis: Dim) -> int:
    """The number that a size is divided by."""
    if isinstance(axis, int):
        return 1
    from .algebra import view

    operation, operands = view(axis, ordered=False)
    factors = operands if operation == "mul" else [axis]
    return prod(view(each)[1][1] for each in factors if view(each)[0] == "number")


def numbers_of(axis: Dim) -> Iterable[int]:
    """The whole numbers above 1 in a size."""
    if isinstance(axis, int):
        return [axis] if axis > 1 else []
    if not is_symbolic(axis):
        return []
    from .algebra import view

    operation, operands = view(axis, ordered=False)
    if operation == "number":
        return [operands[0]] if operands[1] == 1 and operands[0] > 1 else []
    if operation == "symbol":
        return []
    inner = operands[:1] if operation == "pow" else operands
    return [number for each in inner for number in numbers_of(each)]
