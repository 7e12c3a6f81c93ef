"""What the numbers of one model do not settle, in words: which of its numbers stayed, and which letter was put by its value alone."""

from __future__ import annotations

from math import prod

from ..errors import listed, several
from .assumptions import Assumption, family, places_in_words
from .letter_relations import relation
from .letters_for_numbers import BLOCKS, GROUPS, LAYERS, OTHER, OUTPUTS, SIZE
from .sizes import is_symbolic
from .tree import Weight, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .letters_for_numbers import Chosen, KindOf, Places
    from .sizes import Dim
    from .tree import Node

MOST_RELATED = 4  # numbers that have a sentence each; the others share one
MOST_OTHERS = 12
MOST_KEYS = 3  # that have a sentence each
SAME_MODULES = "at other sizes the modules are the same; also= or lift checks that"
FUSED = "a module is called after queries, keys and values, and three times as wide as its input,"


def assumptions(node: Node, chosen: Chosen, places: Places, kind_of: KindOf) -> list[Assumption]:
    """What a formula takes for granted, a sentence each, those about most of its sizes first."""
    return [
        *([Assumption(SAME_MODULES)] if chosen.values else []),
        *same_numbers(node, chosen),
        *other_kinds(chosen, places, kind_of),
        *followers(chosen),
        *staying(node, chosen, places, kind_of),
        *staying_blocks(chosen, places, kind_of),
    ]


def same_numbers(node: Node, chosen: Chosen) -> Iterator[Assumption]:
    """The letters that were put in several places because the numbers are equal."""
    numbers: dict[int, list[str]] = {}
    for each in chosen.given:
        if not each.places:
            numbers.setdefault(each.number, []).append(each.name)
    counted: dict[str, list[str]] = {}
    for place in chosen.by_value:
        counted.setdefault(str(chosen.places[place]), []).append(place)
    for number, names in numbers.items():
        if len(names) > 1:
            both = [place for name in names for place in counted.get(name, [])]
            yield Assumption(f"{listed(names)} are all {number}: they are told apart by the kind of place", both)
    several_places = [(each, counted[str(each.size)]) for each in chosen.given if len(counted.get(str(each.size), ())) > 1]
    for those in [several_places] if len(several_places) > MOST_KEYS else [[each] for each in several_places]:
        many = (f"every {each.number} is taken for {each.name}, in {len(its)} places" for each, its in those)
        at = [place for each, its in those for place in (*sorted(its), *tensors_with(node, each.size))]
        yield Assumption(f"{'; '.join(many)}: equal numbers may be different sizes", at)


def tensors_with(node: Node, its: Dim) -> list[str]:
    """The paths of the tensors that have a size, also those that have it from the layer before."""
    return [path for path, leaf, _ in leaves(node) if its in leaf.shape]


def other_kinds(chosen: Chosen, places: Places, kind_of: KindOf) -> Iterator[Assumption]:
    """The numbers that are a letter's, and of a kind that is not taken for it."""
    groups: dict[tuple[str, str, int], list[str]] = {}
    for place, name in chosen.passed.items():
        if kind_of(place, places) == OTHER:  # such as a stride, which no weight has the size of
            continue
        groups.setdefault((kind_of(place, places), name, places[place]), []).append(place)
    for (kind, name, number), those in groups.items():
        yield Assumption(
            f"{number} stays a number in {several(len(those), 'place')} ({places_in_words(those)}), being {kind}: "
            f"name the place if it is {name}",
            those,
        )


def followers(chosen: Chosen) -> Iterator[Assumption]:
    """The numbers that have a letter since another number has it."""
    groups: dict[tuple[str, str], list[str]] = {}
    for place, other in chosen.followed.items():
        same = chosen.places[place] == chosen.places[other]
        said = f"{argument_of(place)} follows {argument_of(other)}" if same else FUSED
        groups.setdefault((said, str(chosen.places[place])), []).append(place)
    for (said, size), those in groups.items():
        where = f"{several(len(those), 'place')} ({places_in_words(those)})"
        yield Assumption(f"{said} in {where}: it is taken for {size}", those)


def argument_of(place: str) -> str:
    return place.rpartition(".")[2].partition("[")[0]


