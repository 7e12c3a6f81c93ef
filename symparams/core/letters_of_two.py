"""Letters for the numbers of two models of the same code: what one model leaves open, a second one at other sizes mostly settles.

A size that differs between the two is a letter, or the simplest expression of letters that is both numbers; one that is the same in
both is a number. Then every tensor of the formula must have the sizes of both models: it is checked at two builds, and not proved.
"""

from __future__ import annotations

from ..errors import LetterError, brief, listed, several
from .assumptions import Assumption, places_in_words
from .letter_expressions import expression_of
from .letter_relations import relations
from .letters_for_numbers import BLOCKS, LAYERS, OF_BLOCKS, ROWS, SHOWN, Chosen, check_used, places_called, shared_out
from .letters_given import given_in, number_of, values_of
from .letters_proved import lettered, prove_total
from .numbered_layers import aligned, owner_in, take_names
from .sizes import is_symbolic
from .tree import leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .letters_for_numbers import KindOf, Letters
    from .letters_given import Given
    from .letters_proved import M, Read
    from .sizes import Dim
    from .tree import Node

MOST_SAID = 20
ROUNDED = 8  # widths are often rounded to multiples of it


def in_letters_of_two(
    models: tuple[M, M], letters: object, collected: tuple[Letters, Letters], kind_of: KindOf, read: Callable[[dict[str, Dim]], M]
) -> M:
    """The first model in letters, and with the numbers of the second it is the second.

    Raises :class:`LetterError`, with the tensor, the axis and the numbers, for a size that no expression of the letters is.
    """
    names = take_names(collected)
    same_code(collected, kind_of)
    places = collected[0].places, collected[1].places
    given = [keys_of(letters, which, places[which], kind_of) for which in (0, 1)]
    values = values_of(given[0]), values_of(given[1])
    settled = Settled(given, values, places, kind_of, collected[0])
    chosen = settled.chosen()
    counted_blocks(collected, kind_of, chosen)
    apart = chosen.but(places={place: its for place, its in chosen.places.items() if kind_of(place, collected[0].places) != BLOCKS})
    model = lettered(models[0], apart, collected[0], kind_of, read)
    if model.built:
        agree(model, models, values, names)
        if apart != chosen:
            model = lettered(models[0], chosen, collected[0], kind_of, read)
        agree_in_all(model, models, values)
        model.assumed = [*settled.assumed(model.node, models, names)]
    return model


def keys_of(letters: object, which: int, places: Mapping[str, int], kind_of: KindOf) -> list[Given]:
    """The keys of ``letters`` with the numbers of one of the two models."""
    if hasattr(letters, "items"):
        letters = {key: one_of(key, its, which) for key, its in letters.items()}
    return given_in(letters, lambda name, where: places_called(name, where, places, kind_of), places)


def one_of(key: object, its: object, which: int) -> object:
    """The number of a key in one of the models, out of both; a place is the same in both."""
    if isinstance(its, str) or (isinstance(its, list | tuple) and its and all(isinstance(each, str) for each in its)):
        return its
    if not isinstance(its, list | tuple) or len(its) != 2:
        raise LetterError(f"with also=, {key} is two numbers, such as (768, 1024), or a place, not {brief(its)}")
    return its[which]


