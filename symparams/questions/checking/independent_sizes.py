"""The independent sizes of a model of numbers: the fields of its layers, a letter for each, even where two are equal.

In a model whose layers follow each other, the inputs of a layer are the outputs of the one before. Elsewhere it is not known
which layer reads which, so every layer has sizes of its own.
"""

from __future__ import annotations

from ...core.fields import FROM_THE_INPUT
from ...core.formula import Formula
from ...core.frozen import Frozen
from ...core.sizes import is_symbolic, symbol, volume
from ...core.tree import substituted
from ...errors import SymparamsError
from ...layers.convolution import Conv
from ...layers.parameter import Parameter
from ..letters_for_sizes import free_letter, size_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from ...core.algebra import Symbol
    from ...core.model import Layer, Part
    from ...core.sizes import Dim
    from ...core.terms import Terms
    from ...core.tree import Node

    Place: TypeAlias = tuple[object, str]  # a layer, or its place in the model, and one of its fields

MOST_LAYERS = 40  # beyond, equal layers have the same sizes


class Owner(Frozen):
    """A tensor and its terms: ``path`` is its place in the model, ``layer`` the layer that has it."""

    path: str
    layer: str
    terms: Terms


class Size(Frozen):
    """A size: its number, its usual letter, and its field of a layer, which has the name ``layer`` and is of the class ``kind``.

    ``is_later_table`` tells a table of positions from the table of words before it."""

    number: int
    usual: str
    field: str
    layer: str
    kind: str
    is_later_table: bool = False


class IndependentSizes:
    """The letters of the sizes of a model's layers. Letters in ``taken`` are not used."""

    def __init__(
        self, parts: Sequence[Part], taken: set[str], made: Mapping[str, Layer], *, in_series: bool, stacked: bool
    ) -> None:
        self.parts, self.taken = parts, taken
        self.stacked = stacked  # whether equal layers at the same place of several blocks have the same sizes
        self.made = {part.name: made[part.name] for part in parts if part.name in made and is_made(part.layer, made[part.name])}
        self.in_series = in_series and not any({".", "/"} & set(part.name) for part in parts)
        self.found: dict[Place, dict[int, Size]] = {}
        self.same: dict[Place, Place] = {}
        self.docs: dict[str, str] = {}
        self.numbers: dict[int, list[str]] = {}
        self.tables: set[str] = set()
        self.width: Place | None = None  # the field that set the width of the last output
        for place, part in enumerate(parts):
            if part.name in self.made:
                self.look_at_made(part)
            else:
                self.look(self.key(place, part), part)
        self.letters = self.named()
        self.trees: dict[object, Node | None] = {}

    def key(self, place: int, part: Part) -> object:
        """The layer of a part: by its place in the model, or by its place in a block, and in a large model by its value."""
        if self.stacked and (block := block_pattern(part.name)):
            return block, part.layer
        return place if len(self.parts) <= MOST_LAYERS else part.layer

    # ------------------------------------------------------------ the sizes
    @property
    def known_apart(self) -> bool:
        """Whether sizes with different letters are certainly independent."""
        sources = {str(letter).rpartition("_")[2] for layer in self.made.values() for letter in letters_in(layer)}
        one_source = len(self.made) == len(self.parts) and len(sources) == 1
        return one_source or (len(self.parts) == 1 if not self.made else False) or (self.in_series and not self.made)

    def look_at_made(self, part: Part) -> None:
        """Notes the numbers that a layer is made from."""
        layer, self.width = self.made[part.name], None
        for name, field, value in size_fields(part.layer):
            for number, letter in zip(all_of(value), all_of(layer.values()[name]), strict=True):
                if is_letter(letter) and isinstance(number, int):
                    size = Size(number, field.letter, name, part.name, type(layer).__name__, name in self.tables)
                    self.found.setdefault(("made", str(letter)), {}).setdefault(number, size)
        self.tables |= {"words"} & set(layer.fields)

    def look(self, key: object, part: Part) -> None:
        """Notes the numbers of a layer that are sizes."""
        layer, read, sets = part.layer, self.width, None
        for name, field, value in size_fields(layer):
            if field.number or field.fixed:
                if isinstance(value, int) and value > 1:
                    self.numbers.setdefault(value, []).append(f"{size_noun(name)} of {part.name}")
                continue
            leader = layer.follows(name)
            if leader:
                self.same[key, name] = self.owner((key, leader))
                continue
            if read is not None and name in FROM_THE_INPUT and set(self.found[read]) == set(whole_numbers(value)):
                self.same[key, name] = read
                continue
            for size in whole_numbers(value):
                if size == 1 and isinstance(layer, Parameter) and volume(value) != 1:
                    continue  # an axis along which it is repeated
                at = self.found.setdefault((key, name), {})
                at.setdefault(size, Size(size, field.letter, name, part.name, type(layer).__name__, name in self.tables))
            if not field.several and not isinstance(value, int):
                self.docs.setdefault(str(value), f"{size_noun(name)} of {part.name}")
            if layer.sets_width and name not in FROM_THE_INPUT and (key, name) in self.found:
                sets = (key, name)
        if is_depthwise(layer) and (times := multiplier_of(layer)):
            self.found[key, "multiplier"] = {times: Size(times, "m", "multiplier", part.name, type(layer).__name__)}
        self.tables |= {"words"} & set(layer.fields)
        if self.in_series and layer.sets_width:
            self.width = sets

    def owner(self, place: Place) -> Place:
        """The field that a field has its size from."""
        while place in self.same:
            place = self.same[place]
        return place

    def named(self) -> dict[tuple[Place, int], str]:
        """A letter for each size: first for one of each number, then for the others."""
        every = [(place, size) for place, sizes in self.found.items() for size in sizes.values()]
        first: dict[int, tuple[Place, Size]] = {}
        for place, size in every:
            first.setdefault(size.number, (place, size))
        letters: dict[tuple[Place, int], str] = {}
        self.sizes: dict[str, Size] = {}
        for place, size in [*first.values(), *every]:
            if (place, size.number) not in letters:
                name = letters[place, size.number] = free_letter(size.usual, self.taken)
                self.sizes[name] = size
                self.docs[name] = f"{size_noun(size.field)} of {size.layer}"
        return letters

    # ------------------------------------------------------------ the tensors
    def owners(self) -> Iterator[Owner]:
        """The tensors of all parts, with their terms in letters."""
        for place, part in enumerate(self.parts):
            for path, term in Formula(self.tree(self.key(place, part), part)).terms.items():
                name = path if len(self.parts) == 1 else part.name if part.is_tensor else f"{part.name}/{path}"
                yield Owner(path=name, layer=part.name, terms=term.polynomial.terms)

    def tree(self, key: object, part: Part) -> Node:
        """The weights of a part, in letters."""
        if part.name in self.made:
            key = part.name
        if key not in self.trees:
            self.trees[key] = self.remade(part) if part.name in self.made else self.rebuilt(key, part.layer)
        tree = self.trees[key]
        if tree is not None and Formula(part.node) == Formula(part.all_of(part.layer.weights())):
            return part.all_of(tree)
        own = {
            number: letter
            for (place, number), letter in self.letters.items()
            if place in {self.owner((key, name)) for name, _, _ in size_fields(part.layer)}
        }  # some of its weights are tied
        return substituted(part.node, axis=lambda size: letter_of(size, own), copies=lambda copies: copies)

    def remade(self, part: Part) -> Node | None:
        """The weights of a layer made from letters; None where these are not all known."""
        letters = {str(place[1]): name for (place, _), name in self.letters.items() if place[0] == "made"}
        layer = self.made[part.name]
        rule = {letter: symbol(letters[str(letter)]) for letter in letters_in(layer) if str(letter) in letters}

        def put(size: Dim) -> Dim:
            return size if isinstance(size, int) else size.xreplace(rule)

        return substituted(layer.weights(), axis=put, copies=put)

    def rebuilt(self, key: object, layer: Layer) -> Node | None:
        """The weights of a layer built with letters; None where it needs numbers."""
        changed = {
            name: tuple(self.put(key, name, size) for size in value) if field.several else self.put(key, name, value)
            for name, field, value in size_fields(layer)
            if not field.number and not field.fixed
        }
        if is_depthwise(layer):
            changed["groups"] = changed["inputs"]
        try:
            return type(layer).of(layer.values() | changed).weights()
        except SymparamsError:  # a size that must be a number
            return None

    def put(self, key: object, name: str, size: Dim) -> Dim:
        """A size, or the letter that replaces it."""
        place = self.owner((key, name))
        return symbol(self.letters[place, size]) if isinstance(size, int) and (place, size) in self.letters else size