def staying(node: Node, chosen: Chosen, places: Places, kind_of: KindOf) -> Iterator[Assumption]:
    """The numbers that the formula still has: those that an expression of letters is, one by one, and the others together."""
    sizes: set[Dim] = {each.size for each in chosen.given}
    found = numbers_in(node, sizes | {chosen.places[place] for place in chosen.followed})
    for place, number in places.items():
        if number > 1 and place not in chosen.places and place not in chosen.passed and kind_of(place, places) == GROUPS:
            found.setdefault(number, []).append(place)
    said = {(family(place), places[place]) for place in chosen.passed}
    kinds = kinds_by_family(places, kind_of)
    values = of_sizes(chosen, places, kind_of)
    letters = {its: name for name, its in values.items()}
    related: dict[int, str] = {}
    for number, paths in found.items():
        own = letters.get(number)
        if own is not None:
            paths[:] = [path for path in paths if (family(path), number) not in said]
        elif any(kinds_at(path, number, kinds) & {SIZE, OUTPUTS, GROUPS} for path in paths):
            own = relation(number, values)
        if own is not None:
            related[number] = own
    ordered = sorted((number for number in related if found[number]), key=lambda number: (-len(found[number]), -number))
    for number in ordered[:MOST_RELATED]:
        yield staying_in_words(number, found[number], related[number], chosen.values)
    plain = sorted((number for number in found if number not in related), key=lambda number: (-len(found[number]), -number))
    yield from others_in_words([*ordered[MOST_RELATED:], *plain], related, found)


def others_in_words(numbers: list[int], related: dict[int, str], found: dict[int, list[str]]) -> Iterator[Assumption]:
    """``4 sizes stay numbers: 96 = 3*d (up/kernel), 30522 (words/embeddings), 16 (patch/kernel) and 3 (patch/kernel)``."""
    if not numbers:
        return
    all_places = [place for number in numbers for place in found[number]]
    if len(numbers) == 1:
        yield staying_in_words(numbers[0], all_places, None, {})
        return
    named = {number: f"{number} = {related[number]}" if number in related else str(number) for number in numbers}
    shown = [f"{named[number]} ({places_in_words(found[number][:1])})" for number in numbers[:MOST_OTHERS]]
    more = [f"{len(numbers) - len(shown)} more"] if len(numbers) > len(shown) else []
    yield Assumption(f"{len(numbers)} sizes stay numbers: {listed([*shown, *more])}", all_places)


def staying_blocks(chosen: Chosen, places: Places, kind_of: KindOf) -> Iterator[Assumption]:
    """The numbers of equal blocks and of layers that have no letter."""
    groups: dict[str, list[str]] = {}
    for place, number in places.items():
        kind = kind_of(place, places)
        counted = place.replace(".repeats[", ".blocks[") in places and ".repeats[" in place  # two ways to count the same blocks
        if kind in (BLOCKS, LAYERS) and number > 1 and not counted and place not in chosen.places and place not in chosen.passed:
            groups.setdefault(kind, []).append(place)
    for kind, those in groups.items():
        numbers = [*dict.fromkeys(places[place] for place in those)]
        stay = "stays a number" if len(numbers) == 1 else "stay numbers"
        where = f"{several(len(those), 'place')} ({places_in_words(those)})"
        yield Assumption(
            f"{listed(numbers)} {stay} in {where}, being {kind if len(numbers) == 1 else kind[2:].replace('number', 'numbers', 1)}",
            those,
        )


def kinds_by_family(places: Places, kind_of: KindOf) -> dict[tuple[str, int], set[str]]:
    """The kinds of a number in a module, those of equal blocks together."""
    found: dict[tuple[str, int], set[str]] = {}
    for place, number in places.items():
        found.setdefault((family(place), number), set()).add(kind_of(place, places))
    return found


def kinds_at(path: str, number: int, kinds: Mapping[tuple[str, int], set[str]]) -> set[str]:
    """The kinds of a number in the module of a tensor, or in the innermost one around it that has the number; else a size."""
    owner = family(path)
    while owner:
        if (owner, number) in kinds:
            return kinds[owner, number]
        owner = owner.rpartition("/")[0]
    return {SIZE}


def of_sizes(chosen: Chosen, places: Places, kind_of: KindOf) -> dict[str, int]:
    """The letters and their numbers, without those that only count blocks: no size grows with them."""
    counting = {its for place, its in chosen.places.items() if kind_of(place, places) in (BLOCKS, LAYERS)}
    sizes = {its for place, its in chosen.places.items() if kind_of(place, places) not in (BLOCKS, LAYERS)}
    names = [{letter.name for its in those if is_symbolic(its) for letter in its.free_symbols} for those in (counting, sizes)]
    return {name: number for name, number in chosen.values.items() if name not in names[0] - names[1]}


def staying_in_words(number: int, those: list[str], its: str | None, values: Mapping[str, int]) -> Assumption:
    """``2304 = 3*768 stays a number in 12 places (...): give "3*d" if it grows with d``."""
    those = [*dict.fromkeys(those)]
    stays = f"stays a number in {several(len(those), 'place')} ({places_in_words(those)})"
    if its is None:
        return Assumption(f"{number} {stays}", those)
    if its in values:
        return Assumption(f"{number} {stays}, although it is the number of {its}", those)
    used = [name for name in values if name in names_in(its)]
    shown = "".join(str(values[word]) if word in values else word for word in words_in(its))
    return Assumption(f'{number} = {shown} {stays}: give "{its}" if it grows with {" and ".join(used)}', those)


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