class Settled:
    """What each pair of numbers is: a letter, an expression of letters, or a number that is the same in both."""

    def __init__(
        self,
        given: list[list[Given]],
        values: tuple[dict[str, int], dict[str, int]],
        places: tuple[dict[str, int], dict[str, int]],
        kind_of: KindOf,
        collected: Letters,
    ) -> None:
        self.given, self.values, self.kind_of = given, values, kind_of
        self.pairs = {place: (number, places[1][place]) for place, number in places[0].items() if place in places[1]}
        later = aligned(places[0], places[0], collected.alike)
        alike = {
            place: later.get(place) or block_alike(place, number, self.pairs)
            for place, number in places[0].items()
            if place not in places[1]
        }
        self.pairs |= {place: self.pairs[its] for place, its in alike.items() if its in self.pairs}
        self.places = places[0]
        self.both = {name: [values[0][name], values[1][name]] for name in values[0]}
        self.of_sizes = self.both  # without the letters of numbers of blocks, which no size grows with
        self.of_blocks: set[str] = set()
        self.by_pair: dict[tuple[int, int], list[Given]] = {}
        for first, second in zip(*given, strict=True):
            if not first.places:
                self.by_pair.setdefault((first.number, second.number), []).append(first)
        self.found: dict[tuple[tuple[int, int], bool], tuple[Dim, list[str]] | None] = {}
        self.by_value: dict[str, Given] = {}

    def chosen(self) -> Chosen:
        """The letter of each place."""
        named = {place: each.size for each in self.given[0] for place in each.places}
        places: dict[str, Dim] = {**named}
        self.of_blocks = self.letters_of_blocks()
        self.of_sizes = {name: its for name, its in self.both.items() if name not in self.of_blocks}
        for place, pair in self.pairs.items():
            its = None if place in named else self.size_of(place, pair)
            if its is not None:
                places[place] = its
        used = {letter for its in places.values() if is_symbolic(its) for letter in its.free_symbols}
        follows = {each for each in self.given[0] if each.is_letter and each.size in used}
        check_used(self.given[0], {*self.by_value.values()} | follows, self.places, self.kind_of)
        ordered = {place: places[place] for place in self.places if place in places}
        return Chosen(ordered, dict(self.values[0]), tuple(self.given[0]), {}, frozenset(), {})

    def size_of(self, place: str, pair: tuple[int, int]) -> Dim | None:
        """What two different numbers are. Two that are equal stay a number, unless they are a letter that is."""
        kind = self.kind_of(place, self.places)
        those = self.by_pair.get(pair, [])
        counting = [each.name for each in those if each.name in self.of_blocks and kind not in (BLOCKS, LAYERS)]
        those = [each for each in those if each.name not in counting]
        if pair[0] == pair[1] and (kind not in SHOWN or kind == ROWS):
            return None
        if those:
            kinds = {self.kind_of(each, self.places) for each, its in self.pairs.items() if its == pair}
            shared = shared_out(those, kinds)
            self.by_value[place] = shared.get(kind, those[0])
            return self.by_value[place].size
        if pair[0] == pair[1]:
            return None
        if (pair, kind == BLOCKS) not in self.found:
            letters = {name: self.both[name] for name in self.of_blocks} if kind == BLOCKS else self.of_sizes
            made = [*first_of(relations(pair, letters)), *counting]
            made += self.times_blocks(pair) if made and "/" in made[0] else []
            size = expression_in(made[0], self.given[0]) if made else None
            self.found[pair, kind == BLOCKS] = None if size is None else (size, made)
        found = self.found[pair, kind == BLOCKS]
        return None if found is None else found[0]

    def times_blocks(self, pair: tuple[int, int]) -> list[str]:
        """What a fraction of a width could be as well: one for each head of each block, ``4*L``."""
        both = ((name, self.both[name]) for name in self.of_blocks)
        return [f"{pair[0] // one}*{name}" for name, (one, other) in both if not pair[0] % one and pair[0] * other == pair[1] * one]

    def letters_of_blocks(self) -> set[str]:
        """The letters of numbers that are only numbers of blocks."""
        kinds: dict[tuple[int, int], set[str]] = {}
        for place, pair in self.pairs.items():
            kinds.setdefault(pair, set()).add(self.kind_of(place, self.places))
        return {
            each.name
            for pair, those in self.by_pair.items()
            for each in those
            if not (kinds.get(pair, set()) & {*SHOWN}) or (each.name.lower() in OF_BLOCKS and kinds[pair] & {BLOCKS, LAYERS})
        }

    # ------------------------------------------------------------ in words
    def assumed(self, node: Node, models: tuple[Read, Read], names: Mapping[str, str]) -> Iterator[Assumption]:
        """What two models do not settle."""
        at: dict[tuple[int, int], list[str]] = {}
        for place, pair in self.pairs.items():
            at.setdefault(pair, []).append(place)
        for (pair, _), found in self.found.items():
            taken = f"{pair[0]} and {pair[1]} are taken for {found[1][0]}" if found is not None else ""
            if found is not None and found[1][0].rpartition(" ")[2].isdigit():
                yield Assumption(f"{taken}: through two numbers there is always a line", at[pair])
            elif found is not None and len(found[1]) > 1:
                yield Assumption(f"{taken}, and could be {found[1][1]} as well", at[pair])
            elif found is not None and "/" in found[1][0] and pair[0] % ROUNDED == pair[1] % ROUNDED == 0:
                yield Assumption(f"{taken}: at another size it may be rounded, as both are multiples of {ROUNDED}", at[pair])
        for pair, those in self.by_pair.items():
            if len(those) > 1:
                both = f"{listed(each.name for each in those)} are all {pair[0]} and {pair[1]}"
                yield Assumption(f"{both}: they are told apart by the kind of place", at.get(pair, []))
        for letter, numbers in self.both.items():
            if numbers[0] == numbers[1]:
                same = [place for pair, places in at.items() if pair[0] == numbers[0] for place in places]
                yield Assumption(f"{letter} is {numbers[0]} in both models, so what follows it is taken by that number alone", same)
        yield from self.staying(node, models, names)

    def staying(self, node: Node, models: tuple[Read, Read], names: Mapping[str, str]) -> Iterator[Assumption]:
        """The numbers that are the same in both models, those first that an expression of the letters is too."""
        same: dict[int, list[str]] = {}
        for path, axes in both_sizes(node, models, names):
            for axis, one, other in axes:
                if isinstance(axis, int) and axis > 1 and one == other:
                    same.setdefault(axis, []).append(path)
        for number in sorted(same, reverse=True)[:MOST_SAID]:
            its = first_of(relations((number, number), self.of_sizes))
            paths = [*dict.fromkeys(same[number])]
            if its:
                where = f"{several(len(paths), 'place')} ({places_in_words(paths)})"
                yield Assumption(f"{number} stays a number in {where}, and is {its[0]} in both models", paths)
        if same:
            numbers = f"the sizes that are equal in both models stay numbers: {listed(sorted(same))}"
            yield Assumption(numbers, [path for paths in same.values() for path in paths])