def is_depthwise(layer: Layer) -> bool:
    """Whether a layer is a convolution of each channel by itself."""
    values = layer.values()
    return isinstance(layer, Conv) and isinstance(values["inputs"], int) and 1 < values["inputs"] == values["groups"]


def multiplier_of(layer: Layer) -> int:
    """The filters of a depthwise convolution for each channel; 0 where that is not a number."""
    filters, channels = layer.values()["filters"], layer.values()["inputs"]
    return filters // channels if isinstance(filters, int) else 0


def is_made(layer: Layer, made: Layer) -> bool:
    """Whether a layer of numbers may be one that is made from letters, each of which is a field of some layer."""
    return type(layer) is type(made)


def letters_in(layer: Layer) -> set[Symbol]:
    """The letters in the sizes of a layer."""
    return {
        letter for value in layer.values().values() for size in all_of(value) if is_symbolic(size) for letter in size.free_symbols
    }


def is_letter(size: object) -> bool:
    """Whether a size is a letter alone."""
    return is_symbolic(size) and size.free_symbols == {size}


def all_of(value: Any) -> tuple[Any, ...]:
    """The sizes of a field."""
    return value if isinstance(value, tuple) else (value,)


# The fields that have another name in an answer.
NOUNS = {
    "words": "rows",
    "shape": "features",
    "window": "kernel size",
    "key_width": "width of each head",
    "value_width": "width of each value",
    "multiplier": "depth multiplier",
}


def size_noun(field: str) -> str:
    """A field in an answer: ``the units``."""
    return f"the {NOUNS.get(field, field.replace('_', ' '))}"


def block_pattern(name: str) -> str:
    """The name of a layer in any block of a stack, ``h.*.attn``; an empty string for one that is not in a block."""
    steps = name.replace("/", ".").split(".")
    at = next((at for at, step in enumerate(steps) if step.isdigit()), None)
    return "" if at is None or at == len(steps) - 1 else ".".join([*steps[:at], "*", *steps[at + 1 :]])


def letter_of(size: Dim, letters: dict[int, str]) -> Dim:
    """A number's letter, if it has one."""
    return symbol(letters[size]) if isinstance(size, int) and size in letters else size


def whole_numbers(value: Any) -> list[int]:
    """The sizes of a field that are numbers."""
    return [size for size in (value if isinstance(value, tuple) else (value,)) if isinstance(size, int) and size > 0]