def block_alike(place: str, number: int, pairs: Mapping[str, tuple[int, int]]) -> str | None:
    """The same place in a block that both models have, for one in a block that only the first has; the numbers are equal."""
    steps = place.split("/")
    for at, step in enumerate(steps):
        name, dot, argument = step.partition(".")
        front = name.rstrip("0123456789")
        if front == name:
            continue
        digits = name[len(front) :]
        for other in range(int(digits) - 1, -1, -1):
            for written in dict.fromkeys((str(other), str(other).zfill(len(digits)))):
                its = "/".join([*steps[:at], f"{front}{written}{dot}{argument}", *steps[at + 1 :]])
                if its in pairs and pairs[its][0] == number:
                    return its
    return None


def first_of(found: Iterator[str]) -> list[str]:
    """The first expressions, of which a second one is a doubt about the first."""
    distinct: dict[str, None] = {}
    for each in found:
        distinct[each] = None
        if len(distinct) == 2:
            break
    return [*distinct]


def expression_in(text: str, given: list[Given]) -> Dim:
    """The expression, in the symbols that the user gave."""
    from .sizes import symbol

    own = {letter.name: letter for each in given for letter in each.size.free_symbols}
    made = expression_of(text)
    return made.xreplace({symbol(name): its for name, its in own.items()}) if is_symbolic(made) else made


# ---------------------------------------------------------------- checked at both
def longer_lists(collected: tuple[Letters, Letters], kind_of: KindOf) -> dict[str, tuple[int, int]]:
    """The places of numbers of equal blocks that are different in the two models, as the lists are not of one length."""
    first, second = (each.places for each in collected)
    lists = {place: (number, second.get(place, number)) for place, number in first.items() if kind_of(place, first) == BLOCKS}
    only = [place for place in first.keys() ^ second.keys() if kind_of(place, first) != BLOCKS]
    return {
        place: pair
        for place, pair in lists.items()
        if pair[0] != pair[1] and any(is_in(list_of(place), each, first) for each in only)
    }


def list_of(place: str) -> str:
    """The path of the list whose equal blocks are counted at a place."""
    return place.rpartition(".")[0]


def is_in(path: str, place: str, places: Mapping[str, int]) -> bool:
    """Whether a place is in a list. The outermost module is a list without a path: its blocks are numbered themselves."""
    if any(is_inside(path, each) for each in places):
        return is_inside(path, place)
    return place[:1].isdigit()


def is_inside(path: str, place: str) -> bool:
    """Whether a place begins with a path, or with one that has a number: ``encoder/layer_07`` is one of ``encoder/layer``."""
    rest = place[len(path) :]
    return place.startswith(path) and (rest.startswith("/") or rest.lstrip("_-")[:1].isdigit())


def counted_blocks(collected: tuple[Letters, Letters], kind_of: KindOf, chosen: Chosen) -> None:
    """Refuses a list that has more equal blocks in one of the models where no letter counts them."""
    counted = {list_of(place) for place in chosen.places if kind_of(place, collected[0].places) == BLOCKS}
    longer = longer_lists(collected, kind_of)
    if collected[0].alike or collected[1].alike:
        first, second = (each.places for each in collected)
        longer = {
            place: (its, second[place]) for place, its in first.items() if second.get(place, its) != its and ".repeats[" in place
        }
    for place, (number, its) in longer.items():
        if list_of(place) not in counted:
            raise LetterError(
                f"{list_of(place)} has {number} equal blocks, and {its} in the second model: give their number "
                f"a letter, as in letters={{'L': ({number}, {its})}}"
            )


def same_code(collected: tuple[Letters, Letters], kind_of: KindOf) -> None:
    """Refuses two models of different layers. A list may have more equal blocks in one."""
    first, second = (each.places for each in collected)
    longer = {list_of(place) for place in longer_lists(collected, kind_of)}
    for at, (one, other, which) in enumerate(((first, second, "first"), (second, first, "second"))):
        for place in one:
            if place in other or kind_of(place, one) == BLOCKS or owner_in(place, collected[at].alike):
                continue
            if not any(is_in(path, place, first) for path in longer):
                raise LetterError(f"the two models are not of the same code: only the {which} has {place}")


def agree(model: Read, models: tuple[Read, Read], values: tuple[dict[str, int], dict[str, int]], names: Mapping[str, str]) -> None:
    """Every tensor has the sizes of both models. Blocks of which there are more in one are equal."""
    for path, shapes in both_sizes(model.node, models, names):
        for axis, (its, one, other) in enumerate(shapes):
            found = its if isinstance(its, int) else number_of(its, values[1])
            if found != other:
                taken = f", and {its} would be {found} in the second model" if is_symbolic(its) else ""
                raise LetterError(
                    f"{path}, axis {axis}: its size is {one} and {other}{taken}: none of the letters "
                    f"{listed(f'{name} = {values[0][name]}, {values[1][name]}' for name in values[0])} explains it; "
                    "give it a key of its own"
                )


def both_sizes(node: Node, models: tuple[Read, Read], names: Mapping[str, str]) -> Iterator[tuple[str, list[tuple[Dim, Dim, Dim]]]]:
    """The axes of each tensor that all have, in letters and in the numbers of the two models."""
    trees = node, models[0].node, models[1].node
    mine, before, after = map(shapes_by_path, trees)
    if names:
        same = aligned(before, after, names)
        after = {same[path]: shapes for path, shapes in after.items() if path in same}
    for path, shapes in mine.items():
        those = before.get(path, []), after.get(path, [])
        if len(shapes) == len(those[0]) == len(those[1]):
            for its, one, other in zip(shapes, *those, strict=True):
                yield path, [*zip(its, one, other, strict=False)]


def agree_in_all(model: Read, models: tuple[Read, Read], values: tuple[dict[str, int], dict[str, int]]) -> None:
    """The totals are those of the second model."""
    try:
        prove_total(models[1], model, values[1])
    except LetterError as error:
        raise LetterError(f"with the numbers of the second model, {error}") from None


def shapes_by_path(node: Node) -> dict[str, list[tuple[Dim, ...]]]:
    """The shapes of the tensors of each path; layers without a name have the same."""
    found: dict[str, list[tuple[Dim, ...]]] = {}
    for path, leaf, _ in leaves(node):
        found.setdefault(path, []).append(leaf.shape)
    return found
